import { accountId, repositoryId } from "../../../../src/ids.ts";
import { beforeEach, expect, test } from "../../../support/jest.ts";
import { storedAudit } from "../../support/audits.ts";
import { AUTHOR, MAINTAINER, OWNER } from "../../support/desk.ts";
import { flag, INSTALLATION, NOW, report, WALLET } from "../../support/reports.ts";
import { storySite } from "../../support/story.ts";

const PAGE = `/orgs/${INSTALLATION}/repositories/${WALLET}`;
const { site } = storySite();
beforeEach(() => {
  site().github.grant("maintainer-example", "octo-org/wallet", "maintain");
});

const tenant = () => site().store.tenant(INSTALLATION);
const read = async (who: number) => (await site().signedIn(who)).get(PAGE);

test("repository page: its administrator reads who writes, what waits and what was found there, and no page of people", async () => {
  site().github.grant("maintainer-example", "octo-org/wallet", "admin");
  await tenant().raiseFlag(
    flag({
      id: "flag-elsewhere",
      accountId: accountId(4713),
      login: "partner-example",
      repositoryId: repositoryId(105),
      repositoryName: "website",
    }),
  );
  const { statusCode, body } = await read(MAINTAINER);
  expect(statusCode).toBe(200);
  for (const said of ["Who can write here", "sleeper-example", "team core", "owner-example", "Fix typo in setup guide"])
    expect(body).toContain(said);
  expect(body).toContain("An owner of the organisation decides about them.");
  for (const other of ["website", "partner-example", `/accounts/`, `/policy/`]) expect(body).not.toContain(other);
  const elsewhere = { reportId: "rep-elsewhere", accountId: accountId(4714), login: "visitor-example" };
  await tenant().raiseFlag(flag({ id: "flag-by-another-report", ...elsewhere }));
  const again = (await read(MAINTAINER)).body;
  expect(again).toContain("visitor-example");
  expect(again).not.toContain("rep-elsewhere");
  expect(await tenant().trail(9)).toContainEqual(
    expect.objectContaining({ act: "repository.viewed", actorId: MAINTAINER, target: `repository:${WALLET}` }),
  );
});

test("repository page: an owner goes on from it to accounts, to the rules and to a decision", async () => {
  const { body } = await read(OWNER);
  // The wallet has no file of its own: the organisation's rules are in force.
  for (const path of ["accounts/4712", "policy", "flags"]) expect(body).toContain(`/orgs/${INSTALLATION}/${path}"`);
  expect(body).not.toContain(`/accounts/${OWNER}"`);
  const source = "octo-org/wallet/.github/sallyport.yml";
  await tenant().savePolicy(WALLET, { file: {}, sourceSha: "x", source, problems: [], fetchedAt: NOW });
  expect((await read(OWNER)).body).toContain(`/orgs/${INSTALLATION}/policy/${WALLET}"`);
  const crumb = (await (await site().signedIn(OWNER)).get(`/orgs/${INSTALLATION}/reports/${report().id}`)).body;
  expect(crumb).toContain(`<a href="${PAGE}">wallet</a>`);
});

test("repository page: for nobody who is no administrator, nor for one about whom a flag is open", async () => {
  expect((await read(MAINTAINER)).statusCode).toBe(404);
  site().github.grant("newcomer-example", "octo-org/wallet", "admin");
  await tenant().raiseFlag(flag({ id: "flag-author", accountId: AUTHOR, login: "newcomer-example" }));
  expect((await read(AUTHOR)).statusCode).toBe(404);
});

test("repository page: an administrator reads nothing about himself", async () => {
  site().github.grant("newcomer-example", "octo-org/wallet", "admin");
  const { statusCode, body } = await read(AUTHOR);
  expect(statusCode).toBe(200);
  expect(body).not.toContain("Fix typo in setup guide");
});

test("repository page: one that is archived says so; one that no audit knows has no page", async () => {
  const stored = storedAudit();
  const repositories = stored.snapshot.repositories.map((each) => ({ ...each, archived: true }));
  const takenAt = "2026-11-23T13:00:00.000Z";
  await tenant().saveAudit({
    ...stored,
    id: "audit-asleep",
    takenAt,
    snapshot: { ...stored.snapshot, takenAt, repositories },
  });
  expect((await read(OWNER)).body).toContain("The repository is archived");
  const owner = await site().signedIn(OWNER);
  for (const other of ["424242", "wallet"])
    expect((await owner.get(`/orgs/${INSTALLATION}/repositories/${other}`)).statusCode).toBe(404);
});
