import { type ChangeCommits, type EarlierHead, type FileDelta, vouchedFor } from "../../change/change.ts";
import { inPathOrder } from "../../change/diff/path-order.ts";
import { matcherOf } from "../../policy/glob.ts";
import { clear, clearBut, type Detection, defineSignal, type Evidence, type Facts, fired } from "../signal.ts";
import { ofChange } from "../worst.ts";

export default defineSignal({
  id: "chg-post-approval-push",
  axis: "C",
  family: "change",
  title: "Something else was pushed after the approval",
  version: 37,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-protected-branches/about-protected-branches",
      says: "An approval stays when new commits are pushed, unless the branch dismisses stale approvals.",
    },
  ],
  why: "The approval still counts, and nobody who gave it has seen what would be merged now.",
  benign: [
    "Small corrections that the reviewer asked for with the approval.",
    "A maintainer who may push to the branch finished it.",
  ],
  clears: "Have the reviewer look at the difference since the approval and approve the head of now.",
  framing:
    "GitHub recorded who approved which commit and when, and only words of people who may write count. The difference is taken from the change itself, so merges of the base branch and rebases add nothing to it.",
  needs: ["change.commits"],
  detect,
});

/** Lines changed after an approval, up to which it is a correction of the kind that reviews end with. */
const SMALL = 20;

function detect({ "change.commits": commits, thresholds }: Facts<"change.commits">): Detection {
  const { before } = commits;
  if (before === undefined) return clear;
  const { approval, unread } = before;
  const blind = unread.includes("approvals") ? "who approved which commit" : null;
  if (approval === null) return blind === null ? clear : clearBut(blind);
  if (approval.delta === null)
    return fired([fact(approval, "Commits came after the approval; which files they changed was not read.")], {
      severity: "low",
      unseen: "what was pushed after the approval",
    });
  const isSensitive = matcherOf(thresholds.sensitivePaths);
  const delta = inPathOrder(approval.delta);
  const sensitive = delta.filter(({ path }) => isSensitive(path));
  const grave = ownAutomation(commits) ? "low" : "high";
  const found = sensitive.map((file) => ({
    severity: grave,
    evidence: fact(
      approval,
      `${linesOf(file.lines)} of this file changed after the approval; the policy calls its path sensitive.`,
      file,
    ),
  })) satisfies Parameters<typeof ofChange>[0];
  const others = delta.filter((file) => !sensitive.includes(file));
  const lines = others.reduce((sum, file) => sum + file.lines, 0);
  const [first] = others;
  const note =
    first && lines > SMALL
      ? [{ severity: "low" as const, evidence: fact(approval, rest(lines, others.length), first) }]
      : [];
  return ofChange([...found, ...note], { blind: null, note: blind });
}

const linesOf = (count: number): string => (count === 1 ? "1 line" : `${count} lines`);
const rest = (lines: number, files: number): string =>
  `${linesOf(lines)} of ${files === 1 ? "this file" : `${files} files, this one first,`} changed after the approval.`;

/** An update bot writes its own branch anew whenever the base moves or a newer version comes out. */
const ownAutomation = ({ opener, commits }: ChangeCommits): boolean =>
  opener.kind === "bot" &&
  commits.every((commit) => commit.authorAccountId === opener.accountId && vouchedFor(commit, opener.accountId));

const fact = ({ at, oid }: EarlierHead, says: string, file?: FileDelta): Evidence => ({
  fact: says,
  tier: "SC",
  commit: oid,
  ...(at !== null && { at }),
  ...(file && { place: { path: file.path, line: file.line } }),
});
