import { readFileSync } from "node:fs";
import { accountId } from "../../src/ids.ts";
import { laneOfDestination } from "../../src/job/lane.ts";
import type { NoticeKind } from "../../src/job/notice.ts";
import { receives } from "../../src/notification/destination.ts";
import { parseDestinations } from "../../src/notification/destinations-file.ts";
import { expect, test } from "../support/jest.ts";

const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const SLACK = "{ name: team, organization: octo-org, kind: slack, url: https://hooks.example/T0/s3cr3t }";
const WEBHOOK = `{ name: siem, organization: 42, kind: webhook, url: http://localhost:9/x, secret: ${SECRET}, weekly: never }`;
const MAIL =
  '{ name: mail, organization: "*", kind: email, smtp: smtps://u:s3cr3t@mail.example, from: a@b.example, to: c@d.example, at_once: never, deadlines: never }';
const file = (...entries: readonly string[]): string =>
  `destinations:\n${entries.map((entry) => `  - ${entry}\n`).join("")}`;
const problems = (text: string): readonly string[] => {
  const parsed = parseDestinations(text, "notify.yml");
  return parsed.ok ? [] : parsed.problems.map(({ where, what, mend }) => `${where}: ${what}; ${mend}`);
};

test("three kinds, each told of everything unless it says otherwise", () => {
  const parsed = parseDestinations(file(SLACK, WEBHOOK, MAIL), "notify.yml");
  expect(parsed).toMatchObject({
    ok: true,
    destinations: [
      { kind: "slack", name: "team", weekly: "changed", at_once: "critical", deadlines: "due" },
      { kind: "webhook", organization: 42, weekly: "never", at_once: "critical" },
      { kind: "email", organization: "*", weekly: "changed", at_once: "never" },
    ],
  });
  const [team, siem, mail] = parsed.ok ? parsed.destinations : [];
  const [octo, other] = [
    { id: accountId(42), login: "Octo-Org" },
    { id: accountId(43), login: "other" },
  ];
  const told = (about: NoticeKind) =>
    [team, siem, mail].map((each) => [octo, other].map((one) => each !== undefined && receives(each, one, about)));
  expect(told("weekly")).toEqual([
    [true, false],
    [false, false],
    [true, true],
  ]);
  expect(told("urgent")).toEqual([
    [true, false],
    [true, false],
    [false, false],
  ]);
  expect(told("due")).toEqual(told("urgent"));
  expect(told("test")).toEqual([
    [true, false],
    [true, false],
    [true, true],
  ]);
});

test("the example of docs/operations.md is one", () => {
  const docs = readFileSync(new URL("../../docs/operations.md", import.meta.url), "utf8");
  const [, example = ""] = /```yaml\n(destinations:[\s\S]+?)```/.exec(docs) ?? [];
  expect(problems(example)).toEqual([]);
  expect(example).not.toBe("");
});

test.each<[string, string, string]>([
  ["", "notify.yml:1:1", "missing, or not allowed here; allowed: a list"],
  ["destinations: [\n", "notify.yml:2:1", "not YAML"],
  [
    file(SLACK.replace("kind: slack", "kind: teams")),
    "notify.yml:2:43 destinations[0].kind",
    "slack | webhook | email",
  ],
  [file(SLACK.replace("name: team, ", "")), "destinations[0].name", "missing"],
  [file(SLACK.replace("team", "The team")), "destinations[0].name", "not such a word"],
  [file(SLACK.replace("octo-org", "octo/org")), "destinations[0].organization", "allowed: a login"],
  [file(SLACK.replace("https:", "http:")), "destinations[0].url", "not https"],
  [file(SLACK.replace("https://", "https://u:p@")), "destinations[0].url", "user and password"],
  [file(SLACK.replace("url:", "uri:")), "destinations[0].uri", "no such key for this kind; did you mean url?"],
  [file(SLACK.replace(" }", `, secret: ${SECRET} }`)), "destinations[0].secret", "no such key for this kind"],
  [file(WEBHOOK.replace("whsec_", "")), "destinations[0].secret", "not such a secret"],
  [file(WEBHOOK.replace(SECRET, "whsec_c2hvcnQ=")), "destinations[0].secret", "not 24 to 64 bytes"],
  [file(MAIL.replace("smtps:", "https:")), "destinations[0].smtp", "neither smtp nor smtps"],
  [file(MAIL.replace("u:s3cr3t", "u:s3cr3t%zz")), "destinations[0].smtp", "percent-encoding"],
  [
    file(
      MAIL.replace("c@d.example", "c@d.example, e@f.example")
        .replace("to: ", "to: '")
        .replace(", at_once", "', at_once"),
    ),
    "destinations[0].to",
    "one mail address",
  ],
  [file(SLACK, SLACK), "notify.yml:3:7 destinations[1].name", "another destination has this name"],
])("refused: %#", (text, where, what) => {
  const found = problems(text);
  expect(found.join("\n")).toContain(where);
  expect(found.join("\n")).toContain(what);
  expect(found.join("\n")).not.toMatch(/s3cr3t|whsec_c|hooks\.example/);
});

test("two names that fall into one queue are refused, because one would wait for the other", () => {
  const seen = new Map<number, string>();
  let twins: readonly [string, string] | null = null;
  for (let index = 0; twins === null; index++) {
    const [name, lane] = [`place-${index}`, laneOfDestination(`place-${index}`)];
    const other = seen.get(lane);
    if (other !== undefined) twins = [other, name];
    seen.set(lane, name);
  }
  const found = problems(file(...twins.map((name) => SLACK.replace("team", name))));
  expect(found).toEqual([expect.stringContaining("destinations[1].name: shares its queue with another name")]);
});
