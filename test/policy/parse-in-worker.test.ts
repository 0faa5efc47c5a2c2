import { type ParseLimits, parseInWorker } from "../../src/policy/parse-in-worker.ts";
import { parsePolicy } from "../../src/policy/policy-file.ts";
import { expect, test } from "../support/jest.ts";
import { someOf } from "../support/rows.ts";

const PLACE = "octo-org/.github/.github/sallyport.yml";
const KIB = 1024;

const BOMBS: readonly (readonly [string, string])[] = [
  ["60,000 keys", Array.from({ length: 60_000 }, (_, index) => `k${index}: 1\n`).join("")],
  ["as many keys as fit", Array.from({ length: 7_000 }, (_, index) => `k${index}: 1\n`).join("")],
  ["an alias bomb", bombOfAliases(12)],
  ["50,000 levels of flow", "[".repeat(50_000)],
  ["30,000 levels of compact sequences", `${"- ".repeat(30_000)}1`],
  ["a scalar of 1 MB", `mode: ${"x".repeat(1_000_000)}`],
  ["merge keys", `base: &base { mode: live }\n${"<<: *base\n".repeat(5_000)}`],
  ["tags", "!!binary ".repeat(5_000)],
  ["60,000 syntax errors", "}".repeat(60_000)],
  ["60,000 documents", "---\n".repeat(15_000)],
  ["a sequence of 32,000", `triage: { skip_bots: [${"1,".repeat(32_000)}1] }`],
];

function bombOfAliases(levels: number): string {
  const rows = Array.from({ length: levels }, (_, index) => {
    const items =
      index === 0
        ? "x"
        : Array(9)
            .fill(`*a${index - 1}`)
            .join(", ");
    return `a${index}: &a${index} [${items}]`;
  });
  return rows.join("\n");
}

test.each(someOf(BOMBS, 4))("parseInWorker: refuses %s and lets the loop turn meanwhile", async (_, text) => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const parsed = await parseInWorker(text, PLACE);
  clearInterval(timer);
  expect(parsed.ok).toBe(false);
  expect(turns).toBeGreaterThan(0);
});

const PATIENT: ParseLimits = {
  budgetMs: 60_000,
  patienceMs: 600_000,
  entry: new URL("../../src/policy/parse-in-worker.ts", import.meta.url),
};

test("parseInWorker: gives what parsePolicy gives when the text is ordinary", async () => {
  for (const text of ["mode: live\n", "mdoe: live\n"])
    expect(await parseInWorker(text, PLACE, PATIENT)).toEqual(parsePolicy(text, PLACE));
});

const entry = (code: string): URL => new URL(`data:text/javascript,${encodeURIComponent(code)}`);
const STARTED = `import { parentPort } from "node:worker_threads"; parentPort.postMessage({ kind: "started", usedMs: 0 });`;

test.each<[string, ParseLimits, string]>([
  ["never ends", { budgetMs: 20, patienceMs: 600_000, entry: entry(`${STARTED} for (;;);`) }, "takes too long to read"],
  ["never starts", { budgetMs: 60_000, patienceMs: 20, entry: entry("for (;;);") }, "takes too long to read"],
  [
    "overflows the stack",
    { budgetMs: 60_000, patienceMs: 600_000, entry: entry(`${STARTED} const f = () => 1 + f(); f();`) },
    "cannot be read: too large or nested too deep",
  ],
  [
    "fills the heap",
    {
      budgetMs: 60_000,
      patienceMs: 600_000,
      entry: entry(`${STARTED} const a = []; for (;;) a.push([a.length, {}]);`),
    },
    "cannot be read: too large or nested too deep",
  ],
  [
    "ends without an answer",
    { budgetMs: 60_000, patienceMs: 600_000, entry: entry(STARTED) },
    "cannot be read: the parser stopped",
  ],
])("parseInWorker: gives one problem and lets the loop turn when the parser %s", async (_, limits, what) => {
  let turns = 0;
  const timer = setInterval(() => turns++, 1);
  const parsed = await parseInWorker("mode: live", PLACE, limits);
  clearInterval(timer);
  expect(parsed).toMatchObject({ ok: false, problems: [{ where: PLACE, what }] });
  expect(turns).toBeGreaterThan(0);
});

test("parseInWorker: shows the parser nothing of this process's environment", async () => {
  const leak = `${STARTED} parentPort.postMessage({ kind: "parsed", parsed: { ok: true, file: { ...process.env } } });`;
  const parsed = await parseInWorker("", PLACE, { budgetMs: 60_000, patienceMs: 600_000, entry: entry(leak) });
  expect(parsed).toEqual({ ok: true, file: {} });
});

test("parsePolicy: counts bytes, not characters, against its 64 KiB", () => {
  expect(parsePolicy(`# ${"é".repeat(40 * KIB)}`, PLACE)).toMatchObject({
    ok: false,
    problems: [{ what: "larger than 64 KiB" }],
  });
  expect(parsePolicy(`#${"a".repeat(64 * KIB - 1)}`, PLACE).ok).toBe(true);
});
