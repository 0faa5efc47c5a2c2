import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { identityOf } from "../../src/job/identity.ts";
import type { Job } from "../../src/job/job.ts";
import { laneOf, lanesOf } from "../../src/job/lane.ts";
import { expect, test } from "../support/jest.ts";

const account = { id: accountId(7), nodeId: "U_7", login: "ada-example", type: "User" };
const repository = {
  ...{
    id: repositoryId(9),
    nodeId: "R_9",
    owner: "octo-org",
    ownerId: accountId(8),
    ownerType: "Organization",
    name: "wallet",
  },
};
const again = {
  kind: "triage-pull-request",
  installationId: installationId(3),
  repository,
  pullRequest: {
    nodeId: "PR_1",
    number: 1,
    headSha: "ab".repeat(20),
    updatedAt: "2026-03-02T10:00:00.000Z",
    author: account,
  },
  ...{ force: true, newBase: false, secondLook: true },
} as const;
const scan = (kind: "deep-scan-account" | "read-histories"): Job => ({
  kind,
  installationId: again.installationId,
  account,
  again,
});

test("what the API reads because of a finding neither merges with what git was asked nor makes it wait", () => {
  const [git, api] = [scan("deep-scan-account"), scan("read-histories")];
  expect(identityOf(api)).not.toBe(identityOf(git));
  expect(identityOf(api)).toBe(identityOf(scan("read-histories")));
  expect(new Set([git, api, again].map(laneOf)).size).toBe(3);
  expect(lanesOf(3)).toEqual(expect.arrayContaining([git, api, again].map(laneOf)));
});
