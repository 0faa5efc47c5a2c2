import { explainPolicy, NO_POLICY, type PlacedPolicy, valueText } from "../../src/policy/explain.ts";
import { parsePolicy } from "../../src/policy/policy-file.ts";
import { expect, test } from "../support/jest.ts";

function placed(place: string, text: string): PlacedPolicy {
  const parsed = parsePolicy(text, place);
  if (!parsed.ok) throw new Error(parsed.problems[0]?.what);
  return { ...parsed, place };
}

const ORGANIZATION = placed("org.yml", "version: 1\ntriage:\n  skip_bots: [1, 2]\naccess:\n  dormant_after_days: 90\n");
const REPOSITORY = placed(
  "own.yml",
  "access:\n  dormant_after_days: 400\ntriage:\n  skip_bots: [2, 3]\n  deep_scan: always\nmode: live\n",
);
const explained = (switched: "live" | "shadow" | null, organization = ORGANIZATION, repository = REPOSITORY) =>
  new Map(explainPolicy({ organization, repository }, switched).map((one) => [one.key, one]));

test("explainPolicy: names file and line of what set a key, and of what is not in force", () => {
  const keys = explained(null);
  expect(keys.get("access.dormant_after_days")).toEqual({
    key: "access.dormant_after_days",
    value: 90,
    from: [{ by: "organization", place: "org.yml", line: 5 }],
    ignored: {
      by: "repository",
      place: "own.yml",
      line: 2,
      asked: 400,
      what: "looser than the organisation's rule, so it is ignored",
      mend: "a repository may only lower it",
    },
  });
  expect(keys.get("triage.deep_scan")).toMatchObject({
    value: "always",
    from: [{ by: "repository", place: "own.yml", line: 5 }],
    ignored: null,
  });
  expect(keys.get("triage.skip_bots")).toMatchObject({
    value: [2],
    from: [
      { by: "organization", line: 3 },
      { by: "repository", line: 4 },
    ],
    ignored: { line: 4, asked: [2, 3] },
  });
  expect(keys.get("retention.bands_days")?.from).toEqual([{ by: "default", place: null, line: null }]);
});

test("explainPolicy: an owner's switch decides the mode while no file of the organisation does", () => {
  expect(explained("live").get("mode")).toMatchObject({ value: "live", from: [{ by: "switch" }], ignored: null });
  expect(explained("shadow").get("mode")).toMatchObject({ value: "shadow", ignored: { line: 6, asked: "live" } });
  const decided = placed("org.yml", "mode: shadow\n");
  expect(explained("live", decided, NO_POLICY).get("mode")).toMatchObject({
    value: "shadow",
    from: [{ by: "organization", line: 1 }],
  });
});

test.each([
  ["live", "live"],
  [null, "null"],
  [30, "30"],
  [["a b", "c/**"], '["a b", "c/**"]'],
  [[], "[]"],
])("valueText: %j reads %s", (value, text) => {
  expect(valueText(value)).toBe(text);
});
