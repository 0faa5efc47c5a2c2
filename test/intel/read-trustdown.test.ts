import { readTrustdown } from "../../src/intel/read-trustdown.ts";
import { expect, test } from "../support/jest.ts";
import { NOW } from "./reading.ts";

const read = (text: string) => readTrustdown(text, { place: "VOUCHED.td", now: NOW });
const shown = (text: string) =>
  read(text).entries.map(({ named, at, reference, reason }) => [named, at, reference, reason]);

test.each<[string, string, readonly unknown[]]>([
  ["a bare handle", "-ada-example", [{ by: "login", login: "ada-example" }, null, null, null]],
  ["a prefix", "-github:ada-example", [{ by: "login", login: "ada-example" }, null, null, null]],
  ["a bot", "-github:ada-example[bot] spam", [{ by: "login", login: "ada-example[bot]" }, null, null, "spam"]],
  [
    "a reason that holds an address with colons, and a day in it that is none of the entry's",
    "-ada-example opened https://example.com/o/r/issues/7?at=2026-01-02 three times",
    [
      { by: "login", login: "ada-example" },
      null,
      "https://example.com/o/r/issues/7?at=2026-01-02",
      "opened https://example.com/o/r/issues/7?at=2026-01-02 three times",
    ],
  ],
  [
    "a ban with its day",
    "  -GitHub:ada-example\tbanned 2026-03-01, see http://example.com/a",
    [
      { by: "login", login: "ada-example" },
      "2026-03-01T00:00:00.000Z",
      "http://example.com/a",
      "banned 2026-03-01, see http://example.com/a",
    ],
  ],
  [
    "a warning, a ban and its end, without hyphens, each with its page",
    "-ada-example 20260717 https://example.com/1#c-5. 20260801 https://example.com/2 until 2027-01-01",
    [
      { by: "login", login: "ada-example" },
      "2026-07-17T00:00:00.000Z",
      "https://example.com/1#c-5",
      "20260717 https://example.com/1#c-5. 20260801 https://example.com/2 until 2027-01-01",
    ],
  ],
  [
    "a sign apart from the handle, and a number that is no day",
    "- ada-example see 12345678 and #22205, 19700101",
    [{ by: "login", login: "ada-example" }, null, null, "see 12345678 and #22205, 19700101"],
  ],
])("trustdown: %s is a denouncement", (_, line, expected) => {
  expect(shown(`# head\r\n\r\n${line}\r\n`)).toEqual([expected]);
  expect(read(line).problems).toEqual([]);
});

test("trustdown: comments, vouches and handles of other places accuse nobody", () => {
  const found = read(
    [
      "\ufeff# Syntax:",
      "#-ada-example 2026-03-01 https://example.com/o/r/pull/7",
      "# -grace-example spam",
      "  #-linus-example",
      "ada-example",
      "+ linus-example",
      "github:grace-example met at a meeting",
      "-gitlab:linus-example spam",
      "",
    ].join("\n"),
  );
  expect([found.entries, found.problems]).toEqual([[], []]);
  expect(found.leftOut).toEqual([
    { what: "vouches of others, which soften nothing here", count: 3 },
    { what: "handles of other places than GitHub", count: 1 },
  ]);
});

test("trustdown: an empty list is a list", () => {
  expect(read("")).toEqual({ format: "trustdown", entries: [], leftOut: [], problems: [] });
});

test.each([
  ["-@ada-example", "VOUCHED.td:1", "not a login of GitHub's"],
  ["ok\n-", "VOUCHED.td:2", "not a login of GitHub's"],
  ["--ada-example", "VOUCHED.td:1", "not a login of GitHub's"],
  ["-github:", "VOUCHED.td:1", "not a login of GitHub's"],
  ["<html>", "VOUCHED.td:1", "not a login of GitHub's"],
  ["-ada-example banned 1970-01-01", "VOUCHED.td:1", "a day from before there was GitHub"],
  ["-ada-example banned until 2100-01-01", "VOUCHED.td:1", "a day beyond this century"],
  ["-ada-example banned 2026-02-31", "VOUCHED.td:1", "not a day"],
  ["-ada-example half \ud800 a character", "VOUCHED.td:1", "holds half a character"],
  [`-ada-example ${"x".repeat(2_001)}`, "VOUCHED.td:1", "longer than 2,000 characters"],
  ["-ada-example\n-github:ADA-example spam", "VOUCHED.td:2", "the same account as VOUCHED.td:1"],
])("trustdown: %j is a problem with its place", (text, where, what) => {
  expect(read(text).problems[0]).toMatchObject({ where, what });
});

test("trustdown: a file of anything else floods nobody", () => {
  const { problems, entries } = read(`${"?\n".repeat(70)}${"-a b\n"}`);
  expect([problems.length, problems.at(-1)?.what, entries.length]).toEqual([51, "20 more problems", 1]);
});
