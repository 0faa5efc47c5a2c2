import type { Severity } from "../../../../src/change/severity.ts";
import type { Authorship } from "../../../../src/change/signatures.ts";
import { changeSignatures } from "../../../../src/dossier/sources/signatures.ts";
import { authorship, authorshipShape } from "../../../../src/github/octokit/repository/commits.ts";
import { daysAgo, filesOf, SUBJECT } from "../../given.ts";
import { added } from "../../tricks.ts";
import type { Vector } from "../../vector.ts";

type Actor = readonly [name: string, email: string, account?: number];

const ADA: Actor = ["Ada Example", "ada@x.example", SUBJECT];
const BO: Actor = ["Bo Example", "bo@x.example", 815];
const NOBODY: Actor = ["Cleo Example", "cleo@x.example"];
const GITHUB: Actor = ["GitHub", "noreply@github.com", 19864447];

/** A commit as GitHub answers it. */
interface Made {
  readonly author?: Actor;
  /** The author when absent. */
  readonly committer?: Actor;
  /** GitHub's word for the signature; absent for none. */
  readonly state?: string;
  /** GitHub signed it. */
  readonly web?: true;
  readonly parents?: number;
  readonly days?: number;
  /** Days between the date of the author and that of the committer. */
  readonly daysLater?: number;
}

/** One letter a commit, as accounts leave them behind. */
const KINDS: Readonly<Record<string, Made>> = {
  S: { state: "VALID" },
  U: {},
  I: { state: "UNKNOWN_KEY" },
  B: { state: "BAD_EMAIL" },
  E: { state: "EXPIRED_KEY" },
  G: { state: "GPGVERIFY_UNAVAILABLE" },
  W: { committer: GITHUB, state: "VALID", web: true },
  M: { parents: 2 },
  R: { committer: BO, daysLater: 2 },
  O: { committer: BO, state: "VALID" },
  P: { committer: NOBODY, daysLater: 3 },
  D: { author: ["dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", SUBJECT] },
};

function made(kind: Made, index: number): Authorship {
  const { author = ADA, committer = author, state, web = false, parents = 1, days = 1, daysLater = 0 } = kind;
  const hand = ([name, email, account]: Actor) => ({
    name,
    email,
    user: account === undefined ? null : { databaseId: account, id: `U_${account}` },
  });
  const signer = web || state !== "VALID" || committer[2] === undefined ? null : { databaseId: committer[2] };
  return authorship(
    authorshipShape.parse({
      oid: index.toString(16).padStart(6, "0"),
      authoredDate: daysAgo(days + daysLater),
      committedDate: daysAgo(days),
      authoredByCommitter: author.join() === committer.join(),
      author: hand(author),
      committer: hand(committer),
      parents: { nodes: Array.from({ length: parents }, (_, parent) => ({ oid: `${parent}` })) },
      signature: state === undefined ? null : { isValid: state === "VALID", state, wasSignedByGitHub: web, signer },
    }),
  );
}

/** What is given of a change: its commits and, newest first, those of the account before, a letter each. */
export interface Told {
  readonly before: string | null;
  readonly change: readonly Made[];
  readonly path?: string;
  /** The opener never committed here, by GitHub's word. */
  readonly newcomer?: true;
  /** Days since the newest of the commits before. */
  readonly ago?: number;
}

/** The same as the collector makes it of GitHub's answers. */
async function signed({ before, change, path = "src/a.ts", newcomer, ago = 2 }: Told): Promise<Vector["given"]> {
  const history = [...(before ?? "")].map((letter, index) =>
    made({ days: ago + index, ...KINDS[letter] }, 1_000 + index),
  );
  const section = await changeSignatures(
    {
      signedBefore: async ({ accounts }) =>
        before === null
          ? { ok: false, reason: "timeout", retryAt: null }
          : { ok: true, value: new Map(accounts.map((nodeId) => [nodeId, nodeId === `U_${SUBJECT}` ? history : []])) },
    },
    {
      repository: { owner: "octo-example", name: "app" },
      before: null,
      commits: change.map(made),
      commitCount: change.length,
      nodeIds: new Map([SUBJECT, 815].map((account) => [account, `U_${account}`])),
      newcomer: newcomer ? SUBJECT : null,
    },
  );
  return { "change.signatures": section, "change.files": filesOf(added(path, "x")) };
}

type Row = readonly [when: string, told: Told, level: Severity | null];
export type Given = readonly [when: string, given: Vector["given"], level: Severity | null];

export const toldAs = (rows: readonly Row[]): Promise<readonly Given[]> =>
  Promise.all(rows.map(async ([when, told, level]): Promise<Given> => [when, await signed(told), level]));

const s = (count: number): string => "S".repeat(count);
const kind = (letter: string, more: Made = {}): Made => ({ ...KINDS[letter], ...more });
const U = kind("U");
const CI = ".github/workflows/ci.yml";

export const DROPPED: readonly Row[] = [
  ["one unsigned commit after twelve signed ones", { before: s(12), change: [U] }, "high"],
  ["after ten", { before: s(10), change: [U] }, "high"],
  ["after thirty", { before: s(30), change: [U] }, "high"],
  ["a signature by a key that nobody registered", { before: s(12), change: [kind("I")] }, "high"],
  ["a signature copied from another commit", { before: s(12), change: [{ state: "INVALID" }] }, "high"],
  ["a signature of which the address is not the key's", { before: s(12), change: [kind("B")] }, "high"],
  ["a broken signature", { before: s(12), change: [{ state: "MALFORMED_SIG" }] }, "high"],
  ["a revoked certificate", { before: s(12), change: [{ state: "OCSP_REVOKED" }] }, "high"],
  ["a word for signatures that does not exist yet", { before: s(12), change: [{ state: "SOMETHING_NEW" }] }, "high"],
  ["among signed ones of the same author", { before: s(12), change: [kind("S"), U, kind("S")] }, "high"],
  ["behind a merge", { before: s(12), change: [U, kind("M")] }, "high"],
  ["beside a commit on the web", { before: s(12), change: [kind("W"), U] }, "high"],
  [
    "that says it is the web interface's, and is not signed",
    { before: s(12), change: [{ committer: GITHUB }] },
    "high",
  ],
  [
    "that says it is the web interface's, signed by nobody's key",
    { before: s(12), change: [{ committer: GITHUB, state: "UNKNOWN_KEY" }] },
    "high",
  ],
  ["with another author's beside it", { before: s(12), change: [{ author: BO }, U] }, "high"],
  ["several of them", { before: s(12), change: [U, U, U] }, "high"],
  ["signed ones with merges between", { before: "SMSSMSSSSMSSSSS", change: [U] }, "high"],
  ["signed ones with squashes between", { before: `WW${s(6)}WWW${s(8)}`, change: [U] }, "high"],
  ["signed ones with some that a maintainer rebased", { before: `R${s(5)}RR${s(7)}`, change: [U] }, "high"],
  ["signed ones with patches that somebody applied", { before: `${s(5)}PP${s(7)}`, change: [U] }, "high"],
  ["signed ones with one that a maintainer signed", { before: `${s(5)}O${s(7)}`, change: [U] }, "high"],
  ["signed ones, some by a key that expired since", { before: `${s(5)}EE${s(7)}`, change: [U] }, "high"],
  ["signed ones, of some GitHub could not look", { before: `${s(5)}G${s(7)}`, change: [U] }, "high"],
  ["who began to sign eleven commits ago", { before: `${s(11)}UUUUUUU`, change: [U] }, "high"],
  ["a backdated author date", { before: s(12), change: [{ days: 1, daysLater: 900 }] }, "high"],
  ["with a workflow", { before: s(12), change: [U], path: CI }, "critical"],
  ["with an action", { before: s(12), change: [kind("I")], path: ".github/actions/x/run.sh" }, "critical"],
  [
    "committed by somebody without an account in the same moment",
    { before: s(12), change: [{ committer: NOBODY }] },
    "medium",
  ],
  ["the same with a workflow", { before: s(12), change: [{ committer: NOBODY }], path: CI }, "medium"],
];

export const ORDINARY_SIGNING: readonly Row[] = [
  ["signed as ever", { before: s(12), change: [kind("S")] }, null],
  ["nine signed commits are no habit", { before: s(9), change: [U] }, null],
  ["nobody ever signed", { before: "U".repeat(20), change: [U] }, null],
  ["nothing was there before", { before: "", change: [U] }, null],
  ["one of the last ten is unsigned", { before: `${s(9)}U${s(12)}`, change: [U] }, null],
  ["the last one is unsigned already", { before: `U${s(20)}`, change: [U] }, null],
  ["signed now and then", { before: "SSUSSSUSSSSSUSSS", change: [U] }, null],
  ["signed on one computer, and an older one between", { before: `${s(14)}U${s(3)}`, change: [U] }, null],
  ["signed with a key that nobody knows, once", { before: `${s(3)}I${s(12)}`, change: [U] }, null],
  ["edited on the web", { before: s(12), change: [kind("W")] }, null],
  ["a merge of the base branch", { before: s(12), change: [kind("M")] }, null],
  ["a merge by the web interface", { before: s(12), change: [kind("W", { parents: 2 })] }, null],
  ["rebased by a maintainer", { before: s(12), change: [kind("R")] }, null],
  ["rebased and signed by a maintainer", { before: s(12), change: [kind("O")] }, null],
  ["a patch that somebody without an account applied", { before: s(12), change: [kind("P")] }, null],
  ["of an update bot", { before: s(12), change: [kind("D")] }, null],
  [
    "by an agent that commits for itself",
    { before: s(12), change: [{ committer: ["copilot-swe-agent[bot]", "1+x@x.example"] }] },
    null,
  ],
  ["all of the account's work is squashed on GitHub", { before: "W".repeat(20), change: [U] }, null],
  ["all of it is rebased on GitHub by others", { before: "R".repeat(20), change: [U] }, null],
  ["rebased on GitHub by the author", { before: `UU${s(20)}`, change: [U] }, null],
  ["by an address that belongs to nobody", { before: s(12), change: [{ author: NOBODY }] }, null],
  ["of another author who does not sign", { before: s(12), change: [{ author: BO }] }, null],
  ["of somebody who never committed here", { before: null, change: [U], newcomer: true }, null],
  ["with a workflow, by somebody who never signs", { before: "U".repeat(20), change: [U], path: CI }, null],
  ["from before the habit", { before: s(12), change: [{ days: 400 }] }, "low"],
  ["from before the habit, with a workflow", { before: s(12), change: [{ days: 400 }], path: CI }, "low"],
  ["by a key that has expired", { before: s(12), change: [kind("E")] }, "low"],
];

/** What gets past it, with the level that it should have. */
export const BACKDATED: readonly Row[] = [
  ["planted, and dated before the habit began", { before: s(12), change: [{ days: 30 }] }, "high"],
];
export const UNCAUGHT: readonly Row[] = [
  [
    "planted, by a machine that has no account, which chg-bot-impersonation names",
    { before: s(12), change: [{ committer: ["ci-bot", "ci@x.example"] }] },
    "high",
  ],
];
