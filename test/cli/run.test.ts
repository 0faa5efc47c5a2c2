import { existsSync } from "node:fs";
import { type Command, defineCommand } from "../../src/cli/command.ts";
import { COMMANDS } from "../../src/cli/commands.ts";
import { DOCUMENTATION } from "../../src/cli/help.ts";
import { InvalidInput, OperatingError } from "../../src/errors.ts";
import { expect, test } from "../support/jest.ts";
import { type Ran, runRecorded } from "./recording-io.ts";

const greet = defineCommand({
  name: "greet",
  usage: "  sallyport greet [NAME] [--json]",
  options: { json: { type: "boolean" }, to: { type: "string" } },
  async run({ values, positionals }, io) {
    io.stdout.write(`${JSON.stringify({ values: { ...values }, positionals })}\n`);
    return 0;
  },
});

const failing = (error: unknown): Command =>
  defineCommand({
    name: "fail",
    usage: "  sallyport fail",
    options: {},
    async run() {
      throw error;
    },
  });

const start = (argv: readonly string[], commands: readonly Command[] = [greet]): Promise<Ran> =>
  runRecorded(argv, commands);

test.each([["--help"], ["-h"], ["help"]])("run: lists every command when called with %s", async (argument) => {
  const ran = await start([argument]);
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  expect(ran.stdout).toContain("greet  what it does");
});

test.each([[["help", "greet"]], [["greet", "--help"]], [["greet", "-h"]], [["greet", "--json", "--help", "--nope"]]])(
  "run: prints a command's help when called with %j",
  async (argv) => {
    expect(await start(argv)).toEqual({
      exit: 0,
      stdout: `sallyport greet: what it does\n\nsallyport greet [NAME] [--json]\n\nDocumentation: ${DOCUMENTATION}\n`,
      stderr: "",
    });
  },
);

test.each(["--version", "-V", "-v"])("run: prints its version when asked with %s", async (option) => {
  const ran = await start([option]);
  expect(ran.exit).toBe(0);
  expect(ran.stdout).toMatch(/^sallyport \d+\.\d+\.\d+\n$/);
});

test("run: prints help on stderr and exits 2 when called with nothing", async () => {
  const ran = await start([]);
  expect(ran).toMatchObject({ exit: 2, stdout: "" });
  expect(ran.stderr).toContain("greet");
});

test("run: hands options and positionals to the command", async () => {
  const ran = await start(["greet", "ada-example", "--to=-x", "--json", "--", "--json"]);
  expect(JSON.parse(ran.stdout)).toEqual({
    values: { to: "-x", json: true },
    positionals: ["ada-example", "--json"],
  });
});

test.each([
  [["gret"], "sallyport gret: no such command; did you mean `greet`?\n"],
  [["audit"], "sallyport audit: no such command; `sallyport --help` lists what there is\n"],
  [["help", "gret"], "sallyport gret: no such command; did you mean `greet`?\n"],
  [["--jsn"], "sallyport --jsn: no such option; `sallyport --help` lists what there is\n"],
  [["greet", "--jsn"], "sallyport greet --jsn: no such option; did you mean --json?\n"],
  [["greet", "-x"], "sallyport greet -x: no such option; `sallyport help greet` lists what there is\n"],
  [["greet", "--json=1"], "sallyport greet --json: takes no value; write --json alone\n"],
  [["greet", "--to"], "sallyport greet --to: needs a value; write --to=VALUE\n"],
  [["greet", "--to", "--json"], "sallyport greet --to: needs a value; write --to=VALUE\n"],
  [["greet", "--to="], "sallyport greet --to: needs a value; write --to=VALUE\n"],
  [
    ["greet", "--__proto__"],
    "sallyport greet --__proto__: no such option; `sallyport help greet` lists what there is\n",
  ],
  [
    ["greet", "--jsn", "--too"],
    "sallyport greet --jsn: no such option; did you mean --json?\nsallyport greet --too: no such option; did you mean --to?\n",
  ],
])("run: exits 2 with one line per problem when called with %j", async (argv, stderr) => {
  expect(await start(argv)).toEqual({ exit: 2, stdout: "", stderr });
});

test("run: keeps one line per problem when a problem carries control characters", async () => {
  const error = new InvalidInput([{ where: "a\nb", what: "c\u001B[2Jd\u2028e", mend: "f" }]);
  expect((await start(["fail"], [failing(error)])).stderr).toBe("a b: c [2Jd e; f\n");
});

test.each([
  ["github_unreachable", 3],
  ["database_unavailable", 3],
  ["disk_full", 3],
  ["rate_limited", 3],
  ["timeout", 3],
  ["upstream_error", 3],
  ["conflict", 3],
  ["validation", 3],
  ["not_found", 2],
  ["forbidden", 2],
  ["installation_gone", 2],
  ["installation_suspended", 2],
] as const)("run: says what to do when the command fails with %s, and exits %d", async (code, exit) => {
  const ran = await start(["fail"], [failing(new OperatingError(code, "where it happened"))]);
  expect(ran).toMatchObject({ exit, stdout: "" });
  expect(ran.stderr).toMatch(new RegExp(`^${code}: where it happened; .+\\n$`));
});

test("run: names the time when GitHub said when to come back", async () => {
  const error = new OperatingError("rate_limited", "search", { retryAt: "2026-11-23T13:00:00Z" });
  expect((await start(["fail"], [failing(error)])).stderr).toBe(
    "rate_limited: search; try again after 2026-11-23T13:00:00Z\n",
  );
});

test("run: exits 70 with one line and no message when the program has a bug", async () => {
  const ran = await start(["fail"], [failing(new TypeError("ada-example wrote this"))]);
  expect(ran.exit).toBe(70);
  expect(ran.stderr).toMatch(/^sallyport: a bug in Sallyport: TypeError in .+; please report it with this line\n$/);
  expect(ran.stderr).not.toContain("ada-example");
  expect((await start(["fail"], [failing("text")])).exit).toBe(70);
});

test("run: the help names a document that is there, and stays in 80 columns but for its path", async () => {
  expect(existsSync(DOCUMENTATION)).toBe(true);
  for (const { name, load } of COMMANDS) {
    const { stdout } = await start(["help", name], [await load()]);
    const long = stdout.split("\n").filter((line) => line.length > 80 && !line.startsWith("Documentation: "));
    expect([name, long]).toEqual([name, []]);
  }
});

test("commands: each is listed under the name it has, in one line that fits", async () => {
  for (const { name, summary, load } of COMMANDS) {
    expect((await load()).name).toBe(name);
    expect(summary.length).toBeLessThanOrEqual(56);
  }
});
