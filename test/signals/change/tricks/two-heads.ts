import type { ChangeBefore, ChangeCommit, ChangeCommits, ChangedFile } from "../../../../src/change/change.ts";
import type { Severity } from "../../../../src/change/severity.ts";
import { dossier, present } from "../../../../src/dossier/dossier.ts";
import { changeBefore, type LookedHead } from "../../../../src/dossier/sources/before.ts";
import { aPullRequest } from "../../../dossier/played-gateway.ts";
import { commits, daysAgo, file, filesOf, openedBy, SUBJECT } from "../../given.ts";
import { tricksOn } from "../../tricks.ts";
import type { Vector } from "../../vector.ts";

/** A pull request as it was looked at and as it is now; what a row leaves out is ordinary. */
export interface TwoHeads {
  readonly was: readonly ChangedFile[];
  readonly is: readonly ChangedFile[];
  readonly wasCommits?: readonly ChangeCommit[];
  readonly isCommits?: readonly ChangeCommit[];
  readonly opener?: ChangeCommits["opener"];
  /** How many days ago the first head was looked at, and the new one pushed. */
  readonly lookedDaysAgo?: number;
  readonly pushedDaysAgo?: number | null;
  /** True where GitHub's list of files was cut at the first look. */
  readonly cut?: boolean;
}
export type Row = readonly [when: string, heads: TwoHeads, level: Severity | null];

const LOOKED = "a".repeat(40);
const HEAD = "b".repeat(40);

/** What is made of both by what observes them in the product: nothing of a row is said by hand. */
function observed(heads: TwoHeads, approved: boolean): Promise<ChangeBefore> {
  const { was, is, wasCommits = [], isCommits = [], lookedDaysAgo = 6, pushedDaysAgo = 2, cut = false } = heads;
  const asOf = daysAgo(lookedDaysAgo);
  const look: LookedHead = {
    headSha: LOOKED,
    dossier: dossier(
      { asOf, subject: { accountId: null, kind: "user" } },
      {
        "change.files": present({ ...filesOf(...was), truncated: cut }, asOf),
        "change.commits": present(commits(...wasCommits), asOf),
      },
    ),
  };
  const facts = aPullRequest({
    headSha: HEAD,
    commits: isCommits,
    commitCount: isCommits.length,
    approvals: approved ? [{ headSha: LOOKED, at: asOf }] : [],
    forcePushedAt: pushedDaysAgo === null ? null : daysAgo(pushedDaysAgo),
  });
  return changeBefore(facts, is, {
    of: async () => look,
    toCompare: async () => (approved ? null : look),
    lately: async () => null,
  });
}

/** Rows as vectors: of an approval of the first head, or of a push over it. */
export async function twoHeads(rows: readonly Row[], { approved }: { readonly approved: boolean }) {
  const seen = await Promise.all(
    rows.map(
      async ([when, heads, level]) => [when, { heads, before: await observed(heads, approved) }, level] as const,
    ),
  );
  return tricksOn(
    ({ heads: { opener, isCommits = [] }, before }): Vector["given"] => ({
      "change.commits": {
        ...openedBy(opener ?? { accountId: SUBJECT, kind: "user" }, ...isCommits),
        before,
      },
    }),
    seen,
  );
}

/** A file that a pull request edits: lines in diff form. */
export const edit = (path: string, ...lines: readonly string[]): ChangedFile =>
  file(path, lines, { status: "modified" });

/** The same lines further down, as a base that grew above them shows them. */
export const further = (given: ChangedFile, by = 40): ChangedFile => ({
  ...given,
  hunks: (given.hunks ?? []).map(({ lines }) => ({
    lines: lines.map((line) => ({ ...line, line: line.line + by })),
  })),
});

/** So many lines of code in a file that no policy calls sensitive. */
export const code = (count: number, path = "src/a.ts"): ChangedFile =>
  edit(path, ...Array.from({ length: count }, (_, at) => `+line ${at}`));

export const picture = (path: string, oid: string): ChangedFile =>
  file(path, [], { hunks: null, status: "modified", additions: 0, deletions: 0, oid });
