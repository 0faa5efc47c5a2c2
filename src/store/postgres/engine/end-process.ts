import { writeSync } from "node:fs";

/** EX_IOERR of sysexits.h: the disk failed while the service ran; the next start recovers. */
const DISK_FAILED = 74;

/** Ends this process at once, with one line. For what leaves nothing to be trusted but a new start. Never returns. */
export function endProcess(line: string): never {
  try {
    writeSync(process.stderr.fd, `${line}\n`);
  } finally {
    process.exit(DISK_FAILED);
  }
}
