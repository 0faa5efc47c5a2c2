import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";

/** What the disk refuses, from the moment the file named by `FAILING_DISK` says so. */
export interface DiskFault {
  readonly call: "sync" | "write" | "create";
  /** Part of the paths it concerns. */
  readonly path: string;
  readonly code: "EIO" | "ENOSPC" | "EDQUOT";
  /** How often; the disk then works again, as one does after a single bad moment. */
  readonly times: number;
}

// Given to a process with `--import`: a file system that fails on demand, below everything the process is made of.
const order = process.env.FAILING_DISK ?? "";
const paths = new Map<number, string>();
const done = new Map<string, number>();

function refuse(call: DiskFault["call"], path: string): void {
  if (!fs.existsSync(order)) return;
  const text = fs.readFileSync(order, "utf8");
  const fault: DiskFault = JSON.parse(text);
  const count = done.get(text) ?? 0;
  if (call !== fault.call || !path.includes(fault.path) || count >= fault.times) return;
  done.set(text, count + 1);
  throw Object.assign(new Error(`${fault.code}: made by the test`), { code: fault.code });
}

/** Calls `real` unless the disk refuses the file, which is given by its path or its descriptor. */
const guarded =
  <Rest extends readonly unknown[], Result>(
    call: DiskFault["call"],
    real: (file: never, ...rest: Rest) => Result,
  ): ((file: string | number, ...rest: Rest) => Result) =>
  (file, ...rest) => {
    refuse(call, typeof file === "number" ? (paths.get(file) ?? "") : String(file));
    return real(file as never, ...rest);
  };

const open = fs.openSync;
if (order !== "") {
  Object.assign(fs, {
    openSync(...given: Parameters<typeof open>): number {
      const descriptor = open(...given);
      paths.set(descriptor, String(given[0]));
      return descriptor;
    },
    fdatasyncSync: guarded("sync", fs.fdatasyncSync),
    fsyncSync: guarded("sync", fs.fsyncSync),
    writeSync: guarded("write", fs.writeSync),
    writeFileSync: guarded("create", fs.writeFileSync),
  });
  syncBuiltinESMExports();
}
