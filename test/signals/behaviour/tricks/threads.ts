import type { Severity } from "../../../../src/change/severity.ts";
import type { ThreadComment } from "../../../../src/dossier/gateway.ts";
import { changeThread } from "../../../../src/dossier/sources/thread.ts";
import { commentShape, saidIn } from "../../../../src/github/octokit/repository/thread-comments.ts";
import { accountId } from "../../../../src/ids.ts";
import { aPullRequest } from "../../../dossier/played-gateway.ts";
import { daysAgo, SUBJECT } from "../../given.ts";
import type { Vector } from "../../vector.ts";

/** One comment as GitHub answers it. */
interface Said {
  /** Number of the account; null for a bot. */
  readonly by: number | null;
  /** Hours before now. */
  readonly ago: number;
  readonly says: string;
  /** What the account did in public before; nothing when absent, null where GitHub does not tell. */
  readonly acts?: number | null;
  readonly as?: string;
}

const said = (by: number | null, ago: number, says: string, acts: number | null = 0, as = "NONE"): Said => ({
  ...{ by, ago, says, acts, as },
});

/** The same as the collector makes it of GitHub's answers. */
async function told(said: readonly Said[]): Promise<Vector["given"]> {
  const listed = said.map(
    ({ by, ago, as = "NONE" }, index): ThreadComment => ({
      ...{ nodeId: `IC_${index}`, at: daysAgo(ago / 24), accountId: by, association: as },
    }),
  );
  const answers = said.map(({ by, says, acts = 0 }, index) => {
    const here = said.filter((other) => other.by === by).length;
    const count = (totalCount: number) => ({ totalCount });
    const author =
      acts === null
        ? null
        : { issueComments: count(here + acts), issues: count(0), pullRequests: count(0), repositories: count(0) };
    const url = `https://github.com/octo-example/app/pull/7#issuecomment-${index}`;
    return saidIn(commentShape.parse({ id: `IC_${index}`, url, body: says, author }));
  });
  const opener = { ...aPullRequest().author, id: accountId(SUBJECT) };
  const answer = await changeThread(
    { threadComments: async (ids) => ({ ok: true, value: answers.filter(({ nodeId }) => ids.includes(nodeId)) }) },
    { comments: listed, author: opener },
  );
  return answer.ok ? { "change.thread": answer.value } : {};
}

type Row = readonly [when: string, said: readonly Said[], level: Severity | null];
export type Given = readonly [when: string, given: Vector["given"], level: Severity | null];

export const toldAs = (rows: readonly Row[]): Promise<readonly Given[]> =>
  Promise.all(rows.map(async ([when, comments, level]): Promise<Given> => [when, await told(comments), level]));

/** Two fresh accounts who say one thing after another. */
const both = (first: string, second: string): readonly Said[] => [said(1, 30, first), said(2, 5, second)];
const crowd = (count: number, acts: number, from = 10): readonly Said[] =>
  Array.from({ length: count }, (_, index) => said(from + index, 20 - index / 2, "+1, please merge", acts));

export const PRESSING: readonly Row[] = [
  ["two ask to merge", both("Please merge this.", "Can someone merge this? We need it."), "high"],
  ["why it is not merged", both("Why is this not merged?", "still hasn't been merged??"), "high"],
  ["when it will be", both("When will this finally be merged?", "When can we get this merged"), "high"],
  ["just do it", both("just merge it", "Merge this already!"), "high"],
  ["it should be", both("This should be merged.", "It needs to be merged, it is ready"), "high"],
  ["praise that ends in a wish", both("Great work, ready to merge!", "LGTM, please merge"), "high"],
  ["one to merge, one to hurry", both("please merge", "This is urgent, we ship on Friday."), "high"],
  ["what takes so long", both("What's the hold up here?", "What is taking so long?"), "high"],
  ["how much longer", both("How much longer?", "How long must we wait for this"), "high"],
  ["they have been waiting", both("We have been waiting for months.", "Still waiting..."), "high"],
  ["as soon as possible", both("Need this ASAP", "please do this as soon as possible"), "high"],
  ["stop blocking", both("Stop blocking good work.", "Quit stalling"), "high"],
  ["another maintainer", both("Maybe this project needs a new maintainer.", "+1 for a co-maintainer"), "high"],
  ["to hand over", both("You should hand over the project.", "Time to pass on maintainership"), "high"],
  ["to step down", both("If you have no time, step down.", "The maintainer seems inactive"), "high"],
  ["access for the author", both("Give them commit access already", "Grant her write access please"), "high"],
  ["to make somebody a maintainer", both("Why not make Sam a maintainer?", "add him as a maintainer"), "high"],
  ["that the project is dead", both("This project is dead without help.", "The repo looks abandoned"), "high"],
  ["to take over", both("Let somebody take over the project", "The owner lost interest"), "high"],
  [
    "in capitals, and with other apostrophes",
    both("PLEASE MERGE", "It hasn\u2019t been merged, why isn\u2019t this merged"),
    "high",
  ],
  ["under quoted words of others", both("> please wait\n\nPlease merge this", "> no\nplease merge"), "high"],
  ["over two lines", both("Please\nmerge this", "can\nwe get this\nmerged"), "high"],
  ["three accounts", [...both("please merge", "please merge"), said(3, 1, "hurry up")], "high"],
  ["with three acts before", [said(1, 30, "please merge", 3), said(2, 5, "please merge", 3)], "high"],
  ["with one of long standing", [...both("please merge", "please merge"), said(3, 1, "please merge", 900)], "high"],
  ["with as many of long standing", [...both("please merge", "please merge"), ...crowd(2, 900)], "high"],
  ["seventy-one hours apart", [said(1, 71.5, "please merge"), said(2, 0.5, "please merge")], "high"],
  ["months ago", [said(1, 2_430, "please merge"), said(2, 2_405, "please merge")], "high"],
  [
    "between talk of others",
    [said(1, 30, "please merge"), said(9, 20, "I like it", 50), said(2, 5, "hurry up")],
    "high",
  ],
  [
    "one of them says it thrice",
    [said(1, 30, "please merge"), said(1, 20, "please merge!"), said(2, 5, "please merge"), said(1, 2, "ASAP")],
    "high",
  ],
  [
    "somebody new to GitHub, by GitHub's word",
    [said(1, 30, "please merge", 0, "FIRST_TIMER"), said(2, 5, "urgent!", 1, "FIRST_TIME_CONTRIBUTOR")],
    "high",
  ],
];

export const ORDINARY_TALK: readonly Row[] = [
  ["nobody said anything", [], null],
  [
    "one impatient person",
    [said(1, 70, "please merge"), said(1, 40, "still waiting"), said(1, 1, "PLEASE MERGE")],
    null,
  ],
  [
    "one, and the bot",
    [said(1, 30, "please merge"), said(null, 5, "please merge main"), said(null, 1, "urgent")],
    null,
  ],
  ["a crowd from one post, of long standing", crowd(12, 40), null],
  ["a crowd from one post, a few of them new", [...crowd(9, 40), ...crowd(2, 1, 50)], null],
  ["whoever opened it, and one more", [said(SUBJECT, 30, "please merge", 0), said(2, 5, "please merge")], null],
  [
    "maintainers who hurry",
    [said(1, 30, "please merge asap", 0, "MEMBER"), said(2, 5, "ready to merge", 1, "OWNER")],
    null,
  ],
  [
    "people who contributed here",
    [said(1, 30, "please merge", 2, "CONTRIBUTOR"), said(2, 5, "hurry up", 1, "CONTRIBUTOR")],
    null,
  ],
  [
    "collaborators",
    [said(1, 30, "please merge", 0, "COLLABORATOR"), said(2, 5, "please merge", 0, "COLLABORATOR")],
    null,
  ],
  ["two of long standing", [said(1, 30, "please merge", 60), said(2, 5, "please merge", 7_000)], null],
  ["one new, one of long standing", [said(1, 30, "please merge"), said(2, 5, "please merge", 300)], null],
  ["two with four acts before", [said(1, 30, "please merge", 4), said(2, 5, "please merge", 4)], null],
  ["two who are three days and an hour apart", [said(1, 78, "please merge"), said(2, 5, "please merge")], null],
  ["two who thank", both("Thanks, this works for me!", "Works great on my machine"), null],
  ["two who report a bug in it", both("This crashes on Windows", "Same here, stack trace below"), null],
  ["two who ask for news", both("Any update on this?", "Is there an ETA?"), null],
  ["two who ask a question", both("Will it support arrays?", "Which version is this for?"), null],
  ["two who want it to wait", both("Please don't merge this yet", "This is not ready to merge"), null],
  ["two in no hurry", both("No rush, it's not urgent", "nothing urgent here"), null],
  [
    "two who speak of merging otherwise",
    both("When this is merged I can drop my fork", "Could you merge these two functions?"),
    null,
  ],
  ["two who speak of conflicts", both("You have to merge main first", "please merge master into this branch"), null],
  ["two who quote", both("> please merge this\n\nI would wait", "> hurry up\nno"), null],
  ["two who show code", both("```\n// please merge\n```", "`please merge` is what my bot says"), null],
  ["two who say plus one", both("+1", "\ud83d\udc4d"), null],
  ["one presses, the other reports", both("please merge", "It fails for me with Node 24"), null],
  ["two who say what they would do", both("I'd love to see this in", "Would be useful for our team"), null],
  ["two who review", both("nit: rename this, then it is fine", "Approved, nice tests"), null],
  ["a class of ten, who all opened an issue before", crowd(10, 5), null],
];

/** What gets past it: phrases are listed in English, a question for news is no pressure, and four acts are soon made. */
export const UNCAUGHT: readonly Row[] = [
  ["in other languages", both("Bitte endlich mergen!", "S'il vous pla\u00eet, fusionnez"), "high"],
  ["by asking again and again", both("Any progress? It has been a year.", "Any progress on this?"), "high"],
  [
    "by accounts that said thanks elsewhere first",
    [said(1, 30, "please merge", 4), said(2, 5, "please merge", 5)],
    "high",
  ],
];
