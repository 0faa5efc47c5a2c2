import { effectiveAccess } from "../../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../../src/access/grant.ts";
import type { Html } from "../../../../src/web/html.ts";
import { pictureOfAccount, pictureOfRepository } from "../../../../src/web/pages/account/access-picture.ts";
import { accountKey, grant, octoOrg, type Plain, repositoryKey } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";

const access = (change: Plain<Partial<AccessSnapshot>>) => effectiveAccess(octoOrg(change));
const boxes = (part: Html | null): readonly string[] =>
  [
    ...(part?.markup ?? "").matchAll(
      /<rect [^>]*\/>\s*<text [^>]*>([^<]*)<\/text>\s*<text class="note"[^>]*>([^<]*)</g,
    ),
  ].map(([, label, note]) => `${label} ${note}`.trim());
const lines = (part: Html | null): readonly string[] =>
  [...(part?.markup ?? "").matchAll(/class="weight-(\d)"/g)].map(([, weight = ""]) => weight);
const words = (part: Html | null): readonly string[] =>
  [...(part?.markup ?? "").matchAll(/<li>([^<]*)<\/li>/g)].map(([, text = ""]) => text);
const caption = (part: Html | null): string => (/<figcaption[^>]*>([^<]*)/.exec(part?.markup ?? "")?.[1] ?? "").trim();

const GRANTS = [
  grant("2", "10", "write", "team:core"),
  grant("2", "10", "triage", "direct"),
  grant("2", "11", "admin", "team:core"),
  grant("4", "11", "read", "outside"),
];
const organization = { login: "octo-org", basePermission: "read" } as const;

test("picture of an account: by which paths it holds what where, and the same in words", () => {
  const drawn = pictureOfAccount(access({ grants: GRANTS }), accountKey("2"));
  expect(boxes(drawn)).toEqual(["mika-member", "Team core", "Direct role", "relayer admin", "wallet write"]);
  expect(lines(drawn).toSorted()).toEqual(["1", "1", "2", "3", "3"]);
  expect(words(drawn)).toEqual([
    "Direct role: triage on wallet",
    "Team core: write on wallet",
    "Team core: admin on relayer",
  ]);
  expect(caption(drawn)).toBe("2 paths to 2 repositories; the thicker a line, the more it gives.");
});

test("picture of an account: what it has everywhere is one box, above all others", () => {
  const drawn = pictureOfAccount(access({ organization, grants: GRANTS }), accountKey("1"));
  expect(boxes(drawn)).toEqual(["olive-owner", "Ownership", "Base permission", "every repository admin"]);
  expect(caption(drawn)).toBe("2 paths to every repository; the thicker a line, the more it gives.");
  const member = pictureOfAccount(access({ organization, grants: GRANTS }), accountKey("2"));
  expect(boxes(member).slice(4)).toEqual(["every repository read", "relayer admin", "wallet write"]);
});

test("picture of a repository: who holds what there, the owners and every member with them", () => {
  const drawn = pictureOfRepository(access({ organization, grants: GRANTS }), repositoryKey("11"));
  expect(boxes(drawn)).toEqual([
    ...["every member read", "mika-member admin", "olive-owner admin", "otis-outside read"],
    ...["Ownership", "Team core", "Base permission", "Outside collaborator", "relayer"],
  ]);
  expect(words(drawn)).toContain("Team core: admin for mika-member");
});

test("picture: at most forty boxes, the strongest, and the rest is counted", () => {
  const ids = Array.from({ length: 60 }, (_, at) => String(100 + at));
  const repositories = ids.map((id) => ({ id, name: `r-${id}`, visibility: "private" as const, archived: false }));
  const teams = ids.map((id, at) => grant("2", id, at < 20 ? "admin" : "read", `team:team-${at % 15}`));
  const drawn = pictureOfAccount(access({ repositories, grants: teams }), accountKey("2"));
  expect(boxes(drawn)).toHaveLength(40);
  expect(boxes(drawn).filter((box) => box.endsWith("admin"))).toHaveLength(20);
  expect(caption(drawn)).toContain("Not drawn: 3 paths and 33 repositories more, the weakest.");
  expect(drawn?.markup.match(/<rect /g)).toHaveLength(40);
});

test("picture: a long name is cut between its characters, and whole in words", () => {
  const name = `${"a".repeat(20)}😀${"b".repeat(60)}`;
  const repositories = [{ id: "10", name, visibility: "private" as const, archived: false }];
  const drawn = pictureOfAccount(
    access({ repositories, grants: [grant("2", "10", "write", "direct")] }),
    accountKey("2"),
  );
  expect(boxes(drawn).at(-1)).toBe(`${"a".repeat(20)}😀… write`);
  expect(words(drawn)).toEqual([`Direct role: write on ${name}`]);
});

test("picture: none of whoever holds nothing, and of an archived repository", () => {
  expect(pictureOfAccount(access({ grants: GRANTS }), accountKey("3"))).toBeNull();
  expect(pictureOfRepository(access({ grants: GRANTS }), repositoryKey("12"))).toBeNull();
});
