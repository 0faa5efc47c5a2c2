#!/usr/bin/env node
import { existsSync } from "node:fs";

// A launcher only: an old Node answers with a sentence instead of a syntax error, a checkout runs its sources and an
// installed package, where Node strips no types, what `npm pack` compiled of them.
const inCheckout = existsSync(new URL("../src/main.ts", import.meta.url));
if (Number(process.versions.node.split(".")[0]) < 24) {
  const mend = inCheckout
    ? "run it as `npm run -s sallyport -- …`, which brings Node 26"
    : "install Node 24 or later, from https://nodejs.org";
  process.stderr.write(`sallyport: Node ${process.versions.node} is too old; ${mend}\n`);
  process.exitCode = 2;
} else {
  await import(inCheckout ? "../src/main.ts" : "../dist/main.js");
}
