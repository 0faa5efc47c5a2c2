import { execFileSync } from "node:child_process";
import { COMMANDS } from "../../src/cli/commands.ts";
import { completionScript } from "../../src/cli/completion.ts";
import { run } from "../../src/cli/run.ts";
import { expect, test } from "../support/jest.ts";
import { recordingIo } from "./recording-io.ts";

const SHELLS = ["bash", "zsh", "fish"] as const;

/** What bash offers for a line whose last word is being typed. */
async function offered(line: string): Promise<readonly string[]> {
  const words = line.split(" ").map((word) => `'${word}'`);
  const ask = `COMP_WORDS=(${words.join(" ")}); COMP_CWORD=${words.length - 1}; _sallyport; echo "\${COMPREPLY[@]}"`;
  const script = `${await completionScript("bash", COMMANDS)}\n${ask}`;
  return execFileSync("bash", ["--norc", "-c", script], { encoding: "utf8" }).trim().split(" ");
}

test.each<[string, readonly string[]]>([
  ["sallyport ass", ["assess"]],
  ["sallyport po", ["policy"]],
  ["sallyport --v", ["--version"]],
  ["sallyport assess ada-example --t", ["--token-file"]],
  ["sallyport policy s", ["schema", "simulate"]],
  ["sallyport policy explain --", ["--org-file", "--repo-file", "--json", "--help"]],
  ["sallyport help au", ["audit"]],
  ["sallyport completion z", ["zsh"]],
  ["sallyport audit --snapshot some-fi", [""]],
])("completion: bash offers for `%s`", async (line, expected) => {
  expect(await offered(line)).toEqual(expected);
});

test.each(SHELLS)("completion: %s knows every command, verb and option there is", async (shell) => {
  const script = await completionScript(shell, COMMANDS);
  for (const { name, load } of COMMANDS) {
    const { options, verbs = {} } = await load();
    for (const word of [name, ...Object.keys(options), ...Object.keys(verbs)]) expect(script).toContain(word);
  }
});

test("completion: is printed by the program, which says what it knows when the shell is another", async () => {
  const { io, written } = recordingIo();
  expect(await run(["completion", "fish"], COMMANDS, io)).toBe(0);
  expect(written().stdout).toBe(await completionScript("fish", COMMANDS));
  const wrong = async (...argv: readonly string[]) => {
    const other = recordingIo();
    return [await run(["completion", ...argv], COMMANDS, other.io), other.written().stderr];
  };
  expect(await wrong("fihs")).toEqual([2, "sallyport completion: no such shell; did you mean fish?\n"]);
  expect(await wrong("tcsh")).toEqual([2, "sallyport completion: no such shell; write one of bash, zsh, fish\n"]);
  const help = recordingIo();
  expect(await run(["help", "completion"], COMMANDS, help.io)).toBe(0);
  expect(help.written().stdout).toContain("sallyport completion <bash | zsh | fish>");
  expect(await wrong()).toEqual([2, "sallyport completion: no shell is named; write one of bash, zsh, fish\n"]);
});
