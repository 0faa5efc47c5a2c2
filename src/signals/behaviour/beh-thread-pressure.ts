import { type ChangeThread, PRESSED_FOR, PRESSURE_HOURS, type PressedFor, type Pressing } from "../../change/thread.ts";
import { clearBut, type Detection, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "beh-thread-pressure",
  axis: "C",
  family: "behaviour",
  title: "Accounts that did hardly anything before press for this within three days",
  version: 21,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://linuxfoundation.org/blog/openssf-openjs-alert-for-social-engineering-takeovers-of-open-source-projects",
      says: "Little known accounts pressed maintainers to act in haste and to let a newcomer in, with others to back them up.",
    },
  ],
  why: "Maintainers who are pressed by many look less closely, or hand the project to whoever is praised.",
  benign: [
    "Users who came from one post and want the change, some of them new to GitHub.",
    "Colleagues at a company that waits for the change, with accounts made for their work.",
    "A class or a workshop.",
  ],
  clears:
    "Take the time that the change needs. Ask those who press what they use it for, and decide by the diff alone.",
  framing:
    "Anybody can make accounts and praise or press for somebody else's pull request, so it is said of the conversation: it adds nothing to whoever opened the pull request, raises no other finding and has nobody looked at more closely. Neither texts nor names of those who comment are kept.",
  needs: ["change.thread"],
  detect: ({ "change.thread": thread }) => detect(thread),
});

const MIN_ACCOUNTS = 2;
/** Comments, issues, pull requests and repositories of its own from before. */
const MAX_ACTS = 3;

function detect({ pressing, unread }: ChangeThread): Detection {
  const unseen = unread === 0 ? null : "what some comments say";
  const windows = windowsOf(pressing);
  const found = windows
    .filter((accounts) => isCrowdOf(accounts, isThin))
    .toSorted((a, b) => b.filter(isThin).length - a.filter(isThin).length)[0];
  if (found !== undefined) return fired(evidence(found), { severity: "high", rank, unseen });
  if (windows.some((accounts) => isCrowdOf(accounts, (account) => isThin(account) || account.priorActs === null)))
    return unknown("what those who press did before");
  return clearBut(unseen);
}

const isThin = ({ priorActs }: Pressing): boolean => priorActs !== null && priorActs <= MAX_ACTS;

/** Of users whom one post sent most have been around: a crowd is of such accounts when at least half of it are. */
function isCrowdOf(accounts: readonly Pressing[], counts: (account: Pressing) => boolean): boolean {
  const counted = accounts.filter(counts).length;
  return counted >= MIN_ACCOUNTS && 2 * counted >= accounts.length;
}

/** Who presses within the hours from each comment on, with what was said in them. */
function windowsOf(pressing: readonly Pressing[]): readonly (readonly Pressing[])[] {
  const starts = pressing.flatMap(({ comments }) => comments.map(({ at }) => Date.parse(at)));
  return [...new Set(starts)]
    .sort((a, b) => a - b)
    .map((from) =>
      pressing.flatMap((account) => {
        const within = account.comments.filter(({ at }) => {
          const hours = (Date.parse(at) - from) / 3_600_000;
          return hours >= 0 && hours <= PRESSURE_HOURS;
        });
        return within.length > 0 ? [{ ...account, comments: within }] : [];
      }),
    );
}

const WORDS: Readonly<Record<PressedFor, string>> = {
  merge: "to merge",
  hurry: "to hurry",
  hand_over: "to hand over access or maintainership",
};

/** The sentence that counts comes first, then each comment. */
const rank = ({ link }: Evidence): number => (link === undefined ? 0 : 1);

function evidence(accounts: readonly Pressing[]): readonly Evidence[] {
  const thin = accounts.filter(isThin);
  const others = accounts.length - thin.length;
  const beside = others === 0 ? "" : `, and ${others} other${others === 1 ? "" : "s"}`;
  const said = thin.flatMap(({ comments }) => comments).toSorted((a, b) => (a.link < b.link ? -1 : 1));
  return [
    {
      fact: `Within ${PRESSURE_HOURS} hours ${thin.length} accounts without a tie to the repository, each with at most ${MAX_ACTS} public acts before${beside}, press here.`,
      tier: "TP",
    },
    ...said.map(({ at, link, pressesFor }): Evidence => {
      const asks = PRESSED_FOR.filter((each) => pressesFor.includes(each))
        .map((each) => WORDS[each])
        .join(", and ");
      return { fact: `A comment of one of them presses ${asks}.`, tier: "TP", at, link };
    }),
  ];
}
