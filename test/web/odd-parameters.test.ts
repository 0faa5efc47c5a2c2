import { afterAll, beforeAll, describe, expect, test } from "../support/jest.ts";
import { someOf } from "../support/rows.ts";
import { Client } from "./support/client.ts";
import { type Desk, OWNER, openDesk, STRANGER } from "./support/desk.ts";
import { INSTALLATION, report } from "./support/reports.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

/** What can stand where an id is expected, as it is written in an address. */
const ODD = someOf(
  [
    "%00",
    "a%00b",
    "%ff",
    "%C3%28",
    "%ED%A0%80",
    "%",
    "%2",
    "%zz",
    "%2f",
    "..%2f..%2fsettings",
    "%5c",
    "%0d%0aset-cookie:x=1",
    "%E2%80%AE",
    "%EF%BF%BD",
    "__proto__",
    "constructor",
    "0",
    "-1",
    "1e3",
    "0x0b",
    "%2011",
    "+11",
    "11.0",
    "011",
    "9007199254740993",
    "9".repeat(400),
    "a".repeat(64),
    "a".repeat(5_000),
    "11,11",
    "[]",
    "%F0%9F%98%80",
  ],
  8,
);

/** A route's address with one of its parameters replaced and the others as they really are. */
function addresses(url: string): readonly string[] {
  const real: Readonly<Record<string, string>> = { installation: String(INSTALLATION), id: report().id };
  const names = [...url.matchAll(/:(\w+)/g)].map(([, name = ""]) => name);
  return names.flatMap((odd) =>
    ODD.map((value) => url.replaceAll(/:(\w+)/g, (_, name: string) => (name === odd ? value : (real[name] ?? "x")))),
  );
}

const withParameters = (method: string) =>
  [...new Set(desk.routes.filter((route) => route.method === method).map(({ url }) => url))].filter((url) =>
    url.includes(":"),
  );

describe.each([
  ["a stranger", STRANGER],
  ["an owner", OWNER],
])("odd parameters of %s", (_who, account) => {
  test("in any page's address: the one 404, byte for byte", async () => {
    const browser = await desk.signedIn(account);
    const unknown = await browser.get("/no-such-page");
    expect(unknown.statusCode).toBe(404);
    const urls = withParameters("GET").flatMap(addresses);
    expect(urls.length).toBeGreaterThan(9 * ODD.length);
    for (const url of urls) {
      const odd = await browser.elsewhere().get(url);
      expect({ url, status: odd.statusCode }).toEqual({ url, status: 404 });
      expect(odd.rawPayload.equals(unknown.rawPayload)).toBe(true);
      expect(odd.headers).toEqual({ ...unknown.headers, date: odd.headers.date });
    }
  });

  test("in any form's address: the one 404, byte for byte", async () => {
    const browser = await desk.signedIn(account);
    const unknown = await browser.get("/no-such-page");
    const csrf = Client.csrfOf(await browser.get("/"));
    expect(csrf).not.toBe("");
    const urls = withParameters("POST").flatMap(addresses);
    expect(urls.length).toBeGreaterThan(3 * ODD.length);
    for (const url of urls) {
      const odd = await browser.elsewhere().post(url, { csrf, publication: "live", reason: "long enough" });
      expect({ url, status: odd.statusCode }).toEqual({ url, status: 404 });
      expect(odd.rawPayload.equals(unknown.rawPayload)).toBe(true);
    }
  });
});

test("odd parameters of somebody who is not signed in: the way to sign in, as for any address", async () => {
  for (const url of withParameters("GET")
    .filter((url) => !url.startsWith("/signals"))
    .flatMap(addresses)) {
    const { statusCode, headers } = await desk.client().get(url);
    expect({ url, statusCode }).toEqual({ url, statusCode: 303 });
    expect(headers.location).toBe(`/login?return_to=${encodeURIComponent(url.slice(0, 512))}`);
  }
});

test("odd parameters in any page's query: never a failure of ours", async () => {
  const browser = await desk.signedIn(OWNER);
  const names = ["pr", "wait", "q", "role", "sort", "after", "standing", "return_to", "code", "state"];
  const pages = desk.routes.filter(({ method }) => method === "GET").map(({ url }) => url);
  for (const url of pages)
    for (const value of ["%00", "%ff", "%ED%A0%80", "%zz", "__proto__", "-1", "9".repeat(400)]) {
      const path = url.replace(":installation", String(INSTALLATION)).replace(":id", report().id);
      const query = names.map((name) => `${name}=${value}&${name}=${value}&${name}[]=x`).join("&");
      const { statusCode } = await browser.elsewhere().get(`${path}?${query}`);
      expect({ url, value, failed: statusCode >= 500 }).toEqual({ url, value, failed: false });
    }
});

test("odd text in a form's fields: is kept or refused, never a failure of ours", async () => {
  const browser = await desk.signedIn(OWNER);
  const csrf = Client.csrfOf(await browser.get("/"));
  for (const text of ["long enough\0 but odd", "long enough\ud800 but odd", "\0".repeat(20)])
    for (const url of withParameters("POST")) {
      const path = url.replace(":installation", String(INSTALLATION)).replace(":id", "flag-1");
      const { statusCode } = await browser.post(path, { csrf, reason: text, back: text, publication: text });
      expect({ url, failed: statusCode >= 500 }).toEqual({ url, failed: false });
    }
});
