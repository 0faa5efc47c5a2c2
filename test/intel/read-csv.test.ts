import { readCsv } from "../../src/intel/read-csv.ts";
import { expect, test } from "../support/jest.ts";
import { NOW } from "./reading.ts";

const read = (text: string) => readCsv(text, { place: "list.csv", now: NOW });
const HEAD = "account_id,login,email,date,until,confidence,tlp,origin,reference,reason";

test("csv: every column, quoted or not, in any order", () => {
  const found = read(
    [
      "Reason,login,account_id,tlp,confidence,date,until,origin,reference",
      '"says ""no"", twice',
      'over lines",ada-example,4711,TLP:AMBER+STRICT,80,2026-05-01,2027-01-01T00:00:00Z,A Team,https://example.com/a',
      "",
      "'-1 to this one,grace-example,,,,,,,",
    ].join("\r\n"),
  );
  expect(found.problems).toEqual([]);
  expect(found.entries).toEqual([
    {
      named: { by: "id", id: 4711 },
      ...{ at: "2026-05-01T00:00:00.000Z", until: "2027-01-01T00:00:00.000Z", confidence: 80, tlp: "amber+strict" },
      ...{ origin: "A Team", reference: "https://example.com/a", reason: 'says "no", twice\r\nover lines' },
      where: "list.csv:2",
    },
    {
      named: { by: "login", login: "grace-example" },
      ...{
        at: null,
        until: null,
        confidence: null,
        tlp: null,
        origin: null,
        reference: null,
        reason: "-1 to this one",
      },
      where: "list.csv:5",
    },
  ]);
});

test("csv: an address is taken in small letters, and never quoted when it is none", () => {
  expect(read("email\nAda@Example.COM\n").entries[0]?.named).toEqual({ by: "email", address: "ada@example.com" });
  const [problem] = read("email\nada-at-example.com\n").problems;
  expect(problem).toMatchObject({ where: "list.csv:2 email", what: "not an e-mail address" });
  expect(JSON.stringify(problem)).not.toContain("ada");
});

test.each([
  ["", "list.csv", "empty"],
  ["login;reason\na;b\n", "list.csv:1", "columns that are not parted by commas"],
  ["login,who\n", "list.csv:1", 'no column is called "who"'],
  ["login,login\n", "list.csv:1", "two columns are called login"],
  [`${HEAD}\n1,2\n`, "list.csv:2", "2 cells for 10 columns"],
  ["login,reason\n,no name\n", "list.csv:2", "names nobody"],
  ["login,reason\nada,=HYPERLINK(1)\n", "list.csv:2 reason", "a cell that a spreadsheet would calculate"],
  ["login,reason\n@ada,x\n", "list.csv:2 login", "a cell that a spreadsheet would calculate"],
  ["login,reason\n'@ada,x\n", "list.csv:2 login", "not a login of GitHub's"],
  ["account_id\n0\n", "list.csv:2 account_id", "not the number of an account"],
  ["account_id\n9007199254740993\n", "list.csv:2 account_id", "not the number of an account"],
  ["login,date\nada,1970-01-01\n", "list.csv:2 date", "a day from before there was GitHub"],
  ["login,date\nada,2100-01-01\n", "list.csv:2 date", "a day that is yet to come"],
  ["login,date\nada,01.02.2026\n", "list.csv:2 date", "not a day"],
  ["login,until\nada,2101-01-01\n", "list.csv:2 until", "a day beyond this century"],
  ["login,date,until\nada,2026-05-01,2026-04-01\n", "list.csv:2 until", "ends before it begins"],
  ["login,confidence\nada,high\n", "list.csv:2 confidence", "no confidence"],
  ["login,confidence\nada,101\n", "list.csv:2 confidence", "no confidence"],
  ["login,tlp\nada,orange\n", "list.csv:2 tlp", "no colour of the Traffic Light Protocol"],
  ["login,reference\nada,javascript:alert(1)\n", "list.csv:2 reference", "not a web address"],
  ["login,reason\nada,half \udfff\n", "list.csv:2 reason", "holds half a character"],
  ["login\nada\nADA\n", "list.csv:3", "the same account as list.csv:2"],
  ['login,reason\nada,"never closed\n', "list.csv:2", "a quote inside a cell, or one that nobody closes"],
  ['login,reason\nada,a "b" c\n', "list.csv:2", "a quote inside a cell, or one that nobody closes"],
])("csv: %j is a problem with its place", (text, where, what) => {
  expect(read(text).problems[0]).toMatchObject({ where, what });
});

test("csv: more entries than one file may have are one problem", () => {
  const rows = Array.from({ length: 20_002 }, (_, index) => `${index + 1}`).join("\n");
  const { entries, problems } = read(`account_id\n${rows}\n`);
  expect([entries.length, problems.map(({ what }) => what)]).toEqual([20_000, ["more than 20,000 entries"]]);
});
