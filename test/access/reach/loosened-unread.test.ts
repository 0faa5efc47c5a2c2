import { effectiveAccess } from "../../../src/access/effective.ts";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { guardsNotCompared } from "../../../src/access/reach/guards-loosened.ts";
import { loosenedWords } from "../../../src/access/reach/loosened-words.ts";
import { bypassUnread } from "../../../src/github/octokit/access/settings-gaps.ts";
import { expect, test } from "../../support/jest.ts";
import { BY_MIKA, type Change, classic, compared, keys, NAMES, organization, places, review, told } from "./guarded.ts";

const gaps = (before: AccessSnapshot, after: AccessSnapshot) =>
  guardsNotCompared(effectiveAccess(before), effectiveAccess(after)).map(({ what }) => what);

test("guards loosened: rules that were not read both times are not compared, and that is said", () => {
  const { protections: _p, ...unread } = organization(classic());
  for (const [before, after] of [
    [organization(classic()), unread],
    [unread, organization({})],
  ] as const) {
    expect(compared(before, after)).toBeNull();
    expect(gaps(before, after)).toEqual(["guards loosened since the last audit"]);
  }
  expect(gaps(organization(classic()), organization({}))).toEqual([]);
});

test("guards loosened: a repository of which not all rules were shown is not compared, and that is said", () => {
  for (const [before, after] of [
    [{ ...classic(), rulesUnread: ["10"] }, {}],
    [classic(), { rulesUnread: ["10"] }],
    [classic(), { repositories: [{ id: "10", name: "wallet", visibility: "public", archived: false }] }],
  ] satisfies [Change, Change][]) {
    expect(told(before, after)).toEqual([]);
    expect(gaps(organization(before), organization(after))).toEqual(["guards loosened on 1 repository"]);
  }
});

test("guards loosened: bypass lists that GitHub did not show once are counted as nobody both times", () => {
  const unshown = (change: Change): Change => ({ ...change, notChecked: bypassUnread(1) });
  const named = review({ bypass: [BY_MIKA] });
  expect(told(unshown(review()), named)).toEqual([]);
  expect(gaps(organization(unshown(review())), organization(named))).toEqual([
    "new entries on bypass lists of rulesets",
  ]);
  expect(told(unshown(named), { rulesets: [] })).toEqual([
    'everybody who writes can push to main now: "review" is gone',
  ]);
});

test("guards loosened: environments that nobody read are not compared, and that is said", () => {
  const { environments: _e, ...unread } = organization(classic());
  expect(compared(organization({ ...classic(), ...keys() }), unread)).toEqual([]);
  expect(gaps(organization(keys()), unread)).toEqual(["environments that lost reviewers or take more branches"]);
});

test("guards loosened: one ruleset of a hundred repositories is a line in each", () => {
  const repositories = Array.from({ length: 100 }, (_, at) => ({ id: String(100 + at), name: `r-${at}`, ...places }));
  const found = compared(
    organization({ ...review(), repositories }),
    organization({ ...review({ enforcement: "disabled" }), repositories }),
  );
  expect(found?.map(({ repository }) => repository)).toEqual(repositories.map(({ id }) => id));
  expect(new Set(found?.map((each) => loosenedWords(each, NAMES))).size).toBe(1);
});
