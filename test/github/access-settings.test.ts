import { effectiveAccess, effectiveRole } from "../../src/access/effective.ts";
import { type AccountKey, keyOf } from "../../src/access/keys.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { afterEach, expect, test } from "../support/jest.ts";
import type { Town } from "./support/town.ts";
import { AT, asApp, askedFor, asPerson, closeTown, NOW, town } from "./support/town.ts";

afterEach(closeTown);

/** The permissions of the tier for audits. */
const TIER_2: Readonly<Record<string, "read">> = {
  ...{ administration: "read", organization_administration: "read", organization_custom_org_roles: "read" },
  ...{ organization_personal_access_tokens: "read", organization_secrets: "read" },
  ...{ organization_self_hosted_runners: "read", actions: "read", environments: "read", secrets: "read" },
};

const of = ({ id }: { readonly id: number }): AccountKey => keyOf(accountId(id));
const at = ({ id }: { readonly id: number }) => keyOf(repositoryId(id));

/** The town with everything set up that there is a list for. */
function furnished(): Town {
  const place = town();
  const { org, olga, mika, ivan, wallet, relayer } = place;
  const core = org.teams[0];
  if (!core) throw new Error("no team");
  relayer.visibility = "private";
  org.settings.roles.push(
    { id: 1, name: "all-repo-write", baseRole: "write", accountIds: [mika.id], teamIds: [core.id] },
    { id: 2, name: "security-reader", baseRole: "read", accountIds: [mika.id], teamIds: [] },
    { id: 3, name: "billing", baseRole: null, accountIds: [mika.id], teamIds: [] },
  );
  org.settings.tokens.push({
    ...{ id: 7, ownerId: mika.id, selection: "subset", permissions: { contents: "write", metadata: "read" } },
    ...{ grantedAt: AT, expiresAt: null, lastUsedAt: NOW },
  });
  org.settings.secrets.push(
    { name: "NPM_TOKEN", visibility: "all", repositoryIds: [] },
    { name: "INTERNAL", visibility: "private", repositoryIds: [] },
    { name: "ONE", visibility: "selected", repositoryIds: [wallet.id] },
  );
  org.settings.runnerGroups.push(
    { id: 1, name: "Default", visibility: "all", repositoryIds: [], allowsPublic: false },
    { id: 2, name: "empty", visibility: "all", repositoryIds: [], allowsPublic: true },
  );
  org.settings.runners.push({ id: 1, groupId: 1, name: "builder" });
  wallet.settings.deployKeys.push({ title: "deploy\u202e", readOnly: false, createdAt: AT });
  wallet.settings.invitations.push(
    { id: 1, inviteeId: ivan.id, inviterId: olga.id, role: "maintain", createdAt: AT, expired: false },
    { id: 2, inviteeId: null, inviterId: olga.id, role: "write", createdAt: AT, expired: true },
  );
  wallet.settings.secrets.push("DEPLOY");
  wallet.settings.environments.push(
    { id: 1, name: "production", reviewerIds: [olga.id], branches: ["main", "release/*"], secrets: ["KEY"] },
    { id: 2, name: "preview", reviewerIds: [], branches: "all", secrets: [] },
  );
  return place;
}

test("settings: an App with the permissions for audits reads every list, and where each may be used", async () => {
  const place = furnished();
  const { mika, wallet, relayer } = place;
  const snapshot = await asApp(place, TIER_2);
  expect(snapshot.organizationRoles).toEqual([
    { account: of(mika), name: "all-repo-write", role: "write" },
    { account: of(mika), name: "all-repo-write", role: "write", team: "core" },
  ]);
  expect(snapshot.apps).toEqual([{ app: "sallyport", repositories: "all", writes: ["checks"] }]);
  expect(snapshot.tokens).toEqual([
    { account: of(mika), repositories: "selected", writes: ["contents"], expiresAt: null, lastUsedAt: NOW },
  ]);
  expect(snapshot.deployKeys).toEqual([
    { repository: at(wallet), title: "deploy\uFFFD", readOnly: false, createdAt: AT },
  ]);
  expect(snapshot.repositoryInvitations).toEqual([
    { repository: at(wallet), login: "ivan-example", role: "maintain", invitedAt: AT },
  ]);
  expect(snapshot.secrets).toEqual([
    { name: "NPM_TOKEN", scope: "organization", repositories: "all" },
    { name: "INTERNAL", scope: "organization", repositories: [at(relayer)] },
    { name: "ONE", scope: "organization", repositories: [at(wallet)] },
    { name: "DEPLOY", scope: "repository", repositories: [at(wallet)] },
    { name: "KEY", scope: "environment", repositories: [at(wallet)], environment: "production" },
  ]);
  expect(snapshot.environments).toEqual([
    { repository: at(wallet), name: "production", reviewers: true, branches: ["main", "release/*"] },
    { repository: at(wallet), name: "preview", reviewers: false, branches: "all" },
  ]);
  expect(snapshot.runners).toEqual([{ name: "Default", repositories: [at(relayer)] }]);
  expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
});

test("settings: a role of the organisation is a role on every repository", async () => {
  const place = furnished();
  const access = effectiveAccess(await asApp(place, TIER_2));
  expect(effectiveRole(access, of(place.mika), at(place.relayer))).toBe("write");
  expect(access.holders.get(of(place.mika))?.everywhere?.sources.map(({ source }) => source)).toEqual([
    { kind: "base" },
    { kind: "organization_role" },
    { kind: "organization_role", team: "core" },
  ]);
  expect(effectiveRole(access, of(place.ivan), at(place.relayer))).toBe("write");
});

test("settings: an App without the permissions asks for nothing and says what opens each", async () => {
  const snapshot = await asApp(furnished(), {}, "organization");
  const lists = ["organizationRoles", "apps", "tokens", "deployKeys", "secrets", "runners", "protections"];
  expect(Object.keys(snapshot).filter((key) => lists.includes(key))).toEqual([]);
  expect(snapshot.notChecked?.map(({ what, opensWith }) => [what, opensWith])).toEqual([
    ["the role every member has everywhere (counted as none)", "Organization administration: read"],
    ["branch rules of 2 repositories, and so who can push there", "Administration: read"],
    ["deploy keys", "Administration: read"],
    ["organisation roles", "Custom organization roles: read"],
    ["other installed Apps", "Organization administration: read"],
    ["personal access tokens", "Organization personal access tokens: read"],
    ["secrets of the organisation", "Organization secrets: read"],
    ["self-hosted runners", "Organization self-hosted runners: read"],
    ["invitations to repositories", "Administration: read"],
    ["repository secrets (2 repositories)", null],
    ["environments (2 repositories)", null],
    ["environment secrets (2 repositories)", null],
    ["roles held through an enterprise", null],
  ]);
  const asked = ["orgs/list-org-roles", "orgs/list-pat-grants", "actions/list-org-secrets", "repos/list-invitations"];
  expect(asked.map(askedFor)).toEqual([0, 0, 0, 0]);
});

test("settings: as deep as the organisation nothing of a single repository is asked but invitations", async () => {
  const snapshot = await asApp(furnished(), TIER_2, "organization");
  expect(snapshot.secrets?.map(({ scope }) => scope)).toEqual(["organization", "organization", "organization"]);
  expect(snapshot.environments).toBeUndefined();
  expect(snapshot.repositoryInvitations).toHaveLength(1);
  expect(askedFor("repos/get-all-environments")).toBe(0);
});

test("settings: a member's token is told of what its owner may see, and the rest is said", async () => {
  const snapshot = await asPerson(furnished(), "mika");
  expect([snapshot.organizationRoles, snapshot.apps, snapshot.tokens]).toEqual([undefined, undefined, undefined]);
  expect(snapshot.notChecked).toContainEqual({
    what: "personal access tokens",
    because: "GitHub refuses it to this token",
    opensWith: "the App with Organization personal access tokens: read",
  });
  expect(snapshot.secrets?.map(({ name }) => name)).toEqual(["DEPLOY", "KEY"]);
  expect(snapshot.notChecked?.map(({ what }) => what)).toContain("invitations to repositories (2 repositories)");
});

test.each([403, 404, 422])(
  "settings: what an organisation's plan does not have (%s) is said, and the rest is read",
  async (status) => {
    const refuses = {
      "orgs/list-org-roles": status,
      "orgs/list-pat-grants": status,
      "actions/list-org-secrets": status,
    };
    const snapshot = await asApp(furnished(), TIER_2, "organization", refuses);
    expect([snapshot.organizationRoles, snapshot.tokens, snapshot.secrets]).toEqual([undefined, undefined, undefined]);
    expect(snapshot.apps).toHaveLength(1);
    expect(snapshot.notChecked?.map(({ what }) => what)).toEqual(
      expect.arrayContaining(["organisation roles", "personal access tokens", "secrets of the organisation"]),
    );
  },
);
