import { assess } from "../../src/assessment/assess.ts";
import { type Look, newSince } from "../../src/assessment/new-since.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import { type Evidence, fired } from "../../src/signals/signal.ts";
import { atOnce } from "../../src/slices.ts";
import { file, filesOf } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange } from "./dossiers.ts";
import { signal } from "./made-signals.ts";

const PATH = ".github/workflows/ci.yml";
const look = (files: readonly ChangedFile[], truncated = false): Look => {
  const dossier = dossierOf({ ...ordinaryChange, "change.files": { ...filesOf(...files), truncated } });
  return { dossier, assessment: assess(dossier) };
};
/** A workflow with one line that is found, so many lines down. */
const workflow = (down: number, ...more: readonly string[]) =>
  file(
    PATH,
    [
      ...Array.from({ length: down }, () => " # kept"),
      "+jobs: { a: { runs-on: self-hosted, steps: [{ run: ls }] } }",
      ...more,
    ],
    { status: "modified" },
  );
const says = (before: Look, now: Look) => {
  const { fresh, seen, goneCount, files } = atOnce(newSince(before, now));
  const facts = (all: ReadonlySet<Evidence>) => [...all].map(({ place }) => place?.path ?? null);
  return { fresh: facts(fresh), seen: facts(seen), goneCount, files: files?.map(({ path }) => path) ?? null };
};

test("new since: a rebase makes nothing new, wherever the lines stand now", () => {
  const before = look([workflow(3)]);
  expect(before.assessment.findings.filter(({ axis, outcome }) => axis === "C" && outcome === "fired")).not.toEqual([]);
  const found = says(before, look([workflow(30)]));
  expect(found).toMatchObject({ fresh: [], goneCount: 0, files: [] });
  expect(found.seen.length).toBeGreaterThan(0);
});

test("new since: what was pushed on top is new, and what stood there is not", () => {
  const editor = file(".vscode/tasks.json", ['+{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}']);
  const found = says(look([workflow(0)]), look([workflow(0), editor]));
  expect(new Set(found.fresh)).toEqual(new Set([editor.path]));
  expect(new Set(found.seen)).toEqual(new Set([PATH]));
  expect(found).toMatchObject({ goneCount: 0, files: [editor.path] });
  expect(says(look([workflow(0), editor]), look([workflow(0)])).goneCount).toBeGreaterThan(0);
});

const pointing = (...facts: readonly Evidence[]) => {
  const dossier = dossierOf({
    ...ordinaryChange,
    "change.files": filesOf(file("a.ts", ["+same", "+same", "+other"])),
  });
  const signals = [signal("x-one", fired(facts, { severity: "high" }), { axis: "C" })];
  return { dossier, assessment: assess(dossier, { signals }) };
};
const at = (line: number, fact = "a fact"): Evidence => ({ fact, tier: "SC", place: { path: "a.ts", line } });
const sizes = (before: Look, now: Look) => {
  const { fresh, seen, goneCount } = atOnce(newSince(before, now));
  return [fresh.size, seen.size, goneCount];
};

test("new since: a second copy of a reviewed line is new, another line and another sentence are", () => {
  expect(sizes(pointing(at(1)), pointing(at(2)))).toEqual([0, 1, 0]);
  expect(sizes(pointing(at(1)), pointing(at(1), at(2)))).toEqual([1, 1, 0]);
  expect(sizes(pointing(at(1)), pointing(at(3)))).toEqual([1, 0, 1]);
  expect(sizes(pointing(at(1)), pointing(at(1, "another")))).toEqual([1, 0, 1]);
});

test("new since: where the earlier look kept only some facts of a kind, nothing of it is called new", () => {
  const many = Array.from({ length: 21 }, (_, index) => at(1, `fact ${index}`));
  expect(sizes(pointing(...many), pointing(at(1, "fact 9"), at(1, "fact 3")))).toEqual([0, 1, 19]);
});

test("new since: files that were not read as a whole are not compared", () => {
  expect(says(look([workflow(0)], true), look([workflow(0)])).files).toBeNull();
  const { dossier, assessment } = look([]);
  const erased = { assessment, dossier: dossierOf({}) };
  expect(says(erased, { dossier, assessment }).files).toBeNull();
});
