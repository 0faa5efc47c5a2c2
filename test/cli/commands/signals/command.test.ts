import type { SignalCounts } from "../../../../src/assessment/precision.ts";
import { signals } from "../../../../src/cli/commands/signals/command.ts";
import { precisionSchema, signalsSchema } from "../../../../src/cli/commands/signals/schema.ts";
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

const PRECISION = ["signals", "--precision", "--organization", "octo-org"];
const counted = (counts: Readonly<Record<string, SignalCounts>>, ...more: readonly string[]) =>
  runRecorded([...PRECISION, ...more], [signals], {
    services: { signalCounts: async () => new Map(Object.entries(counts)) },
  });
const RIGHT: SignalCounts = { fired: 40, true: 8, benign: 1, false: 1 };

test("signals --precision: how often each was right, with an interval, and how many never fired", async () => {
  const unsaid = { ...RIGHT, true: 0, benign: 0, false: 0 };
  const { exit, stdout } = await counted({ "id-rename-trace": RIGHT, "chg-build-hook": unsaid, "gone-signal": RIGHT });
  expect(exit).toBe(0);
  expect(stdout.split("\n").slice(0, 3)).toEqual([
    "signal                            fired  true  benign  false      right (95 %)",
    "chg-build-hook                       40     0       0      0       nobody said",
    "id-rename-trace                      40     8       1      1     80 (49 to 94)",
  ]);
  expect(stdout).toContain(`${CATALOG.length - 2} more never fired.`);
  expect((await counted({})).stdout).toContain("No signal has fired in any report");
});

test("signals --precision --json: every signal, as its schema says", async () => {
  const json = JSON.parse((await counted({ "id-rename-trace": RIGHT }, "--json")).stdout);
  expect(precisionSchema.parse(json)).toEqual(json);
  expect(json.signals.length).toBe(CATALOG.length);
  const one = JSON.parse((await counted({ "id-rename-trace": RIGHT }, "--json", "id-rename-trace")).stdout);
  expect(one.signals).toMatchObject([{ ...RIGHT, precision: { share: 0.8, low: 0.49, high: 0.943 } }]);
});

test.each([
  [["signals", "--precision"], "--precision: of which organisation is not said;"],
  [["signals", "--organization", "octo-org"], "--organization: asks for nothing;"],
])("signals: %j is wrong use", async (argv, line) => {
  const { exit, stderr } = await runRecorded(argv, [signals]);
  expect([exit, stderr.slice(0, line.length)]).toEqual([2, line]);
});
