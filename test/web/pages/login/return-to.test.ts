import { safeReturnTo } from "../../../../src/web/pages/login/return-to.ts";
import { expect, test } from "../../../support/jest.ts";

test.each([
  "//evil.example",
  "/\\evil.example",
  "\\/evil.example",
  "https:evil.example",
  "https://evil.example/r/x",
  "javascript:alert(1)",
  "%2f%2fevil.example",
  "/%2f%2fevil.example",
  "/%5cevil.example",
  "/.//evil.example",
  "/r/../..//evil.example",
  "/\t/evil.example",
  "/\n/evil.example",
  "/login/start",
  "/logout",
  "/static/sallyport.css",
  "/orgs/11/flags/1/acknowledge",
  "@evil.example",
  "",
  undefined,
  ["/"],
  { toString: () => "/r/x" },
  `/r/${"a".repeat(600)}`,
])("return address: becomes the front page when it is %j", (wanted) => {
  expect(safeReturnTo(wanted)).toBe("/");
});

test.each([
  "/",
  "/r/Zm9vYmFyYmF6cXV4MTIzNA",
  "/r/Zm9v?pr=412",
  "/orgs/11",
  "/orgs/11/audit",
  "/orgs/11/audit/accounts?q=a",
  "/orgs/11/reports/rep-1",
])("return address: stays when it is the page %s", (wanted) => {
  expect(safeReturnTo(wanted)).toBe(wanted);
});
