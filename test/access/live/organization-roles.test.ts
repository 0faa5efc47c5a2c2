import { effectiveAccess, effectiveRole } from "../../../src/access/effective.ts";
import { type LiveAccount, type LiveTeam, liveAccess, withLive } from "../../../src/access/live/live.ts";
import { expect, test } from "../../support/jest.ts";
import { accountKey, octoOrg, repositoryKey } from "../graphs.ts";

const LATER = "2026-11-21T00:00:00.000Z";
const snapshot = octoOrg({
  grants: [],
  organizationRoles: [
    { account: "2", name: "all-repo-write", role: "write" },
    { account: "3", name: "all-repo-write", role: "write", team: "core" },
  ],
});
const account = (id: string, standing: LiveAccount["standing"]): LiveAccount => ({
  ...{ kind: "account", id: accountKey(id), login: `${id}-example`, standing, askedAt: LATER },
});
const core = (...ids: readonly string[]): LiveTeam => ({
  ...{ kind: "team", id: 7, slug: "core", roles: [], askedAt: LATER },
  members: ids.map((id) => ({ id: accountKey(id), login: `${id}-example` })),
});

test.each([
  ["nothing was said since", [], ["write", "write"]],
  ["one left the organisation", [account("2", "none")], [null, "write"]],
  ["one is still a member", [account("2", "member")], ["write", "write"]],
  ["one left the team through which he held it", [core("2")], ["write", null]],
  ["the team was asked about, and he is in it", [core("3")], ["write", "write"]],
])("live: roles of the organisation when %s", (_, said, expected) => {
  const access = effectiveAccess(withLive(snapshot, liveAccess(said)));
  expect(["2", "3"].map((id) => effectiveRole(access, accountKey(id), repositoryKey("10")))).toEqual(expected);
});
