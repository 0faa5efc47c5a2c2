import type { ChangeBefore, ChangeCommit, ChangedFile, EarlierHead, KeptFace } from "../../change/change.ts";
import { deltaBetween } from "../../change/delta.ts";
import { inSlices } from "../../slices.ts";
import type { Dossier } from "../dossier.ts";
import type { PullRequestFacts } from "../gateway.ts";
import { COMMITS_SHOWN, commitsShown } from "./change.ts";

/** What is kept of an earlier head of the same pull request. */
export interface LookedHead {
  readonly headSha: string;
  readonly dossier: Dossier;
}

/** Where earlier looks are found; no request. */
export interface EarlierLooks {
  /** The look at this head; null when it was never read, or what was read is erased. */
  of(headSha: string): Promise<LookedHead | null>;
  /** The head that somebody marked reviewed last, else the first one that is kept. */
  toCompare(): Promise<LookedHead | null>;
  /** The newest look at another pull request, or head, of the same author in this repository. */
  lately(): Promise<LookedHead | null>;
}

/** What stood in the pull request before its head of now, against what was kept of earlier looks. No request. */
export async function changeBefore(
  facts: PullRequestFacts,
  now: readonly ChangedFile[] | null,
  looks: EarlierLooks,
): Promise<ChangeBefore> {
  const allCommits = commitsShown(facts) && facts.commitCount <= COMMITS_SHOWN;
  return {
    approval: await lastApproval(facts, now, looks),
    rewritten: allCommits ? await pushedOver(facts, now, looks) : null,
    unread: [
      ...(facts.approvals === null ? (["approvals"] as const) : []),
      ...(allCommits ? [] : (["pushes"] as const)),
    ],
  };
}

async function lastApproval(
  { approvals, headSha }: PullRequestFacts,
  now: readonly ChangedFile[] | null,
  looks: EarlierLooks,
): Promise<EarlierHead | null> {
  const [last] = (approvals ?? []).toSorted((a, b) => (a.at < b.at ? 1 : -1));
  if (last === undefined || approvals?.some((approval) => approval.headSha === headSha)) return null;
  return { oid: last.headSha, at: last.at, delta: await deltaSince(await looks.of(last.headSha), now) };
}

async function pushedOver(
  { commits, headSha, forcePushedAt }: PullRequestFacts,
  now: readonly ChangedFile[] | null,
  looks: EarlierLooks,
): Promise<ChangeBefore["rewritten"]> {
  const look = await looks.toCompare();
  if (look === null || look.headSha === headSha || commits.some(({ oid }) => oid === look.headSha)) return null;
  const earlier = look.dossier.sections["change.commits"];
  const kept = earlier.state === "present" ? keptFaces(earlier.value.commits, commits) : [];
  const lookedAt = look.dossier.asOf;
  return { oid: look.headSha, at: forcePushedAt, delta: await deltaSince(look, now), kept, lookedAt };
}

/** Null where either side was not read as a whole. */
async function deltaSince(look: LookedHead | null, now: readonly ChangedFile[] | null): Promise<EarlierHead["delta"]> {
  const before = look?.dossier.sections["change.files"];
  if (before?.state !== "present" || before.value.truncated || now === null) return null;
  return inSlices(deltaBetween(before.value.files, now));
}

/** Commits that are new here and have the author and the author date of one that is gone. */
function keptFaces(before: readonly ChangeCommit[], now: readonly ChangeCommit[]): readonly KeptFace[] {
  const stays = new Set(now.map(({ oid }) => oid));
  const known = new Set(before.map(({ oid }) => oid));
  const gone = new Set(before.filter(({ oid }) => !stays.has(oid)).map(faceOf));
  return now
    .filter((commit) => !known.has(commit.oid) && gone.has(faceOf(commit)))
    .map(({ oid, committedAt }) => ({ oid, committedAt }));
}

const faceOf = ({ authoredAt, authorAccountId }: ChangeCommit): string => `${authorAccountId} ${authoredAt}`;
