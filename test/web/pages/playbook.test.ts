import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import { OWNER, openTestSite, type TestSite } from "../support/desk.ts";
import { collaboratorReport, INSTALLATION, report } from "../support/reports.ts";

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
afterAll(() => site.close());

const ORG = `/orgs/${INSTALLATION}`;

test("playbook: is open to everybody, and says how a grant is reviewed", async () => {
  const { statusCode, body } = await site.client().get("/playbook");
  expect([statusCode, body.includes("Review a grant")]).toEqual([200, true]);
});

test("playbook: the flags and the report of an access to be reviewed lead to it, an ordinary report does not", async () => {
  const owner = await site.signedIn(OWNER);
  for (const path of [`${ORG}/reports/${collaboratorReport().id}`, `${ORG}/flags`])
    expect((await owner.get(path)).body).toContain('href="/playbook');
  expect((await owner.get(`${ORG}/reports/${report().id}`)).body).not.toContain('href="/playbook');
});
