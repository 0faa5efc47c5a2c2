import { accessAuditSchema } from "../../../src/access/audit-schema.ts";
import { auditReport } from "../../../src/access/report.ts";
import { plusDays } from "../../../src/clock.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import { exact } from "../../../src/web/time.ts";
import { SECTION_WORDS } from "../../../src/web/wording.ts";
import { keyed } from "../../access/graphs.ts";
import { rememberRows } from "../../support/database.ts";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "../../support/jest.ts";
import { storedAudit } from "../support/audits.ts";
import { Client } from "../support/client.ts";
import { AUTHOR, MAINTAINER, OWNER, openTestSite, STRANGER, type TestSite } from "../support/desk.ts";
import { collaboratorReport, door, flag, HEAD, INSTALLATION, NOW, report, WALLET } from "../support/reports.ts";

const ORG = `/orgs/${INSTALLATION}`;
let site: TestSite;
let backToTheStory: () => Promise<void>;
beforeAll(async () => {
  site = await openTestSite();
  backToTheStory = await rememberRows(site.database);
});
afterAll(() => site.close());
/** Each test in a minute of its own: what pages may ask of GitHub in one is tested elsewhere. */
let minute = 0;
beforeEach(async () => {
  minute = (minute + 1) % 5;
  site.clock.set(new Date(Date.parse(NOW) + minute * 61_000).toISOString());
  await backToTheStory();
});
afterEach(() => site.clock.set(NOW));

const tenant = () => site.store.tenant(INSTALLATION);
const trail = async () =>
  (await tenant().trail(50)).map(({ act, actorId, target, reason }) => ({ act, actorId, target, reason }));

describe("front page", () => {
  test("says to owners how far the open pull requests are read, and nothing once they are", async () => {
    const from = { page: 1, repository: null, after: null };
    const underWay = { startedAt: NOW, whole: true, from, openCount: 45, unread: 0, filed: 20 };
    const sweep = { underWay, openCount: 0, completeUntil: null, wholeAt: null };
    await tenant().savePullRequestSweep(sweep, NOW);
    const read = (await tenant().openPullRequests()).length;
    const owner = await site.signedIn(OWNER);
    for (const page of ["/", ORG])
      expect((await owner.get(page)).body).toContain(`${read} of 45 open pull requests read`);
    expect((await (await site.signedIn(MAINTAINER)).get("/")).body).not.toContain("of 45");
    await tenant().savePullRequestSweep({ ...sweep, underWay: null, openCount: 45 });
    expect((await owner.get("/")).body).not.toContain("of 45");
  });
});

/** Sections, reasons and kinds of work, by the names that code and stores have for them. */
const INTERNAL = new RegExp(
  [...Object.keys(SECTION_WORDS), "not_requested", "rate_limited", "upstream_error", "too_large", "not_found"].join(
    "|",
  ),
);

describe("every page", () => {
  test.each([
    "",
    "/audit",
    "/audit/accounts",
    "/flags",
    "/work",
    "/trail",
    "/settings",
    "/reports/rep-412-a",
    "/reports/rep-collab-a",
  ])("%s: says what is missing in words, never in the names of code", async (path) => {
    const { statusCode, body } = await (await site.signedIn(OWNER)).get(`${ORG}${path}`);
    expect(statusCode).toBe(200);
    expect(INTERNAL.exec(body)?.[0]).toBeUndefined();
  });
});

describe("report", () => {
  test("names the bands and levels in UI words, and bits only under how it was weighed", async () => {
    const { body } = await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`);
    expect(body).toContain("critical");
    expect(body).toContain("worth knowing");
    expect(body).toContain("6 of 9 checks could look");
    expect(body.indexOf("How this was weighed")).toBeGreaterThan(0);
    expect(body.slice(0, body.indexOf("How this was weighed"))).not.toMatch(/\bbits?\b/);
  });

  test("draws what cannot be seen in the changed lines", async () => {
    const { body } = await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`);
    expect(body).toContain('warm up<span class="mark">U+202E</span> cache');
    expect(body).toContain('<span class="mark">120 spaces</span>');
    expect(body).not.toContain("\u202E");
  });

  test("says that it is being read, and loads again by itself, until there is one", async () => {
    const head = "b".repeat(40);
    await tenant().openDoor(door({ ref: "cGVuZGluZy1wZW5kaW5nLQ", headSha: head, pullRequestNumber: 413 }));
    const maintainer = await site.signedIn(MAINTAINER);
    const pending = await maintainer.get("/r/cGVuZGluZy1wZW5kaW5nLQ");
    expect(pending.statusCode).toBe(200);
    expect(pending.body).toContain('<meta http-equiv="refresh" content="5"');
    expect((await maintainer.get("/r/cGVuZGluZy1wZW5kaW5nLQ?wait=no")).body).not.toContain("http-equiv");
    site.clock.set("2026-11-23T14:18:00.000Z");
    await maintainer.signIn(MAINTAINER);
    const late = (await maintainer.get("/r/cGVuZGluZy1wZW5kaW5nLQ")).body;
    expect(late).not.toContain("http-equiv");
    expect(late).not.toContain("being looked at now");
    expect(late).toContain("Not read");
    const pullRequest = { number: 413, title: "Second", headSha: head, createdAt: NOW };
    await tenant().saveReport(report({ id: "rep-413", pullRequest }));
    expect((await maintainer.get("/r/cGVuZGluZy1wZW5kaW5nLQ")).body).toContain("Second");
  });

  test("about one's own pull request: is the 404, the one of a colleague with the same commit is not", async () => {
    const author = await site.signedIn(AUTHOR);
    expect((await author.get(`/r/${door().ref}`)).statusCode).toBe(404);
    const pullRequest = { number: 500, title: "Same commit", headSha: HEAD, createdAt: NOW };
    await tenant().saveReport(
      report({ id: "rep-500", accountId: accountId(4799), login: "other-example", pullRequest }),
    );
    const page = await author.get(`/r/${door().ref}?pr=412`);
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Same commit");
    expect(page.body).not.toContain("#412");
  });

  test("of a commit that is one's own as well: is read, but nobody marks his own commit reviewed", async () => {
    const pullRequest = { number: 500, title: "Same commit", headSha: HEAD, createdAt: NOW };
    const other = { id: "rep-500", accountId: accountId(4799), login: "other-example", pullRequest };
    await tenant().saveReport(report(other));
    const author = await site.signedIn(AUTHOR);
    const page = await author.get(`${ORG}/reports/rep-500`);
    expect(page.body).not.toContain("Mark reviewed");
    expect((await author.get(`/r/${door().ref}`)).body).not.toContain("Mark reviewed");
    const done = await author.post(`${ORG}/reports/rep-500/reviewed`, { csrf: Client.csrfOf(page) });
    expect(done.statusCode).toBe(404);
    expect([(await tenant().report("rep-500"))?.reviewed, (await tenant().report(report().id))?.reviewed]).toEqual([
      null,
      null,
    ]);
  });
});

describe("report: its place and its counts", () => {
  test("crumbs: lead owners to the organisation and to the repository's page, others nowhere that is not theirs", async () => {
    const owner = await site.signedIn(OWNER);
    const { body } = await owner.get(`/r/${door().ref}`);
    expect(body).toContain(`<a href="${ORG}/repositories/${WALLET}">wallet</a>`);
    expect((await owner.get(`${ORG}/repositories/${WALLET}`)).body).toContain("Fix typo in setup guide");
    const maintainer = (await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`)).body;
    expect(maintainer).not.toContain(`href="${ORG}"`);
    for (const page of [body, maintainer])
      expect(page).toContain('<a href="https://github.com/newcomer-example" rel="noreferrer">profile on GitHub</a>');
  });

  test("the checks beside the report count as the account's line above does, and say what is left out", async () => {
    const { body } = await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`);
    expect(body).toContain("6 of 9 checks could look");
    expect(body).toContain("<li>account: 6 of 9</li>");
    expect(body).not.toMatch(/checks of change, access and account/);
  });
});

describe("report: reviewed, over its time, of an earlier head", () => {
  test("marked reviewed twice: the first who looked stays, and the trail has one entry for each report", async () => {
    const pullRequest = { number: 500, title: "Same commit", headSha: HEAD, createdAt: NOW };
    const other = { id: "rep-500", accountId: accountId(4799), login: "other-example", pullRequest };
    await tenant().saveReport(report(other));
    for (const person of [MAINTAINER, OWNER]) {
      const browser = await site.signedIn(person);
      const csrf = Client.csrfOf(await browser.get("/"));
      expect((await browser.post(`${ORG}/reports/rep-500/reviewed`, { csrf })).statusCode).toBe(303);
    }
    expect((await tenant().report("rep-500"))?.reviewed).toMatchObject({ byAccountId: MAINTAINER });
    const entries = (await trail()).filter(({ act }) => act === "report.reviewed");
    expect(entries.map(({ actorId, target }) => [actorId, target]).toSorted()).toEqual([
      [MAINTAINER, report().id],
      [MAINTAINER, "rep-500"],
    ]);
  });

  test("whose evidence is over its time: has a name on the front page, and says what is gone", async () => {
    const pullRequest = { number: 412, title: "", headSha: HEAD, createdAt: NOW };
    await tenant().saveReport(report({ pullRequest, evidenceErased: true }));
    const maintainer = await site.signedIn(MAINTAINER);
    expect((await maintainer.get("/")).body).toMatch(/<a class="title"[^>]*><bdi>#412<\/bdi>/);
    const { body } = await maintainer.get(`/r/${door().ref}`);
    expect(body).toContain("The evidence was kept for its time and is deleted");
    expect(body).toMatch(/<h1>[^<]*<bdi>#412/);
  });

  test("about a member without a grant of his own: does not deny what every member has", async () => {
    const { dossier } = report();
    const grants = (member: boolean | null) => ({
      state: "present" as const,
      asOf: NOW,
      value: {
        ...{ grants: [], owner: false, member: member === true },
        ...(member === null && { membersUnread: true as const }),
      },
    });
    const maintainer = await site.signedIn(MAINTAINER);
    const shown = async (member: boolean | null) => {
      const sections = { ...dossier.sections, "access.grants": grants(member) };
      await tenant().saveReport(report({ dossier: { ...dossier, sections } }));
      return (await maintainer.get(`/r/${door().ref}`)).body;
    };
    expect(await shown(false)).toContain("no write access here or elsewhere in the organisation");
    expect(await shown(true)).toContain("no write access here or elsewhere beyond what every member has");
    expect(await shown(null)).toContain("no write access given to itself; whether it belongs");
  });

  test("of an earlier head: says so and leads to the newest", async () => {
    const pullRequest = { number: 412, title: "Fix typo in setup guide", headSha: "c".repeat(40), createdAt: NOW };
    await tenant().saveReport(report({ id: "rep-412-b", pullRequest, createdAt: NOW }));
    const { body } = await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`);
    expect(body).toContain(`This is an earlier look. <a href="${ORG}/reports/rep-412-b">`);
    const newest = await (await site.signedIn(MAINTAINER)).get(`${ORG}/reports/rep-412-b`);
    expect(newest.body).toContain("Read 2 times.");
    expect(newest.body).toContain("Nothing new since the look before.");
  });
});

describe("report: who looked", () => {
  test("marked reviewed: is recorded with the person and shown, and leads back to the door", async () => {
    const maintainer = await site.signedIn(MAINTAINER);
    const address = `/r/${door().ref}`;
    const csrf = Client.csrfOf(await maintainer.get(address));
    const done = await maintainer.post(`${ORG}/reports/${report().id}/reviewed`, { csrf, back: address });
    expect([done.statusCode, done.headers.location]).toEqual([303, address]);
    expect((await maintainer.get(address)).body).toContain("Reviewed by <bdi>maintainer-example</bdi>");
    expect(await trail()).toContainEqual({
      act: "report.reviewed",
      actorId: MAINTAINER,
      target: report().id,
      reason: null,
    });
  });

  test.each(["//evil.example", "https://evil.example", "/login", ""])(
    "marked reviewed: never leads to '%s'",
    async (back) => {
      const maintainer = await site.signedIn(MAINTAINER);
      const csrf = Client.csrfOf(await maintainer.get(`/r/${door().ref}`));
      const done = await maintainer.post(`${ORG}/reports/${report().id}/reviewed`, { csrf, back });
      expect(done.headers.location).toBe(`${ORG}/reports/${report().id}`);
    },
  );

  test("views: are in the trail, refusals are not", async () => {
    const before = (await trail()).length;
    await (await site.signedIn(MAINTAINER)).get(`/r/${door().ref}`);
    await (await site.signedIn(AUTHOR)).get(`/r/${door().ref}`);
    const entries = await trail();
    expect(entries.length).toBe(before + 1);
    expect(entries[0]).toEqual({ act: "report.viewed", actorId: MAINTAINER, target: report().id, reason: null });
  });

  test("the 31st different report within an hour: is refused, one seen before is not", async () => {
    const owner = await site.signedIn(OWNER);
    site.clock.set("2026-11-23T16:00:00.000Z");
    await owner.signIn(OWNER);
    for (let number = 1; number <= 31; number += 1) {
      const pullRequest = { number, title: `Change ${number}`, headSha: HEAD, createdAt: NOW };
      await tenant().saveReport(report({ id: `rep-many-${number}`, pullRequest }));
      const { statusCode } = await owner.get(`${ORG}/reports/rep-many-${number}`);
      expect([number, statusCode]).toEqual([number, number <= 30 ? 200 : 429]);
    }
    expect((await owner.get(`${ORG}/reports/rep-many-1`)).statusCode).toBe(200);
  });
});

describe("flags", () => {
  const action = `${ORG}/flags/${flag().id}/acknowledge`;

  test("acknowledged with a reason: is closed, recorded and shown with it", async () => {
    const owner = await site.signedIn(OWNER);
    const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
    const reason = "Contractor until March, asked by the relayer team.";
    const form = { csrf, reason, outcome: "keep", until: "2027-03-31" };
    expect((await owner.post(action, form)).statusCode).toBe(303);
    const until = "2027-04-01T00:00:00.000Z";
    expect((await tenant().flag(flag().id))?.state).toMatchObject({
      ...{ kind: "acknowledged", byAccountId: OWNER },
      reason,
      outcome: "keep",
      until,
    });
    expect(await trail()).toContainEqual({ act: "flag.acknowledged", actorId: OWNER, target: flag().id, reason });
    const page = await owner.get(`${ORG}/flags`);
    expect(page.body).toContain(reason);
    expect(page.body).toContain("No grant waits for a decision.");
    expect(page.body).toContain("kept until 2027-03-31, by");
  });

  test.each([
    ["no choice", { outcome: "" }, "Choose what was decided"],
    ["a choice that does not exist", { outcome: "forget" }, "Choose what was decided"],
    ["no day", { outcome: "keep" }, "Give a day within the next year"],
    ["a day that is over", { outcome: "keep", until: "2026-11-22" }, "Give a day within the next year"],
    ["a day beyond a year", { outcome: "keep", until: "2028-01-01" }, "Give a day within the next year"],
    ["a day that is none", { outcome: "keep", until: "2027-02-31" }, "Give a day within the next year"],
    ["a month that is none", { outcome: "keep", until: "2027-13-01" }, "Give a day within the next year"],
  ])("decided with %s: stays open, and what was written stays there", async (_, given, said) => {
    const owner = await site.signedIn(OWNER);
    const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
    const reason = "Contractor until March.";
    const response = await owner.post(action, { csrf, reason, ...given });
    expect(response.statusCode).toBe(422);
    expect(response.body).toContain(said);
    expect(response.body).toContain(reason);
    expect((await tenant().flag(flag().id))?.state.kind).toBe("open");
  });

  test("lowered or removed: no day is asked for", async () => {
    const owner = await site.signedIn(OWNER);
    const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
    expect((await owner.post(action, { csrf, reason: "He has left us.", outcome: "removed" })).statusCode).toBe(303);
    const page = (await owner.get(`${ORG}/flags`)).body;
    expect(page).toContain("access removed, by");
  });

  test.each(["", "   ", "ok", "x".repeat(2_001)])(
    "acknowledged with a reason that says nothing or too much: stays open",
    async (reason) => {
      const owner = await site.signedIn(OWNER);
      const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
      const response = await owner.post(action, { csrf, reason });
      expect(response.statusCode).toBe(422);
      expect(response.body).toContain("Write between 8 and 2,000 characters");
      expect((await tenant().flag(flag().id))?.state.kind).toBe("open");
    },
  );

  test("about the reader himself: are neither shown nor his to acknowledge", async () => {
    await tenant().raiseFlag(
      flag({ id: "flag-own", accountId: OWNER, login: "owner-example", repositoryName: "secret-place" }),
    );
    const owner = await site.signedIn(OWNER);
    const page = await owner.get(`${ORG}/flags`);
    expect(page.body).not.toContain("secret-place");
    expect((await owner.get(`${ORG}/audit`)).body).not.toContain("secret-place");
    const form = { csrf: Client.csrfOf(page), reason: "It is only me, nothing to see." };
    expect((await owner.post(`${ORG}/flags/flag-own/acknowledge`, form)).statusCode).toBe(404);
    expect((await tenant().flag("flag-own"))?.state.kind).toBe("open");
  });

  test("of a maintainer who is no owner: cannot be acknowledged by him", async () => {
    const maintainer = await site.signedIn(MAINTAINER);
    const csrf = Client.csrfOf(await maintainer.get("/"));
    expect((await maintainer.post(action, { csrf, reason: "I know this account well." })).statusCode).toBe(404);
    expect((await tenant().flag(flag().id))?.state.kind).toBe("open");
  });
});

test("flags: an open one has the commands that answer it, by the paths of the newest audit", async () => {
  const owner = await site.signedIn(OWNER);
  const { body } = await owner.get(`${ORG}/flags`);
  expect(body).toMatch(/gh api -X DELETE repos\/[\w-]+\/wallet\/collaborators\/sleeper-example/);
  expect(body).toContain("Nothing here is ever run by Sallyport");
  const csrf = Client.csrfOf(await owner.get(`${ORG}/flags`));
  const decided = { reason: "talked to her", csrf, outcome: "keep", until: plusDays(NOW, 30).slice(0, 10) };
  expect((await owner.post(`${ORG}/flags/${flag().id}/acknowledge`, decided)).statusCode).toBe(303);
  expect((await owner.get(`${ORG}/flags`)).body).not.toContain("gh api");
});

test("overview: what somebody has closed is left out unless all are asked for", async () => {
  const by = { accountId: OWNER, login: "owner-example", at: NOW };
  await tenant().markAccessReviewed(collaboratorReport().id, by);
  const owner = await site.signedIn(OWNER);
  const waiting = (await owner.get(ORG)).body;
  expect(waiting).toContain("1 report that nobody has closed");
  expect(waiting).not.toContain("sleeper-example");
  const all = (await owner.get(`${ORG}?show=all&about=access`)).body;
  expect(all).toContain("Access of sleeper-example");
  expect(all).toContain('<option value="access" selected>');
  expect((await owner.get(`${ORG}?q=nobody-knows`)).body).toContain("No report fits.");
});

test("overview: an owner reads how many accounts with write are still to be looked at", async () => {
  const owner = await site.signedIn(OWNER);
  expect((await owner.get(ORG)).body).not.toContain("still to be looked at");
  const jobs = [1, 2].map((id) => ({
    ...({ kind: "assess-holder", installationId: INSTALLATION, accountId: accountId(id) } as const),
  }));
  await site.store.queue.enqueue(jobs);
  for (const page of [ORG, "/"])
    expect((await owner.get(page)).body).toContain("2 accounts with write still to be looked at");
});

describe("audit", () => {
  test("says what waits, what changed, what stands open and what nobody looked at", async () => {
    const { body } = await (await site.signedIn(OWNER)).get(`${ORG}/audit`);
    expect(body).toContain("Needs a decision");
    expect(body).toContain("Changed since 2026-11-16");
    expect(body).toContain("second-owner-example");
    expect(body).toContain("write or more granted directly to an outside account");
    expect(body).toContain("opens with Administration: read");
    expect(body).toContain("dormant write");
  });

  test("exports: are the same audit as JSON and CSV, as files", async () => {
    const owner = await site.signedIn(OWNER);
    const json = await owner.get(`${ORG}/audit.json`);
    expect(json.headers["content-disposition"]).toBe('attachment; filename="access-audit-2026-11-23.json"');
    expect(accessAuditSchema.parse(json.json()).summary.accountsWithWrite).toBe(5);
    const csv = await owner.get(`${ORG}/audit.csv`);
    expect(csv.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(csv.body).toContain("4712,sleeper-example");
  });

  test("an earlier one: opened from the list, as it was then, with its own exports and accounts", async () => {
    const owner = await site.signedIn(OWNER);
    const { body } = await owner.get(`${ORG}/audit`);
    expect(body).toContain(`<a href="${ORG}/audit?of=audit-46">2026-11-16</a>`);
    expect(body).toContain("<strong>2026-11-23</strong>");
    const past = (await owner.get(`${ORG}/audit?of=audit-46`)).body;
    expect(past).toContain("This is an earlier audit, as it was then.");
    expect(past).toContain("Waited for a decision then");
    expect(past).not.toContain("/acknowledge");
    expect(past).toContain(`${ORG}/audit/accounts?of=audit-46`);
    const json = await owner.get(`${ORG}/audit.json?of=audit-46`);
    expect(json.headers["content-disposition"]).toContain("2026-11-16");
    const accounts = (await owner.get(`${ORG}/audit/accounts?of=audit-46`)).body;
    expect(accounts).toContain("maintainer-example");
    expect(accounts).toContain('<input type="hidden" name="of" value="audit-46" />');
    for (const id of ["audit-1", "a b", ""])
      expect((await owner.get(`${ORG}/audit?of=${encodeURIComponent(id)}`)).statusCode).toBe(404);
    expect((await (await site.signedIn(901)).get("/orgs/22/audit?of=audit-46")).statusCode).toBe(404);
  });

  test("figures and changes are counted from the same earlier audit, or neither is", async () => {
    const owner = await site.signedIn(OWNER);
    const first = { ...storedAudit(), id: "audit-again", takenAt: NOW };
    await tenant().saveAudit({ ...first, report: { ...first.report, takenAt: NOW, changes: null } });
    const { body } = await owner.get(`${ORG}/audit`);
    expect(body).toContain("the audit before is less than a day older");
    expect(body).not.toContain("This is the first audit");
    expect(body).not.toContain('class="delta"');
  });
});

test("audit: of an organisation whose report is read without its accounts the commands are the same", async () => {
  const { snapshot } = storedAudit();
  const many = Array.from({ length: 120 }, (_, at) => ({
    id: String(9_000 + at),
    login: `person-${at}`,
    kind: "user" as const,
  }));
  const large = {
    ...snapshot,
    takenAt: NOW,
    accounts: [...snapshot.accounts, ...keyed<typeof snapshot.accounts>(many)],
  };
  const members = [...large.members, ...large.accounts.slice(-120).map(({ id }) => id)];
  const about = { previous: null, flags: [], lastActs: null, dormantAfterDays: 180 };
  const report = auditReport({ ...large, members }, about);
  expect(report.accounts.length).toBeGreaterThan(100);
  await tenant().saveAudit({ id: "audit-large", takenAt: NOW, snapshot: { ...large, members }, report });
  const owner = await site.signedIn(OWNER);
  const command = "gh api -X DELETE repos/octo-org/wallet/collaborators/sleeper-example";
  const lines = (await owner.get(`${ORG}/audit`)).body;
  expect(lines.split(command).length).toBeGreaterThan(2);
  expect((await owner.get(`${ORG}/audit/lines/acc-direct-outside-grant.4712.101`)).body).toContain(command);
});

describe("list of accounts", () => {
  test("searches, filters, sorts and pages by its address", async () => {
    const owner = await site.signedIn(OWNER);
    const logins = async (query: string) =>
      [...(await owner.get(`${ORG}/audit/accounts${query}`)).body.matchAll(/<summary><bdi>([^<]+)</g)].map(
        ([, login]) => login,
      );
    expect(await logins("?standing=outside")).toEqual(["partner-example", "sleeper-example"]);
    expect(await logins("?q=MAINT")).toEqual(["maintainer-example"]);
    expect(await logins("?sort=login&role=admin")).toEqual([
      "owner-example",
      "partner-example",
      "second-owner-example",
    ]);
    expect(await logins("?sort=login&role=admin&after=4713")).toEqual(["second-owner-example"]);
    expect(await logins("?repository=RELAYER&role=write&via=outside")).toEqual(["sleeper-example"]);
    expect(await logins("?repository=relay")).toEqual([]);
    expect(await logins("?via=team&sort=login&role=read")).toEqual(["maintainer-example", "reader-example"]);
    const page = (await owner.get(`${ORG}/audit/accounts?repository=relayer&via=owner`)).body;
    expect(page).toContain('<th scope="col">Role on relayer</th>');
    expect(page).toContain('<option value="owner" selected>As an owner of the organisation</option>');
    expect(await logins("?role=nonsense&standing=__proto__&sort=&after=1")).toHaveLength(5);
  });

  test("owners write to everything, also where rows of ownership are too many to list", async () => {
    const stored = storedAudit();
    const accounts = stored.report.accounts.map((account) => ({
      ...account,
      effective: account.standing === "owner" ? [] : account.effective,
    }));
    await tenant().saveAudit({ ...stored, id: "audit-many", takenAt: NOW, report: { ...stored.report, accounts } });
    const { body } = await (await site.signedIn(OWNER)).get(`${ORG}/audit/accounts?q=second-owner`);
    expect(body).toMatch(/<td class="number">5<\/td>/);
  });

  test("while the next one is read: how far it is and when it goes on, not beside an earlier one", async () => {
    const owner = await site.signedIn(OWNER);
    const said = async (query = "") =>
      /is being read.*?<\/p>/s.exec((await owner.get(`${ORG}/audit${query}`)).body)?.[0].replace(/\s+/g, " ");
    expect(await said()).toBeUndefined();
    const { id } = await tenant().beginReading({ id: "audit-next", startedAt: NOW }, plusDays(NOW, -1));
    expect(await said()).toContain(`is being read since ${exact(NOW)}. Whatever stops it`);
    const page = { question: "a", answer: "1", repositories: 400, ofRepositories: 1_000 };
    await tenant().keepAnswer(id, page);
    expect(await said()).toContain(": read 400 of 1,000 repositories. Whatever stops it, it goes on from there");
    const until = plusDays(NOW, 1 / 24);
    await tenant().pauseReading(id, until);
    expect(await said()).toContain(`pull requests come first: it goes on at ${exact(until)}.`);
    const [newest] = await tenant().auditHeads(1);
    expect(await said(`?of=${newest?.id}`)).toBeUndefined();
    await tenant().endReading();
    expect(await said()).toBeUndefined();
  });

  test("before the first one: says when it comes", async () => {
    const neighbour = await site.signedIn(901);
    const page = await neighbour.get("/orgs/22/audit");
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("None has been taken yet");
    expect(page.body).not.toContain("is being read");
    expect((await neighbour.get("/orgs/22/audit.csv")).statusCode).toBe(404);
  });
});

describe("trail", () => {
  const REASON = "Talked to her, contract until June";
  const decided = (target: string) =>
    tenant().addToTrail({ at: NOW, actorId: MAINTAINER, act: "flag.acknowledged", target, reason: REASON });

  test("an owner: reads what was decided about others, and nothing of what was decided about himself", async () => {
    await tenant().raiseFlag(flag({ id: "flag-own", accountId: OWNER }));
    await tenant().saveReport(report({ id: "rep-own", accountId: OWNER }));
    await decided("flag-own");
    await tenant().addToTrail({ at: NOW, actorId: MAINTAINER, act: "report.viewed", target: "rep-own", reason: null });
    const owner = await site.signedIn(OWNER);
    const { body } = await owner.get(`${ORG}/trail`);
    expect(body).not.toContain(REASON);
    expect(body).not.toContain("rep-own");
    expect(body).not.toContain("<td>Acknowledged a flag");
    await decided(flag().id);
    expect((await owner.get(`${ORG}/trail`)).body).toContain(REASON);
  });

  test("what an entry is about is gone: no reason, which could be about the reader, and no link to nothing", async () => {
    await decided("flag-gone");
    await tenant().addToTrail({ at: NOW, actorId: MAINTAINER, act: "report.viewed", target: "rep-gone", reason: null });
    const { body } = await (await site.signedIn(OWNER)).get(`${ORG}/trail`);
    expect(body).toContain("<td>Acknowledged a flag");
    expect(body).not.toContain(REASON);
    expect(body).not.toContain("rep-gone");
  });
});

describe("settings", () => {
  test("publication: changes when an owner says so, and is recorded once", async () => {
    const owner = await site.signedIn(OWNER);
    const csrf = Client.csrfOf(await owner.get(`${ORG}/settings`));
    for (const _twice of [1, 2]) await owner.post(`${ORG}/settings/publication`, { csrf, publication: "live" });
    expect((await tenant().installation())?.publication).toBe("live");
    expect((await trail()).filter(({ act }) => act === "publication.changed")).toHaveLength(1);
    await owner.post(`${ORG}/settings/publication`, { csrf, publication: "shadow" });
    expect((await tenant().installation())?.publication).toBe("shadow");
  });
});

describe("settings of repositories", () => {
  test("what is wrong with a repository's file, and what of it is ignored, stands there by its place", async () => {
    const read = { sourceSha: "c", fetchedAt: NOW, problems: [] };
    const problem = { where: "octo-org/relayer/.github/sallyport.yml:3", what: "no such key", mend: "take it out" };
    await tenant().savePolicy(null, { ...read, file: { mode: "live" }, source: "octo-org/.github/sallyport.yml" });
    const loose = { file: { mode: "shadow" as const }, source: "octo-org/wallet/.github/sallyport.yml" };
    await tenant().savePolicy(repositoryId(101), { ...read, ...loose });
    const broken = { file: {}, source: "octo-org/relayer/.github/sallyport.yml", problems: [problem] };
    await tenant().savePolicy(repositoryId(102), { ...read, ...broken });
    await tenant().savePolicy(repositoryId(103), { ...read, file: {}, source: null });
    const { body } = await (await site.signedIn(OWNER)).get(`${ORG}/settings`);
    expect(body).toContain("octo-org/wallet/.github/sallyport.yml");
    expect(body).toContain("the organisation decides whether anything is published");
    expect(body).toContain("no such key");
  });
});

describe("policy in force", () => {
  const read = { sourceSha: "c", fetchedAt: NOW, problems: [] };
  const organization = {
    ...read,
    file: { access: { dormant_after_days: 90 } },
    lines: { "access.dormant_after_days": 4 },
    source: "octo-org/.github/.github/sallyport.yml",
  };
  const wallet = {
    ...read,
    file: { access: { dormant_after_days: 400 }, triage: { deep_scan: "always" as const } },
    lines: { "access.dormant_after_days": 2, "triage.deep_scan": 7 },
    source: "octo-org/wallet/.github/sallyport.yml",
  };

  test("each value stands beside the file and line it comes from, and what is ignored beside why", async () => {
    await tenant().savePolicy(null, organization);
    await tenant().savePolicy(repositoryId(101), wallet);
    const owner = await site.signedIn(OWNER);
    expect((await owner.get(`${ORG}/settings`)).body).toContain(`href="${ORG}/policy"`);
    const whole = (await owner.get(`${ORG}/policy`)).body;
    expect(whole).toContain("https://github.com/octo-org/.github/blob/HEAD/.github/sallyport.yml#L4");
    expect(whole).toContain("an owner’s switch");
    expect(whole).toContain(`${ORG}/policy/101`);
    expect(whole).not.toContain("ignored");
    const own = (await owner.get(`${ORG}/policy/101`)).body.replace(/\s+/g, " ");
    expect(own).toContain("https://github.com/octo-org/wallet/blob/HEAD/.github/sallyport.yml#L7");
    expect(own).toMatch(
      /Asked for: <code>400<\/code> in .*wallet\/\.github\/sallyport\.yml:2.* a repository may only lower it/,
    );
    expect((await owner.get(`${ORG}/policy/102`)).statusCode).toBe(404);
    expect((await owner.get(`${ORG}/policy/x`)).statusCode).toBe(404);
  });

  test("of a file that is wrong now it says whose lines are shown", async () => {
    const problems = [{ where: `${organization.source}:3`, what: "no such key", mend: "take it out" }];
    await tenant().savePolicy(null, { ...organization, problems });
    const { body } = await (await site.signedIn(OWNER)).get(`${ORG}/policy`);
    expect(body).toContain("the last good one stays in force");
  });
});

describe("privacy", () => {
  test("says the longest times a policy may set, and what is kept beyond reports", async () => {
    const { body } = await site.client().get("/privacy");
    for (const said of [/at most 365\s+days/, /at most\s+730/, /182\s+days/, "Decisions about write access", "trail"])
      expect(body).toMatch(said);
    expect(body).not.toContain("shorter time");
    expect(body).not.toContain("only totals without accounts remain");
  });
});

describe("front page", () => {
  test("shows maintainers the repositories they work on and owners their organisation, never a band", async () => {
    const maintainer = await (await site.signedIn(MAINTAINER)).get("/");
    expect(maintainer.body).toContain("Fix typo in setup guide");
    expect(maintainer.body).not.toContain(`${ORG}/audit`);
    const owner = await (await site.signedIn(OWNER)).get("/");
    expect(owner.body).toContain("1 grant to decide on");
    for (const { body } of [maintainer, owner]) expect(body).not.toMatch(/worth knowing|please look|other-org/);
  });

  test("a stranger: costs few requests, and none again for ten minutes", async () => {
    for (let repository = 201; repository <= 230; repository += 1) {
      const name = `repo-${repository}`;
      site.github.repositories.set(`octo-org/${name}`, repositoryId(repository));
      const place = { id: `rep-${repository}`, repositoryId: repositoryId(repository), repositoryName: name };
      await tenant().saveReport(report({ ...place, createdAt: "2026-11-23T14:01:30.000Z" }));
    }
    const visits = async (person: number, at: string): Promise<number> => {
      site.clock.set(at);
      const browser = await site.signedIn(person);
      const before = site.github.requestCount;
      expect((await browser.get("/")).body).toContain("Nothing here yet");
      return site.github.requestCount - before;
    };
    const first = await visits(STRANGER, "2026-11-23T17:00:00.000Z");
    // His login once, two organisations he might own, five repositories: which it is, and his role there.
    expect(first).toBeLessThanOrEqual(1 + 2 + 5 * 2);
    expect(await visits(STRANGER, "2026-11-23T17:09:00.000Z")).toBe(0);
    expect(await visits(STRANGER, "2026-11-23T17:11:00.000Z")).toBeGreaterThan(0);
  });

  test("while GitHub cannot be asked: says so, and does not say that there is nothing", async () => {
    site.clock.set("2026-11-23T19:00:00.000Z");
    const maintainer = await site.signedIn(MAINTAINER);
    site.github.failure = "down";
    const { body } = await maintainer.get("/");
    site.github.failure = null;
    expect(body).toContain("GitHub could not be asked");
    expect(body).not.toContain("Nothing here yet");
    expect((await maintainer.get("/")).body).toContain("Fix typo in setup guide");
  });

  test("shows a pull request that was closed as closed, not as work", async () => {
    await tenant().saveReport(
      report({ id: "rep-closed", decision: { ...report().decision, actions: ["private_note"] } }),
    );
    const maintainer = await site.signedIn(MAINTAINER);
    expect((await maintainer.get("/")).body).toContain("to look at");
    await tenant().closePullRequest(report().repositoryId, 412, NOW);
    const { body } = await maintainer.get("/");
    expect(body).toContain(">closed<");
    expect(body.match(/to look at/g) ?? []).toHaveLength((body.match(/Access of/g) ?? []).length);
  });

  test("leaves out what is about the reader", async () => {
    const author = await (await site.signedIn(AUTHOR)).get("/");
    expect(author.body).not.toContain("Fix typo in setup guide");
    expect(author.body).toContain(`Access of ${collaboratorReport().login}`);
  });
});
