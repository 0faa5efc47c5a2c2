import type { AccessSnapshot, Grant, NotChecked } from "../../../access/grant.ts";
import type { Invitation } from "../../../access/invitation.ts";
import type { Fetched, InstallationGateway } from "../../gateway.ts";
import { type Session, tokenScope } from "../session.ts";
import * as not from "./not-checked.ts";
import {
  basePermission,
  type Member,
  organizationInvitations,
  organizationMembers,
  outsideCollaborators,
} from "./people.ts";
import { type AllRepositories, allRepositories } from "./repositories.ts";
import type { Person } from "./shapes.ts";
import { type TeamAccess, teamAccess, teamGrants } from "./teams.ts";

type Input = Parameters<InstallationGateway["accessSnapshot"]>[0];

/**
 * The access graph rebuilt from its sources: 1 request per 50 repositories, 20 teams, 100 members, 100 outside
 * collaborators, 100 invitations, plus one. What the App may not see becomes `notChecked`; a limit or an outage fails the whole, because
 * half a graph would read as access that was taken away.
 */
export async function accessSnapshot(session: Session, input: Input): Promise<Fetched<AccessSnapshot>> {
  const base = await basePermission(session, input.organization);
  const personal = !base.ok && base.reason === "not_found";
  if (!base.ok && !refusedOnly(base)) return base;
  const owner = { login: input.organization, kind: personal ? "user" : "organization" } as const;
  const found = await allRepositories(session, owner, input.onProgress);
  if (!found.ok) return found;
  const people = personal
    ? { ok: true as const, value: NOBODY }
    : await organizationPeople(session, input.organization);
  if (!people.ok) return people;
  const { repositorySelection } = await tokenScope(session);
  const basis = base.ok ? base.value : null;
  const notChecked = [
    ...people.value.notChecked,
    ...(personal || basis !== null ? [] : [not.NO_BASE]),
    ...(repositorySelection === "all" ? [] : [not.SELECTED_ONLY]),
  ];
  return {
    ok: true,
    value: assembled({ input, found: found.value, people: people.value, basis: basis ?? "none", notChecked }),
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
const refusedOnly = (answer: { readonly reason: string }): boolean =>
  answer.reason === "forbidden" || answer.reason === "not_found";

/** Without the permission GitHub answers with public members only, which would read as everybody: then nothing is asked. */
async function organizationPeople(session: Session, organization: string): Promise<Fetched<People>> {
  const { permissions } = await tokenScope(session);
  const refused = [not.NO_MEMBERS, not.NO_OUTSIDE, not.NO_INVITATIONS, not.NO_TEAMS];
  if (permissions.members === undefined)
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

function assembled(parts: {
  readonly input: Input;
  readonly found: AllRepositories;
  readonly people: People;
  readonly basis: AccessSnapshot["organization"]["basePermission"];
  readonly notChecked: readonly NotChecked[];
}): AccessSnapshot {
  const { input, found, people } = parts;
  const members = people.members ?? [];
  const owners = members.filter(({ owner }) => owner).map(({ person }) => String(person.databaseId));
  const self = found.ownerId === null ? [] : [{ databaseId: found.ownerId, login: input.organization }];
  const known = new Set(found.repositories.map(({ repository }) => repository.id));
  const fromTeams = teamGrants(people.teams);
  const visible = fromTeams.filter((grant) => known.has(grant.repository));
  return {
    schema: "sallyport.access/1",
    takenAt: input.now,
    organization: { login: input.organization, basePermission: parts.basis },
    accounts: accountsOf([...self, ...members.map(({ person }) => person), ...peopleOf(found, people)]),
    owners: [...self.map(({ databaseId }) => String(databaseId)), ...owners],
    members: members.map(({ person }) => String(person.databaseId)),
    repositories: found.repositories.map(({ repository }) => repository),
    grants: [...directGrants(found, people), ...visible],
    ...(people.invitations && { invitations: people.invitations }),
    notChecked: [
      ...parts.notChecked,
      ...hidden(found, people, {
        unseenTeamGrants: fromTeams.length - visible.length,
        selectedOnly: parts.notChecked.includes(not.SELECTED_ONLY),
      }),
      ...not.NEVER_CHECKED,
    ],
  };
}

const peopleOf = (found: AllRepositories, people: People): readonly Person[] => [
  ...people.teams.flatMap(({ members }) => members),
  ...found.repositories.flatMap(({ direct }) => direct?.map(({ person }) => person) ?? []),
];

const accountsOf = (people: readonly Person[]): AccessSnapshot["accounts"] =>
  [...new Map(people.map((person) => [person.databaseId, person])).values()]
    .toSorted((a, b) => a.databaseId - b.databaseId)
    .map(({ databaseId, login }) => ({ id: String(databaseId), login, kind: "user" }));

function directGrants(found: AllRepositories, people: People): readonly Grant[] {
  const inside = people.members && new Set(people.members.map(({ person }) => person.databaseId));
  // GitHub's own list decides; the member list stands in where only that one was shown.
  const isOutside = (id: number): boolean =>
    people.outside?.has(id) ?? (found.ownerId === null && inside?.has(id) === false);
  return found.repositories.flatMap(({ repository, direct }) =>
    (direct ?? []).flatMap(({ person: { databaseId: id }, role }): readonly Grant[] => {
      if (role === null || id === found.ownerId) return [];
      return [
        { account: String(id), repository: repository.id, role, via: { kind: isOutside(id) ? "outside" : "direct" } },
      ];
    }),
  );
}

/** What GitHub kept from the App. Teams reach beyond a selection of repositories, which has a word of its own. */
function hidden(
  found: AllRepositories,
  people: People,
  { unseenTeamGrants, selectedOnly }: { readonly unseenTeamGrants: number; readonly selectedOnly: boolean },
): readonly NotChecked[] {
  const { repositories, totalCount } = found;
  const roles = [
    ...repositories.flatMap(({ direct }) => direct ?? []),
    ...people.teams.flatMap((team) => team.repositories),
  ].map(({ role }) => role);
  return [
    ...not.hiddenRepositories(totalCount - repositories.length, "everything"),
    ...not.hiddenRepositories(repositories.filter(({ direct }) => direct === null).length, "direct grants"),
    ...not.hiddenTeamGrants(selectedOnly ? 0 : unseenTeamGrants),
    ...not.unknownRoles(roles.filter((role) => role === null).length),
  ];
}
