import { signals } from "../../../../src/cli/commands/signals/command.ts";
import { signalsSchema } from "../../../../src/cli/commands/signals/schema.ts";
import { CATALOG } from "../../../../src/signals/catalog.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded } from "../../recording-io.ts";

const start = (...argv: readonly string[]) => runRecorded(["signals", ...argv], [signals]);

test("signals: lists every signal once, in 80 columns", async () => {
  const ran = await start();
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  for (const { id } of CATALOG) expect(ran.stdout.split(`  ${id} `)).toHaveLength(2);
  expect(ran.stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("signals: prints each signal's page in 80 columns, addresses apart", async () => {
  for (const signal of CATALOG) {
    const { exit, stdout } = await start(signal.id);
    expect(exit).toBe(0);
    for (const part of [signal.id, signal.benign[0], signal.clears, signal.framing, signal.sources[0]?.url])
      expect(stdout.replace(/\s+/g, " ")).toContain(part);
    expect(stdout.split("\n").filter((line) => line.length > 80 && !line.includes("https://"))).toEqual([]);
  }
});

test("signals: gives the catalogue as JSON that fits its schema, or one signal of it", async () => {
  const all = signalsSchema.parse(JSON.parse((await start("--json")).stdout));
  expect(all.signals.map(({ id }) => id)).toEqual(CATALOG.map(({ id }) => id));
  const one = signalsSchema.parse(JSON.parse((await start("chg-hidden-unicode", "--json")).stdout));
  expect(one.signals).toEqual(all.signals.filter(({ id }) => id === "chg-hidden-unicode"));
});

test.each([
  ["chg-ed", "chg-editor-autorun"],
  ["CHG-ED", "chg-editor-autorun"],
  ["acc-d", "acc-direct-outside-grant or acc-dormant-privilege"],
])("signals: suggests what begins with %s", async (prefix, meant) => {
  expect((await start(prefix)).stderr).toBe(`sallyport signals: no such signal; did you mean ${meant}?\n`);
});

test("signals: exits 2 and says what was meant when the id is wrong", async () => {
  expect(await start("chg-hiden-unicode")).toEqual({
    exit: 2,
    stdout: "",
    stderr: "sallyport signals: no such signal; did you mean chg-hidden-unicode?\n",
  });
  expect((await start("a", "b")).exit).toBe(2);
});
