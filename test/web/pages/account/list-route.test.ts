import { accountId } from "../../../../src/ids.ts";
import { expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { MAINTAINER, OWNER } from "../../support/desk.ts";
import { INSTALLATION, NOW, WALLET } from "../../support/reports.ts";
import { storySite } from "../../support/story.ts";

const ACCOUNT = accountId(4712);
const PAGE = `/orgs/${INSTALLATION}/accounts/${ACCOUNT}`;
const SECOND_OWNER = accountId(804);
const { site } = storySite(({ github }) => {
  github.person(SECOND_OWNER, "second-owner-example");
  github.owners.add("second-owner-example octo-org");
});

const tenant = () => site().store.tenant(INSTALLATION);
const entries = () => tenant().listEntries(ACCOUNT, NOW);
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
  expect(await site().store.queue.waitingOf("assess-holder", INSTALLATION)).toBe(1);
  const id = (await entries())[0]?.id;
  expect((await say(SECOND_OWNER, {}, `/list/${id}/withdraw`)).answer.statusCode).toBe(303);
  expect(await entries()).toEqual([]);
});

test("a warning waits for a second owner, whom its writer cannot be", async () => {
  await say(OWNER, { ...KNOWN, say: "warn" });
  const warning = (await entries())[0]?.id;
  const confirm = `/list/${warning}/confirm`;
  const { browser, answer } = await say(OWNER, {}, confirm);
  expect(answer.statusCode).toBe(404);
  const { body } = await browser.get(PAGE);
  expect(body).toContain("a warning that waits for a second owner");
  expect(body).not.toContain(confirm);
  const about = { repository: null, now: NOW };
  expect((await tenant().localList(ACCOUNT, about)).entries).toEqual([]);
  expect((await say(SECOND_OWNER, {}, confirm)).answer.statusCode).toBe(303);
  expect((await tenant().localList(ACCOUNT, about)).entries).toHaveLength(1);
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
