import fc from "fast-check";
import { DEEP_SCANS, FORMAT_KEYS, WEEKDAYS } from "../../src/policy/keys.ts";
import { DEFAULT_POLICY, type Policy, type PolicyFile } from "../../src/policy/policy.ts";
import { policyKeys, policySchema } from "../../src/policy/policy-schema.ts";
import { effectivePolicy } from "../../src/policy/tighten.ts";
import { expect, test } from "../support/jest.ts";

const some = <T>(model: { readonly [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<Partial<T>> =>
  fc.record(model, { requiredKeys: [] }) as fc.Arbitrary<Partial<T>>;

const VIEWERS = ["write", "maintain", "admin", "team:a", "team:b", "write team:a", "maintain team:a", "admin team:b"];
const smallCount = fc.integer({ min: 0, max: 5 });
const fewDays = fc.integer({ min: 1, max: 9 });
const bots = fc.uniqueArray(fc.constantFrom(1, 2, 3, 49699333));
const globs = fc.uniqueArray(fc.constantFrom("a", "b/**", "**/c"));

const files = some({
  version: fc.constant(1),
  mode: fc.constantFrom("shadow", "live"),
  publication: some({
    check_run: fc.constantFrom("sealed", "off"),
    change: fc.constantFrom("sealed", "annotate"),
    label: some({
      name: fc.constantFrom(null, "triage", "look"),
      when: fc.uniqueArray(fc.constantFrom("first_contribution", "sensitive_paths")),
    }),
  }),
  triage: some({ sensitive_paths: globs, skip_bots: bots, deep_scan: fc.constantFrom(...DEEP_SCANS) }),
  access: some({
    weekly: some({
      day: fc.constantFrom(...WEEKDAYS),
      hour: fc.integer({ min: 0, max: 23 }),
      timezone: fc.constantFrom("UTC", "Europe/Berlin"),
    }),
    dormant_after_days: fewDays,
    recertify_months: fc.constantFrom(null, 1, 12),
    thin_grant: some({ merged: smallCount, mergers: smallCount, days: smallCount }),
  }),
  viewers: some({ reports: fc.constantFrom(...VIEWERS) }),
  retention: some({ evidence_days: fewDays, bands_days: fewDays }),
  signals: some({ promote: fc.subarray(["net-a", "beh-b"]) }),
}) as fc.Arbitrary<PolicyFile>;

const ROLES = ["write", "maintain", "admin"];
/** Rank of the role that a reader needs, and the team that he has to be in. */
const readersOf = (text: string) => {
  const words = text.split(" ");
  const team = words.find((word) => word.startsWith("team:")) ?? null;
  return { rank: Math.max(0, ROLES.indexOf(words[0] ?? "")), team };
};
/** Who reads under `text` reads under `base`: the role is as high, and a team that is asked for is the same. */
const asFewReaders = (text: string, base: string): boolean => {
  const [now, then] = [readersOf(text), readersOf(base)];
  return now.rank >= then.rank && (then.team === null || now.team === then.team);
};

const includes = <T>(all: readonly T[], part: readonly T[]): boolean => part.every((entry) => all.includes(entry));

/** Every way in which a policy can be at least as tight as another, written from POLICY.md and not from the code. */
function tightness(policy: Policy, base: Policy): Readonly<Record<string, boolean>> {
  const thin = (key: "merged" | "mergers" | "days"): boolean =>
    policy.access.thin_grant[key] >= base.access.thin_grant[key];
  return {
    mode: base.mode === "shadow" || policy.mode === "live",
    check_run: base.publication.check_run === "off" || policy.publication.check_run === "sealed",
    label: base.publication.label.name === null || policy.publication.label.name === base.publication.label.name,
    when: includes(policy.publication.label.when, base.publication.label.when),
    sensitive_paths: includes(policy.triage.sensitive_paths, base.triage.sensitive_paths),
    skip_bots: includes(base.triage.skip_bots, policy.triage.skip_bots),
    deep_scan: DEEP_SCANS.indexOf(policy.triage.deep_scan) >= DEEP_SCANS.indexOf(base.triage.deep_scan),
    weekly: JSON.stringify(policy.access.weekly) === JSON.stringify(base.access.weekly),
    recertify: policy.access.recertify_months === base.access.recertify_months,
    dormant: policy.access.dormant_after_days <= base.access.dormant_after_days,
    merged: thin("merged"),
    mergers: thin("mergers"),
    days: thin("days"),
    promote: JSON.stringify(policy.signals.promote) === JSON.stringify(base.signals.promote),
    viewers: asFewReaders(policy.viewers.reports, base.viewers.reports),
    evidence_days: policy.retention.evidence_days <= base.retention.evidence_days,
    bands_days: policy.retention.bands_days <= base.retention.bands_days,
  };
}

test("effectivePolicy: is in no key looser than the organisation's, whatever the repository writes", () => {
  fc.assert(
    fc.property(files, files, (organization, repository) => {
      const base = effectivePolicy(organization, {}).policy;
      const loosened = Object.entries(tightness(effectivePolicy(organization, repository).policy, base))
        .filter(([, tight]) => !tight)
        .map(([key]) => key);
      expect(loosened).toEqual([]);
    }),
    { numRuns: 2000 },
  );
});

test("effectivePolicy: changes nothing more when the same repository file is applied again", () => {
  fc.assert(
    fc.property(files, files, (organization, repository) => {
      const { policy } = effectivePolicy(organization, repository);
      expect(effectivePolicy({ version: 1, ...policy } as PolicyFile, repository).policy).toEqual(policy);
    }),
  );
});

test("effectivePolicy: is a complete policy by its own schema, and says for every key where it comes from", () => {
  fc.assert(
    fc.property(files, files, (organization, repository) => {
      const { policy, keys } = effectivePolicy(organization, repository);
      expect(policySchema.safeParse(policy).success).toBe(true);
      expect(keys.map(({ key }) => key)).toEqual([...policyKeys().keys()].filter((key) => !(key in FORMAT_KEYS)));
    }),
  );
});

test("effectivePolicy: is the default when nobody wrote anything", () => {
  const { policy, ignored, keys } = effectivePolicy({}, {});
  expect(policy).toEqual(DEFAULT_POLICY);
  expect(ignored).toEqual([]);
  expect(new Set(keys.flatMap(({ by }) => by))).toEqual(new Set(["default"]));
});

test("effectivePolicy: takes from a repository what tightens, and reports the rest", () => {
  const organization: PolicyFile = {
    mode: "live",
    triage: { sensitive_paths: ["src/**"], skip_bots: [1, 2], deep_scan: "on_need" },
    access: { dormant_after_days: 90, thin_grant: { merged: 3 } },
  };
  const repository: PolicyFile = {
    mode: "shadow",
    publication: { check_run: "off", change: "annotate", label: { name: "first", when: ["first_contribution"] } },
    triage: { sensitive_paths: ["keys/**"], skip_bots: [2, 3], deep_scan: "never" },
    access: { dormant_after_days: 30, thin_grant: { merged: 1 }, weekly: { hour: 9 } },
  };
  const { policy, ignored, keys } = effectivePolicy(organization, repository);
  expect(policy.mode).toBe("live");
  expect(policy.publication).toEqual({
    check_run: "sealed",
    change: "sealed",
    label: { name: "first", when: ["first_contribution"] },
  });
  expect(policy.triage).toEqual({ sensitive_paths: ["src/**", "keys/**"], skip_bots: [2], deep_scan: "on_need" });
  expect(policy.access.dormant_after_days).toBe(30);
  expect(policy.access.thin_grant.merged).toBe(3);
  expect(ignored.map(({ where }) => where)).toEqual([
    "mode",
    "publication.check_run",
    "publication.change",
    "triage.skip_bots",
    "triage.deep_scan",
    "access.weekly.hour",
    "access.thin_grant.merged",
  ]);
  const by = Object.fromEntries(keys.map((settled) => [settled.key, settled.by]));
  expect(by).toMatchObject({
    mode: ["organization"],
    "publication.label.name": ["repository"],
    "publication.label.when": ["repository"],
    "triage.sensitive_paths": ["organization", "repository"],
    "triage.skip_bots": ["organization", "repository"],
    "triage.deep_scan": ["organization"],
    "access.dormant_after_days": ["repository"],
    "retention.bands_days": ["default"],
  });
});

test("effectivePolicy: lets a repository look at a bot that the organisation skips, and never skip another one", () => {
  expect(effectivePolicy({}, { triage: { skip_bots: [] } }).policy.triage.skip_bots).toEqual([]);
  expect(
    effectivePolicy({ triage: { skip_bots: [] } }, { triage: { skip_bots: [7] } }).policy.triage.skip_bots,
  ).toEqual([]);
});

test.each<[base: string, asked: string, inForce: string, refused: boolean]>([
  ["maintain", "team:a", "maintain team:a", false],
  ["write", "team:a", "team:a", false],
  ["write", "write team:a", "team:a", false],
  ["maintain", "admin team:a", "admin team:a", false],
  ["maintain", "write team:a", "maintain team:a", true],
  ["maintain", "write", "maintain", true],
  ["team:a", "team:b", "team:a", true],
  ["team:a", "admin team:b", "admin team:a", true],
  ["team:a", "maintain", "maintain team:a", false],
  ["maintain team:a", "admin", "admin team:a", false],
  ["maintain team:a", "write", "maintain team:a", true],
  ["write team:a", "team:a", "write team:a", false],
])("effectivePolicy: readers are %s, a repository asks for %s: %s", (base, asked, inForce, refused) => {
  const { policy, ignored } = effectivePolicy({ viewers: { reports: base } }, { viewers: { reports: asked } });
  expect([policy.viewers.reports, ignored.map(({ where }) => where)]).toEqual([
    inForce,
    refused ? ["viewers.reports"] : [],
  ]);
});
