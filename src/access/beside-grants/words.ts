import type { AccessAudit } from "../audit.ts";
import { besideRemedies } from "../remedy/beside.ts";
import type { Remedy } from "../remedy/paths.ts";
import { type Names, namesOf } from "../words.ts";
import type { BesideGrants } from "./schema.ts";

/** What can write without being an account's grant, of one kind. */
export interface BesideGroup {
  readonly title: string;
  /** The switch on GitHub where each is taken back. */
  readonly closes: string;
  readonly lines: readonly string[];
  /** What takes them back; null where GitHub has a page for it alone. */
  readonly remedy: Remedy | null;
}

/** Those of the lists that can write or will; a key, a token or an App that only reads stays out. */
export function writingBeside(lists: BesideGrants): BesideGrants {
  const { deployKeys, apps, tokens, repositoryInvitations, organizationRoles } = lists;
  return {
    ...(deployKeys && { deployKeys: deployKeys.filter(({ readOnly }) => !readOnly) }),
    ...(apps && { apps: apps.filter(({ writes }) => writes.length > 0) }),
    ...(tokens && {
      tokens: tokens.filter(({ writes, repositories }) => writes.length > 0 && repositories !== "none"),
    }),
    ...(repositoryInvitations && { repositoryInvitations }),
    ...(organizationRoles && { organizationRoles }),
  };
}

/** What an audit found beside grants, a group a kind; kinds without any, and those that nobody read, have none. */
export function besideGroups(audit: Pick<AccessAudit, "beside" | "labels" | "organization">): readonly BesideGroup[] {
  const { beside = {} } = audit;
  const names = namesOf(audit);
  const remedies = besideRemedies(audit.organization.login, beside, names);
  return [
    {
      ...TITLES.organizationRoles,
      lines: (beside.organizationRoles ?? []).map((role) => roleLine(role, names)),
      remedy: remedies.organizationRoles,
    },
    {
      ...TITLES.repositoryInvitations,
      lines: (beside.repositoryInvitations ?? []).map((one) => invitedLine(one, names)),
      remedy: null,
    },
    {
      ...TITLES.deployKeys,
      lines: (beside.deployKeys ?? []).map((key) => keyLine(key, names)),
      remedy: remedies.deployKeys,
    },
    { ...TITLES.apps, lines: (beside.apps ?? []).map(appLine), remedy: remedies.apps },
    {
      ...TITLES.tokens,
      lines: (beside.tokens ?? []).map((token) => tokenLine(token, names)),
      remedy: remedies.tokens,
    },
  ].filter(({ lines }) => lines.length > 0);
}

const TITLES = {
  organizationRoles: {
    title: "roles of the organisation that write to every repository",
    closes: "take the role back under the organisation's settings, Organization roles",
  },
  repositoryInvitations: {
    title: "invitations to single repositories that wait",
    closes: "cancel the invitation in the repository's settings, Collaborators",
  },
  deployKeys: {
    title: "deploy keys that can push, as nobody's account",
    closes: "delete the key in the repository's settings, or add it again without write",
  },
  apps: {
    title: "Apps that can write",
    closes: "suspend or uninstall it under the organisation's settings, GitHub Apps, or choose repositories",
  },
  tokens: {
    title: "fine-grained tokens that can write",
    closes: "revoke it under the organisation's settings, Personal access tokens",
  },
} as const;

type Entry<List extends keyof BesideGrants> = NonNullable<BesideGrants[List]>[number];

const day = (instant: string): string => instant.slice(0, 10);

const roleLine = ({ account, name, role, team }: Entry<"organizationRoles">, names: Names): string =>
  `${names.account(account)}: ${role} by ${name}${team === undefined ? "" : `, through team ${team}`}`;

const invitedLine = ({ repository, login, role, invitedAt }: Entry<"repositoryInvitations">, names: Names): string =>
  `${login ?? "somebody by e-mail"} to ${names.repository(repository)}, as ${role}, since ${day(invitedAt)}`;

const keyLine = ({ repository, title, createdAt }: Entry<"deployKeys">, names: Names): string =>
  `${names.repository(repository)}: “${title}”, added ${day(createdAt)}`;

const appLine = ({ app, repositories, writes }: Entry<"apps">): string =>
  `${app}: ${writes.join(", ")}, on ${places(repositories)}`;

const tokenLine = ({ account, repositories, writes, expiresAt, lastUsedAt }: Entry<"tokens">, names: Names): string => {
  const ends = expiresAt === null ? "never ends" : `ends ${day(expiresAt)}`;
  const used = lastUsedAt === null ? "never used" : `used last ${day(lastUsedAt)}`;
  return `of ${names.account(account)}: ${writes.join(", ")}, on ${places(repositories)}, ${ends}, ${used}`;
};

const places = (repositories: Entry<"tokens">["repositories"]): string =>
  repositories === "all" ? "all repositories" : "selected repositories";
