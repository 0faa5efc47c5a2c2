import type { Instant } from "../clock.ts";
import { canWrite, higherRole, isPersonal, type Role, roleRank, type Via } from "../dossier/role.ts";
import type { BesideGrants } from "./beside-grants/schema.ts";
import type { Invitation } from "./invitation.ts";
import type { AccountKey, RepositoryKey } from "./keys.ts";
import type { AccessRules, ExtraPermission } from "./reach/rules-schema.ts";

/** What guards branches, what they reach, and access beside grants; a list that nobody read is absent. */
export type AccessSettings = AccessRules & BesideGrants;

/** Who can reach what in one organisation at one moment; the input of every audit. */
export interface AccessSnapshot extends AccessSettings {
  readonly schema: "sallyport.access/1";
  readonly takenAt: Instant;
  readonly organization: { readonly login: string; readonly basePermission: "none" | "read" | "write" | "admin" };
  readonly accounts: readonly { readonly id: AccountKey; readonly login: string; readonly kind: "user" | "bot" }[];
  readonly owners: readonly AccountKey[];
  readonly members: readonly AccountKey[];
  readonly repositories: readonly AccessRepository[];
  readonly grants: readonly Grant[];
  /** Invitations to the organisation that wait; absent where nobody looked. */
  readonly invitations?: readonly Invitation[];
  /** What the collector could not read, and the permission that would open it; absent in hand-written files. */
  readonly notChecked?: readonly NotChecked[];
}

/** How far a look goes: roles alone, what the organisation has set up too, or what each repository has as well. */
export type SnapshotDepth = "roles" | "organization" | "repositories";

export interface AccessRepository {
  readonly id: RepositoryKey;
  readonly name: string;
  readonly visibility: "public" | "private" | "internal";
  readonly archived: boolean;
  /** Absent where nobody looked, and where there is none yet. */
  readonly defaultBranch?: string;
}

/** One source of one role. */
export interface Grant {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly role: Role;
  readonly via: { readonly kind: Via; readonly team?: string };
  /** What a custom role adds to the role that it extends. */
  readonly permissions?: readonly ExtraPermission[];
}

/** Something an audit did not look at: an equal citizen of the report, never silently zero. */
export interface NotChecked {
  readonly what: string;
  readonly because: string;
  readonly opensWith: string | null;
}

/** `what` of the gap that leaves open who belongs to the organisation, and so who is from outside. */
export const MEMBERS_NOT_CHECKED = "owners and members";

/** `what` of the gap that leaves open what every member may do everywhere. */
export const BASE_NOT_CHECKED = "the role every member has everywhere (counted as none)";

/** `what` of the gap of an organisation with more roles than are kept: which of them are kept changes with each role. */
export const ROLES_BEYOND = "the weakest roles on single repositories";

export { canWrite, higherRole, isPersonal, type Role, roleRank, type Via };
