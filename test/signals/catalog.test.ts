import { globSync, readFileSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { SECTION_NAMES } from "../../src/dossier/dossier.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { FAMILIES } from "../../src/signals/families.ts";
import type { SignalMeta } from "../../src/signals/signal.ts";
import { generate, outdated } from "../../tools/generate-catalog.ts";
import { expect, test } from "../support/jest.ts";

const src = resolve(import.meta.dirname, "../../src");
const paths = globSync("*/*.ts", { cwd: join(src, "signals") }).sort();
const ids = (bad: (signal: SignalMeta) => boolean): readonly string[] => CATALOG.filter(bad).map(({ id }) => id);

test("catalogue: every signal is one file named by its id, in the folder of its family, and listed by id", () => {
  expect(CATALOG.map(({ id }) => id)).toEqual(paths.map((path) => basename(path, ".ts")).sort());
  expect(paths.map((path) => dirname(path)).filter((folder) => !(folder in FAMILIES))).toEqual([]);
  expect(CATALOG.filter(({ id, family }) => !paths.includes(`${family}/${id}.ts`)).map(({ id }) => id)).toEqual([]);
});

test("catalogue: generated files and the version lock are up to date", async () => {
  const { files, problems } = await generate();
  expect(problems).toEqual([]);
  expect(outdated(files)).toEqual([]);
});

test("catalogue: every signal cites an address, names innocent readings, what clears it and why framing fails", () => {
  expect(
    ids(
      ({ sources }) =>
        sources.length === 0 || sources.some(({ url, says }) => !url.startsWith("https://") || says === ""),
    ),
  ).toEqual([]);
  expect(ids(({ benign }) => benign.length < 2)).toEqual([]);
  expect(ids(({ clears, framing, title }) => [clears, framing, title].some((text) => text.length < 20))).toEqual([]);
});

test("catalogue: every signal reads only sections that exist", () => {
  expect(
    ids(
      ({ needs, needsOneOf = [], uses = [] }) =>
        needs.length + needsOneOf.length + uses.length === 0 ||
        [...needs, ...needsOneOf, ...uses].some((name) => !SECTION_NAMES.includes(name)),
    ),
  ).toEqual([]);
});

test("catalogue: no weight exceeds what its base rate allows, and only P signals and hard ones have weight", () => {
  const tooHeavy = ids(
    ({ weight, baseRateUpperPercent }) =>
      baseRateUpperPercent !== null && weight > Math.log2(100 / baseRateUpperPercent),
  );
  expect(tooHeavy).toEqual([]);
  expect(ids(({ baseRate, baseRateUpperPercent }) => (baseRate === null) !== (baseRateUpperPercent === null))).toEqual(
    [],
  );
  expect(
    ids(({ axis, weight, hard, severity }) =>
      axis === "P" ? weight <= 0 || severity !== null : severity === null || (weight !== 0 && !hard),
    ),
  ).toEqual([]);
});

test("catalogue: a weight never exceeds the cap of its family, but where the queue counts it, which has none", () => {
  const over = ids(({ weight, hard, queue, family }) => !hard && !queue && weight > (FAMILIES[family].capBits ?? 0));
  expect(over).toEqual([]);
});

const texts = (signal: SignalMeta): string => {
  const { title, clears, framing, baseRate, benign, sources } = signal;
  return [title, clears, framing, baseRate, ...benign, ...sources.map(({ says }) => says)].join(" ");
};

test("catalogue: no wording accuses anybody or names where somebody is from", () => {
  const accusing = /suspect|attacker|criminal|hacker|impostor|\bfake\b|blacklist|whitelist|fraudster/i;
  const origin =
    /nationalit|ethnic|\brace\b|\bcountry\b|foreigner|accent|\b[A-Z][a-z]+(?:ese|ish) (?:account|developer|worker|person)/i;
  expect(ids((signal) => accusing.test(texts(signal)))).toEqual([]);
  expect(ids((signal) => origin.test(texts(signal)))).toEqual([]);
});

/** Code without comments, strings and template texts: what is left is what is read. */
function identifiers(path: string): string {
  return readFileSync(path, "utf8")
    .replace(/\/\*[\s\S]*?\*\/|\/\/.*$/gm, "")
    .replace(/"(?:[^"\\\n]|\\.)*"/g, '""')
    .replace(/`[^`$]*`/g, "``");
}

test("signals and assessment: no code reads a name, login, picture, place, language, address or offset", () => {
  const prohibited =
    /[.?]name\b|\b(?:login|logins|avatar\w*|location|country|language\w*|locale|email\w*|mail|domain|provider|offset\w*|time[zZ]one\w*|followers?\w*|following|bio|company|hireable|pronouns|gender|nationality|getTimezoneOffset|getHours)\b/i;
  const bad = ["signals", "assessment"].flatMap((folder) =>
    globSync("**/*.ts", { cwd: join(src, folder) }).flatMap((path) => {
      const found = prohibited.exec(identifiers(join(src, folder, path)));
      return found ? [`${folder}/${path}: ${found[0]}`] : [];
    }),
  );
  expect(prohibited.test("account.login")).toBe(true);
  expect(bad).toEqual([]);
});
