import type { AccessAudit, AuditedAccount } from "../audit.ts";
import type { Source } from "../effective.ts";
import { canWrite, type Role } from "../grant.ts";
import type { Invitation } from "../invitation.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { Exposure } from "../lines/kinds.ts";
import { type Names, namesOf } from "../words.ts";
import { ghApi, ghInvitationsByMail } from "./gh-command.ts";
import {
  type About,
  besides,
  NO_REMEDY,
  otherPaths,
  type Place,
  personal,
  personalPath,
  type Remedy,
  remedyOf,
  wide,
  widePath,
} from "./paths.ts";
import { rulesetFor } from "./ruleset.ts";

/** Places and owners that get a command of their own; the rest are counted. */
const MAX_COMMANDS = 5;

/** What answers each line of one audit, by the names and the paths that the audit saw. */
export interface Remedies {
  line(line: Exposure): Remedy;
  /** All paths of one account to one repository. */
  grant(grant: { readonly account: AccountKey; readonly repository: RepositoryKey; readonly role: Role }): Remedy;
  invitation(invitation: Invitation): Remedy;
}

export function remediesOf(audit: Pick<AccessAudit, "organization" | "accounts" | "labels">): Remedies {
  const byAccount = new Map(audit.accounts.map((account) => [account.account, account]));
  const known: Known = { audit, names: namesOf(audit), account: (id) => byAccount.get(id), rows: rowsOnce() };
  return {
    line: (line) => remedyOfLine(known, line),
    grant: ({ account, repository, role }) => {
      const holder = known.account(account);
      const sources = holder ? sourcesOn(known, holder, repository) : [];
      const place = { name: known.names.repository(repository), role };
      return remedyOfGrant(aboutOf(known, account), { place, sources });
    },
    invitation: (invitation) => remedyOfInvitation(audit.organization.login, invitation),
  };
}

interface Known {
  readonly audit: Pick<AccessAudit, "organization" | "accounts" | "labels">;
  readonly names: Names;
  account(id: AccountKey): AuditedAccount | undefined;
  /** Its rows by repository: one account may have thousands of lines about thousands of rows. */
  rows(holder: AuditedAccount): ReadonlyMap<RepositoryKey, AuditedAccount["effective"][number]>;
}

function rowsOnce(): Known["rows"] {
  const made = new WeakMap<AuditedAccount, ReturnType<Known["rows"]>>();
  return (holder) => {
    const rows = made.get(holder) ?? new Map(holder.effective.map((row) => [row.repository, row]));
    made.set(holder, rows);
    return rows;
  };
}

const aboutOf = ({ audit, names, account }: Known, id: AccountKey): About => ({
  organization: audit.organization.login,
  login: names.account(id),
  standing: account(id)?.standing ?? "not checked",
});

const sourcesOn = ({ rows }: Known, holder: AuditedAccount, repository: RepositoryKey): readonly Source[] =>
  (rows(holder).get(repository) ?? holder.everywhere)?.via ?? [];

/** Commands for every path of a grant: each ends one, and only all of them together the access. */
export function remedyOfGrant(
  about: About,
  { place, sources }: { readonly place: Place; readonly sources: readonly Source[] },
): Remedy {
  const paths = [
    ...(personal(sources).length > 0 ? personalPath(about, place) : []),
    ...wide(sources).flatMap((source) => widePath(about, source)),
  ];
  const isSeveral = (personal(sources).length > 0 ? 1 : 0) + wide(sources).length > 1;
  return remedyOf(paths, [isSeveral ? SEVERAL : null, ...besides(sources)]);
}

const SEVERAL = "Each command answers one path; only all paths together end the access.";

function remedyOfLine(known: Known, line: Exposure): Remedy {
  const { kind, account, repository } = line;
  const organization = known.audit.organization.login;
  if (kind === "org-base-permission") return ofBase(organization);
  if (kind === "org-admins-everywhere") return ofOwners(known);
  if (kind === "acc-protection-gap")
    return repository ? rulesetFor(organization, known.names.repository(repository)) : NO_REMEDY;
  if (kind === "acc-secret-reach-by-branch") return { commands: [], stays: [SECRETS] };
  if (account === null) return NO_REMEDY;
  if (kind === "org-archived-outside-write")
    return repository ? ofArchived(known, line, account, repository) : NO_REMEDY;
  // Of a grant that a team covers nothing is gained by a lower role.
  const about = kind === "acc-superfluous-grant" ? { ...line, role: "read" as const } : line;
  if (OF_ONE_GRANT.includes(kind)) return repository ? ofPersonal(known, about, account, repository) : NO_REMEDY;
  return ofAccount(known, account, repository);
}

const OF_ONE_GRANT: readonly Exposure["kind"][] = ["acc-direct-outside-grant", "acc-superfluous-grant"];

function ofPersonal(known: Known, { role }: Exposure, account: AccountKey, repository: RepositoryKey): Remedy {
  const holder = known.account(account);
  const others = wide(holder ? sourcesOn(known, holder, repository) : []);
  const place = { name: known.names.repository(repository), role };
  return remedyOf(personalPath(aboutOf(known, account), place), [otherPaths(others)]);
}

/** Nobody changes who belongs to a repository while it is archived. */
function ofArchived(known: Known, line: Exposure, account: AccountKey, repository: RepositoryKey): Remedy {
  const about = aboutOf(known, account);
  const name = known.names.repository(repository);
  const settings = ["repos", about.organization, name];
  const remove = personalPath(about, { name, role: line.role }).filter(({ verb }) => verb === "remove");
  return remedyOf(
    [
      { verb: "close", path: "wake it", command: archiving(settings, false) },
      ...remove,
      { verb: "close", path: "archive it again", command: archiving(settings, true) },
    ],
    ["In this order: while it is archived nobody can be removed, and while it is awake every role works. Teams stay."],
  );
}

const archiving = (address: readonly string[], archived: boolean): string | null => {
  const command = ghApi("PATCH", address);
  return command === null ? null : `${command} -F archived=${archived}`;
};

const ofBase = (organization: string): Remedy => {
  const address = ["orgs", organization];
  const path = "base permission";
  return remedyOf(
    [
      { verb: "lower", path, command: ghApi("PATCH", address, { default_repository_permission: "read" }) },
      { verb: "remove", path, command: ghApi("PATCH", address, { default_repository_permission: "none" }) },
    ],
    ["What teams and direct roles give stays."],
  );
};

/** One command an owner: which of them stay is a choice that nobody here makes. */
function ofOwners(known: Known): Remedy {
  const owners = known.audit.accounts.filter(({ standing }) => standing === "owner");
  const made = owners
    .slice(0, MAX_COMMANDS)
    .flatMap(({ account, login }) =>
      widePath(aboutOf(known, account), { kind: "owner" }).map((one) => ({ ...one, path: `owner ${login}` })),
    );
  const more = owners.length - made.length;
  return remedyOf(made, [
    "Choose: run it for those who need not be owners, and keep two or three.",
    more > 0 ? `The same for ${more === 1 ? "1 more owner" : `${more} more owners`}.` : null,
    "Whoever is admin everywhere without being an owner has its paths on its own page.",
  ]);
}

const SECRETS =
  "No command does it: nobody can read a secret back to move it. Make an environment with reviewers, enter the value there, then delete the old one.";

/** A line about an account and no single grant: every path by which it writes. */
function ofAccount(known: Known, account: AccountKey, repository: RepositoryKey | null): Remedy {
  const holder = known.account(account);
  if (!holder) return NO_REMEDY;
  const about = aboutOf(known, account);
  const one = repository && known.rows(holder).get(repository);
  const rows = repository ? (one ? [one] : []) : holder.effective.filter((row) => canWrite(row.role));
  const sources = distinct([...rows.flatMap(({ via }) => via), ...(holder.everywhere?.via ?? [])]);
  const direct = rows
    .filter(({ via }) => personal(via).length > 0)
    .map(({ repository: id, role }) => ({ name: known.names.repository(id), role }));
  const paths = wide(sources).flatMap((source) => widePath(about, source));
  const more = paths.length - MAX_COMMANDS;
  return remedyOf(
    [...directPaths(about, direct), ...paths.slice(0, MAX_COMMANDS)],
    [
      ...(direct.length > MAX_COMMANDS && about.standing !== "outside"
        ? [`The same for ${direct.length - MAX_COMMANDS} more direct roles; the CSV names them.`]
        : []),
      ...(more > 0 ? [`The same for ${more} more teams or roles; the CSV names them.`] : []),
      ...(direct.length + paths.length > 1 ? [SEVERAL] : []),
      ...besides(sources),
    ],
  );
}

/** From outside one request ends all of it. */
function directPaths(about: About, direct: readonly Place[]): ReturnType<typeof personalPath> {
  if (direct.length < 2 || about.standing !== "outside")
    return direct.slice(0, MAX_COMMANDS).flatMap((place) => personalPath(about, place));
  const address = ["orgs", about.organization, "outside_collaborators", about.login];
  return [{ verb: "remove", path: `direct on all ${direct.length}`, command: ghApi("DELETE", address) }];
}

function distinct(sources: readonly Source[]): readonly Source[] {
  const byWords = new Map(sources.map((source) => [`${source.kind} ${source.team ?? ""}`, source]));
  return [...byWords.values()];
}

/** GitHub takes an invitation back by the membership that it would make; one to an address has a number alone. */
function remedyOfInvitation(organization: string, { login }: Invitation): Remedy {
  if (login !== null) {
    const command = ghApi("DELETE", ["orgs", organization, "memberships", login]);
    return remedyOf(
      [{ verb: "remove", path: "invitation", command }],
      ["Whoever has accepted meanwhile is removed from the organisation."],
    );
  }
  return remedyOf(
    [{ verb: "close", path: "list them", command: ghInvitationsByMail(organization) }],
    ["With the number of one, a DELETE of orgs/ORG/invitations/NUMBER takes it back."],
  );
}
