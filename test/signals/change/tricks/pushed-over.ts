import type { ChangeCommit } from "../../../../src/change/change.ts";
import { commit, daysAgo, file } from "../../given.ts";
import { code, edit, further, picture, type Row, type TwoHeads } from "./two-heads.ts";

const CONFIG = edit("postcss.config.js", " plugins: [", "+  a(),", " ],");
const PAYLOAD = edit("postcss.config.js", " plugins: [", "+  a(),", "+  eval(x),", " ],");
/** A commit that was made ten days ago and looked at six days ago; two days ago something was pushed over it. */
const AT = daysAgo(10);
const first = commit({ oid: "1", authoredAt: AT, committedAt: AT });
const kept = (more: Partial<ChangeCommit> = {}): ChangeCommit => commit({ ...first, oid: "2", ...more });
const over = (
  is: TwoHeads["is"],
  isCommits: TwoHeads["isCommits"] = [kept()],
  more: Partial<TwoHeads> = {},
): TwoHeads => ({
  ...{ was: [CONFIG], is, wasCommits: [first], isCommits },
  ...more,
});
const high = (when: string, heads: TwoHeads): Row => [when, heads, "high"];
const low = (when: string, heads: TwoHeads): Row => [when, heads, "low"];
const fine = (when: string, heads: TwoHeads): Row => [when, heads, null];
const MORE = [PAYLOAD];

/** The clock was turned back, so that a commit looks as it did. */
const TURNED_BACK: readonly Row[] = [
  high("a line more under the same dates", over(MORE)),
  high("other words of the commit", over(MORE, [kept({ oid: "9" })])),
  high("dates a second apart", over(MORE, [kept({ committedAt: daysAgo(10 - 1 / 86_400) })])),
  high("a date before the first one", over(MORE, [kept({ committedAt: daysAgo(11) })])),
  high("a date between the commit and the look", over(MORE, [kept({ committedAt: daysAgo(7) })])),
  high("a date of a year before Git", over(MORE, [kept({ committedAt: "1970-01-01T00:00:00.000Z" })])),
  high("the last of three commits", over(MORE, [commit({ oid: "x" }), commit({ oid: "y" }), kept()])),
  high(
    "three commits made one under the first one's face",
    over(MORE, [kept()], { wasCommits: [first, commit({ oid: "3", authoredAt: daysAgo(9) })] }),
  ),
  high(
    "commits in another order",
    over(MORE, [kept({ oid: "4", authoredAt: daysAgo(9), committedAt: daysAgo(9) }), kept()], {
      wasCommits: [first, commit({ oid: "3", authoredAt: daysAgo(9), committedAt: daysAgo(9) })],
    }),
  ),
  high(
    "a signature that is gone",
    over(MORE, [kept({ signature: "none" })], { wasCommits: [{ ...first, signature: "valid" }] }),
  ),
  high("another committer", over(MORE, [kept({ committerAccountId: 99, authoredByCommitter: false })])),
  high("other parents", over(MORE, [kept({ parentOids: ["f00d"] })])),
  high("a commit more behind it", over(MORE, [kept(), commit({ oid: "5" })])),
  high(
    "split over a push and one on top of it",
    over([PAYLOAD, code(3)], [kept(), commit({ oid: "5" })], { pushedDaysAgo: 3 }),
  ),
  high(
    "an author without an account",
    over(MORE, [kept({ authorAccountId: null })], { wasCommits: [{ ...first, authorAccountId: null }] }),
  ),
  high("nobody said when it was pushed", over(MORE, [kept()], { pushedDaysAgo: null })),
  high("a file more", over([CONFIG, file("setup.js", ["+eval(x)"])])),
  high("a file that is gone from it", over([], [kept()])),
  high("a file under another name", over([{ ...CONFIG, status: "renamed", previousPath: "tailwind.config.js" }])),
  high("the line in another place", over([edit("postcss.config.js", " plugins: [", " ],", "+  a(),")])),
  high("the line indented otherwise", over([edit("postcss.config.js", " plugins: [", "+a(),", " ],")])),
  high("a letter that nobody sees", over([edit("postcss.config.js", " plugins: [", "+  a(),\u200b", " ],")])),
  high("a font of other content", over([picture("a.woff2", "2")], [kept()], { was: [picture("a.woff2", "1")] })),
  high("lines that do not come any more", over([{ ...CONFIG, hunks: null }])),
  high(
    "two commits whose dates were both kept",
    over(MORE, [kept(), kept({ oid: "6", authoredAt: daysAgo(9) })], {
      wasCommits: [first, { ...first, oid: "3", authoredAt: daysAgo(9) }],
    }),
  ),
];

/** What people push over their own branch. */
const AMENDED: readonly Row[] = [
  low("a commit amended as the review asked", over(MORE, [kept({ committedAt: daysAgo(2) })])),
  low("one amended on Friday and pushed on Monday", over(MORE, [kept({ committedAt: daysAgo(5) })])),
  low("a correction put into its commit", over(MORE, [kept({ committedAt: daysAgo(2.5) })])),
  low(
    "a rebase with a conflict",
    over([edit("postcss.config.js", " plugins: [", "+  a(), b(),", " ],")], [kept({ committedAt: daysAgo(2) })]),
  ),
  low("all commits in place of all others", over(MORE, [commit({ oid: "7" })])),
  low("one commit of all", over(MORE, [commit({ oid: "7", authoredAt: daysAgo(2) })])),
  low("another author's commit", over(MORE, [kept({ authorAccountId: 99 })])),
  low("a part of the change dropped", over([], [commit({ oid: "7" })])),
  low("a clock that is a few hours slow", over(MORE, [kept({ committedAt: daysAgo(2.2) })])),
  low("a look that came late", over(MORE, [kept({ committedAt: daysAgo(2.8) })], { lookedDaysAgo: 2.5 })),
  low(
    "a file formatted anew",
    over([edit("postcss.config.js", " plugins: [", "+    a(),", " ],")], [kept({ committedAt: daysAgo(2) })]),
  ),
];

const UNCHANGED: readonly Row[] = [
  fine("a rebase that keeps every date", over([further(CONFIG)])),
  fine("a rebase with dates of its own", over([further(CONFIG)], [kept({ committedAt: daysAgo(2) })])),
  fine("other words for a commit", over([CONFIG], [kept({ committedAt: daysAgo(2) })])),
  fine("commits made one", over([CONFIG], [kept()], { wasCommits: [first, commit({ oid: "3" })] })),
  fine("one commit made several", over([CONFIG], [kept(), commit({ oid: "8" })])),
  fine("a signature put on", over([CONFIG], [kept({ signature: "valid" })])),
  fine("an address of the author corrected", over([CONFIG], [kept({ authorAccountId: 5 })])),
  fine("a trailer put in", over([CONFIG], [kept({ authorAccountIds: [4711, 12] })])),
  fine("files in another order", over([code(2), CONFIG], [kept()], { was: [CONFIG, code(2)] })),
  fine(
    "lines of the base further away",
    over([edit("postcss.config.js", " new", " plugins: [", "+  a(),", " ],", " new")]),
  ),
  fine("a commit on top", over([PAYLOAD], [commit({ oid: "a".repeat(40) }), commit({ oid: "8" })])),
  fine(
    "the base merged in",
    over([CONFIG], [commit({ oid: "a".repeat(40) }), commit({ oid: "8", parentOids: ["1", "2"] })]),
  ),
  fine("a picture as it was", over([picture("a.png", "1")], [kept()], { was: [picture("a.png", "1")] })),
];

export const PUSHED_OVER: readonly Row[] = [...TURNED_BACK, ...AMENDED, ...UNCHANGED];
