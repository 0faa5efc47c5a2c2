import { spawn } from "node:child_process";
import { resolve } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "../support/jest.ts";
import { someOf } from "../support/rows.ts";
import { readAs } from "./hostile-reader.ts";
import { HOSTILE, HOSTILE_PATHS } from "./hostile-texts.ts";

/** A process of its own: what does not end is ended, and the last text that it named is the one that it hangs on. */
async function reading(chars: number, step: number): Promise<readonly string[]> {
  const child = spawn(process.execPath, [resolve(import.meta.dirname, "hostile-child.ts"), `${chars}`, `${step}`], {
    stdio: ["ignore", "pipe", "pipe"],
    timeout: 240_000,
    killSignal: "SIGKILL",
  });
  const [said, error] = await Promise.all([text(child.stdout), text(child.stderr)]);
  return [...said.trim().split("\n"), ...error.split("\n").filter((line) => /^\w*Error/.test(line))];
}

test("hostile texts: at least two hundred, and each form has its turn", () => {
  expect(new Set(HOSTILE.map(({ name }) => name)).size).toBeGreaterThanOrEqual(200);
  expect(HOSTILE.length * 6).toBeGreaterThan(HOSTILE_PATHS.length * 6);
});

test("hostile texts: all that looks at a change reads each of them to its end", async () => {
  const said = await reading(4_096, 1);
  expect(said.at(-1)).toBe("done");
  expect(said).toHaveLength(HOSTILE.length + 1);
}, 300_000);

test.each(someOf(["a", '"', "{", "[", "\\", "${", "${{", "<", "- ", "\0", "\ud800"], 3))(
  "hostile texts: %j fills a line of a megabyte",
  (part) => {
    const line = part.repeat(Math.ceil(2 ** 20 / part.length));
    readAs([".vscode/settings.json", ".github/workflows/a.yml", "package.json", "src/a.js", "pom.xml"], line);
    expect(line.length).toBeGreaterThanOrEqual(2 ** 20);
  },
  120_000,
);
