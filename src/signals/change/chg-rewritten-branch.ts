import type { ChangeBefore, FileDelta } from "../../change/change.ts";
import { inPathOrder } from "../../change/diff/path-order.ts";
import { type Instant, plusDays } from "../../clock.ts";
import { clear, clearBut, type Detection, defineSignal, type Evidence, type Facts, fired } from "../signal.ts";

type Rewritten = NonNullable<ChangeBefore["rewritten"]>;

export default defineSignal({
  id: "chg-rewritten-branch",
  axis: "C",
  family: "change",
  title: "The branch was rewritten, and holds something else than what was looked at",
  version: 37,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/OpenSourceMalware/PolinRider",
      says: "Commits were amended with the clock turned back, so that subject, author and date stayed and the content did not.",
    },
  ],
  why: "What was looked at is not what would be merged. Possible compromise of the machine that pushed it, where dates were kept on purpose.",
  benign: [
    "A commit was amended as the review asked.",
    "A rebase that keeps committer dates, with conflicts that were resolved.",
  ],
  clears: "Say what changed, and look at the difference against the head that was reviewed.",
  framing:
    "The heads are those that GitHub delivered, and the difference is between two looks of our own at the change, by content: a rebase alone has none. Whoever pushed may not be whoever opened it, so the finding speaks of the branch only.",
  needs: ["change.commits"],
  detect,
});

/** How far a committer date may lie before the push that brought the commit, when something in it changed. */
const TURNED_BACK_DAYS = 1;

function detect({ "change.commits": { before }, asOf }: Facts<"change.commits">): Detection {
  if (before === undefined) return clear;
  const { rewritten, unread } = before;
  const blind = unread.includes("pushes") ? "whether the branch was rewritten" : null;
  if (rewritten === null) return blind === null ? clear : clearBut(blind);
  if (rewritten.delta === null) return clearBut("what stood there before the branch was rewritten");
  const [first] = inPathOrder(rewritten.delta);
  if (first === undefined) return clear;
  const says = `${counted(rewritten.delta)} differ from the head that was looked at before`;
  const turnedBack = keptDates(rewritten, asOf);
  if (turnedBack.length === 0)
    return fired([fact(rewritten, `The branch was rewritten: ${says}.`, first)], { severity: "low" });
  return fired(
    turnedBack.map(({ oid, committedAt }) => ({
      ...fact(
        rewritten,
        `A commit kept its author, author date and a committer date from before the push, and its content changed: ${says}.`,
        first,
      ),
      commit: oid,
      at: committedAt,
    })),
    { severity: "high" },
  );
}

/**
 * By GitHub's clock where it named the push; otherwise it came before we looked. What was amended after the look at the
 * head that it takes the place of, and pushed days later, has a date of its own.
 */
const keptDates = ({ kept, at, lookedAt }: Rewritten, asOf: Instant): Rewritten["kept"] => {
  const limit = Date.parse(plusDays(at ?? asOf, -TURNED_BACK_DAYS));
  const looked = lookedAt === undefined ? limit : Date.parse(lookedAt);
  return kept.filter(({ committedAt }) => Date.parse(committedAt) < Math.min(limit, looked));
};

function counted(delta: readonly FileDelta[]): string {
  const lines = delta.reduce((sum, file) => sum + file.lines, 0);
  return `${lines === 1 ? "1 line" : `${lines} lines`} in ${delta.length === 1 ? "1 file" : `${delta.length} files`}`;
}

const fact = ({ at, oid }: Rewritten, says: string, { path, line }: FileDelta): Evidence => ({
  fact: says,
  tier: "SC",
  commit: oid,
  ...(at !== null && { at }),
  place: { path, line },
});
