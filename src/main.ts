import { enableCompileCache } from "node:module";

// Before anything else is loaded: a second start finds its code compiled and its types stripped, which halves the
// time to listen and keeps the stripper out of memory. Where the cache cannot be written Node goes on without it.
enableCompileCache();
await import("./boot/command-line.ts");
