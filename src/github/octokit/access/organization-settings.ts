import type { Fetched } from "../../../absence.ts";
import type { AppAccess, BesideGrants, OrganizationRole, TokenAccess } from "../../../access/beside-grants/schema.ts";
import { type AccessRepository, canWrite, type NotChecked } from "../../../access/grant.ts";
import { keyOf, type RepositoryKey } from "../../../access/keys.ts";
import type { AccessRules } from "../../../access/reach/rules-schema.ts";
import type { RepositoryId } from "../../../ids.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { type Session, tokenScope } from "../transport/session.ts";
import { labelOf } from "../transport/shapes.ts";
import { everyPage } from "./every-page.ts";
import * as not from "./settings-gaps.ts";
import type { Person } from "./shapes.ts";

/** What an organisation has set up beside grants, and who of it may be nobody's member or collaborator. */
export interface OrganizationSettings {
  readonly beside: Pick<BesideGrants, "organizationRoles" | "apps" | "tokens">;
  readonly reached: Pick<AccessRules, "secrets" | "runners">;
  readonly people: readonly Person[];
  readonly notChecked: readonly NotChecked[];
}

interface Reading {
  readonly session: Session;
  readonly org: string;
  readonly repositories: readonly AccessRepository[];
}

/** Secrets and groups of runners that are for selected repositories, each asked for in a request of its own. */
const MAX_SELECTIONS = 50;

/**
 * Roles of the organisation, Apps, fine-grained tokens, names of secrets and self-hosted runners. 6 requests, and 1 for
 * each role that writes and for each of at most 50 secrets and groups of runners that are for selected repositories.
 * What the App has no permission for is not asked.
 */
export async function organizationSettings(
  session: Session,
  org: string,
  repositories: readonly AccessRepository[],
): Promise<Fetched<OrganizationSettings>> {
  const reading: Reading = { session, org, repositories };
  const permitted = session.asker === "token" ? null : (await tokenScope(session)).permissions;
  const notChecked: NotChecked[] = [];
  /** A list, or null with a line where it may not be looked at; a failure is the whole's. */
  async function part<T>(source: not.SettingsSource, read: () => Promise<Fetched<T>>): Promise<Fetched<T | null>> {
    const mayAsk = permitted === null || permitted[not.SETTINGS[source].permission] !== undefined;
    const answer = mayAsk ? await read() : not.REFUSAL;
    if (answer.ok || !not.isRefusal(answer.reason)) return answer;
    notChecked.push(not.settingsRefused(source, session.asker));
    return { ok: true, value: null };
  }
  const roles = await part("organizationRoles", () => organizationRoles(reading));
  if (!roles.ok) return roles;
  const apps = await part("apps", () => organizationApps(reading));
  if (!apps.ok) return apps;
  const tokens = await part("tokens", () => organizationTokens(reading));
  if (!tokens.ok) return tokens;
  const secrets = await part("organizationSecrets", () => organizationSecrets(reading));
  if (!secrets.ok) return secrets;
  const runners = await part("runners", () => runnerGroups(reading));
  if (!runners.ok) return runners;
  return {
    ok: true,
    value: {
      beside: {
        ...(roles.value && { organizationRoles: roles.value.roles }),
        ...(apps.value && { apps: apps.value }),
        ...(tokens.value && { tokens: tokens.value.tokens }),
      },
      reached: {
        ...(secrets.value && { secrets: secrets.value.secrets }),
        ...(runners.value && { runners: runners.value.runners }),
      },
      people: [...(roles.value?.people ?? []), ...(tokens.value?.people ?? [])],
      notChecked: [
        ...notChecked,
        ...not.selectionsBeyond((secrets.value?.beyond ?? 0) + (runners.value?.beyond ?? 0)),
        ...not.ownRunnersUnread(runners.value !== null),
      ],
    },
  };
}

interface Roles {
  readonly roles: readonly OrganizationRole[];
  readonly people: readonly Person[];
}

/** Who writes to every repository by a role of the organisation; roles that cannot write are left out. */
async function organizationRoles({ session, org }: Reading): Promise<Fetched<Roles>> {
  const found = await everyPage(session, ENDPOINTS.organizationRoles, { org });
  if (!found.ok) return found;
  const roles: OrganizationRole[] = [];
  const people: Person[] = [];
  for (const { id, name, base_role: role } of found.value) {
    if (role == null || !canWrite(role)) continue;
    const holders = await everyPage(session, ENDPOINTS.organizationRoleHolders, { org, role_id: id });
    if (!holders.ok) return holders;
    for (const { id: account, login, assignment, inherited_from: teams } of holders.value) {
      people.push({ databaseId: account, login });
      const held = { account: keyOf(account), name: labelOf(name), role };
      if (assignment !== "indirect") roles.push(held);
      for (const { slug } of teams ?? []) roles.push({ ...held, team: slug });
    }
  }
  return { ok: true, value: { roles, people } };
}

async function organizationApps({ session, org }: Reading): Promise<Fetched<readonly AppAccess[]>> {
  const found = await everyPage(session, ENDPOINTS.organizationApps, { org });
  if (!found.ok) return found;
  const apps = found.value.map(({ app_slug: app, repository_selection: repositories, permissions }) => ({
    ...{ app: labelOf(app), repositories, writes: writesOf(permissions) },
  }));
  return { ok: true, value: apps };
}

interface Tokens {
  readonly tokens: readonly TokenAccess[];
  readonly people: readonly Person[];
}

async function organizationTokens({ session, org }: Reading): Promise<Fetched<Tokens>> {
  const found = await everyPage(session, ENDPOINTS.organizationTokens, { org });
  if (!found.ok) return found;
  const tokens = found.value.map(({ owner, repository_selection: selection, permissions, ...dates }) => ({
    account: keyOf(owner.id),
    repositories: selection === "subset" ? ("selected" as const) : selection,
    writes: writesOf(permissions.repository ?? {}),
    expiresAt: dates.token_expires_at ?? null,
    lastUsedAt: dates.token_last_used_at ?? null,
  }));
  const people = found.value.map(({ owner: { id, login } }) => ({ databaseId: id, login }));
  return { ok: true, value: { tokens, people } };
}

const writesOf = (permissions: Readonly<Record<string, string>>): string[] =>
  Object.keys(permissions)
    .filter((name) => permissions[name] === "write" || permissions[name] === "admin")
    .map(labelOf)
    .sort();

type Secrets = NonNullable<AccessRules["secrets"]>;

async function organizationSecrets(
  reading: Reading,
): Promise<Fetched<{ readonly secrets: Secrets; readonly beyond: number }>> {
  const { session, org } = reading;
  const found = await everyPage(session, ENDPOINTS.organizationSecrets, { org });
  if (!found.ok) return found;
  const share: Share = { left: MAX_SELECTIONS, beyond: 0 };
  const secrets: Secrets[number][] = [];
  for (const { name, visibility } of found.value) {
    const there = await placesOf(reading, visibility, {
      share,
      ask: () => everyPage(session, ENDPOINTS.organizationSecretRepositories, { org, secret_name: name }),
    });
    if (!there.ok) return there;
    if (there.value !== null) secrets.push({ name: labelOf(name), scope: "organization", repositories: there.value });
  }
  return { ok: true, value: { secrets, beyond: share.beyond } };
}

type Runners = NonNullable<AccessRules["runners"]>;

/** Groups that have a runner, with where they may be used. */
async function runnerGroups(
  reading: Reading,
): Promise<Fetched<{ readonly runners: Runners; readonly beyond: number }>> {
  const { session, org } = reading;
  const groups = await everyPage(session, ENDPOINTS.runnerGroups, { org });
  if (!groups.ok) return groups;
  const machines = await everyPage(session, ENDPOINTS.runners, { org });
  if (!machines.ok) return machines;
  const used = new Set(machines.value.map(({ runner_group_id: group }) => group));
  const share: Share = { left: MAX_SELECTIONS, beyond: 0 };
  const runners: Runners[number][] = [];
  for (const { id, name, visibility, allows_public_repositories: allowsPublic } of groups.value) {
    if (!used.has(id)) continue;
    const there = await placesOf(reading, visibility === "all" && !allowsPublic ? "private" : visibility, {
      share,
      ask: () => everyPage(session, ENDPOINTS.runnerGroupRepositories, { org, runner_group_id: id }),
    });
    if (!there.ok) return there;
    if (there.value === null) continue;
    const open = new Set(allowsPublic ? [] : reading.repositories.filter(isPublic).map((each) => each.id));
    const repositories = there.value === "all" ? "all" : there.value.filter((each) => !open.has(each));
    runners.push({ name: labelOf(name), repositories });
  }
  return { ok: true, value: { runners, beyond: share.beyond } };
}

const isPublic = ({ visibility }: AccessRepository): boolean => visibility === "public";

/** How many selections may still be asked for, and how many were more. */
interface Share {
  left: number;
  beyond: number;
}

/** Where something may be used; null where that would be one request too many. */
async function placesOf(
  { repositories }: Reading,
  visibility: "all" | "private" | "selected",
  {
    share,
    ask,
  }: { readonly share: Share; readonly ask: () => Promise<Fetched<readonly { readonly id: RepositoryId }[]>> },
): Promise<Fetched<"all" | RepositoryKey[] | null>> {
  if (visibility === "all") return { ok: true, value: "all" };
  if (visibility === "private")
    return { ok: true, value: repositories.filter((each) => !isPublic(each)).map(({ id }) => id) };
  if (share.left === 0) {
    share.beyond += 1;
    return { ok: true, value: null };
  }
  share.left -= 1;
  const found = await ask();
  return found.ok ? { ok: true, value: found.value.map(({ id }) => keyOf(id)) } : found;
}
