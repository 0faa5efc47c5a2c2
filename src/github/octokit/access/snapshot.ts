import type { Fetched } from "../../../absence.ts";
import type { AccessSnapshot, Grant, NotChecked } from "../../../access/grant.ts";
import { compareInvitations, type Invitation } from "../../../access/invitation.ts";
import { type AccountKey, idOf, keyOf } from "../../../access/keys.ts";
import { fittedTo } from "../../../access/reach/fitted.ts";
import { SNAPSHOT_LIMITS } from "../../../access/snapshot.ts";
import { compareIds } from "../../../access/text-order.ts";
import { type AccountId, accountId } from "../../../ids.ts";
import { inSlices, type Steps } from "../../../slices.ts";
import type { InstallationGateway } from "../../gateway.ts";
import type { Session } from "../transport/session.ts";
import { type KeptGrants, keptGrants } from "./kept-grants.ts";
import * as not from "./not-checked.ts";
import {
  basePermission,
  type Member,
  organizationInvitations,
  organizationMembers,
  outsideCollaborators,
} from "./people.ts";
import { type AllRepositories, allRepositories } from "./repositories.ts";
import { type Settings, settingsOf } from "./settings.ts";
import type { Person } from "./shapes.ts";
import { type Sight, sightOf } from "./sight.ts";
import { type TeamAccess, teamAccess, teamsOf } from "./teams.ts";

/** Roles that are kept of one organisation, the strongest first; the others are counted. An audit of them is 20 MB. */
export const MAX_GRANTS = 100_000;

type Input = Parameters<InstallationGateway["accessSnapshot"]>[0];

/**
 * The access graph rebuilt from its sources: 1 request per 50 repositories, 20 teams, 100 members, 100 outside
 * collaborators, 100 invitations, plus one. What the App may not see becomes `notChecked`, and so do roles beyond
 * `MAX_GRANTS`; a limit or an outage fails the whole, because half a graph would read as access that was taken away.
 * Every list is in the order of ids, whatever order GitHub answered in.
 */
export async function accessSnapshot(session: Session, input: Input): Promise<Fetched<AccessSnapshot>> {
  const base = await basePermission(session, input.organization);
  const personal = !base.ok && base.reason === "not_found";
  if (!base.ok && !wouldStay(base)) return base;
  const owner = { login: input.organization, kind: personal ? "user" : "organization" } as const;
  const found = await allRepositories(session, owner, input.onProgress);
  if (!found.ok) return found;
  const sight = await sightOf(session, input.organization, personal);
  if (!sight.ok) return sight;
  const people = personal
    ? { ok: true as const, value: NOBODY }
    : await organizationPeople(session, input.organization, sight.value);
  if (!people.ok) return people;
  const settings = await settingsOf(session, input.organization, {
    ...{ depth: personal ? "roles" : input.depth, now: input.now },
    repositories: found.value.repositories.map(({ repository }) => repository),
  });
  if (!settings.ok) return settings;
  const basis = base.ok ? base.value : null;
  const notChecked = [
    ...people.value.notChecked,
    ...(personal || basis !== null ? [] : [not.baseRefused(session.asker)]),
    ...sight.value.unseen,
  ];
  return {
    ok: true,
    value: await inSlices(
      assembled({
        ...{ input, found: found.value, people: people.value, basis: basis ?? "none", notChecked },
        ...{ partial: sight.value.partial, asker: session.asker, settings: settings.value },
      }),
    ),
  };
}

interface People {
  readonly members: readonly Member[] | null;
  readonly outside: ReadonlySet<number> | null;
  readonly invitations: readonly Invitation[] | null;
  readonly teams: readonly TeamAccess[];
  readonly notChecked: readonly NotChecked[];
}

/** A personal account has no members, and invites nobody but to single repositories. */
const NOBODY: People = { members: [], outside: null, invitations: [], teams: [], notChecked: [] };

/** True when trying again would change nothing: the App may not see it. */
const wouldStay = (answer: { readonly reason: string }): boolean =>
  answer.reason === "forbidden" || answer.reason === "not_found";

async function organizationPeople(session: Session, organization: string, sight: Sight): Promise<Fetched<People>> {
  const refused = not.peopleRefused(session.asker);
  // A token may show members without their roles, or fewer than are counted: that is no list of members.
  const refusedOnly = ({ reason }: { readonly reason: string }): boolean =>
    wouldStay({ reason }) || (session.asker === "token" && reason === "incomplete");
  if (!sight.members)
    return { ok: true, value: { members: null, outside: null, invitations: null, teams: [], notChecked: refused } };
  const members = await organizationMembers(session, organization);
  if (!members.ok && !refusedOnly(members)) return members;
  const outside = await outsideCollaborators(session, organization);
  if (!outside.ok && !refusedOnly(outside)) return outside;
  const invitations = await organizationInvitations(session, organization);
  if (!invitations.ok && !refusedOnly(invitations)) return invitations;
  const teams = await teamAccess(session, organization);
  if (!teams.ok && !refusedOnly(teams)) return teams;
  return {
    ok: true,
    value: {
      members: members.ok ? members.value : null,
      outside: outside.ok ? outside.value : null,
      invitations: invitations.ok ? invitations.value : null,
      teams: teams.ok ? teams.value : [],
      notChecked: refused.filter((_, index) => ![members, outside, invitations, teams][index]?.ok),
    },
  };
}

function* assembled(parts: {
  readonly input: Input;
  readonly found: AllRepositories;
  readonly people: People;
  readonly basis: AccessSnapshot["organization"]["basePermission"];
  readonly notChecked: readonly NotChecked[];
  readonly partial: boolean;
  readonly asker: Session["asker"];
  readonly settings: Settings;
}): Steps<AccessSnapshot> {
  const { input, found, people, settings } = parts;
  const members = people.members ?? [];
  const owners = members.filter(({ owner }) => owner).map(({ person }) => person.databaseId);
  const self = found.ownerId === null ? [] : [{ databaseId: found.ownerId, login: input.organization }];
  const kept = yield* keptGrants({ ...found, teams: people.teams, isOutside: outsideTest(found, people) }, MAX_GRANTS);
  yield;
  const belonging = [...self, ...members.map(({ person }) => person), ...settings.people];
  const accounts = yield* accountsOf(belonging, kept.grants, found, people);
  const invitations = people.invitations?.toSorted(compareInvitations);
  const repositories = repositoriesOf(found, settings);
  return {
    schema: "sallyport.access/1",
    takenAt: input.now,
    organization: { login: input.organization, basePermission: parts.basis },
    accounts,
    owners: inOrder([...self.map(({ databaseId }) => databaseId), ...owners]),
    members: inOrder(members.map(({ person }) => person.databaseId)),
    repositories,
    grants: kept.grants,
    ...settings.beside,
    ...(settings.rules && {
      ...fittedTo(settings.rules, { accounts, repositories }),
      teams: teamsOf(people.teams, accounts),
    }),
    ...(invitations && { invitations: invitations.slice(0, SNAPSHOT_LIMITS.invitations) }),
    notChecked: [
      ...parts.notChecked,
      ...hidden(found, people, { ...parts, kept }),
      ...settings.notChecked,
      ...not.invitationsBeyond((invitations?.length ?? 0) - SNAPSHOT_LIMITS.invitations),
      not.NEVER_SHOWN,
    ],
  };
}

function repositoriesOf(found: AllRepositories, { defaultBranches }: Settings): AccessSnapshot["repositories"] {
  const described = found.repositories.map(({ repository }) => {
    const defaultBranch = defaultBranches.get(repository.id);
    return defaultBranch === undefined ? repository : { ...repository, defaultBranch };
  });
  return described.sort((a, b) => compareIds(a.id, b.id));
}

/** Numbers sort without a comparison function. */
const inOrder = (ids: readonly AccountId[]): readonly AccountKey[] =>
  Array.from(Float64Array.from(ids).sort(), (id) => keyOf(accountId(id)));

/** Everybody who belongs to the organisation or holds a grant that is kept. */
function* accountsOf(
  belonging: readonly Person[],
  grants: readonly Grant[],
  found: AllRepositories,
  people: People,
): Steps<AccessSnapshot["accounts"]> {
  const holding = new Set<AccountKey>();
  for (const { account } of grants) {
    holding.add(account);
    yield;
  }
  const logins = new Map<AccountId, string>();
  for (const { databaseId, login } of belonging) {
    logins.set(databaseId, login);
    yield;
  }
  for (const { databaseId, login } of peopleOf(found, people)) {
    if (holding.has(keyOf(databaseId))) logins.set(databaseId, login);
    yield;
  }
  return inOrder([...logins.keys()]).map((id) => ({ id, login: logins.get(idOf(id)) ?? "", kind: "user" }));
}

function* peopleOf(found: AllRepositories, people: People): Generator<Person> {
  for (const { members } of people.teams) yield* members;
  for (const { direct } of found.repositories) for (const { person } of direct ?? []) yield person;
}

/** GitHub's own list decides; the member list stands in where only that one was shown. */
function outsideTest(found: AllRepositories, people: People): (account: AccountId) => boolean {
  const inside = people.members && new Set(people.members.map(({ person }) => person.databaseId));
  return (id) => people.outside?.has(id) ?? (found.ownerId === null && inside?.has(id) === false);
}

/** What GitHub kept from the App, and what was too much. Teams reach beyond a selection of repositories, which has a word of its own. */
function hidden(
  found: AllRepositories,
  people: People,
  { kept, partial, asker }: { readonly kept: KeptGrants; readonly partial: boolean; readonly asker: Session["asker"] },
): readonly NotChecked[] {
  const { repositories, totalCount } = found;
  let unknownRoles = 0;
  for (const { direct } of repositories) for (const { role } of direct ?? []) if (role === null) unknownRoles++;
  for (const { roles } of people.teams) for (const role of roles.values()) if (role === null) unknownRoles++;
  return [
    ...not.hiddenRepositories(totalCount - repositories.length, "everything", asker),
    ...not.hiddenRepositories(repositories.filter(({ direct }) => direct === null).length, "direct grants", asker),
    ...not.hiddenTeamGrants(partial ? 0 : kept.unseenCount),
    ...not.unknownRoles(unknownRoles),
    ...not.grantsBeyond(kept.count - kept.grants.length, MAX_GRANTS),
  ];
}
