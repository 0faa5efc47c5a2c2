import { plusDays } from "../../../src/clock.ts";
import { accountId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { Client } from "../support/client.ts";
import { MAINTAINER, OWNER } from "../support/desk.ts";
import { INSTALLATION, NOW } from "../support/reports.ts";
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
const standing = () => tenant().indicatorsOn(ACCOUNT, NOW);
const lookingAgain = () => site().store.queue.waitingOf("look-again", INSTALLATION);
const REASON = "We saw the same on our own repository.";

async function listed(more: object = {}): Promise<number> {
  const entry = {
    ...{ account: ACCOUNT, emailHash: null, login: "sleeper-example", source: "a <team>", origin: "o<script>" },
    ...{ reference: "https://example.com/a?b=1&c=2", isPrimary: true, confidence: 80, tlp: "amber" as const },
    ...{ reason: "asked for <b>keys</b>", at: NOW, until: plusDays(NOW, 90) },
    ...more,
  };
  await tenant().keepIndicators([entry], NOW);
  return (await standing()).at(-1)!.id;
}

async function act(who: number, path: string, form: Readonly<Record<string, string>> = {}) {
  const browser = await site().signedIn(who);
  const csrf = Client.csrfOf(await browser.get(PAGE));
  return { browser, answer: await browser.post(`${PAGE}/listed/${path}`, { csrf, ...form }) };
}

test("lists: an owner reads what a list says, escaped, and who here has looked", async () => {
  await listed();
  await listed({ source: "an open list", isPrimary: false });
  const { body } = await (await site().signedIn(OWNER)).get(PAGE);
  for (const text of ["a &lt;team&gt;", "asked for &lt;b&gt;keys", "o&lt;script&gt;", "TLP amber", "confidence 80"])
    expect(body).toContain(text);
  expect(body).toContain('href="https://example.com/a?b=1&amp;c=2"');
  expect(body.match(/Counts for nothing by itself: others can add to that list/g)).toHaveLength(1);
  expect((await (await site().signedIn(MAINTAINER)).get(PAGE)).statusCode).toBe(404);
});

test("lists: one owner says that it is right, with a reason, and a second one, whom he cannot be, agrees", async () => {
  const id = await listed();
  expect((await act(OWNER, `${id}/confirm`)).answer.statusCode).toBe(404);
  expect((await act(OWNER, `${id}/check`, { reason: "short" })).answer.statusCode).toBe(422);
  const { answer, browser } = await act(OWNER, `${id}/check`, { reason: REASON });
  expect([answer.statusCode, answer.headers.location]).toEqual([303, `${PAGE}#listed`]);
  const { body } = await browser.get(PAGE);
  expect(body).toContain("waits for a second owner");
  expect(body).not.toContain(`${id}/confirm`);
  expect((await act(OWNER, `${id}/confirm`)).answer.statusCode).toBe(404);
  expect((await act(SECOND_OWNER, `${id}/check`, { reason: REASON })).answer.statusCode).toBe(404);
  expect(await lookingAgain()).toBe(0);
  expect((await act(SECOND_OWNER, `${id}/confirm`)).answer.statusCode).toBe(303);
  expect(await standing()).toMatchObject([
    { checked: { byAccountId: OWNER, reason: REASON }, confirmedBy: SECOND_OWNER },
  ]);
  expect(await lookingAgain()).toBe(1);
  const acts = (await tenant().trail(9)).map((entry) => [entry.act, entry.actorId, entry.target, entry.reason]);
  expect(acts).toContainEqual(["indicator.checked", OWNER, `account:${ACCOUNT}`, REASON]);
  expect(acts).toContainEqual(["indicator.confirmed", SECOND_OWNER, `account:${ACCOUNT}`, REASON]);
});

test("lists: what is wrong is taken back with a reason, recorded, and the account looked at again", async () => {
  const id = await listed();
  expect((await act(OWNER, `${id}/revoke`, { reason: " " })).answer.statusCode).toBe(422);
  expect((await act(OWNER, `${id}/revoke`, { reason: REASON })).answer.statusCode).toBe(303);
  expect([await standing(), await lookingAgain()]).toEqual([[], 1]);
  expect((await act(OWNER, `${id}/revoke`, { reason: REASON })).answer.statusCode).toBe(404);
  expect((await tenant().trail(9)).map((entry) => [entry.act, entry.reason])).toContainEqual([
    "indicator.revoked",
    REASON,
  ]);
});

test("lists: an entry about another account, and one's own, cannot be decided under an address of this one", async () => {
  const other = accountId(4711);
  await tenant().keepIndicators(
    [
      {
        ...{ account: other, emailHash: null, login: null, source: "a team", origin: null, reference: null },
        ...({
          isPrimary: true,
          confidence: null,
          tlp: "red",
          reason: "why",
          at: NOW,
          until: plusDays(NOW, 9),
        } as const),
      },
    ],
    NOW,
  );
  const [entry] = await tenant().indicatorsOn(other, NOW);
  for (const path of ["check", "revoke"])
    expect((await act(OWNER, `${entry?.id}/${path}`, { reason: REASON })).answer.statusCode).toBe(404);
  expect((await act(OWNER, "x/check", { reason: REASON })).answer.statusCode).toBe(404);
});
