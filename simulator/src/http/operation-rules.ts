import type { PermissionLevel } from "../world/world-apps.ts";

/** Who may call an operation and what it takes. */
export interface Rule {
  readonly caller: "anyone" | "app" | "client" | "user" | "installation" | "token";
  /** Any one of these is enough. */
  readonly permissions?: readonly (readonly [string, PermissionLevel])[];
  /** `public`: what everybody can see needs no permission; `covered`: only repositories of the installation. */
  readonly reach?: "public" | "covered" | "organization";
  /** What a personal token takes beyond seeing the place; without it nobody passes who is no installation. */
  readonly person?: "reader" | "pusher" | "member" | "owner" | "administrator" | "nobody";
}

const token: Rule = { caller: "token" };
const app: Rule = { caller: "app" };
const reads = (name: string): Rule => ({
  caller: "installation",
  permissions: [[name, "read"]],
  reach: "public",
  person: "reader",
});
const readPulls = reads("pull_requests");
const readContents = reads("contents");
const members: Rule = {
  caller: "installation",
  permissions: [["members", "read"]],
  reach: "organization",
  person: "member",
};

/** What an organisation has set up: owners see it, and Apps with a permission of its own. */
const ofOrganization = (name: string): Rule => ({
  ...{ caller: "installation", permissions: [[name, "read"]], reach: "organization", person: "administrator" },
});
/** What a repository has set up, which a public one shows to nobody either. */
const ofRepository = (name: string, person: "pusher" | "administrator"): Rule => ({
  ...{ caller: "installation", permissions: [[name, "read"]], reach: "covered", person },
});

/** Operation to rule, after GitHub's list of permissions for GitHub Apps. */
export const RULES: Readonly<Record<string, Rule>> = {
  "apps/get-authenticated": app,
  "apps/list-installations": app,
  "apps/get-installation": app,
  "apps/get-repo-installation": app,
  "apps/create-installation-access-token": app,
  "apps/get-webhook-config-for-app": app,
  "apps/list-webhook-deliveries": app,
  "apps/redeliver-webhook-delivery": app,
  "apps/create-from-manifest": { caller: "anyone" },
  "apps/list-repos-accessible-to-installation": { caller: "installation", permissions: [["metadata", "read"]] },
  "apps/delete-token": { caller: "client" },
  "checks/create": { caller: "installation", permissions: [["checks", "write"]], reach: "covered" },
  "checks/update": { caller: "installation", permissions: [["checks", "write"]], reach: "covered" },
  "checks/get": reads("checks"),
  "checks/list-for-ref": reads("checks"),
  "pulls/get": readPulls,
  "pulls/list-files": readPulls,
  "pulls/list-commits": readPulls,
  "repos/list-pull-requests-associated-with-commit": readPulls,
  "repos/compare-commits": readContents,
  "repos/get": reads("metadata"),
  "repos/get-collaborator-permission-level": {
    caller: "installation",
    permissions: [["metadata", "read"]],
    reach: "covered",
    person: "pusher",
  },
  "repos/get-content": {
    caller: "installation",
    permissions: [
      ["contents", "read"],
      ["single_file", "read"],
    ],
    reach: "public",
    person: "reader",
  },
  "repos/list-activities": readContents,
  "issues/add-labels": {
    caller: "installation",
    permissions: [
      ["issues", "write"],
      ["pull_requests", "write"],
    ],
    reach: "covered",
  },
  "orgs/get": token,
  "orgs/list-members": members,
  "orgs/get-membership-for-user": members,
  // GitHub says of neither who may: the stricter reading is the organisation's own page, which owners see.
  "orgs/list-outside-collaborators": { ...members, person: "owner" },
  "orgs/list-pending-invitations": { ...members, person: "administrator" },
  "orgs/list-invitation-teams": { ...members, person: "administrator" },
  "orgs/list-org-roles": ofOrganization("organization_custom_org_roles"),
  "orgs/list-org-role-users": members,
  "orgs/list-org-role-teams": members,
  "orgs/list-app-installations": ofOrganization("organization_administration"),
  // "Only GitHub Apps can use this endpoint."
  "orgs/list-pat-grants": {
    caller: "installation",
    permissions: [["organization_personal_access_tokens", "read"]],
    reach: "organization",
    person: "nobody",
  },
  "actions/list-org-secrets": ofOrganization("organization_secrets"),
  "actions/list-selected-repos-for-org-secret": ofOrganization("organization_secrets"),
  "actions/list-self-hosted-runner-groups-for-org": ofOrganization("organization_self_hosted_runners"),
  "actions/list-repo-access-to-self-hosted-runner-group-in-org": ofOrganization("organization_self_hosted_runners"),
  "actions/list-self-hosted-runners-for-org": ofOrganization("organization_self_hosted_runners"),
  "actions/get-fork-pr-contributor-approval-permissions-repository": ofRepository("administration", "administrator"),
  "actions/list-repo-secrets": ofRepository("secrets", "pusher"),
  "actions/list-environment-secrets": ofRepository("environments", "pusher"),
  "repos/get-all-environments": reads("actions"),
  "repos/list-deployment-branch-policies": reads("actions"),
  "repos/list-invitations": ofRepository("administration", "administrator"),
  "teams/list": members,
  "teams/list-members-in-org": members,
  "teams/get-membership-for-user-in-org": members,
  "teams/list-repos-in-org": members,
  "users/get-by-username": token,
  "users/get-by-id": token,
  "users/get-authenticated": { caller: "user" },
  "users/list-gpg-keys-for-user": token,
  "users/list-ssh-signing-keys-for-user": token,
  "activity/list-public-events-for-user": token,
  "search/commits": token,
  "search/issues-and-pull-requests": token,
  "meta/get": { caller: "anyone" },
};
