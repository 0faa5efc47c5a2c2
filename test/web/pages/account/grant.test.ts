import { accountId, repositoryId } from "../../../../src/ids.ts";
import { afterEach, beforeEach, expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { MAINTAINER, OWNER, openTestSite, type TestSite } from "../../support/desk.ts";
import { INSTALLATION, NOW } from "../../support/reports.ts";

let site: TestSite;
beforeEach(async () => {
  site = await openTestSite();
});
afterEach(() => site.close());

const ACCOUNT = accountId(4712);
const PAIR = { account: ACCOUNT, repository: repositoryId(101) };
const BASE = `/orgs/${INSTALLATION}/accounts/${ACCOUNT}`;
const GRANT = `${BASE}/grants/101`;
const REASON = "Keeps the mirror until the move is over.";
const NOTE = { reason: REASON, until: "2027-03-31" };

const tenant = () => site.store.tenant(INSTALLATION);
const words = (body: string): string => body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

async function write(form: Readonly<Record<string, string>>, { who = OWNER as number, path = GRANT } = {}) {
  const browser = await site.signedIn(who);
  const csrf = Client.csrfOf(await browser.get("/"));
  return { browser, answer: await browser.post(path, { csrf, ...form }) };
}

test("a grant: who gave it, why it stands and until when are on the page of its account and of its repository", async () => {
  const by = { accountId: OWNER, login: "owner-example" };
  await tenant().recordGrant(PAIR, { by, at: NOW, role: "write" });
  const { browser, answer } = await write(NOTE);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${BASE}#holds`]);
  expect(await tenant().grantRecords()).toMatchObject([
    { ...PAIR, given: { by, role: "write" }, noted: { reason: REASON, until: "2027-04-01T00:00:00.000Z", by } },
  ]);
  expect(await tenant().trail(3)).toContainEqual(
    expect.objectContaining({ act: "grant.noted", actorId: OWNER, target: `account:${ACCOUNT}`, reason: REASON }),
  );
  const account = words((await browser.get(BASE)).body);
  expect(account).toMatch(/write on wallet outside write by owner-example .* Keeps the mirror .* until 2027-03-31/);
  const repository = words((await browser.get(`/orgs/${INSTALLATION}/repositories/101`)).body);
  expect(repository).toMatch(/sleeper-example outside write outside Keeps the mirror .* until 2027-03-31/);
  site.clock.set("2027-04-01T00:00:00.000Z");
  expect(words((await (await site.signedIn(OWNER)).get(GRANT)).body)).toContain("2027-03-31, which is over");
});

test("a grant without a day has no end", async () => {
  expect((await write({ ...NOTE, until: "" })).answer.statusCode).toBe(303);
  expect(await tenant().grantRecords()).toMatchObject([{ given: null, noted: { until: null } }]);
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["no reason", { reason: "ok" }, "Write between 8 and 2,000 characters"],
  ["a day that is over", { until: "2026-11-20" }, "Give a day within the next year, or none"],
  ["a day that is none", { until: "soon" }, "Give a day within the next year, or none"],
])("nothing is written with %s, and what was typed stays there", async (_, wrong, said) => {
  const { answer } = await write({ ...NOTE, ...wrong });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain(said);
  expect(answer.body).toContain(wrong.reason ?? REASON);
  expect(await tenant().grantRecords()).toEqual([]);
});

test("nobody else writes: not a maintainer, not whom it is about, and of no grant that is not there", async () => {
  const others = [
    { who: MAINTAINER },
    { path: `${BASE}/grants/105` },
    { path: `${BASE}/grants/x` },
    { path: `/orgs/${INSTALLATION}/accounts/${OWNER}/grants/101` },
    { path: GRANT.replace(String(INSTALLATION), "22") },
  ];
  for (const by of others) expect((await write(NOTE, by)).answer.statusCode).toBe(404);
  site.github.person(ACCOUNT, "sleeper-example");
  site.github.owners.add("sleeper-example octo-org");
  expect((await write(NOTE, { who: ACCOUNT })).answer.statusCode).toBe(404);
  expect(await tenant().grantRecords()).toEqual([]);
});
