import { assess } from "../../src/assessment/assess.ts";
import { explain } from "../../src/assessment/explain.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, manySided, ordinaryChange, veteran } from "./dossiers.ts";

test("explain: every term of the sum has its sentence, and the sum is last before the notes", () => {
  const assessment = assess(dossierOf(manySided));
  const sentences = explain(assessment, false);
  for (const { signal, bits } of assessment.findings)
    if (bits > 0) expect(sentences.some((each) => each.includes(signal))).toBe(true);
  expect(sentences.find((each) => each.startsWith("Sum:"))).toBe(
    `Sum: ${assessment.persona.bits.toFixed(1)} bits, 3.0 of them hard. Bands begin at note 3, review 5, elevated 8, high 11.`,
  );
  expect(sentences.at(-1)).toContain("1 in 2,000");
});

test("explain: credits, what they may take off together, and the exposed prior are said", () => {
  const vouched = { ...ordinaryChange, ...veteran, "access.grant": undefined };
  const { "access.grant": _, ...sections } = vouched;
  const sentences = explain(assess(dossierOf(sections)), true);
  expect(sentences.filter((each) => each.startsWith("-"))).toHaveLength(2);
  expect(sentences.at(-1)).toContain("1 in 250");
});

test("explain: a missing section, when to look again, and what was held back are said", () => {
  const base = dossierOf(manySided);
  const failed = {
    ...base,
    sections: { ...base.sections, "access.recordHere": unavailable("rate_limited", "2026-06-01T13:00:00.000Z") },
  };
  const sentences = explain(assess(failed), false).join("\n");
  expect(sentences).toContain(
    "Could not see access.recordHere: GitHub's request limit was reached, again from 2026-06-01T13:00:00.000Z.",
  );
  expect(sentences).toContain("could not be read, so it counts in favour of the account");
});

test("explain: an app's account is not weighed", () => {
  expect(explain(assess(dossierOf(ordinaryChange, "bot")), false)[0]).toBe(
    "The account is not a person's, so only the change and the access were looked at.",
  );
});
