import { MEMBERS_NOT_CHECKED } from "../../../src/access/grant.ts";
import { plusDays } from "../../../src/clock.ts";
import { present, unavailable } from "../../../src/dossier/dossier.ts";
import type { GrantList } from "../../../src/dossier/facts.ts";
import type { FlowContext } from "../../../src/flows/steps/context.ts";
import { commitsSeen, grantsOf, knownAccount, remember } from "../../../src/flows/steps/known-account.ts";
import type { Reader } from "../../../src/history/traces/scan.ts";
import { accountId, installationId, repositoryId } from "../../../src/ids.ts";
import type { KeptIndicator, Report, TenantStore } from "../../../src/store/store.ts";
import { grant, octoOrg } from "../../access/graphs.ts";
import { commit, commits } from "../../signals/given.ts";
import { aReport, NOW } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const gap = { what: MEMBERS_NOT_CHECKED, because: "GitHub did not show it", opensWith: null };
const write = octoOrg({ organization: { login: "octo-org", basePermission: "write" } });

test.each<[string, Parameters<typeof octoOrg>[0], number, Partial<GrantList>]>([
  ["an owner", {}, 1, { owner: true, member: true, grants: [] }],
  ["a member whose other role is archived", {}, 3, { owner: false, member: true, grants: [] }],
  [
    "somebody from outside",
    {},
    4,
    { owner: false, member: false, grants: [{ repositoryId: repositoryId(11), role: "maintain", via: "outside" }] },
  ],
  ["a member under a base permission", write, 3, { base: "write" }],
  ["somebody from outside under it", { ...write, grants: [] }, 4, { owner: false, member: false, grants: [] }],
  [
    "whoever may be a member",
    { members: [], owners: [], notChecked: [gap] },
    3,
    { member: false, membersUnread: true },
  ],
])("known account: what is held by %s", (_, change, id, expected) => {
  const found = grantsOf(octoOrg(change), accountId(id));
  expect(found).toMatchObject(expected);
  // What is absent says something too.
  expect(["base" in found, "membersUnread" in found]).toEqual(["base" in expected, "membersUnread" in expected]);
});

type Kept = Awaited<ReturnType<TenantStore["historiesOf"]>>;

/** Sections of which one says who read them. */
function readBy(by: Reader): NonNullable<Kept>["sections"] {
  const none = unavailable("too_large");
  const scan = { by, repositories: [], copies: null, requests: 1, points: 1, seconds: 0 };
  return {
    ...{ "history.identity": none, "history.dates": none, "history.origin": none, "history.continuity": none },
    ...{ "history.pictures": none, "history.scan": present(scan, NOW), "account.years": none, "network.ties": none },
  };
}

/** What is known of the account 4, whose histories these readers have kept for so many days. */
function known(keptDays: Partial<Record<Reader, number>>, roles = true, listed: readonly KeptIndicator[] = []) {
  const kept = (by: Reader): Kept => {
    const days = keptDays[by];
    return days === undefined ? null : { heads: "reading", sections: readBy(by), at: plusDays(NOW, -days) };
  };
  const tenant = played<TenantStore>({
    cachedAccount: async (_account, now, hours) => {
      expect([now, hours]).toEqual([NOW, 168]);
      return null;
    },
    snapshotsOf: async () => [],
    letInBy: async () => [],
    indicatorsOn: async () => listed,
    localList: async (_, about) => {
      expect(about).toEqual({ repository: 10, now: NOW });
      return { entries: [] };
    },
    historiesOf: async (_account, by) => kept(by),
    rolesOf: async () => (roles ? octoOrg({ grants: [grant("4", "10", "read", "outside")] }) : null),
  });
  return knownAccount(tenant, accountId(4), { repository: repositoryId(10), asOf: NOW });
}

test.each<[string, Partial<Record<Reader, number>>, Reader | null]>([
  ["nothing was read", {}, null],
  ["the API read lately", { api: 1 }, "api"],
  ["both read lately: git", { api: 1, git: 6.9 }, "git"],
  ["git read a week ago, and the API lately", { api: 6.9, git: 7 }, "api"],
  ["both read a week ago", { api: 7, git: 7 }, null],
])("known account: which histories stand when %s", async (_, keptDays, by) => {
  const found = await known(keptDays);
  expect(found["history.scan"]).toEqual(by === null ? undefined : readBy(by)["history.scan"]);
});

test("known account: of lists it is whose word and until when, never their words", async () => {
  const entry: KeptIndicator = {
    ...{ id: 1, account: accountId(4), emailHash: null, login: "ada-example", source: "a team", origin: "b" },
    ...{ reference: null, isPrimary: true, confidence: 80, tlp: "red", reason: "words of others", at: NOW, until: NOW },
    ...{ importedAt: NOW, checked: null, confirmedBy: null },
  };
  const tied: KeptIndicator = { ...entry, emailHash: "h", reason: null, isPrimary: false, confirmedBy: accountId(7) };
  const found = (await known({}, true, [entry, tied, { ...tied, reference: "https://example.com/a" }]))[
    "intel.matches"
  ];
  const from = { source: "a team", origin: "b", reference: null, at: NOW, until: NOW };
  expect(found?.state === "present" && found.value.matches).toEqual([
    { by: "account", ...from, primary: true, sourced: true, confirmed: false },
    { by: "address", ...from, primary: false, sourced: false, confirmed: true },
    { by: "address", ...from, reference: "https://example.com/a", primary: false, sourced: true, confirmed: true },
  ]);
});

test("known account: its grants are as old as the audit, and missing before the first", async () => {
  expect((await known({}))["access.grants"]).toMatchObject({ state: "present", asOf: octoOrg().takenAt });
  expect("access.grants" in (await known({}, false))).toBe(false);
});

test("known account: what was read is kept, with a dated trace that hides the login; what was not read keeps nothing", async () => {
  const cached: unknown[] = [];
  const traces: { readonly loginHash: string; readonly ownedCount: number }[] = [];
  const tenant = played<TenantStore>({
    cacheAccount: async (...found) => void cached.push(found),
    addSnapshot: async (_account, trace) => void traces.push(trace),
  });
  const context = played<FlowContext>({ hashKey: "key" });
  const owned = { ownedCount: 3, forkCount: 0, repositories: [] };
  const repositories = present(owned, NOW);
  const keep = (login: string, toCache: Parameters<typeof remember>[2]["toCache"]) =>
    remember({ context, tenant }, { id: accountId(4), login }, { toCache });
  await keep("otis", null);
  await keep("otis", {});
  expect([traces, cached]).toEqual([[], []]);
  for (const login of ["otis", "OTIS", "olga"]) await keep(login, { "account.repositories": repositories });
  expect(traces.map(({ ownedCount }) => ownedCount)).toEqual([3, 3, 3]);
  expect(cached).toEqual(Array(3).fill([4, { "account.repositories": repositories }, NOW]));
  expect(new Set(traces.map(({ loginHash }) => loginHash)).size).toBe(2);
  expect(JSON.stringify(traces)).not.toMatch(/otis|olga/i);
  // What stood from before beside newer keys stays as old as it was.
  await keep("otis", { "account.repositories": present(owned, plusDays(NOW, -3)) });
  expect([cached.at(-1), traces.at(-1)]).toMatchObject([[4, {}, plusDays(NOW, -3)], { at: plusDays(NOW, -3) }]);
});

/** The last report about an account, where the commits of a pull request were read so many days ago. */
const sawCommits = (days: number): Report => {
  const report = aReport(installationId(1));
  const seen = present(commits(commit()), plusDays(NOW, -days));
  const sections = { ...report.dossier.sections, "change.commits": seen };
  return { ...report, dossier: { ...report.dossier, sections } };
};

test.each<[string, Report | null, boolean]>([
  ["of today", sawCommits(0), true],
  ["as old as evidence is kept", sawCommits(30), false],
  ["a little younger", sawCommits(29.9), true],
  ["that nobody has read", aReport(installationId(1)), false],
  ["of nobody", null, false],
  ["in a repository that others read", { ...sawCommits(0), repositoryId: repositoryId(99) }, false],
])("known account: commits of the last pull request, %s, speak beside its access", (_, earlier, carried) => {
  const seen = commitsSeen(earlier, { repository: sawCommits(0).repositoryId, asOf: NOW, evidenceDays: 30 });
  // With the time at which they were read: looking again does not keep them longer.
  expect(seen).toEqual(carried ? { "change.commits": earlier?.dossier.sections["change.commits"] } : {});
});
