import { readFileSync } from "node:fs";
import { LATER_KEYS } from "../../src/policy/keys.ts";
import { DEFAULT_POLICY } from "../../src/policy/policy.ts";
import { parsePolicy } from "../../src/policy/policy-file.ts";
import { policyKeys } from "../../src/policy/policy-schema.ts";
import { expect, test } from "../support/jest.ts";

const PLACE = "octo-org/.github/.github/sallyport.yml";

function lines(text: string): readonly string[] {
  const parsed = parsePolicy(text, PLACE);
  return parsed.ok
    ? []
    : parsed.problems.map(({ where, what, mend }) => `${where.replace(PLACE, "")} ${what}; ${mend}`);
}

test("parsePolicy: keeps exactly the keys that stand in the file", () => {
  const text = "version: 1\nmode: live\naccess:\n  thin_grant: { merged: 5 }\n";
  expect(parsePolicy(text, PLACE)).toEqual({
    ok: true,
    file: { version: 1, mode: "live", access: { thin_grant: { merged: 5 } } },
    lines: { version: 1, mode: 2, "access.thin_grant.merged": 4 },
  });
});

test.each(["", "# nothing but a comment\n", "---\n", "{}", "\uFEFFmode: shadow\n"])(
  "parsePolicy: takes an empty policy when the text is %j",
  (text) => {
    expect(parsePolicy(text, PLACE).ok).toBe(true);
  },
);

test("parsePolicy: takes the whole documented file, and it says every key and what applies without any file", () => {
  const documented = readFileSync(new URL("../../docs/policy.md", import.meta.url), "utf8");
  const text = /```yaml\n([\s\S]*?)```/.exec(documented)?.[1] ?? "";
  const parsed = parsePolicy(text, PLACE);
  expect(parsed).toMatchObject({ ok: true, file: { version: 1, ...DEFAULT_POLICY } });
});

test.each([
  ["mdoe: live", [":1:1 mdoe no such key; did you mean mode?"]],
  [
    "_extends: evil/repo",
    [
      ":1:1 _extends no such key; allowed: $schema, version, mode, exposure, publication, triage, pushes, access, viewers, retention, signals",
    ],
  ],
  ["access:\n  dormant_after: 3", [":2:3 access.dormant_after no such key; did you mean dormant_after_days?"]],
  ["mode: loud", [":1:1 mode not allowed here; allowed: shadow | live"]],
  ["mode: ", [":1:1 mode not allowed here; allowed: shadow | live"]],
  ["version: 2", [":1:1 version not allowed here; allowed: 1"]],
  [
    "triage: { skip_bots: [1, renovate] }",
    [":1:26 triage.skip_bots[1] not allowed here; allowed: at most 100 numeric account ids"],
  ],
  [
    "triage:\n  sensitive_paths:\n    - ok/**\n    - '{a,b}'",
    [":4:7 triage.sensitive_paths[1] uses more than *, ** and ?; allowed: at most 200 patterns of *, ** and ?"],
  ],
  [
    "access: { weekly: { timezone: Mars/Base } }",
    [":1:21 access.weekly.timezone not a time zone this system knows; allowed: IANA name such as UTC or Europe/Berlin"],
  ],
  ...["team:", "team:Core Team", "owner team:core", "maintain  team:core", "maintain, team:core", "core"].map(
    (text): [string, string[]] => [
      `viewers: { reports: "${text}" }`,
      [
        ":1:12 viewers.reports not allowed here; allowed: write | maintain | admin | team:SLUG | one of the roles and team:SLUG",
      ],
    ],
  ),
  ["access: 3", [":1:1 access not allowed here; write keys below it"]],
  ["- mode", [":1:1 not allowed here; write keys below it"]],
  ["mode: live\nmode: shadow", [":2:1 this key stands here twice; keep one of the two"]],
  ["publication: { change: label }", [":1:16 publication.change not allowed here; allowed: sealed | annotate"]],
  [
    "cases: { respond_within_hours: 72 }",
    [":1:1 cases comes later and has no effect in this version; take it out until the release notes name it"],
  ],
  [
    "exemptions: []",
    [":1:1 exemptions comes later and has no effect in this version; take it out until the release notes name it"],
  ],
  [
    "__proto__: { mode: live }",
    [
      ":1:1 __proto__ no such key; allowed: $schema, version, mode, exposure, publication, triage, pushes, access, viewers, retention, signals",
    ],
  ],
  [
    "retention: { evidence_days: 0, bands_days: 9999 }",
    [
      ":1:14 retention.evidence_days not allowed here; allowed: days, an integer from 1 to 365",
      ":1:32 retention.bands_days not allowed here; allowed: days, an integer from 1 to 730",
    ],
  ],
  [
    "mode: [",
    [
      ":1:8 not YAML: Flow sequence in block collection must be sufficiently indented and end with a ]; mend the syntax",
    ],
  ],
])("parsePolicy: names line, key and what is allowed when the file says %j", (text, expected) => {
  expect(lines(text)).toEqual(expected);
});

test.each([
  ["mode: &a live", "an anchor (&)"],
  ["mode: live\ntriage: *a", "an alias (*)"],
  ["mode: !!str live", "a tag (!)"],
  ["%YAML 1.1\n---\nmode: live", "a directive (%)"],
  ["mode: live\n---\nmode: shadow", "a second document"],
  ["? [a, b]\n: c", "a key that is not a word"],
  ["1: c", "a key that is not a word"],
])("parsePolicy: refuses syntax that a policy does not need when the file says %j", (text, what) => {
  expect(parsePolicy(text, PLACE)).toMatchObject({ ok: false, problems: [{ what }] });
});

test("parsePolicy: treats a merge key as an ordinary unknown key", () => {
  expect(lines("access:\n  <<: { dormant_after_days: 9 }")).toEqual([
    ":2:3 access.<< no such key; allowed: weekly, dormant_after_days, recertify_months, thin_grant",
  ]);
});

test("parsePolicy: forges no line when a key carries control characters", () => {
  expect(lines('"a\\nb\\u202e": 1').join("")).not.toMatch(/[\p{Cc}\p{Cf}]/u);
});

test("parsePolicy: lists the first 20 problems and counts the rest", () => {
  const problems = lines(Array.from({ length: 500 }, (_, index) => `key${index}: 1`).join("\n"));
  expect(problems).toHaveLength(21);
  expect(problems.at(-1)).toBe(":20:1 key19 480 more problems after this one; mend the first ones");
});

test("policyKeys: has a sentence and the allowed values for every key of a policy", () => {
  const flat = (value: object, path = ""): readonly string[] =>
    Object.entries(value).flatMap(([key, inner]) =>
      typeof inner === "object" && inner !== null && !Array.isArray(inner)
        ? flat(inner, `${path}${key}.`)
        : [path + key],
    );
  const keys = policyKeys();
  expect([...keys.keys()].sort()).toEqual(["$schema", "version", ...flat(DEFAULT_POLICY)].sort());
  for (const { allowed, about } of keys.values()) {
    expect(allowed.length).toBeGreaterThan(0);
    expect(about).toMatch(/\.$/);
  }
  expect(LATER_KEYS.filter((key) => keys.has(key))).toEqual([]);
});
