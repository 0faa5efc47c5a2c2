import { auditReport } from "../../../../src/access/report.ts";
import { auditHtml } from "../../../../src/web/pages/audit/html-export.ts";
import { grant, octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";
import { PAYLOADS } from "../../support/payloads.ts";

const ABOUT = { previous: null, flags: [], lastActs: null, dormantAfterDays: 180, earlier: null, recertifyMonths: 6 };
const file = (change: Parameters<typeof octoOrg>[0] = {}): string =>
  [...auditHtml(auditReport(octoOrg(change), ABOUT))].join("");
const words = (text: string): string =>
  text
    .replace(/<style>.*<\/style>/s, "")
    .replace(/<[^>]+>/g, " ")
    .replace(/\s+/g, " ");

test("HTML export: one file that runs nothing, loads nothing and leads nowhere", () => {
  const text = file();
  expect(text.startsWith("<!doctype html>\n<html")).toBe(true);
  expect(text.trimEnd().endsWith("</main></body></html>")).toBe(true);
  expect(text).toContain(`content="default-src 'none'; style-src 'unsafe-inline'"`);
  expect(text).not.toMatch(/<script|<link|<img|<form|<a |url\(|@import|\bon[a-z]+=/i);
  expect([...text.matchAll(/<(section|table|tbody|div|dl|details)\b/g)]).toHaveLength(
    [...text.matchAll(/<\/(section|table|tbody|div|dl|details)>/g)].length,
  );
});

test("HTML export: every line, everybody who writes, and what nobody looked at", () => {
  const said = words(
    file({ notChecked: [{ what: "deploy keys", because: "the App may not read them", opensWith: null }] }),
  );
  expect(said).toContain("Access audit week 47");
  expect(said).toContain("otis-outside relayer maintain medium 2026-11-20 open");
  expect(said).toContain("Due for a look 2");
  expect(said).toMatch(/olive-owner owner admin 2 admin everywhere \(owner\)/);
  expect(said).toMatch(/otis-outside outside maintain 1 maintain on relayer \(outside\)/);
  expect(said).toContain("deploy keys the App may not read them");
});

test("HTML export: a hundred lines are all there, whatever the page would fold", () => {
  const ids = Array.from({ length: 100 }, (_, at) => String(100 + at));
  const repositories = ids.map((id) => ({ id, name: `r-${id}`, visibility: "private" as const, archived: false }));
  const text = file({ repositories, grants: ids.map((id) => grant("4", id, "write", "outside")) });
  expect(text.match(/otis-outside<\/bdi><\/td><td>r-\d+/g)).toHaveLength(100);
  expect(words(text)).toContain("and 80 more");
});

test.each(PAYLOADS.filter((payload) => payload.length < 200))("HTML export: %j stays text", (payload) => {
  const accounts = octoOrg().accounts.map((one) => ({ ...one, login: payload }));
  const repositories = octoOrg().repositories.map((one) => ({ ...one, name: payload }));
  const organization = { login: payload, basePermission: "none" } as const;
  const tags = (text: string) => text.match(/<[a-z!/][^\s>]*/gi);
  expect(tags(file({ accounts, repositories, organization }))).toEqual(tags(file()));
});
