import { expect, test } from "../../support/jest.ts";
import { Client } from "../support/client.ts";
import { MAINTAINER, OWNER } from "../support/desk.ts";
import { INSTALLATION, report } from "../support/reports.ts";
import { storySite } from "../support/story.ts";

const { site } = storySite();
const tenant = () => site().store.tenant(INSTALLATION);
const PAGE = `/orgs/${INSTALLATION}/reports/${report().id}`;

async function review(form: Readonly<Record<string, string>>) {
  const browser = await site().signedIn(MAINTAINER);
  const opened = await browser.get(PAGE);
  expect(opened.body).toContain('name="verdict"');
  await browser.post(`${PAGE}/reviewed`, { csrf: Client.csrfOf(opened), ...form });
  const [kept] = await tenant().reports([report().id]);
  return { reviewed: kept?.reviewed, body: (await browser.get(PAGE)).body };
}

test("a reviewer says what a report turned out to be, and others read it", async () => {
  const { reviewed, body } = await review({ verdict: "benign" });
  expect(reviewed).toMatchObject({ byAccountId: MAINTAINER, verdict: "benign" });
  expect(body).toContain(": it was so, and innocent");
});

test.each(["", "guilty"])("without an answer, %j, a report is reviewed all the same", async (verdict) => {
  const { reviewed } = await review({ verdict });
  expect(reviewed).toMatchObject({ byAccountId: MAINTAINER });
  expect(reviewed).not.toHaveProperty("verdict");
});

test("who decides about a flag says it of the reports behind it", async () => {
  const flag = (await tenant().flags("open")).find(({ accountId }) => accountId !== OWNER);
  const browser = await site().signedIn(OWNER);
  const opened = await browser.get(`/orgs/${INSTALLATION}/flags`);
  const decision = { outcome: "removed", reason: "nobody knows this account", verdict: "true", until: "" };
  const path = `/orgs/${INSTALLATION}/flags/${flag?.id}/acknowledge`;
  expect((await browser.post(path, { csrf: Client.csrfOf(opened), ...decision })).statusCode).toBe(303);
  const [kept] = await tenant().reports([flag?.reportId ?? ""]);
  expect(kept?.reviewed).toMatchObject({ byAccountId: OWNER, verdict: "true" });
});
