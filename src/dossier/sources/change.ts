import type { ChangeBefore, ChangeTexts } from "../../change/change.ts";
import type { Instant } from "../../clock.ts";
import { type Dossier, present, unavailable } from "../dossier.ts";
import type { DossierGateway, PullRequestFacts } from "../gateway.ts";

type ChangeSections = Pick<Dossier["sections"], "change.files" | "change.commits" | "change.texts">;
type Files = Awaited<ReturnType<DossierGateway["pullRequestFiles"]>>;

/** The change's sections from Q1 and the file list; pure. */
export function changeSections(
  facts: PullRequestFacts,
  files: Files,
  { asOf, before }: { readonly asOf: Instant; readonly before: ChangeBefore },
): ChangeSections {
  return {
    "change.files": files.ok
      ? present({ ...files.value, truncated: isPartlyShown(facts, files) }, asOf)
      : unavailable(files.reason, files.retryAt),
    "change.commits": commits(facts, before, asOf),
    "change.texts": present(texts(facts, files), asOf),
  };
}

/** True where the list or a file's lines are known to be cut. */
export const isPartlyShown = (facts: PullRequestFacts, files: Files & { readonly ok: true }): boolean =>
  isCut(facts, files) || hidesLines(facts, files);

/** A list that fills its last page is whole all the same when it holds every file there is. */
const isCut = (facts: PullRequestFacts, { value }: Files & { readonly ok: true }): boolean =>
  value.truncated && value.files.length < facts.changedFileCount;

/** Past its limits GitHub lists files with zero changed lines and no patch: the total betrays them. */
function hidesLines(facts: PullRequestFacts, files: Files & { readonly ok: true }): boolean {
  const shown = files.value.files.reduce((sum, { additions, deletions }) => sum + additions + deletions, 0);
  return shown < facts.changedLineCount;
}

/**
 * Q1 shows the last hundred commits. When it shows fewer than that, and fewer than the pull request has, some are
 * hidden.
 */
export const COMMITS_SHOWN = 100;

function commits(facts: PullRequestFacts, before: ChangeBefore, asOf: Instant): Dossier["sections"]["change.commits"] {
  const { commits: shown, commitCount: totalCount, createdAt: pullRequestCreatedAt, author } = facts;
  if (!commitsShown(facts)) return unavailable("incomplete");
  const opener = { accountId: author.id, kind: author.kind };
  return present({ commits: shown, totalCount, pullRequestCreatedAt, opener, before }, asOf);
}

export const commitsShown = ({ commits: shown, commitCount }: PullRequestFacts): boolean =>
  shown.length > 0 && shown.length >= Math.min(commitCount, COMMITS_SHOWN);

function texts(facts: PullRequestFacts, files: Files): ChangeTexts {
  const paths = files.ok ? files.value.files.map(({ path }) => path) : facts.paths;
  return {
    texts: [
      { field: "branch", text: facts.headBranch },
      { field: "title", text: facts.title },
      ...facts.commitSubjects.map((text) => ({ field: "commit_subject" as const, text })),
      ...paths.map((text) => ({ field: "file_name" as const, text })),
    ],
    // A private repository's commits can be hidden altogether, count included.
    complete:
      commitsShown(facts) &&
      facts.commitSubjects.length >= facts.commitCount &&
      (files.ok ? !isCut(facts, files) : paths.length >= facts.changedFileCount),
    authorAssociation: facts.authorAssociation,
  };
}
