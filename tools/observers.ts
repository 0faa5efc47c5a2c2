import type { SectionName } from "../src/dossier/facts.ts";
import type { SignalMeta } from "../src/signals/signal.ts";
import type { Code } from "./code-closure.ts";

/** Where a section comes from: files under `src`, with everything they lead to. */
interface Observer {
  readonly from: readonly string[];
  /**
   * The file that makes this section alone of those that come the same way. The others' are left out: what is on the
   * way hands each of them on as it is.
   */
  readonly own?: string;
}

const question = (name: string): string => `github/queries/${name}.graphql`;
const adapter = (name: string): string => `github/octokit/${name}.ts`;

const TRIAGE = ["dossier/collect.ts", adapter("repository/pull-request"), question("pr-triage")];
const FILES = [
  ...TRIAGE,
  ...["repository/pull-request-files", "repository/head-files"].map(adapter),
  question("head-files"),
];
const PUSH = [
  "dossier/collect-push.ts",
  "dossier/dossier.ts",
  adapter("repository/pushes"),
  question("earlier-commits"),
];
const ACCOUNT = ["dossier/sources/account.ts", adapter("account/account-history"), question("author-history")];
const HOLDER = ["dossier/collect.ts", "dossier/collect-account.ts"];
const STANDING = [...HOLDER, adapter("account/standing-here")];
const ORGANIZATION_ID = question("organization-id");
/** What Sallyport itself kept: a store hands back what it was given. */
const KEPT = ["flows/steps/known-account.ts"];
const HISTORIES = [
  "dossier/collect-histories.ts",
  ...["account/owned-repositories", "account/scan", "account/contribution-years", "account/merges-of"].map(adapter),
  ...["repository/commit-origins", "repository/commit-history", "repository/repository"].map(adapter),
  ...["owned-repositories", "pull-request-commits", "commit-facts", "commit-history"].map(question),
  ...["contribution-years", "merges-of"].map(question),
];
const AUDIT = [
  // Not handed back as it was given: a question of its own picks out what one account holds.
  "store/postgres/audits/audits.ts",
  ...[
    adapter("access/snapshot"),
    adapter("access/live"),
    question("access/team-access"),
    question("access/repo-access"),
    question("access/org-repos"),
    question("access/org-rules"),
    question("access/protection-allowances"),
    question("access/ruleset-rules"),
    question("access/user-repos"),
    question("access/repo-collaborators"),
  ],
  ...["org-teams", "team-members", "team-repos", "org-members", "viewer-in-org"].map((name) =>
    question(`access/${name}`),
  ),
];

/** The one place that says what observes each section. `test/signals/lock.test.ts` finds what is missing here. */
export const OBSERVERS: Readonly<Record<SectionName, Observer>> = {
  "change.files": { from: [...FILES, ...PUSH] },
  // A report on access keeps those of the last pull request, and a head is compared with what was kept of others.
  "change.commits": { from: [...FILES, ...KEPT, "store/postgres/tenant/read-reports.ts"] },
  "change.texts": { from: [...FILES, ...PUSH] },
  "change.push": { from: PUSH },
  "change.thread": { from: [...TRIAGE, adapter("repository/thread-comments"), question("thread-comments")] },
  "change.signatures": { from: [...TRIAGE, ...PUSH, adapter("repository/signed-before"), question("signed-before")] },
  "account.profile": { from: [...TRIAGE, ...ACCOUNT] },
  "account.repositories": { from: ACCOUNT },
  "account.pullRequests": { from: ACCOUNT },
  "account.activity": { from: [...ACCOUNT, adapter("account/account-dates")] },
  "account.years": { from: HISTORIES, own: "dossier/sources/years.ts" },
  "account.texts": { from: ACCOUNT },
  "account.keys": { from: [...ACCOUNT, adapter("account/account-dates")] },
  "account.snapshots": { from: KEPT },
  "access.grant": { from: ["dossier/collect.ts", adapter("account/roles")] },
  "access.lastGrant": { from: ["flows/steps/last-grant.ts", "store/postgres/tenant/read-reports.ts"] },
  "access.grants": { from: [...KEPT, ...AUDIT] },
  // Who gave or invited, as the event and the list of invitations say.
  "access.referrals": {
    from: [...[...KEPT, "job/giver.ts", "store/postgres/audits/referrals.ts", adapter("access/people")]],
  },
  "access.recordHere": { from: [...TRIAGE, ...STANDING, question("record-here")] },
  "access.lastActivity": { from: [...STANDING, question("activity-here"), ORGANIZATION_ID] },
  "history.identity": { from: HISTORIES, own: "history/traces/trace-identity.ts" },
  "history.dates": { from: HISTORIES, own: "history/traces/trace-dates.ts" },
  "history.origin": { from: HISTORIES, own: "history/traces/trace-origin.ts" },
  "history.continuity": { from: HISTORIES, own: "history/traces/trace-continuity.ts" },
  "history.pictures": { from: HISTORIES, own: "history/traces/trace-pictures.ts" },
  "history.scan": { from: HISTORIES, own: "dossier/sources/copies.ts" },
  "code.matches": { from: [...HISTORIES, "flows/code-index/own-code.ts"], own: "dossier/sources/code-matches.ts" },
  "network.ties": { from: HISTORIES, own: "dossier/sources/ties.ts" },
  "intel.localList": { from: KEPT },
  // Which account an address is tied to the scan says.
  "intel.matches": { from: [...KEPT, "flows/steps/tie-addresses.ts", "dossier/sources/own-commits.ts"] },
};

/** What carries and decides nothing: how a question travels, how git is run, how work is paced. */
const CARRIERS = ["github/octokit/transport/session.ts", "history/read/git.ts", "slices.ts"];
/** Not followed: those, and the generated list of signals, which holds the hash itself. */
const WALLS = [...CARRIERS, "signals/catalog.ts"];

const SECTIONS = Object.keys(OBSERVERS) as readonly SectionName[];
const OWN = SECTIONS.flatMap((section) => OBSERVERS[section].own ?? []);

/** Files whose code decides what stands in a section. */
export function observing(code: Code, section: SectionName): ReadonlySet<string> {
  const { from, own } = OBSERVERS[section];
  const shared = code.closure(from, new Set([...WALLS, ...(own === undefined ? [] : OWN)]));
  return new Set([...shared, ...code.closure(own === undefined ? [] : [own], new Set(WALLS))]);
}

/** Files whose code decides what a signal says: its own, and what observes the sections it reads. */
export function judging(
  code: Code,
  path: string,
  { needs, needsOneOf = [], uses = [] }: Pick<SignalMeta, "needs" | "needsOneOf" | "uses">,
): ReadonlySet<string> {
  const observed = [...needs, ...needsOneOf, ...uses].flatMap((section) => [...observing(code, section)]);
  return new Set([...code.closure([path], new Set(WALLS)), ...observed]);
}

/** Files that decide what a dossier adds up to, whichever signals there are. It may read every section. */
export function weighing(code: Code): ReadonlySet<string> {
  const observed = SECTIONS.flatMap((section) => [...observing(code, section)]);
  return new Set([...code.closure(["assessment/assess.ts"], new Set(WALLS)), ...observed]);
}
