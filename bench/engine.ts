import { collect } from "../eval/collect.ts";
import { ARCHETYPES } from "../eval/stories/all.ts";
import { makeTown } from "../eval/town/town.ts";
import { assess } from "../src/assessment/assess.ts";
import type { ChangeCommit, ChangedFile } from "../src/change/change.ts";
import { plusDays } from "../src/clock.ts";
import { type Dossier, dossier, present } from "../src/dossier/dossier.ts";
import type { SectionTypes } from "../src/dossier/facts.ts";
import { accountId } from "../src/ids.ts";

const NOW = "2026-06-01T12:00:00.000Z";
const SUBJECT = 4711;
/** Pull requests of different shape, so that no single one stays in the caches. */
const DOSSIER_COUNT = 400;

/** Assessments per second of processor time, all signals, over dossiers already in memory. */
export interface EngineFigures {
  /** The told story in the middle, and the slowest. */
  readonly medianStory: number;
  readonly slowest: { readonly id: string; readonly perSecond: number };
  readonly pullRequests: number;
  /** Time for all told stories ÷ time to write the same dossiers as JSON and read them back, which no machine changes. */
  readonly ratio: number;
}

const WARM_ROUNDS = 300;
const STORY_SECONDS = 0.25;

/** Runs the engine over one dossier of each told story (docs/evaluation.md), and over pull requests of real sizes. */
export async function benchEngine(seconds = 2): Promise<EngineFigures> {
  const stories: { readonly id: string; readonly read: Dossier }[] = [];
  for (const { id, tell } of ARCHETYPES) {
    const town = makeTown({ story: 1, costume: 1 });
    stories.push({ id, read: await collect(town, tell(town)) });
  }
  // All of them in turn: an engine that has seen one kind of dossier alone is faster than any that runs.
  for (let round = 0; round < WARM_ROUNDS; round += 1) for (const { read } of stories) assess(read);
  const rates = stories
    .map(({ id, read }) => ({ id, perSecond: perSecond([read], STORY_SECONDS) }))
    .sort((a, b) => a.perSecond - b.perSecond);
  const dossiers = Array.from({ length: DOSSIER_COUNT }, (_, index) => pullRequest(index));
  perSecond(dossiers, seconds);
  return {
    medianStory: rates[Math.floor(rates.length / 2)]?.perSecond ?? 0,
    slowest: rates[0] ?? { id: "", perSecond: 0 },
    pullRequests: perSecond(dossiers, seconds),
    ratio: ratioToJson(stories.map(({ read }) => read)),
  };
}

const RATIO_ROUNDS = 400;

/** The two in turn, round by round, and of each the least time: whatever else the machine does only adds to it. */
function ratioToJson(dossiers: readonly Dossier[]): number {
  let [assessed, copied] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (let round = 0; round < RATIO_ROUNDS; round += 1) {
    const start = performance.now();
    for (const each of dossiers) assess(each);
    const between = performance.now();
    for (const each of dossiers) JSON.parse(JSON.stringify(each));
    assessed = Math.min(assessed, between - start);
    copied = Math.min(copied, performance.now() - between);
  }
  return assessed / copied;
}

/** Processor time, so that whatever else the machine does counts for little. */
function perSecond(dossiers: readonly Dossier[], seconds: number): number {
  const start = performance.now();
  const before = process.cpuUsage();
  let assessments = 0;
  while (performance.now() - start < seconds * 1_000) {
    for (const each of dossiers) assess(each);
    assessments += dossiers.length;
  }
  const { user, system } = process.cpuUsage(before);
  return Math.round(assessments / ((user + system) / 1e6));
}

/** Added lines of merged pull requests at p25, p50, p75 and p90 (BASE-RATES.md §2); 3 % touch a workflow, 0.5 % add one. */
const LINE_COUNTS = [4, 9, 44, 158];

function pullRequest(index: number): Dossier {
  const fileCount = 1 + (index % 8);
  const lineCount = Math.ceil((LINE_COUNTS[(index >> 3) % LINE_COUNTS.length] ?? 0) / fileCount);
  const files = Array.from({ length: fileCount }, (_, place) => sourceFile(`src/module-${place}/part.ts`, lineCount));
  if (index % 33 === 0) files.push(workflowFile(index % 200 === 0 ? "added" : "modified"));
  const sections: Partial<SectionTypes> = {
    "change.files": { files, truncated: false },
    "change.commits": {
      commits: Array.from({ length: 1 + (index % 6) }, (_, place) => commit(place)),
      totalCount: 1 + (index % 6),
      pullRequestCreatedAt: NOW,
      opener: { accountId: SUBJECT, kind: "user" },
    },
    "change.texts": { texts: texts(files, index), complete: true, authorAssociation: "CONTRIBUTOR" },
    ...account(index),
    "access.recordHere": { mergedCount: index % 5, mergerCount: index % 3, firstContactAt: plusDays(NOW, -index) },
    "intel.localList": { entries: [] },
  };
  const entries = Object.entries(sections).map(([name, value]) => [name, present(value, NOW)]);
  return dossier({ asOf: NOW, subject: { accountId: accountId(SUBJECT), kind: "user" } }, Object.fromEntries(entries));
}

function sourceFile(path: string, lineCount: number): ChangedFile {
  const lines = Array.from({ length: lineCount }, (_, index) => ({
    kind: "added" as const,
    line: index + 1,
    text: `  const value${index} = compute(input.at(${index}), { retries: ${index} }); // as agreed`,
  }));
  return { path, previousPath: null, status: "modified", additions: lineCount, deletions: 0, hunks: [{ lines }] };
}

function workflowFile(status: "added" | "modified"): ChangedFile {
  const step = [
    "      - name: Test",
    "        run: |",
    "          npm ci",
    "          npm test -- --ci",
    "        env:",
    "          CI: true",
  ];
  const head = [
    "name: ci",
    "on:",
    "  pull_request:",
    "permissions:",
    "  contents: read",
    "jobs:",
    "  test:",
    "    runs-on: ubuntu-latest",
    "    steps:",
  ];
  const texts = status === "added" ? [...head, ...step, ...step, ...step] : step;
  const lines = texts.map((text, index) => ({ kind: "added" as const, line: index + 1, text }));
  return {
    path: ".github/workflows/ci.yml",
    previousPath: null,
    status,
    additions: lines.length,
    deletions: 0,
    hunks: [{ lines }],
  };
}

function commit(index: number): ChangeCommit {
  return {
    oid: `${index}`.padStart(40, "0"),
    authoredAt: plusDays(NOW, index - 9),
    committedAt: plusDays(NOW, index - 9),
    parentOids: [`${index - 1}`.padStart(40, "0")],
    authorAccountId: SUBJECT,
    committerAccountId: SUBJECT,
    authorAccountIds: [SUBJECT],
    authoredByCommitter: true,
    committedViaWeb: false,
    claims: null,
    committerClaims: false,
    signature: "none",
    signedByGitHub: false,
    signerAccountId: null,
  };
}

function texts(files: readonly ChangedFile[], index: number): SectionTypes["change.texts"]["texts"] {
  return [
    { field: "branch", text: `feature/retry-${index}` },
    { field: "title", text: "Retry the request when the server asks for it" },
    { field: "commit_subject", text: "Retry the request; `npm test` passes" },
    ...files.map(({ path }) => ({ field: "file_name" as const, text: path })),
  ];
}

/** Half of the authors have the full lists that GitHub answers with, half are small. */
function account(index: number): Partial<SectionTypes> {
  const count = index % 2 === 0 ? 100 : 8;
  const every = (step: number, size: number): readonly string[] =>
    Array.from({ length: size }, (_, place) => plusDays(NOW, -1 - place * step));
  return {
    "account.profile": { accountId: accountId(SUBJECT), createdAt: plusDays(NOW, -60 - index * 10) },
    "account.repositories": {
      ownedCount: count,
      forkCount: 3,
      repositories: every(30, count / 2).map((createdAt) => ({ createdAt, pushedAt: createdAt, fork: false })),
    },
    "account.pullRequests": {
      totalCount: count,
      mergedCount: count / 2,
      mergedElsewhereCount: count / 2,
      recent: every(6, count / 2).map((createdAt, place) => ({
        createdAt,
        mergedAt: place % 2 === 0 ? createdAt : null,
        ownerNodeId: `O_${place % 9}`,
        elsewhere: true,
      })),
      oldest: [],
    },
    "account.activity": {
      acts: every(10, count)
        .toReversed()
        .map((at) => ({ kind: "issue", at })),
      years: [],
      mayHaveHoles: false,
    },
    "account.keys": { keys: [{ kind: "gpg", createdAt: plusDays(NOW, -900) }] },
    "account.snapshots": { snapshots: [] },
  };
}
