import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { identityOf, noticesOf } from "../../src/job/identity.ts";
import type { Job } from "../../src/job/job.ts";
import { DEEP_SCANS, laneOf, lanesOf } from "../../src/job/lane.ts";
import { testNotice } from "../../src/notification/notices.ts";
import { OCCASION } from "../notification/samples.ts";
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

const message = (installation: number, destination: string): Job => ({
  kind: "send-notice",
  installationId: installationId(installation),
  destination,
  notice: testNotice(OCCASION),
});

test("messages wait for where they go and for nothing else, whichever installation they are about", () => {
  expect(laneOf(message(3, "team"))).toBe(laneOf(message(4, "team")));
  expect(laneOf(message(3, "team"))).not.toBe(laneOf(message(3, "mail")));
  expect(identityOf(message(3, "team"))).not.toBe(identityOf(message(4, "team")));
  expect(identityOf(message(3, "team"))?.startsWith(noticesOf(installationId(3)))).toBe(true);
  // Of no installation, whose circuits they would wait for.
  for (const name of ["team", "mail", "a", "z".repeat(40)]) {
    const lane = laneOf(message(3, name));
    expect([lane % DEEP_SCANS, lane > 2 * DEEP_SCANS + 2 ** 39, Number.isSafeInteger(lane)]).toEqual([0, true, true]);
  }
});
