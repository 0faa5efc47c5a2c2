import { accountId } from "../../../../src/ids.ts";
import type { TrailEntry } from "../../../../src/store/store.ts";
import { nobodyWords } from "../../../../src/web/pages/trail/view.ts";
import { afterAll, beforeAll, expect, test } from "../../../support/jest.ts";
import { storedAudit } from "../../support/audits.ts";
import type { Client } from "../../support/client.ts";
import { MAINTAINER, OWNER, openTestSite, type TestSite } from "../../support/desk.ts";
import { flag, INSTALLATION, NOW, report } from "../../support/reports.ts";

const PAGE = `/orgs/${INSTALLATION}/trail`;
let site: TestSite;
let owner: Client;
const add = (entry: Partial<TrailEntry>) =>
  site.store
    .tenant(INSTALLATION)
    .addToTrail({ at: NOW, actorId: MAINTAINER, act: "audit.viewed", target: "a", reason: null, ...entry });

beforeAll(async () => {
  site = await openTestSite();
  owner = await site.signedIn(OWNER);
  const tenant = site.store.tenant(INSTALLATION);
  await tenant.raiseFlag(flag({ id: "flag-m", accountId: MAINTAINER, login: "maintainer-example" }));
  await add({ actorId: accountId(77_777), act: "flags.viewed", target: "flags" });
  for (let count = 0; count < 210; count++) await add({});
  await add({ act: "report.viewed", target: report().id });
  await add({ act: "account.vouched", target: `account:${report().accountId}`, reason: "Met at =HYPERLINK(1)" });
  await add({ act: "account.warned", target: `account:${OWNER}`, reason: "a reason about the reader" });
});
afterAll(() => site.close());

const rows = (body: string): number => (body.match(/<td class="when">/g) ?? []).length;

test("people have their names with their numbers, those whom nobody knows their number alone", async () => {
  const { body } = await owner.get(`${PAGE}?act=flags.viewed`);
  expect(body).toContain("account 77777");
  const newest = (await owner.get(PAGE)).body;
  expect(newest).toMatch(/<bdi>maintainer-example<\/bdi> <span class="muted small">802<\/span>/);
});

test("what was opened has its title and a link", async () => {
  const { body } = await owner.get(PAGE);
  expect(body).toMatch(
    /<a href="\/orgs\/\d+\/reports\/rep-412-a"><bdi>Fix typo in setup guide \(wallet #412 by newcomer-example\)/,
  );
  expect(body).toMatch(/Vouched for an account: <a href="\/orgs\/\d+\/accounts\/4711"><bdi>newcomer-example<\/bdi>/);
  expect(body).not.toContain("about the reader");
});

test("filters by act and by person live in the address, and pages go back to the first entry", async () => {
  const acts = (await owner.get(`${PAGE}?act=report.viewed&person=${MAINTAINER}`)).body;
  expect(rows(acts)).toBe(1);
  expect(acts).toContain('<option value="report.viewed" selected>');
  expect(rows((await owner.get(`${PAGE}?person=77777`)).body)).toBe(1);
  expect(rows((await owner.get(`${PAGE}?person=12`)).body)).toBe(0);
  const first = (await owner.get(`${PAGE}?person=${MAINTAINER}`)).body;
  const [, before = ""] = /href="\?person=802&amp;before=(\d+)">Older/.exec(first) ?? [];
  const second = (await owner.get(`${PAGE}?person=${MAINTAINER}&before=${before}`)).body;
  // One of the first 200 is about the reader.
  expect([rows(first), rows(second)]).toEqual([199, 13]);
  expect(second).not.toContain("Older entries");
  expect((await owner.get(`${PAGE}?act=nothing&person=x&before=-1`)).statusCode).toBe(200);
});

test("the export has every entry that fits, without what is about the reader, safe for a spreadsheet", async () => {
  const all = await owner.get(`${PAGE}.csv?person=${MAINTAINER}`);
  expect(all.headers["content-type"]).toContain("text/csv");
  const lines = all.body.trimEnd().split("\r\n");
  expect(lines[0]).toBe("number,at,account,login,act,target,about,about account,reason");
  expect(lines).toHaveLength(1 + 212);
  expect(all.body).not.toContain("about the reader");
  expect(all.body).toContain(
    "802,maintainer-example,report.viewed,rep-412-a,Fix typo in setup guide (wallet #412 by newcomer-example),4711,",
  );
  const few = await owner.get(`${PAGE}.csv?act=report.viewed`);
  expect(few.body.trimEnd().split("\r\n")).toHaveLength(2);
});

test("a name is the newest that is known: a report after the audit says another", async () => {
  const tenant = site.store.tenant(INSTALLATION);
  const [known] = storedAudit().snapshot.accounts;
  const number = accountId(Number(known?.id));
  expect((await tenant.loginsOf([number])).get(number)).toBe(known?.login);
  await tenant.saveReport(
    report({ id: "rep-renamed", accountId: number, login: "renamed-example", createdAt: "2027-01-01T00:00:00.000Z" }),
  );
  expect((await tenant.loginsOf([number])).get(number)).toBe("renamed-example");
});

test("trail: who acted without an account is the operator where only a command line can have done it", () => {
  const acts = ["account.vouched", "entry.withdrawn", "subject.erased", "installation.added"] as const;
  expect(acts.map(nobodyWords)).toEqual(["the operator", "the operator", "the operator", "Sallyport"]);
});
