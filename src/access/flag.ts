import type { Band } from "../assessment/assessment.ts";
import type { Instant } from "../clock.ts";
import type { Role, Via } from "../dossier/role.ts";
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
  /** Why it was raised: the triage cell (X and P in words) and the assessment behind it. */
  readonly because: string;
  readonly reportId: string;
  readonly raisedAt: Instant;
  readonly state: FlagState;
}

export type FlagState =
  | { readonly kind: "open" }
  | {
      readonly kind: "acknowledged";
      readonly byAccountId: AccountId;
      readonly byLogin: string;
      readonly reason: string;
      readonly at: Instant;
    }
  | { readonly kind: "grant_gone"; readonly at: Instant };
