import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Jest's globalSetup: looks whether git is there, makes a directory for what the files of this run share, and ends a
 * run that hangs, which the runner would wait for.
 */
export default function beforeAll({ minutes = 20 } = {}) {
  const missing = whatGitLacks();
  if (missing !== null) {
    process.stderr.write(`The tests need git 2.31 or later: ${missing}. See https://git-scm.com/downloads\n`);
    process.exit(2);
  }
  const directory = mkdtempSync(join(tmpdir(), "sallyport-test-run-"));
  process.env.SALLYPORT_TEST_RUN = directory;
  setTimeout(() => {
    process.stderr.write(`The tests did not end within ${minutes} minutes: the last file that is not named hangs.\n`);
    process.exit(1);
  }, minutes * 60_000).unref();
  process.once("exit", () => rmSync(directory, { recursive: true, force: true }));
}

function whatGitLacks() {
  const { stdout, error } = spawnSync("git", ["--version"], { encoding: "utf8" });
  if (error) return `none could be started from the PATH (${error.code})`;
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(stdout) ?? [];
  return Number(major) * 1_000 + Number(minor) >= 2_031 ? null : `the one of the PATH is ${stdout.trim()}`;
}
