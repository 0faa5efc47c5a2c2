import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { subjectSchema } from "../../../../src/cli/commands/subject/schema.ts";
import { accountId } from "../../../../src/ids.ts";
import { NOT_INCLUDED, STAYS } from "../../../../src/store/postgres/subject/words.ts";
import { afterAll, beforeAll, beforeEach, expect, test } from "../../../support/jest.ts";
import { Client } from "../../support/client.ts";
import { AUTHOR, MAINTAINER, OWNER, openTestSite, type TestSite } from "../../support/desk.ts";
import { collaboratorReport, INSTALLATION, report } from "../../support/reports.ts";

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
});
// What pages may ask of GitHub in a minute is bounded.
beforeEach(() => site.clock.set(new Date(Date.parse(site.clock.now()) + 61_000).toISOString()));
afterAll(() => site.close());

const ORG = `/orgs/${INSTALLATION}`;
const PLACE = `${ORG}/accounts/${AUTHOR}/data`;
const TEXT = "The e-mail in two commits was a colleague's <b>.";
const acts = async () => (await site.store.tenant(INSTALLATION).trail(20)).map(({ act, target }) => `${act} ${target}`);

test("data: an owner downloads all of it as sallyport.subject/1, which the trail records", async () => {
  const browser = await site.signedIn(OWNER);
  expect((await browser.get(`${ORG}/accounts/${AUTHOR}`)).body).toContain(`href="${PLACE}"`);
  const response = await browser.get(`${PLACE}.json`);
  expect(response.headers["content-disposition"]).toBe(`attachment; filename="account-${AUTHOR}.json"`);
  const subject = subjectSchema.parse(JSON.parse(response.body));
  expect(subject.reports.map(({ id }) => id)).toEqual([report().id]);
  expect(await acts()).toContain(`subject.exported account:${AUTHOR}`);
});

test("correction: it stands on every report about the account, for everybody who may read it", async () => {
  const browser = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await browser.get(PLACE));
  const short = await browser.post(`${PLACE}/correction`, { csrf, text: " wrong " });
  expect([short.statusCode, short.body.includes("Nothing was changed")]).toEqual([422, true]);
  expect((await browser.post(`${PLACE}/correction`, { csrf, text: TEXT })).statusCode).toBe(303);
  const shown = "The e-mail in two commits was a colleague&#39;s &lt;b&gt;.";
  const reader = await site.signedIn(MAINTAINER);
  const path = `${ORG}/reports/${report().id}`;
  for (const page of [await reader.get(path), await browser.get(PLACE), await browser.get(`${ORG}/accounts/${AUTHOR}`)])
    expect([page.statusCode, page.body.includes(shown)]).toEqual([200, true]);
  expect((await reader.get(`${ORG}/reports/${collaboratorReport().id}`)).body).not.toContain("two commits");
  expect(await acts()).toContain(`subject.corrected account:${AUTHOR}`);
});

test("correction: nothing is noted on an account that nothing is kept about", async () => {
  const browser = await site.signedIn(OWNER);
  const nobody = `${ORG}/accounts/555/data`;
  const page = await browser.get(nobody);
  expect([page.statusCode, page.body.includes("Nothing is kept under this number")]).toEqual([200, true]);
  const csrf = Client.csrfOf(page);
  expect((await browser.post(`${nobody}/correction`, { csrf, text: TEXT })).statusCode).toBe(404);
  expect(await site.store.tenant(INSTALLATION).corrections(accountId(555))).toEqual([]);
});

test.each(["correction", "erase"])(
  "%s: nobody does it without the right, the token, or GitHub's word",
  async (form) => {
    const fields = { text: TEXT, confirm: String(AUTHOR) };
    const before = await site.store.tenant(INSTALLATION).subject(AUTHOR, site.clock.now());
    for (const account of [MAINTAINER, AUTHOR]) {
      const browser = await site.signedIn(account);
      const csrf = Client.csrfOf(await browser.get("/"));
      expect((await browser.post(`${PLACE}/${form}`, { ...fields, csrf })).statusCode).toBe(404);
    }
    const owner = await site.signedIn(OWNER);
    const csrf = Client.csrfOf(await owner.get(PLACE));
    const own = await owner.post(`${ORG}/accounts/${OWNER}/data/${form}`, { csrf, text: TEXT, confirm: String(OWNER) });
    expect(own.statusCode).toBe(404);
    expect((await owner.post(`${PLACE}/${form}`, fields)).statusCode).toBe(403);
    site.github.failure = "down";
    expect((await owner.post(`${PLACE}/${form}`, { ...fields, csrf })).statusCode).toBe(404);
    site.github.failure = null;
    const after = await site.store.tenant(INSTALLATION).subject(AUTHOR, site.clock.now());
    expect({ ...after, trail: [] }).toEqual({ ...before, trail: [] });
  },
);

test("erase: it says first what it leaves, asks for the number, and is gone from the pages", async () => {
  const browser = await site.signedIn(OWNER);
  const page = await browser.get(PLACE);
  for (const sentence of STAYS) expect(page.body).toContain(sentence.replaceAll("'", "&#39;"));
  const csrf = Client.csrfOf(page);
  const wrong = await browser.post(`${PLACE}/erase`, { csrf, confirm: "4712" });
  expect([wrong.statusCode, wrong.body.includes("That is not its number")]).toEqual([422, true]);
  expect(await site.store.tenant(INSTALLATION).report(report().id)).not.toBeNull();
  const done = await browser.post(`${PLACE}/erase`, { csrf, confirm: ` ${AUTHOR} ` });
  expect([done.statusCode, done.headers.location]).toEqual([303, PLACE]);
  expect(await site.store.tenant(INSTALLATION).report(report().id)).toBeNull();
  expect((await browser.get(PLACE)).body).not.toContain("two commits");
  expect((await browser.get(`${ORG}/trail`)).body).toContain("Erased what is kept about an account");
});

test("privacy.md: says what erasing leaves and what the file lacks, in the same words", () => {
  const words = (text: string) => text.replace(/\s+/g, " ");
  const text = words(readFileSync(resolve(import.meta.dirname, "../../../../docs/privacy.md"), "utf8"));
  const sentences = [...STAYS, ...NOT_INCLUDED.flatMap(({ what, why }) => [what, why])];
  expect(sentences.filter((sentence) => !text.includes(words(sentence)))).toEqual([]);
});
