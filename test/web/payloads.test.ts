import { strict as assert } from "node:assert";
import type { AccessAudit } from "../../src/access/audit.ts";
import { accessAuditSchema } from "../../src/access/audit-schema.ts";
import { newestDecisions } from "../../src/access/exposure-decision.ts";
import type { Flag } from "../../src/access/flag.ts";
import type { AccessSettings, AccessSnapshot } from "../../src/access/grant.ts";
import { holdersIn } from "../../src/access/holders/listed.ts";
import { keyOf } from "../../src/access/keys.ts";
import type { GrantRecord } from "../../src/access/lines/grant-record.ts";
import type { Remedy } from "../../src/access/remedy/paths.ts";
import type { ShownCluster } from "../../src/flows/clusters/clusters-here.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { explainPolicy } from "../../src/policy/explain.ts";
import type { Evidence } from "../../src/signals/signal.ts";
import type {
  Correction,
  Installation,
  KeptEntry,
  KeptIndicator,
  Report,
  StoredPolicy,
  Subject,
} from "../../src/store/store.ts";
import type { Viewer } from "../../src/web/guard/session.ts";
import { layout, type Page } from "../../src/web/layout.ts";
import { dataPage } from "../../src/web/pages/account/data-view.ts";
import { grantPage } from "../../src/web/pages/account/grant-view.ts";
import { accountPage } from "../../src/web/pages/account/view.ts";
import { accountsPage, accountsQuery, holderQuery } from "../../src/web/pages/audit/accounts.ts";
import { linePage } from "../../src/web/pages/audit/line-view.ts";
import { auditPage } from "../../src/web/pages/audit/view.ts";
import { clustersPage } from "../../src/web/pages/clusters/view.ts";
import { flagsPage } from "../../src/web/pages/flags/view.ts";
import { homePage } from "../../src/web/pages/home/view.ts";
import { policyPage } from "../../src/web/pages/policy/view.ts";
import { pushesPage } from "../../src/web/pages/pushes/view.ts";
import { pendingPage } from "../../src/web/pages/report/pending.ts";
import type { SinceReview } from "../../src/web/pages/report/shown.ts";
import { reportPage } from "../../src/web/pages/report/view.ts";
import { repositoryPage } from "../../src/web/pages/repository/view.ts";
import { settingsPage } from "../../src/web/pages/settings/view.ts";
import { signalPage } from "../../src/web/pages/signals/view.ts";
import { trailPage } from "../../src/web/pages/trail/view.ts";
import { aPush } from "../notification/samples.ts";
import { expect, test } from "../support/jest.ts";
import { storedAudit } from "./support/audits.ts";
import { PAYLOADS } from "./support/payloads.ts";
import { deepReport, door, flag, INSTALLATION, NOW, SIGNALS, sheet } from "./support/reports.ts";

/** Replaces every text of a value that people write, at any depth; closed words and dates keep the pages going. */
function poisoned<T>(value: T, payload: string): T {
  const keys =
    /^(title|login|fact|because|login|path|text|byLogin|given|repositoryName|repositoryOwner|accountLogin|name|advice|where|what|mend|source|url|says|clears|framing|baseRate|benign|link|unknownBecause|target|team|label|opensWith|commit|headSha)$/;
  /** Why a repository was skipped has a key that elsewhere holds free text. */
  const closed = /^(too_large|timeout|unreachable|empty)$/;
  const walk = (node: unknown, key: string): unknown => {
    if (typeof node === "string") return keys.test(key) && !closed.test(node) ? payload : node;
    if (Array.isArray(node)) return node.map((item) => walk(item, key));
    if (typeof node !== "object" || node === null) return node;
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, walk(child, name)]));
  };
  return walk(value, "") as T;
}

const viewer = { accountId: accountId(801), login: "owner-example", signedInAt: NOW, csrf: "token" };
const installation: Installation = {
  id: INSTALLATION,
  accountId: accountId(7001),
  accountLogin: "octo-org",
  accountType: "Organization",
  permissions: {},
  paused: false,
  rightsGeneration: 0,
  publication: "shadow",
  createdAt: NOW,
};

/** One that is open, and one that somebody has decided with a reason of his own. */
const twoFlags = (reason: string) => [
  { ...flag(), installationId: INSTALLATION, state: { kind: "open" as const } },
  {
    ...flag({ id: "flag-2" }),
    installationId: INSTALLATION,
    state: { kind: "acknowledged" as const, byAccountId: accountId(801), byLogin: "x", reason, at: NOW },
  },
];

const anIndicator = (payload: string): KeptIndicator => ({
  ...{ id: 2, account: accountId(4711), emailHash: null, login: payload, source: payload, origin: payload },
  ...{ reference: payload, isPrimary: true, confidence: 80, tlp: "amber", reason: payload, at: NOW, until: NOW },
  ...{ importedAt: NOW, confirmedBy: null },
  checked: { byAccountId: accountId(801), byLogin: payload, reason: payload, at: NOW },
});

const anEntry = (reason: string): KeptEntry => ({
  ...{ id: 1, account: accountId(4711), disposition: "denounced", reason, repository: null, confirmedBy: null },
  ...{ by: { accountId: accountId(802), login: "x" }, at: NOW, until: "2027-03-01T00:00:00.000Z" },
});

/** A report of which everything is drawn that a report can have. */
function seenReport(): Report {
  const evidence: Evidence = { fact: "x", tier: "SC", link: "x", commit: "x", place: { path: "x", line: 7 } };
  const given = deepReport();
  const findings = given.assessment.findings.map((one) => ({ ...one, evidence: [evidence] }));
  const reviewed = { byAccountId: accountId(802), byLogin: "x", at: NOW };
  return { ...given, reviewed, assessment: { ...given.assessment, findings } };
}

/** A grant of which everything is known. */
const recordOf = (payload: string, account: number): GrantRecord => {
  const by = { accountId: accountId(801), login: payload };
  const noted = { reason: payload, until: NOW, by, at: NOW };
  return { account: accountId(account), repository: repositoryId(101), given: { by, at: NOW, role: "write" }, noted };
};

/** Rules, secrets and runners with what somebody chose as their names. */
function poisonedSettings(payload: string, { repositories }: AccessSnapshot): AccessSettings {
  const [repository] = repositories;
  if (!repository) throw new Error("no repository");
  return {
    branches: repositories.map(({ id }) => ({ repository: id, name: payload })),
    ...{ protections: [], rulesets: [] },
    secrets: [{ name: payload, scope: "organization", repositories: "all" }],
    runners: [{ name: payload, repositories: [repository.id] }],
  };
}

/** The pages of one account and of one repository. */
function peoplesPages(
  payload: string,
  { base, shown, flags }: { readonly base: Base; readonly shown: Report; readonly flags: readonly Flag[] },
): Readonly<Record<string, Page>> {
  const roles = poisoned(storedAudit().snapshot, payload);
  const settings = poisonedSettings(payload, roles);
  return {
    account: accountPage({
      ...base,
      tiedCount: 2,
      account: accountId(4711),
      reports: [shown],
      ...{ roles, settings },
      entries: [poisoned(anEntry(payload), payload)],
      listed: [anIndicator(payload)],
      corrections: [correction(payload)],
      ledger: [recordOf(payload, 4711)],
      flags,
      commands: () => remedyOf(payload),
      githubUrl: "https://github.com",
    }),
    grant: grantPage({
      ...base,
      account: accountId(4711),
      login: payload,
      repository: { id: repositoryId(101), name: payload },
      held: { role: "write", sources: [{ source: { kind: "team", team: payload }, role: "write" }] },
      record: recordOf(payload, 4711),
      refused: { problem: "until", reason: payload, until: payload },
    }),
    repository: repositoryPage({
      ...base,
      name: payload,
      ...{ roles, settings, repository: repositoryId(101) },
      flags: flags.slice(0, 1),
      reports: [shown],
      ledger: [recordOf(payload, 4712)],
      policyPage: "/orgs/11/policy/101",
      owner: true,
    }),
  };
}

/** Everybody with access, and a search for what somebody typed. */
function accountLists(payload: string, base: Base, audit: AccessAudit): Readonly<Record<string, Page>> {
  const listed = (query: ReturnType<typeof accountsQuery.parse>): Page =>
    accountsPage({ ...base, page: holdersIn(audit, holderQuery({ ...query, repository: "" })), query });
  return {
    accounts: listed(accountsQuery.parse({})),
    search: listed(accountsQuery.parse({ q: payload.slice(0, 100), repository: payload.slice(0, 100) })),
  };
}

/** Alerts that are open and decided, and what could not be seen. */
function pushPages(payload: string, base: Base): Readonly<Record<string, Page>> {
  const poison = <T>(value: T): T => poisoned(value, payload);
  const lines = [{ kind: "added" as const, line: 7, text: payload }];
  const finding = {
    ...{ signal: "x", severity: "high" as const, path: "x", line: 7, endLine: 7 },
    ...{ fact: "x", lines },
  };
  const full = {
    findings: [{ ...finding, why: "x", fine: "x", reachable: null }],
    notChecked: [{ what: "x", because: "x" }],
  };
  const by = { byAccountId: accountId(802), byLogin: "x", reason: payload, at: NOW };
  const decided = aPush(2, { alertId: "decided", state: { kind: "decided", outcome: "meant", ...by } });
  const alerted = [aPush(1, { findingsLeftOut: 1, ...full }), decided].map(poison);
  const refused = { alertId: "burst", problem: "reason", given: payload, outcome: null } as const;
  const about = { ...base, alerted, unseen: [poison(aPush(3, full))], githubUrl: "https://github.com" };
  return { pushes: pushesPage({ ...about, refused }) };
}

type Base = { readonly viewer: Viewer; readonly installation: Installation; readonly now: string };

const reviewedBefore = (payload: string): SinceReview => ({
  earlier: {
    pullRequest: { number: 1, title: payload, headSha: payload, createdAt: NOW },
    reviewed: { byAccountId: accountId(1), byLogin: payload, at: NOW },
  },
  found: { fresh: new Set(), seen: new Set(), goneCount: 1, files: [{ path: payload, line: 1, lines: 2 }] },
});

const NEWEST = { of: null, weeks: [], ruleChanges: null, reading: null } as const;

/** Every page, with every field that somebody else writes set to the payload. */
function pages(payload: string): Readonly<Record<string, string>> {
  const poison = <T>(value: T): T => poisoned(value, payload);
  const who = poison(viewer);
  const org = poison(installation);
  const signals = new Map(SIGNALS.map((signal) => [signal.id, poison(signal)]));
  const shown = poison(seenReport());
  const flags = twoFlags(payload).map(poison);
  const audit = poison(accessAuditSchema.parse(storedAudit().report));
  const base = { viewer: who, installation: org, now: NOW };
  const problems = [poison({ where: "x", what: "x", mend: "x" })];
  const rendered = {
    report: reportPage({
      mayReview: true,
      readers: { least: "maintain", team: payload },
      administers: true,
      owner: true,
      others: [{ ...shown, id: "rep-other" }],
      corrections: [correction(payload)],
      report: shown,
      siblings: [shown],
      history: [
        { id: "rep-older", createdAt: "2026-11-22T10:00:00.000Z", assessment: shown.assessment, reviewed: null },
      ],
      since: reviewedBefore(payload),
      viewer: who,
      now: NOW,
      address: "/r/x",
      context: { githubUrl: "https://github.com", signals },
    }),
    ...peoplesPages(payload, { base, shown, flags }),
    clusters: clustersPage({ ...base, clusters: [groupOf(payload)], leftOut: 1 }),
    ...dataPages(payload, base),
    pending: pendingPage({
      door: poison({ ...door(), installationId: INSTALLATION, checkRunId: null }),
      viewer: who,
      githubUrl: "https://github.com",
      reload: true,
      now: NOW,
    }),
    home: homePage({
      incomplete: true,
      overviews: [
        {
          installation: org,
          owner: true,
          mode: "shadow",
          reports: [shown],
          openFlagCount: 1,
          openPushCount: 1,
          clusterCount: 1,
          auditTakenAt: NOW,
          reading: null,
          holdersWaiting: 0,
        },
      ],
      viewer: who,
      now: NOW,
    }),
    ...pushPages(payload, base),
    flags: flagsPage({
      ...base,
      flags,
      refused: { flagId: "flag-1", problem: "reason", outcome: "keep", until: payload, given: payload },
      remedies: null,
    }),
    audit: auditPage({ ...base, ...NEWEST, audit, flags: flags.slice(0, 1), deciding: null }),
    ...exposurePages(payload, base, audit),
    ...accountLists(payload, base, audit),
    settings: settingsPage({
      ...base,
      repositories: [{ source: payload, problems }],
      messages: { weekly: [payload], urgent: [], due: [] },
      policy: stored(payload, problems),
    }),
    policy: policyOf(payload, base),
    trail: trailOf(payload, base),
    signal: signalPage(poison(sheet("hist-impossible-timestamps", {}))),
  };
  return Object.fromEntries(Object.entries(rendered).map(([name, page]) => [name, layout(page)]));
}

/** Two accounts that a key joins, one of them with names that somebody chose. */
function groupOf(payload: string): ShownCluster {
  const [one, other] = [accountId(4_711), accountId(4_712)];
  const none = { writes: [], everywhere: null, opened: [] };
  const met = {
    ...{ accountId: one, login: payload, everywhere: "admin" as const },
    writes: [{ repository: payload, role: "write" as const }],
    opened: [{ repository: payload, count: 1 }],
  };
  return {
    accounts: [met, { accountId: other, login: null, ...none }],
    leftOut: 1,
    edges: [{ kind: "key", between: [one, other], count: 6, firstAt: NOW, lastAt: NOW }],
    reaches: [{ repository: payload, writers: 1, openers: 1 }],
  };
}

/** A real one has no hostile name in it: this is for the page that would show it. */
const remedyOf = (payload: string): Remedy => ({
  commands: [{ verb: "lower", path: payload, command: payload }],
  stays: [payload],
});

/** An audit with a line that somebody decided on, and the page of that line after its form was refused. */
function exposurePages(
  payload: string,
  base: { readonly installation: Installation; readonly viewer: typeof viewer },
  audit: AccessAudit,
) {
  const until = "2027-03-01T00:00:00.000Z";
  const [line] = audit.exposure.map((one) => ({ ...one, keptUntil: until }));
  assert(line, "the audit has a line");
  const by = { accountId: accountId(801), login: payload };
  const decision = { line, outcome: "keep", reason: payload, by, at: NOW, until } as const;
  const remedy = remedyOf(payload);
  const remedies = { line: () => remedy, grant: () => remedy, invitation: () => remedy };
  const about = { base: "/orgs/1/audit", viewer: keyOf(accountId(801)), remedies };
  const deciding = { ...about, decisions: newestDecisions([decision]) };
  const decided = { ...audit, exposure: [line] };
  const refused = { problem: "reason", outcome: "keep", until: payload, given: payload } as const;
  return {
    decided: auditPage({ ...base, ...NEWEST, now: NOW, audit: decided, flags: [], deciding }),
    line: linePage({ ...base, now: NOW, audit: decided, line, decision, refused, remedy }),
  };
}

const trailOf = (payload: string, base: { readonly installation: Installation; readonly viewer: typeof viewer }) =>
  trailPage({
    ...base,
    entries: [
      {
        ...{ seq: 1, at: NOW, actorId: accountId(1), act: "flag.acknowledged", target: "x", reason: payload },
        about: accountId(2),
        subject: {
          ...{ accountId: accountId(2), login: payload, repositoryName: payload },
          pullRequest: { number: 1, title: payload },
        },
      },
    ],
    logins: new Map([[accountId(1), payload]]),
    people: [accountId(1)],
    query: { act: null, person: null, before: null },
    older: 1,
  });
const correction = (text: string): Correction => ({ text, byAccountId: accountId(801), byLogin: text, at: NOW });

/** What is kept of an account of which only a correction is. */
const kept = (payload: string): Subject => ({
  ...{ schema: "sallyport.subject/1", installationId: INSTALLATION, accountId: accountId(4711), asOf: NOW },
  ...{
    reports: [],
    flags: [],
    localList: [],
    listed: [],
    cachedFacts: [],
    histories: [],
    ties: [],
    snapshots: [],
    looks: [],
    accessSince: [],
    audits: [],
  },
  ...{
    work: [],
    decisions: [],
    exposureDecisions: [],
    grants: [],
    referrals: [],
    trail: [],
    notIncluded: [],
    stays: [],
    corrections: [correction(payload)],
  },
});

/** The data page after each of its forms was refused. */
const dataPages = (payload: string, base: { readonly installation: Installation; readonly viewer: typeof viewer }) => ({
  correcting: dataPage({ ...base, subject: kept(payload), refused: { form: "correction", given: payload } }),
  erasing: dataPage({ ...base, subject: kept(payload), refused: { form: "erase", given: payload } }),
});

const placed = (file: StoredPolicy["file"], place: string) => ({ file, place, lines: { mode: 3 } });

const stored = (payload: string, problems: StoredPolicy["problems"]): StoredPolicy => ({
  file: { triage: { sensitive_paths: [payload] } },
  ...{ sourceSha: "x", source: payload, problems, fetchedAt: NOW },
});

/** The policy page with the payload in every place that a file's author chooses. */
const policyOf = (payload: string, base: { readonly installation: Installation; readonly viewer: typeof viewer }) =>
  policyPage({
    ...base,
    githubUrl: "https://github.com",
    keys: explainPolicy(
      {
        organization: placed({ triage: { sensitive_paths: [payload] } }, payload),
        repository: placed({ mode: "live", triage: { sensitive_paths: [payload] } }, payload),
      },
      "shadow",
    ),
    organization: stored(payload, [{ where: payload, what: payload, mend: payload }]),
    repository: stored(payload, []),
    others: [{ id: repositoryId(101), source: `${payload}/.github/sallyport.yml` }],
  });

/** The tags of a page with their attributes' names: what a browser builds, without any text. */
function skeleton(page: string): readonly string[] {
  return [...page.matchAll(/<[^>]*>/g)].map(([tag]) => tag.replace(/="[^"]*"/g, "="));
}

const plain = pages("harmless");

test.each(PAYLOADS)("pages: have the same elements and attributes when every field holds %j", (payload) => {
  for (const [name, page] of Object.entries(pages(payload))) {
    // A search that finds nothing draws another page; it is compared with a search for something as absent.
    const expected = name === "search" ? (pages("zzz").search ?? "") : (plain[name] ?? "");
    expect([name, skeleton(page)]).toEqual([name, skeleton(expected)]);
    expect(page).not.toMatch(/href="(?!https?:|\/|\?|#|mailto:)/);
  }
});

test("pages: have no style, event handler or script of their own", () => {
  for (const page of Object.values(plain))
    expect(skeleton(page).join("\n")).not.toMatch(/ style=| on[a-z]+=|<script|<style/);
});

test("pages: show the payload as text, so that the reader sees what was written", () => {
  const page = pages('<b title="x">').report ?? "";
  expect(page).toContain("&lt;b title=&quot;x&quot;&gt;");
});
