import type { AccessSnapshot } from "../../../../src/access/grant.ts";
import { accountId, repositoryId } from "../../../../src/ids.ts";
import { keyed, type Plain } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";
import { storedAudit } from "../../support/audits.ts";
import { Client } from "../../support/client.ts";
import { MAINTAINER, OWNER } from "../../support/desk.ts";
import { collaboratorReport, flag, INSTALLATION, NOW, report } from "../../support/reports.ts";
import { storySite } from "../../support/story.ts";

const ORG = `/orgs/${INSTALLATION}`;
const SECOND_OWNER = accountId(804);
const { site } = storySite(({ github }) => {
  github.person(SECOND_OWNER, "second-owner-example");
  github.owners.add("second-owner-example octo-org");
});

const tenant = () => site().store.tenant(INSTALLATION);
const trail = async () =>
  (await tenant().trail(50)).map(({ act, actorId, target, reason }) => ({ act, actorId, target, reason }));

const about = accountId(4711);
const onAccess = () =>
  collaboratorReport({ id: "rep-access-4711", accountId: about, login: "newcomer-example", createdAt: NOW });
const seenThere = {
  ...report().assessment,
  findings: report().assessment.findings.map((each) =>
    each.signal === "beh-pr-spray" ? { ...each, outcome: "fired" as const, bits: 2 } : each,
  ),
};

test("same account: a report names the others, and what was seen there that was not asked here", async () => {
  await tenant().saveReport(onAccess());
  const pullRequest = { number: 7, title: "Other", headSha: "c".repeat(40), createdAt: NOW };
  await tenant().saveReport(report({ id: "rep-7", pullRequest, assessment: seenThere }));
  const owner = await site().signedIn(OWNER);
  const { body } = await owner.get(`${ORG}/reports/${report().id}`);
  expect(body).toContain(`<a href="${ORG}/reports/rep-access-4711"><bdi>access to wallet</bdi></a>`);
  expect(body).toContain("Seen there, and not asked here: The same change to many repositories at once.");
  expect(body).toContain(`<a href="${ORG}/accounts/4711">Everything about this account</a>`);
  const elsewhere = { repositoryId: repositoryId(102), repositoryName: "relayer" };
  await tenant().saveReport({ ...onAccess(), ...elsewhere, id: "rep-elsewhere" });
  expect((await owner.get(`${ORG}/reports/${report().id}`)).body).toContain("rep-elsewhere");
  // Whoever works on one repository reads what belongs to it, and has no page of people.
  const maintainer = (await (await site().signedIn(MAINTAINER)).get(`${ORG}/reports/${report().id}`)).body;
  expect(maintainer).toContain("rep-access-4711");
  expect(maintainer).not.toContain("rep-elsewhere");
  expect(maintainer).not.toContain(`${ORG}/accounts/`);
});

test("account page: what it can do, every look, what was decided; for owners, and recorded", async () => {
  await tenant().saveReport(
    collaboratorReport({ id: "rep-2", repositoryId: repositoryId(102), repositoryName: "relayer" }),
  );
  const owner = await site().signedIn(OWNER);
  const page = await owner.get(`${ORG}/accounts/4712`);
  expect(page.statusCode).toBe(200);
  for (const said of [
    "sleeper-example",
    "account 4712 · from outside",
    "write on wallet",
    "outside",
    "access to relayer",
    "What was decided",
  ])
    expect(page.body).toContain(said);
  expect(page.body.match(/<tr>/g)).toHaveLength(3);
  expect(await trail()).toContainEqual({
    act: "account.viewed",
    actorId: OWNER,
    target: "account:4712",
    reason: null,
  });
  expect((await owner.get(`${ORG}/audit/accounts?standing=outside`)).body).toContain(`${ORG}/accounts/4712`);
});

test.each([
  ["nobody has heard of", OWNER, "424242", 404],
  ["the reader himself", OWNER, "801", 404],
  ["no number", OWNER, "sleeper-example", 404],
  ["of a maintainer's choice", MAINTAINER, "4712", 404],
  ["known by the audit alone", OWNER, "4713", 200],
])("account page: %s", async (_, reader, account, status) => {
  expect((await (await site().signedIn(reader)).get(`${ORG}/accounts/${account}`)).statusCode).toBe(status);
});

test("account page: what write reaches by the rules that the last audit read, each with its switch", async () => {
  const stored = storedAudit();
  const rules = {
    protections: [],
    rulesets: [],
    secrets: [{ name: "NPM_TOKEN", scope: "organization", repositories: "all" }],
  };
  const repositories = stored.snapshot.repositories.map((each) => ({ ...each, defaultBranch: "main" }));
  const snapshot = keyed<AccessSnapshot>({ ...stored.snapshot, ...rules, repositories } as Plain<AccessSnapshot>);
  const owner = await site().signedIn(OWNER);
  expect((await owner.get(`${ORG}/accounts/4712`)).body).not.toContain("What that reaches");
  await tenant().saveAudit({ ...stored, id: "audit-ruled", takenAt: "2026-11-23T13:00:00.000Z", snapshot });
  const { body } = await owner.get(`${ORG}/accounts/4712`);
  expect(body).toContain("What that reaches");
  expect(body).toContain("can read the secret NPM_TOKEN");
  expect(body).toContain("Closes by: move the secret into an environment with reviewers.");
  expect(body).toContain("Not looked at: ");
  const there = (await owner.get(`${ORG}/repositories/101`)).body;
  expect(there).toContain("can push to main");
  expect(there).toContain('<bdi class="name">sleeper-example</bdi>');
});

test("account page: opening many is brought to an end, as with reports", async () => {
  const stored = storedAudit();
  const accounts = Array.from({ length: 31 }, (_, at) => ({
    id: String(5_000 + at),
    login: `a-${at}`,
    kind: "user" as const,
  }));
  const snapshot = keyed<AccessSnapshot>({ ...stored.snapshot, accounts });
  await tenant().saveAudit({ ...stored, id: "audit-crowd", takenAt: "2026-11-23T13:00:00.000Z", snapshot });
  const owner = await site().signedIn(SECOND_OWNER);
  const answers: number[] = [];
  for (const { id } of accounts) answers.push((await owner.get(`${ORG}/accounts/${id}`)).statusCode);
  expect(answers.filter((status) => status === 200).length).toBeLessThanOrEqual(30);
  expect(answers.at(-1)).toBe(429);
});

test("access report: one is closed with one press, and comes back when there is something else to say", async () => {
  const maintainer = await site().signedIn(MAINTAINER);
  const address = `${ORG}/reports/${collaboratorReport().id}`;
  const csrf = Client.csrfOf(await maintainer.get(address));
  expect((await maintainer.post(`${address}/reviewed`, { csrf })).statusCode).toBe(303);
  expect((await maintainer.get(address)).body).toContain("Reviewed by <bdi>maintainer-example</bdi>");
  expect((await maintainer.get("/")).body).toContain("reviewed");
  expect(await trail()).toContainEqual(
    expect.objectContaining({ act: "report.reviewed", target: collaboratorReport().id }),
  );
});

test("access report: a decision about a flag closes the reports on that access, and no other", async () => {
  await tenant().saveReport(onAccess());
  const owner = await site().signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
  await owner.post(`${ORG}/flags/${flag().id}/acknowledge`, {
    csrf,
    reason: "Our contractor until spring.",
    outcome: "removed",
  });
  expect((await tenant().report(collaboratorReport().id))?.reviewed).toMatchObject({ byAccountId: OWNER });
  expect((await tenant().report("rep-access-4711"))?.reviewed).toBeNull();
});
