import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "./jest.ts";

/** A folder for this test file alone, where everything of this process that is temporary goes until its end. */
export function ownTemporary(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `sallyport-${name}-`));
  const { TMPDIR: before } = process.env;
  process.env.TMPDIR = folder;
  afterAll(() => {
    if (before === undefined) delete process.env.TMPDIR;
    else process.env.TMPDIR = before;
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}
