import type { Problem } from "../errors.ts";
import { valuesOf, writtenAt } from "./key.ts";
import { KEYS } from "./keys.ts";
import type { Policy, PolicyFile } from "./policy.ts";

/** Who may have a say in a key: nobody, the organisation's file, the repository's. */
export type Author = "default" | "organization" | "repository";

/** How one key came by its value. */
export interface SettledKey {
  /** Dotted path. */
  readonly key: string;
  readonly value: unknown;
  /** Whose word the value is; two where the repository's file adds to a list, or takes from it. */
  readonly by: readonly Author[];
  /** What the repository's file asked for and does not get, or not all of it; null when there is nothing of the kind. */
  readonly refused: { readonly asked: unknown; readonly what: string; readonly mend: string } | null;
}

export interface EffectivePolicy {
  readonly policy: Policy;
  /** Every key, in the order of the file. */
  readonly keys: readonly SettledKey[];
  /** What the repository's file asked for and does not get. */
  readonly ignored: readonly Problem[];
}

/** The rules in force for one repository: the defaults, the organisation's file over them, tightened by the repository's. */
export function effectivePolicy(organization: PolicyFile, repository: PolicyFile): EffectivePolicy {
  const keys: SettledKey[] = [];
  const policy = valuesOf(KEYS, (path, { default: fallback, tighten }) => {
    const given = writtenAt(organization, path);
    const base = given === undefined ? fallback : given;
    const asked = writtenAt(repository, path);
    const value = asked === undefined ? base : tighten.tighter(base, asked);
    const refused =
      asked !== undefined && tighten.refuses(base, asked) ? { asked, what: tighten.refusal, mend: tighten.mend } : null;
    const isChanged = asked !== undefined && !same(value, base);
    const baseBy: Author = given === undefined ? "default" : "organization";
    const by: readonly Author[] = !isChanged ? [baseBy] : isFilled(base) ? [baseBy, "repository"] : ["repository"];
    keys.push({ key: path.join("."), value, by, refused });
    return value;
  });
  const ignored = keys.flatMap(({ key, refused }) =>
    refused ? [{ where: key, what: refused.what, mend: refused.mend }] : [],
  );
  return { policy, keys, ignored };
}

/** Lists keep the base's order, so equal length means equal entries. */
const same = (a: unknown, b: unknown): boolean =>
  Array.isArray(a) && Array.isArray(b) ? a.length === b.length : a === b;

const isFilled = (value: unknown): boolean => Array.isArray(value) && value.length > 0;
