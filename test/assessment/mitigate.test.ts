import { assess } from "../../src/assessment/assess.ts";
import type { Mitigation } from "../../src/assessment/assessment.ts";
import { creditBits, mitigate, UNREAD } from "../../src/assessment/mitigate.ts";
import type { ChangeCommit } from "../../src/change/change.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { PullRequestBrief, SectionName, SectionTypes } from "../../src/dossier/facts.ts";
import { commit, commits, daysAgo, entry, grant, pullRequests, record, SUBJECT } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf } from "./dossiers.ts";

type Given = Partial<SectionTypes>;

const here = (mergedCount: number, mergerCount: number | null, mergersUnseen?: true): Given => ({
  "access.recordHere": record({ mergedCount, mergerCount, ...(mergersUnseen ? { mergersUnseen } : {}) }),
});
const signed = (keyAges: readonly (number | null)[], more: Partial<ChangeCommit> = {}): Given => ({
  "change.commits": commits(commit({ signature: "valid", signerAccountId: SUBJECT, ...more })),
  "account.keys": { keys: keyAges.map((days) => ({ kind: "gpg", createdAt: days === null ? null : daysAgo(days) })) },
});
/** Merged so many days ago, by number of owner; null for one that was not. */
type Merge = readonly [days: number | null, owner: number, elsewhere?: boolean];
const merged = (...list: readonly Merge[]): readonly PullRequestBrief[] =>
  list.map(([days, owner, elsewhere = true]) => ({
    ...{ createdAt: daysAgo(2_000), mergedAt: days === null ? null : daysAgo(days) },
    ...{ ownerNodeId: `O_${owner}`, elsewhere },
  }));
const elsewhere = (...list: readonly Merge[]): Given => ({
  "account.pullRequests": pullRequests(merged(...list)),
});
const vouch = entry("vouched");

/** Each limit from both sides; what is not granted is absent unless it says unread. */
test.each<readonly [Mitigation["id"], string, Given, "granted" | "absent" | "unread"]>([
  ["m1", "two merged by two", here(2, 2), "granted"],
  ["m1", "one merged", here(1, 2), "absent"],
  ["m1", "two merged by one", here(2, 1), "absent"],
  ["m1", "two merged, by whom is not known", here(2, null), "unread"],
  ["m1", "two merged by one and perhaps others", here(2, 1, true), "unread"],
  ["m2", "signed, a key of a year", signed([365]), "granted"],
  ["m2", "signed, a key of a day less", signed([364]), "absent"],
  ["m2", "signed, one of two keys is new", signed([365, 10]), "absent"],
  ["m2", "signed, a key nobody dated", signed([365, null]), "absent"],
  ["m2", "signed, and no key is listed", signed([]), "absent"],
  ["m2", "signed by GitHub for it", signed([365], { signedByGitHub: true }), "absent"],
  ["m2", "signed by somebody else", signed([365], { signerAccountId: 99 }), "absent"],
  ["m2", "signed invalidly", signed([365], { signature: "invalid" }), "absent"],
  ["m3", "three owners over three years", elsewhere([1_105, 1], [500, 2], [10, 3]), "granted"],
  ["m3", "three owners over a day less", elsewhere([1_104, 1], [500, 2], [10, 3]), "absent"],
  ["m3", "two owners over three years", elsewhere([1_105, 1], [500, 2], [10, 2]), "absent"],
  ["m3", "the third of its own", elsewhere([1_105, 1], [500, 2], [10, 2], [20, 3, false]), "absent"],
  ["m3", "the third not merged", elsewhere([1_105, 1], [500, 2], [10, 2], [null, 3]), "absent"],
  ["m3", "in no order", elsewhere([500, 2], [10, 3], [1_105, 1], [400, 2]), "granted"],
  ["m3", "nothing merged", elsewhere(), "absent"],
  [
    "m3",
    "the first of them long ago",
    { "account.pullRequests": pullRequests(merged([500, 2], [10, 3]), merged([1_105, 1])) },
    "granted",
  ],
  ["m4", "a vouch", { "intel.localList": { entries: [vouch] } }, "granted"],
  ["m4", "a warning", { "intel.localList": { entries: [entry("denounced")] } }, "absent"],
  ["m4", "a vouch that has ended", { "intel.localList": { entries: [entry("vouched", 0)] } }, "absent"],
  ["m4", "known by its sign-on", { "access.grant": grant({ ssoLinked: true }) }, "granted"],
  ["m4", "not known by its sign-on", { "access.grant": grant({ ssoLinked: false }) }, "absent"],
  ["m4", "nobody said whether", { "access.grant": grant({ ssoLinked: null }) }, "absent"],
])("%s: %s", (id, _when, given, expected) => {
  const { granted, unread } = mitigate(dossierOf(given));
  const ids = (credits: readonly Mitigation[]): readonly string[] => credits.map((credit) => credit.id);
  expect([ids(granted), ids(unread)]).toEqual([expected === "granted" ? [id] : [], expected === "unread" ? [id] : []]);
});

/** A section of each credit, with what else has to be there for it to matter. */
const READ_BY: readonly (readonly [Mitigation["id"], SectionName, Given])[] = [
  ["m1", "access.recordHere", {}],
  ["m2", "change.commits", {}],
  ["m2", "account.keys", { "change.commits": signed([])["change.commits"] as SectionTypes["change.commits"] }],
  ["m3", "account.pullRequests", {}],
  ["m4", "intel.localList", {}],
  ["m4", "intel.localList", { "access.grant": grant({ ssoLinked: false }) }],
  ["m4", "access.grant", { "intel.localList": { entries: [] } }],
];

test.each(READ_BY)(
  "%s counts in favour of the account when %s could not be read, and not when nobody asked",
  (id, name, given) => {
    const base = dossierOf(given);
    const failed = { ...base, sections: { ...base.sections, [name]: unavailable("upstream_error") } };
    expect(mitigate(failed).granted).toEqual([]);
    expect(mitigate(failed).unread).toMatchObject([{ id, because: UNREAD }]);
    expect(mitigate(base)).toEqual({ granted: [], unread: [] });
  },
);

test("a vouch stands whatever the sign-on could not say", () => {
  const base = dossierOf({ "intel.localList": { entries: [vouch] } });
  const failed = { ...base, sections: { ...base.sections, "access.grant": unavailable("upstream_error") } };
  expect(mitigate(failed)).toMatchObject({ granted: [{ id: "m4" }], unread: [] });
});

test("credits: what each takes off, and together at most four bits", () => {
  const all = { ...here(2, 2), ...signed([365]), ...elsewhere([1_105, 1], [500, 2], [10, 3]) };
  const { mitigations } = assess(dossierOf({ ...all, "intel.localList": { entries: [vouch] } })).persona;
  expect(mitigations.map(({ id, bits }) => [id, bits])).toEqual([
    ["m1", 2],
    ["m2", 1],
    ["m3", 1.5],
    ["m4", 3],
  ]);
  const bits = (...list: readonly number[]) =>
    creditBits(list.map((each) => ({ id: "m1", bits: each, because: "a reason" })));
  expect([bits(), bits(2, 1.5), bits(2, 2), bits(2, 2.1)]).toEqual([0, 3.5, 4, 4]);
});
