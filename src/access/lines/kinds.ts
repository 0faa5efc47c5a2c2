import type { Severity } from "../../change/severity.ts";
import type { Instant } from "../../clock.ts";
import type { Role } from "../../dossier/role.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";

/** A door that stands open whoever uses it; a fact about the organisation's settings, not about a person. */
export interface Exposure {
  readonly kind: ExposureKind;
  readonly level: Severity;
  /** Null when it concerns several; `accountCount` says how many. */
  readonly account: AccountKey | null;
  /** Null when it concerns several; `repositoryCount` says how many. */
  readonly repository: RepositoryKey | null;
  readonly role: Role;
  /** Both are absent in audits that were stored before they were counted; null when the members were not read. */
  readonly accountCount?: number | null;
  readonly repositoryCount?: number;
  /** Held on every repository by ownership or the base permission, so that a new one counts too. */
  readonly everywhere?: true;
  /** When it is asked about again; only on a line that somebody decided on, which waits for nobody before. */
  readonly keptUntil?: Instant;
  /** The first audit of the unbroken row that saw it open; absent where nobody keeps audits, and on a decided line. */
  readonly openSince?: Instant;
  /** Of a line that comes back by itself: the most months that a decision to keep it counts. */
  readonly dueEvery?: number;
  /** The last act in the organisation; null where none was found, absent where nobody asked. */
  readonly lastActAt?: Instant | null;
}

/** The first two are the signals of the same name (SIGNALS.md §4.8), judged by the same functions. */
export const EXPOSURE_KINDS = [
  "acc-direct-outside-grant",
  "acc-dormant-privilege",
  "org-base-permission",
  "org-admins-everywhere",
  "org-archived-outside-write",
  "acc-write-on-release-path",
  "acc-protection-gap",
  "acc-secret-reach-by-branch",
  "acc-fork-run-exposure",
  "acc-bypass-used",
  "acc-superfluous-grant",
  "acc-declared-mismatch",
  "grant-expired",
  "access-due-look",
] as const;
export type ExposureKind = (typeof EXPOSURE_KINDS)[number];

/** What each kind means and the switch that closes it. */
export const EXPOSURES: Readonly<Record<ExposureKind, { readonly title: string; readonly closes: string }>> = {
  "acc-direct-outside-grant": {
    title: "write or more granted directly to an outside account",
    closes: "move the account into a team, lower its role, or remove it",
  },
  "acc-dormant-privilege": {
    title: "write or more, without an act for longer than your policy allows (admin: half as long)",
    closes: "ask the account, then lower the role",
  },
  "org-base-permission": {
    title: "every member writes to every repository by the base permission",
    closes: "set the organisation's base permission to read or none",
  },
  "org-admins-everywhere": {
    title: "admin on every repository, held by more people and bots than an organisation needs",
    closes: "keep two or three owners, and give the others a role on what they work on",
  },
  "org-archived-outside-write": {
    title: "write or more from outside on an archived repository: asleep, not gone",
    closes: "remove the account; only an admin can unarchive the repository, and then the role works again",
  },
  "acc-write-on-release-path": {
    title: "accounts that own nothing get to where a repository publishes, without anybody else's yes",
    closes: "publish from an environment with reviewers, and keep there what it needs",
  },
  "acc-protection-gap": {
    title: "accounts that own nothing push to a default or release branch that no rule guards",
    closes: "protect the branch: a pull request with an approval, and nobody on its bypass lists",
  },
  "acc-secret-reach-by-branch": {
    title: "accounts that own nothing read secrets by a branch of their own; reviews do not stop it",
    closes: "move the secrets into environments with reviewers, or keep branches from being made",
  },
  "acc-fork-run-exposure": {
    title: "code of a fork's pull request runs with secrets, or on runners of your own, without anybody's yes",
    closes:
      "take the checkout of forks out of workflows with secrets; approval for all external contributors, and no runner of your own in public repositories",
  },
  "acc-bypass-used": {
    title: "passed the rules of a default or release branch by a bypass",
    closes: "take the entry off the bypass list, or note what it is for",
  },
  "acc-declared-mismatch": {
    title: "declared, and cannot write; or may do most, and is declared nowhere (a hint: the file may be old)",
    closes: "mend the file, or the role",
  },
  "acc-superfluous-grant": {
    title: "a role given to an account itself that a team gives it as well: it outlives the team unseen",
    closes: "remove the account's own grant; what the team gives stays",
  },
  "grant-expired": {
    title: "a grant that stands past the day an owner wrote down for it",
    closes: "remove it, or write down a new day and why",
  },
  "access-due-look": {
    title: "maintain or admin, to be looked at again as your policy asks",
    closes: "keep it until the next look, lower the role, or remove it",
  },
};
