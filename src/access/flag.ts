import type { Band } from "../assessment/assessment.ts";
import { bandRank } from "../assessment/bands.ts";
import type { Instant } from "../clock.ts";
import { type Role, roleRank, type Via } from "../dossier/role.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";

/** Owners write everywhere: past this the audit's other rows say it, and a list of flags would not be read. */
export const MAX_FLAGS_PER_ACCOUNT = 100;

/** A repository that grants write access to an account somebody should look at. Stays until a person decides or the grant goes. */
export interface Flag {
  readonly id: string;
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly repositoryName: string;
  readonly accountId: AccountId;
  /** Label only; the account is its id. */
  readonly login: string;
  readonly role: Role;
  readonly via: Via;
  /** What P was when it was raised: what a person has decided covers this band and those below. */
  readonly band: Band;
  /** Why it was raised, a line each: the triage cell (X and P in words), then what the assessment found and the grant reaches. */
  readonly because: string;
  readonly reportId: string;
  readonly raisedAt: Instant;
  readonly state: FlagState;
}

/** What a person decided about a grant. */
export const OUTCOMES = ["keep", "lowered", "removed"] as const;
export type Outcome = (typeof OUTCOMES)[number];

export type FlagState =
  | { readonly kind: "open" }
  | {
      readonly kind: "acknowledged";
      readonly byAccountId: AccountId;
      readonly byLogin: string;
      readonly reason: string;
      readonly at: Instant;
      /** Both are absent in decisions of before they were asked for: those keep the grant, without an end. */
      readonly outcome?: Outcome;
      /** When a grant that is kept is looked at again. */
      readonly until?: Instant;
    }
  | { readonly kind: "grant_gone"; readonly at: Instant };

/**
 * Whether what a person has decided covers a grant that asks for a look now: that role or a stronger one, that band or a
 * graver one, until the day he gave. A role that was to be lowered covers only lower ones, one that was to be taken away
 * none: when the grant still stands it is asked about again.
 */
export function covers({ state, role, band }: Flag, now: Pick<Flag, "role" | "band" | "raisedAt">): boolean {
  if (state.kind !== "acknowledged" || state.outcome === "removed") return false;
  if (state.until !== undefined && state.until <= now.raisedAt) return false;
  const isLower = roleRank(now.role) < roleRank(role);
  if (state.outcome === "lowered" ? !isLower : roleRank(now.role) > roleRank(role)) return false;
  return bandRank(now.band) <= bandRank(band);
}
