import type { CodeInRepository, CodeMatches } from "../../src/change/code-index/found.ts";
import { daysAgo } from "./given.ts";

/** A repository of the account's with so many contents of the organisation's that its own pushes brought. */
export const holding = (counted: number, more: Partial<CodeInRepository> = {}): CodeInRepository => ({
  repository: 7,
  blobCount: 120,
  matchedCount: counted,
  pushedCount: counted,
  begunWithCount: 0,
  published: false,
  refs: [{ commit: "c1", at: daysAgo(30), attested: true }],
  paths: [{ path: "src/ledger.ts", commit: "c1" }],
  ...more,
});

/** What was compared, where `countedCount` is that of these repositories. */
export const codeMatches = (
  repositories: readonly CodeInRepository[],
  more: Partial<CodeMatches> = {},
): { readonly "code.matches": CodeMatches } => ({
  "code.matches": {
    repositories,
    comparedCount: 3,
    uncomparedCount: 0,
    countedCount: repositories.reduce(
      (sum, { published, pushedCount, begunWithCount }) =>
        sum + (published === false ? pushedCount - begunWithCount : 0),
      0,
    ),
    ...more,
  },
});
