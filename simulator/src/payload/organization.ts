import { organizationSimple, simpleUser, teamView } from "../represent/account.ts";
import { repositoryView } from "../represent/repository.ts";
import { nodeId } from "../world/nodes.ts";
import type { Account, Invitation, Organization, Repository, Team, User } from "../world/world.ts";
import type { Stage, Webhook } from "./common.ts";

interface OfOrganization {
  readonly organization: Organization;
  readonly sender: Account;
}

/** A webhook about an organisation; throws when the App is not installed on it, since GitHub would send nothing. */
function organizationWebhook(
  { world, urls }: Stage,
  about: OfOrganization & { readonly event: string; readonly action: string },
  fields: Readonly<Record<string, unknown>>,
): Webhook {
  const { event, action, organization, sender } = about;
  const installation = [...world.installations.values()].find(({ accountId }) => accountId === organization.id);
  if (installation === undefined)
    throw new Error(`simulator/payload: no installation on ${organization.login}; install the App on it`);
  return {
    ...{ event, action, installationId: installation.id, repositoryId: null },
    payload: {
      action,
      ...fields,
      organization: organizationSimple(urls, organization),
      installation: { id: installation.id, node_id: nodeId("App", installation.id) },
      sender: simpleUser(urls, sender),
    },
  };
}

/** `team`; the world was changed before. What changed GitHub says in words that nobody here reads. */
export function teamWebhook(
  stage: Stage,
  about: OfOrganization & {
    readonly team: Team;
    readonly action: "added_to_repository" | "removed_from_repository" | "edited" | "deleted";
    readonly repository?: Repository;
  },
): Webhook {
  const { team, action, organization, repository } = about;
  return organizationWebhook(
    stage,
    { ...about, event: "team" },
    {
      team: teamView(stage.urls, organization, team),
      ...(action === "edited" && { changes: {} }),
      ...(repository && { repository: repositoryView(stage.urls, stage.world, repository) }),
    },
  );
}

/** `membership`: somebody joined or left a team; the world was changed before. */
export function membershipWebhook(
  stage: Stage,
  about: OfOrganization & { readonly team: Team; readonly member: User; readonly action: "added" | "removed" },
): Webhook {
  const { team, member, organization } = about;
  return organizationWebhook(
    stage,
    { ...about, event: "membership" },
    { scope: "team", member: simpleUser(stage.urls, member), team: teamView(stage.urls, organization, team) },
  );
}

/** `organization`: somebody joined or left it; the world was changed before. */
export function organizationMemberWebhook(
  stage: Stage,
  about: OfOrganization & { readonly member: User; readonly action: "member_added" | "member_removed" },
): Webhook {
  const { member, organization } = about;
  const { urls } = stage;
  const url = `${urls.api}/orgs/${organization.login}`;
  return organizationWebhook(
    stage,
    { ...about, event: "organization" },
    {
      membership: {
        url: `${url}/memberships/${member.login}`,
        state: "active",
        role: organization.owners.has(member.id) ? "admin" : "member",
        organization_url: url,
        user: simpleUser(urls, member),
      },
    },
  );
}

/** `organization.member_invited`; without `invited` it went to an address. */
export function invitedWebhook(
  stage: Stage,
  about: OfOrganization & { readonly invitation: Invitation; readonly invited?: User },
): Webhook {
  const { invitation, invited, organization, sender } = about;
  const { id, nodeId: node, login, email, role, createdAt, teamIds } = invitation;
  const { urls } = stage;
  return organizationWebhook(
    stage,
    { ...about, event: "organization", action: "member_invited" },
    {
      invitation: {
        ...{ id, node_id: node, login, email, role, created_at: createdAt, failed_at: null, failed_reason: null },
        ...{ inviter: simpleUser(urls, sender), team_count: teamIds.length },
        invitation_teams_url: `${urls.api}/organizations/${organization.id}/invitations/${id}/teams`,
      },
      ...(invited && { user: simpleUser(urls, invited) }),
    },
  );
}
