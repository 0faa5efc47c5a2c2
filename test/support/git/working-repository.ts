import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

export interface WorkingRepository {
  readonly path: string;
  /** Runs git there; what it prints. */
  git(...args: readonly string[]): string;
  /** Writes files and commits them. */
  commit(files: Readonly<Record<string, string>>): void;
}

const QUIET = {
  PATH: process.env.PATH ?? "",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_CONFIG_GLOBAL: "/dev/null",
  ...{ GIT_AUTHOR_NAME: "Ada Example", GIT_AUTHOR_EMAIL: "ada@example.org", GIT_AUTHOR_DATE: "2024-01-02T03:04:05Z" },
  ...{ GIT_COMMITTER_NAME: "Ada Example", GIT_COMMITTER_EMAIL: "ada@example.org" },
  ...{ GIT_COMMITTER_DATE: "2024-01-02T03:04:05Z", GIT_ALLOW_PROTOCOL: "file" },
};

/** A repository with files on this machine, made by git; it goes with the directory of the test run. */
export function workingRepository(...options: readonly string[]): WorkingRepository {
  const path = mkdtempSync(join(process.env.SALLYPORT_TEST_RUN ?? tmpdir(), "sallyport-working-"));
  const git = (...args: readonly string[]): string =>
    execFileSync("git", ["-C", path, ...args], { env: QUIET, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  git("init", "--quiet", "--initial-branch=main", ...options);
  return {
    path,
    git,
    commit(files) {
      for (const [name, text] of Object.entries(files)) {
        mkdirSync(dirname(join(path, name)), { recursive: true });
        writeFileSync(join(path, name), text);
      }
      git("add", "--all");
      git("commit", "--quiet", "--allow-empty", "--message=Change");
    },
  };
}

/** Different files of some length, as many as asked for. */
export const someFiles = (count: number, folder = "src"): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Array.from({ length: count }, (_, index) => [
      `${folder}/part-${index}.ts`,
      `// ${folder} ${index}\n${Array.from({ length: 30 }, (_, line) => `export const value${line} = ${index * 31 + line};`).join("\n")}\n`,
    ]),
  );
