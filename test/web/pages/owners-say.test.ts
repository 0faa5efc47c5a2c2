import { accountId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { storedAudit } from "../support/audits.ts";
import { Client } from "../support/client.ts";
import { MAINTAINER, OWNER } from "../support/desk.ts";
import { collaboratorReport, door, INSTALLATION, NOW, WALLET } from "../support/reports.ts";
import { storySite } from "../support/story.ts";

const ACCOUNT = accountId(4712);
const PAGE = `/orgs/${INSTALLATION}/accounts/${ACCOUNT}`;
const SECOND_OWNER = accountId(804);
const { site } = storySite(({ github }) => {
  github.person(SECOND_OWNER, "second-owner-example");
  github.owners.add("second-owner-example octo-org");
  github.person(ACCOUNT, "sleeper-example");
});

const tenant = () => site().store.tenant(INSTALLATION);
const entries = () => tenant().listEntries(ACCOUNT, NOW);
const lookingAgain = () => site().store.queue.waitingOf("look-again", INSTALLATION);
const KNOWN = { say: "known", reason: "We worked together for years.", until: "2027-03-31", scope: "" };

async function say(who: number, form: Readonly<Record<string, string>>, path = "/list") {
  const browser = await site().signedIn(who);
  const csrf = Client.csrfOf(await browser.get(PAGE));
  return { browser, answer: await browser.post(`${PAGE}${path}`, { csrf, ...form }) };
}

test("an owner says that an account is known: it counts, is shown, recorded, and its access is looked at again", async () => {
  const { browser, answer } = await say(OWNER, { ...KNOWN, scope: String(WALLET) });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${PAGE}#said`]);
  expect(await entries()).toMatchObject([
    {
      ...{ disposition: "vouched", repository: WALLET, until: "2027-04-01T00:00:00.000Z", reason: KNOWN.reason },
      by: { accountId: OWNER, login: "owner-example" },
    },
  ]);
  const { body } = await browser.get(PAGE);
  expect(body).toContain("on wallet, until 2027-03-31");
  expect(body).toContain(KNOWN.reason);
  expect(await tenant().trail(9)).toContainEqual(
    expect.objectContaining({
      act: "account.vouched",
      actorId: OWNER,
      target: `account:${ACCOUNT}`,
      reason: KNOWN.reason,
    }),
  );
  expect(await lookingAgain()).toBe(1);
  const id = (await entries())[0]?.id;
  expect((await say(SECOND_OWNER, {}, `/list/${id}/withdraw`)).answer.statusCode).toBe(303);
  expect(await entries()).toEqual([]);
});

test.each([
  ["a pull request", `/r/${door().ref}`, 4711],
  ["an access", `/orgs/${INSTALLATION}/reports/${collaboratorReport().id}`, ACCOUNT],
])(
  "an owner says on the report of %s that he knows the account, by the same route; nobody else is offered it",
  async (_, page, account) => {
    const list = `/orgs/${INSTALLATION}/accounts/${account}/list`;
    const owner = await site().signedIn(OWNER);
    const opened = await owner.get(page);
    const { body } = opened;
    const form = body.slice(body.indexOf(`action="${list}"`)).split("</form>")[0] ?? "";
    for (const field of ["say", "scope", "until", "reason", "csrf"]) expect(form).toContain(`name="${field}"`);
    expect(words(form)).toContain("everywhere in octo-org on wallet");
    expect(form).not.toContain("checked");
    const answer = await owner.post(list, { csrf: Client.csrfOf(opened), ...KNOWN, scope: String(WALLET) });
    expect([answer.statusCode, await tenant().listEntries(accountId(account), NOW)]).toMatchObject([
      303,
      [{ disposition: "vouched", repository: WALLET, by: { accountId: OWNER } }],
    ]);
    const shown = (await (await site().signedIn(MAINTAINER)).get(page)).body;
    expect(shown).toContain("Who sees this");
    expect(shown).not.toContain("I know this account");
  },
);

test("a warning waits for a second owner, whom its writer cannot be", async () => {
  await say(OWNER, { ...KNOWN, say: "warn" });
  const warning = (await entries())[0]?.id;
  const confirm = `/list/${warning}/confirm`;
  expect(await lookingAgain()).toBe(0);
  const { browser, answer } = await say(OWNER, {}, confirm);
  expect(answer.statusCode).toBe(404);
  const { body } = await browser.get(PAGE);
  expect(body).toContain("a warning that waits for a second owner");
  expect(body).not.toContain(confirm);
  const about = { repository: null, now: NOW };
  expect((await tenant().localList(ACCOUNT, about)).entries).toEqual([]);
  expect((await say(SECOND_OWNER, {}, confirm)).answer.statusCode).toBe(303);
  expect((await tenant().localList(ACCOUNT, about)).entries).toHaveLength(1);
  expect(await lookingAgain()).toBe(1);
});

test.each([
  ["no reason", { reason: " " }],
  ["no day", { until: "" }],
  ["a day that is over", { until: "2026-11-01" }],
  ["a day years away", { until: "2031-01-01" }],
  ["a place that is none", { scope: "wallet" }],
])("nothing is kept with %s", async (_, wrong) => {
  const { answer } = await say(OWNER, { ...KNOWN, ...wrong });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain("Nothing was changed");
  expect(await entries()).toEqual([]);
});

test("nobody else says anything: a maintainer, the account itself, or by an entry of another account", async () => {
  await tenant().addToLocalList(accountId(4713), {
    ...{ disposition: "denounced", reason: "another", by: { accountId: OWNER, login: "o" }, repository: null },
    ...{ at: NOW, until: "2027-03-01T00:00:00.000Z" },
  });
  const other = (await tenant().listEntries(accountId(4713), NOW))[0]?.id;
  for (const path of [`/list/${other}/confirm`, `/list/${other}/withdraw`, "/list/0/withdraw", "/list/x/withdraw"])
    expect((await say(SECOND_OWNER, {}, path)).answer.statusCode).toBe(404);
  const maintainer = await site().signedIn(MAINTAINER);
  const csrf = Client.csrfOf(await maintainer.get("/"));
  expect((await maintainer.post(`${PAGE}/list`, { csrf, ...KNOWN })).statusCode).toBe(404);
  const owner = await site().signedIn(OWNER);
  const own = `/orgs/${INSTALLATION}/accounts/${OWNER}/list`;
  expect((await owner.post(own, { csrf: Client.csrfOf(await owner.get("/")), ...KNOWN })).statusCode).toBe(404);
  expect(await entries()).toEqual([]);
});

const AUDIT = `/orgs/${INSTALLATION}/audit`;
const KEY = "acc-direct-outside-grant.4712.101";
const LINE = `${AUDIT}/lines/${KEY}`;
const SEEN = "write 101   ";
const REASON = "Contractor until March, asked by the relayer team.";
const KEEP = { reason: REASON, outcome: "keep", until: "2027-03-31", seen: SEEN };
const words = (body: string): string => body.replace(/<[^>]+>/g, " ").replace(/\s+/g, " ");

async function decide(form: Readonly<Record<string, string>>, { who = OWNER as number, path = LINE } = {}) {
  const browser = await site().signedIn(who);
  const csrf = Client.csrfOf(await browser.get("/"));
  return { browser, answer: await browser.post(path, { csrf, ...form }) };
}
const openCount = (body: string): number =>
  Number(/id="exposure">Standing exposure <span class="counter">(\d+)/.exec(body)?.[1]);
/** What the page says of standing exposure, the folded list of what was decided apart. */
const exposureOn = async (at: string) => {
  site().clock.set(at);
  const { body } = await (await site().signedIn(OWNER)).get(AUDIT);
  const section = body.slice(body.indexOf('id="exposure"'), body.indexOf('id="invited"'));
  const [open = "", decided = ""] = words(section).split(/\d+ decided/);
  return { open, decided, count: openCount(body) };
};

test("a line of exposure that is kept is folded with who and why, until its day is over; then it stands there again", async () => {
  const before = await exposureOn(NOW);
  expect(before).toMatchObject({
    count: 3,
    open: expect.stringMatching(/sleeper-example wallet write.*sleeper-example relayer write/),
  });
  const { browser, answer } = await decide(KEEP);
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${AUDIT}#exposure`]);
  expect(await tenant().trail(3)).toContainEqual(
    expect.objectContaining({ act: "exposure.decided", actorId: OWNER, target: "account:4712", reason: REASON }),
  );
  expect(await exposureOn(NOW)).toMatchObject({
    count: 2,
    open: expect.not.stringContaining("sleeper-example wallet"),
    decided: expect.stringMatching(
      /sleeper-example write on wallet.*asked by the relayer team.*kept until 2027-03-31, by owner-example/,
    ),
  });
  expect(JSON.parse((await browser.get(`${AUDIT}.json`)).body).exposure).toContainEqual(
    expect.objectContaining({ account: "4712", repository: "101", keptUntil: "2027-04-01T00:00:00.000Z" }),
  );
  expect((await browser.get(LINE)).body).toContain("Decide anew");
  expect(await exposureOn("2027-03-31T23:00:00.000Z")).toMatchObject({ count: 2 });
  expect(await exposureOn("2027-04-01T00:00:00.000Z")).toMatchObject({ count: 3, decided: "" });
});

test("a line whose access was removed or lowered waits for the next audit, and is back when that still sees it", async () => {
  const told = { removed: "access removed, by", lowered: "role lowered, by" };
  for (const outcome of ["removed", "lowered"] as const) {
    await decide({ ...KEEP, outcome });
    expect(await exposureOn(NOW)).toMatchObject({ count: 2, decided: expect.stringContaining(told[outcome]) });
  }
  const { report, snapshot } = storedAudit();
  const takenAt = "2026-11-30T06:00:00.000Z";
  await tenant().saveAudit({
    id: "audit-48",
    takenAt,
    snapshot: { ...snapshot, takenAt },
    report: { ...report, takenAt },
  });
  expect(await exposureOn(takenAt)).toMatchObject({ count: 3, decided: "" });
});

test.each<[string, Readonly<Record<string, string>>, string]>([
  ["no choice", { outcome: "" }, "Choose what was decided"],
  ["no reason", { reason: "ok" }, "Write between 8 and 2,000 characters"],
  ["a day that is over", { until: "2026-11-22" }, "Give a day within the next year"],
  ["another role than the page showed", { seen: "read 101   " }, "look again, then decide"],
])("nothing is decided on a line with %s, and what was written stays there", async (_, wrong, said) => {
  const { answer } = await decide({ ...KEEP, ...wrong });
  expect(answer.statusCode).toBe(422);
  expect(answer.body).toContain(said);
  expect(answer.body).toContain(wrong.reason ?? REASON);
  expect(await tenant().exposureDecisions(NOW)).toEqual([]);
});

test("nobody else decides on a line: not a maintainer, not whom it is about, and no line that is not there", async () => {
  const others = [
    { who: MAINTAINER },
    { path: `${AUDIT}/lines/acc-direct-outside-grant.4712.105` },
    { path: `${AUDIT}/lines/acc-direct-outside-grant.x.101` },
    { path: LINE.replace(String(INSTALLATION), "22") },
  ];
  for (const by of others) expect((await decide(KEEP, by)).answer.statusCode).toBe(404);
  site().github.owners.add("sleeper-example octo-org");
  const own = await decide(KEEP, { who: ACCOUNT });
  site().github.owners.delete("sleeper-example octo-org");
  expect(own.answer.statusCode).toBe(404);
  expect((await own.browser.get(LINE)).statusCode).toBe(404);
  expect(await tenant().exposureDecisions(NOW)).toEqual([]);
});
