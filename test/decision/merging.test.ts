import { mergingGives } from "../../src/decision/merging.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import { dossierOf, ordinaryChange } from "../assessment/dossiers.ts";
import { texts } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

const from = (association: string) => dossierOf({ ...ordinaryChange, "change.texts": texts([], association) });

test.each([
  ["FIRST_TIMER", true],
  ["FIRST_TIME_CONTRIBUTOR", true],
  ["NONE", true],
  ["CONTRIBUTOR", false],
  ["COLLABORATOR", false],
  ["MEMBER", false],
  ["OWNER", false],
  ["MANNEQUIN", false],
  ["A_WORD_OF_LATER", false],
])("merging: of an author whose standing is %s the report says what it gives: %s", (association, says) => {
  expect(mergingGives(from(association)) !== null).toBe(says);
});

test("merging: of an automation, and where nobody read the standing, nothing is said", () => {
  const known = from("NONE");
  expect(mergingGives({ ...known, subject: { ...known.subject, kind: "bot" } })).toBeNull();
  const sections = { ...known.sections, "change.texts": unavailable("rate_limited") } as const;
  expect(mergingGives({ ...known, sections })).toBeNull();
});
