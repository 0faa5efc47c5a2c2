import type { Problem } from "../errors.ts";
import { valuesOf, writtenAt } from "./key.ts";
import { KEYS } from "./keys.ts";
import type { Policy, PolicyFile } from "./policy.ts";

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
  const policy = valuesOf(KEYS, (path, { default: fallback, tighten }) => {
    const key = path.join(".");
    const given = writtenAt(organization, path);
    const base = given === undefined ? fallback : given;
    const asked = writtenAt(repository, path);
    const value = asked === undefined ? base : tighten.tighter(base, asked);
    if (asked !== undefined && tighten.refuses(base, asked))
      ignored.push({ where: key, what: tighten.refusal, mend: tighten.mend });
    const changed = asked !== undefined && !same(value, base);
    provenance.set(key, changed ? "repository" : given === undefined ? "default" : "organization");
    return value;
  });
  return { policy, ignored, provenance };
}

/** Lists keep the base's order, so equal length means equal entries. */
const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length : a === b;
