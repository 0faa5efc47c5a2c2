import { readFileSync, statSync } from "node:fs";
import type { FileRead } from "../config.ts";

/** Reads a file of the configuration, with who else may. Windows has no such bits, so nothing is said there. */
export function readConfigFile(path: string): FileRead {
  try {
    const worldReadable = process.platform !== "win32" && (statSync(path).mode & OTHERS_READ) !== 0;
    return { state: "read", text: readFileSync(path, "utf8"), worldReadable };
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    return code === "ENOENT" ? { state: "missing" } : { state: "unreadable", code };
  }
}

/** S_IROTH of stat(2). */
const OTHERS_READ = 0o004;
