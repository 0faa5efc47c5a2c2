import type { Problem } from "../errors.ts";
import { DEEP_SCANS, DEFAULT_POLICY, type DeepScan, type Policy } from "./policy.ts";
import type { PolicyFile } from "./policy-schema.ts";

export interface EffectivePolicy {
  readonly policy: Policy;
  /** What the repository's file asked for and does not get. */
  readonly ignored: readonly Problem[];
  /** Which file decided each key, by dotted path; `repository` where the repository's file changed something. */
  readonly provenance: ReadonlyMap<string, "default" | "organization" | "repository">;
}

/** The rules in force for one repository: the defaults, the organisation's file over them, tightened by the repository's. */
export function effectivePolicy(organization: PolicyFile, repository: PolicyFile): EffectivePolicy {
  const ignored: Problem[] = [];
  const provenance = new Map<string, "default" | "organization" | "repository">();
  const settle: Settle = (key, pick, { fallback, rule }) => {
    const given = pick(organization);
    const base = given === undefined ? fallback : given;
    const asked = pick(repository);
    const value = asked === undefined ? base : rule.tighter(base, asked);
    if (asked !== undefined && rule.refuses(base, asked)) ignored.push(ignoredKey(key, rule.mend));
    const changed = asked !== undefined && !same(value, base);
    provenance.set(key, changed ? "repository" : given === undefined ? "default" : "organization");
    return value;
  };
  return { policy: settled(settle), ignored, provenance };
}

/** One key: where it stands in a file, what applies when nobody wrote it, how a repository may change it. */
type Settle = <T>(
  key: string,
  pick: (file: PolicyFile) => T | undefined,
  how: { readonly fallback: T; readonly rule: Rule<T> },
) => T;

function settled(settle: Settle): Policy {
  const standard = DEFAULT_POLICY;
  return {
    mode: settle("mode", (file) => file.mode, { fallback: standard.mode, rule: mode }),
    publication: {
      check_run: settle("publication.check_run", (file) => file.publication?.check_run, {
        fallback: standard.publication.check_run,
        rule: checkRun,
      }),
      label: {
        name: settle("publication.label.name", (file) => file.publication?.label?.name, {
          fallback: standard.publication.label.name,
          rule: firstNamed,
        }),
        when: settle("publication.label.when", (file) => file.publication?.label?.when, {
          fallback: standard.publication.label.when,
          rule: longerList(),
        }),
      },
    },
    triage: {
      sensitive_paths: settle("triage.sensitive_paths", (file) => file.triage?.sensitive_paths, {
        fallback: standard.triage.sensitive_paths,
        rule: longerList(),
      }),
      skip_bots: settle("triage.skip_bots", (file) => file.triage?.skip_bots, {
        fallback: standard.triage.skip_bots,
        rule: shorterList(),
      }),
      deep_scan: settle("triage.deep_scan", (file) => file.triage?.deep_scan, {
        fallback: standard.triage.deep_scan,
        rule: moreOften,
      }),
    },
    access: access(settle),
    retention: {
      evidence_days: settle("retention.evidence_days", (file) => file.retention?.evidence_days, {
        fallback: standard.retention.evidence_days,
        rule: lower,
      }),
      bands_days: settle("retention.bands_days", (file) => file.retention?.bands_days, {
        fallback: standard.retention.bands_days,
        rule: lower,
      }),
    },
  };
}

function access(settle: Settle): Policy["access"] {
  const { weekly, dormant_after_days, thin_grant } = DEFAULT_POLICY.access;
  const thin = (key: keyof Policy["access"]["thin_grant"]): number =>
    settle(`access.thin_grant.${key}`, (file) => file.access?.thin_grant?.[key], {
      fallback: thin_grant[key],
      rule: higher,
    });
  return {
    weekly: {
      day: settle("access.weekly.day", (file) => file.access?.weekly?.day, {
        fallback: weekly.day,
        rule: organizationAlone(),
      }),
      hour: settle("access.weekly.hour", (file) => file.access?.weekly?.hour, {
        fallback: weekly.hour,
        rule: organizationAlone(),
      }),
      timezone: settle("access.weekly.timezone", (file) => file.access?.weekly?.timezone, {
        fallback: weekly.timezone,
        rule: organizationAlone(),
      }),
    },
    dormant_after_days: settle("access.dormant_after_days", (file) => file.access?.dormant_after_days, {
      fallback: dormant_after_days,
      rule: lower,
    }),
    thin_grant: { merged: thin("merged"), mergers: thin("mergers"), days: thin("days") },
  };
}

/** How a repository may change what the organisation says. */
interface Rule<T> {
  tighter(base: T, asked: T): T;
  /** True when part of what is asked is not given. */
  refuses(base: T, asked: T): boolean;
  readonly mend: string;
}

/** A rule for values in an order: the repository's counts when it is at least as tight. */
const ordered = <T>(looser: (asked: T, base: T) => boolean, mend: string): Rule<T> => ({
  tighter: (base, asked) => (looser(asked, base) ? base : asked),
  refuses: (base, asked) => looser(asked, base),
  mend,
});

const mode = ordered<Policy["mode"]>(
  (asked, base) => asked === "shadow" && base === "live",
  "a repository may only go from shadow to live",
);
const checkRun = ordered<Policy["publication"]["check_run"]>(
  (asked, base) => asked === "off" && base === "sealed",
  "a repository may not turn the check run off",
);
const moreOften = ordered<DeepScan>(
  (asked, base) => DEEP_SCANS.indexOf(asked) < DEEP_SCANS.indexOf(base),
  "a repository may only have accounts looked at more often",
);
const lower = ordered<number>((asked, base) => asked > base, "a repository may only lower it");
const higher = ordered<number>((asked, base) => asked < base, "a repository may only raise it");
const firstNamed = ordered<string | null>(
  (asked, base) => base !== null && asked !== base,
  "a repository may name a label only where the organisation names none",
);
const organizationAlone = <T>(): Rule<T> =>
  ordered<T>((asked, base) => asked !== base, "the audit is one for the organisation: set it in its file");

/** Entries are only added, so nothing that is asked is refused. */
const longerList = <T>(): Rule<readonly T[]> => ({
  tighter: (base, asked) => [...new Set([...base, ...asked])],
  refuses: () => false,
  mend: "a repository may only add entries",
});

/** Entries are only taken away. */
const shorterList = <T>(): Rule<readonly T[]> => ({
  tighter: (base, asked) => base.filter((entry) => asked.includes(entry)),
  refuses: (base, asked) => asked.some((entry) => !base.includes(entry)),
  mend: "a repository may only take entries away",
});

const ignoredKey = (key: string, mend: string): Problem => ({
  where: key,
  what: "looser than the organisation's rule, so it is ignored",
  mend,
});

/** Lists keep the base's order, so equal length means equal entries. */
const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length : a === b;
