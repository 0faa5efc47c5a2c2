import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { AccessSnapshot } from "../../../access/grant.ts";
import type { Invitation, InvitedRole } from "../../../access/invitation.ts";
import { accountId } from "../../../ids.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { missing, read, type Session } from "../transport/session.ts";
import { integer, nodesOf, pageInfo } from "../transport/shapes.ts";
import { everyPage, PER_PAGE } from "./every-page.ts";
import { allPages, pageOf } from "./pages.ts";
import { type Person, person } from "./shapes.ts";

export interface Member {
  readonly person: Person;
  readonly owner: boolean;
}

/** A3: members and owners; 1 request per 100. Fewer than GitHub counts are `incomplete`. */
export async function organizationMembers(session: Session, organization: string): Promise<Fetched<readonly Member[]>> {
  let totalCount = 0;
  const found = await allPages(session, "OrgMembers", {
    schema: answerShape,
    variables: { org: organization },
    at: ["organization"],
    page({ organization: there }) {
      totalCount = there?.membersWithRole?.totalCount ?? 0;
      return pageOf(there?.membersWithRole);
    },
  });
  if (!found.ok) return found;
  // Without the role nobody can tell an owner from a member.
  if (found.value.some(({ role }) => role === null)) return missing(session, "OrgMembers", "incomplete");
  const members = found.value.flatMap(({ node, role }) =>
    node === null ? [] : [{ person: node, owner: role === "ADMIN" }],
  );
  if (members.length < totalCount) return missing(session, "OrgMembers", "incomplete");
  return { ok: true, value: members };
}

/** People outside the organisation with a role on one of its repositories; 1 request per 100. */
export async function outsideCollaborators(
  session: Session,
  organization: string,
): Promise<Fetched<ReadonlySet<number>>> {
  const found = await everyPage(session, ENDPOINTS.outsideCollaborators, { org: organization });
  return found.ok ? { ok: true, value: new Set(found.value.map(({ id }) => id)) } : found;
}

/** Invitations to the organisation that wait, with the role each gives; 1 request per 100. Needs Members: read. */
export async function organizationInvitations(
  session: Session,
  organization: string,
): Promise<Fetched<readonly Invitation[]>> {
  const found = await everyPage(session, ENDPOINTS.invitations, { org: organization });
  if (!found.ok) return found;
  return {
    ok: true,
    value: found.value.map(({ login, role, created_at, team_count }) => ({
      login,
      role: invitedAs(role),
      teamCount: team_count,
      invitedAt: created_at,
    })),
  };
}

/**
 * The invitation to the organisation of whoever has this login, with the teams that come with it; null when none waits.
 * 1 request per 100 invitations, and 1 where teams come with it, of which the first hundred are read.
 */
export async function invitationOf(
  session: Session,
  { organization, login }: Parameters<InstallationGateway["invitationOf"]>[0],
): ReturnType<InstallationGateway["invitationOf"]> {
  const found = await everyPage(session, ENDPOINTS.invitations, { org: organization });
  if (!found.ok) return found;
  const named = found.value.find((one) => one.login?.toLowerCase() === login.toLowerCase());
  if (named === undefined) return { ok: true, value: null };
  const by = named.inviter?.id;
  const invitation = {
    ...{ role: invitedAs(named.role), invitedAt: named.created_at },
    inviterId: by === undefined ? null : accountId(by),
  };
  if (named.team_count === 0) return { ok: true, value: { ...invitation, teamNodeIds: [] } };
  const about = { org: organization, invitation_id: named.id, per_page: PER_PAGE };
  const teams = await read(session, ENDPOINTS.invitationTeams, about);
  if (!teams.ok) return teams;
  return { ok: true, value: { ...invitation, teamNodeIds: teams.value.map(({ node_id }) => node_id) } };
}

const invitedAs = (role: keyof typeof INVITED_AS | null): InvitedRole => (role === null ? "other" : INVITED_AS[role]);

const INVITED_AS = {
  admin: "owner",
  direct_member: "member",
  billing_manager: "billing_manager",
  reinstate: "former_role",
} as const;

/** What every member may do everywhere, 1 request; null when GitHub does not tell this App. */
export async function basePermission(
  session: Session,
  organization: string,
): Promise<Fetched<AccessSnapshot["organization"]["basePermission"] | null>> {
  const answer = await read(session, ENDPOINTS.organization, { org: organization });
  return answer.ok ? { ok: true, value: answer.value.default_repository_permission } : answer;
}

const answerShape = z.object({
  organization: z
    .object({
      membersWithRole: z
        .object({
          totalCount: integer,
          pageInfo,
          edges: nodesOf(z.object({ role: z.string().nullable(), node: person.nullable() })),
        })
        .nullish(),
    })
    .nullish(),
});
