import type { CodeInRepository, CodeMatches } from "../../change/code-index/found.ts";
import { pathName } from "../../change/path-name.ts";
import { MIN_CONTENTS } from "../our-code.ts";
import { clearBut, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "sec-org-code-republished",
  axis: "P",
  family: "secrets",
  title: "Private code of the organisation stands in a public repository of the account",
  version: 12,
  core: true,
  weight: 4,
  hard: true,
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://www.ic3.gov/PSA/2025/PSA250123",
      says: "Code repositories of the employer were copied to profiles and cloud accounts of the worker's own.",
    },
    {
      url: "https://git-scm.com/book/en/v2/Git-Internals-Git-Objects",
      says: "Git names a content by its hash, so equal names are equal contents.",
    },
  ],
  benign: [
    "The organisation agreed that it is published, or published it somewhere else first.",
    "A template, a generator or a public project that both repositories took over, and that the index does not know as public.",
    "The account pushed it by mistake, or somebody else used the account or its machine.",
  ],
  clears:
    "Ask for the repository to be made private, then whether it was meant; or name the public origin with --public when the index is built anew.",
  framing:
    "Only commits that the account's own pushes brought count, by GitHub's activity log: not what others pushed there, or sent as pull requests, and no fork. An insider could push from an account that he took over, so it says where the code is, and not who put it there.",
  needs: ["code.matches"],
  detect({ "code.matches": found }) {
    const evidence = found.repositories.filter(isCounted).flatMap(evidenceOf);
    if (found.countedCount >= MIN_CONTENTS && evidence.length > 0)
      return fired(evidence, {
        strength: found.countedCount / FULL_CONTENTS,
        rank: ({ fact }) => (fact.startsWith(PATH_BEGINS) ? 1 : 0),
        leftOut: leftOut(found),
        unseen: unseenIn(found),
      });
    return couldBe(found) ? unknown(UNASKED) : clearBut(unseenIn(found));
  },
});

/** Contents from which the strength is whole. */
const FULL_CONTENTS = 50;

const UNASKED = "whether the organisation has the code public itself could not be asked";

const isCounted = ({ published, pushedCount, begunWithCount }: CodeInRepository): boolean =>
  published === false && pushedCount > begunWithCount;

/** Enough would count if the question had had an answer. */
function couldBe({ repositories, countedCount }: CodeMatches): boolean {
  const open = repositories.filter(({ published }) => published === null);
  return (
    open.reduce((sum, { pushedCount, begunWithCount }) => sum + pushedCount - begunWithCount, countedCount) >=
    MIN_CONTENTS
  );
}

const unseenIn = ({ uncomparedCount }: CodeMatches): string | null =>
  uncomparedCount === 0 ? null : `${uncomparedCount} of its public repositories could not be compared`;

const PATH_BEGINS = "The same content: ";

/** Pushed by the account, content and all; the paths are as it named them. */
function evidenceOf({ blobCount, pushedCount, begunWithCount, refs, paths }: CodeInRepository): readonly Evidence[] {
  const counted = pushedCount - begunWithCount;
  const share = Math.max(1, Math.round((counted / Math.max(1, blobCount)) * 100));
  const fact = `${counted} of the ${blobCount} different files in all versions of one of its public repositories (${share} %) have the content of private files of the organisation, and its own pushes brought them.`;
  const [first] = refs;
  return [
    { fact, tier: "SC", ...(first && { commit: first.commit, at: first.at }) },
    ...[...Map.groupBy(paths, ({ commit }) => commit)].flatMap(([commit, of]) => placesOf(commit, of)),
  ];
}

/** Paths in one sentence: a note in a terminal has room for two of them. */
const PATHS_IN_FACT = 10;

function placesOf(commit: string, paths: CodeInRepository["paths"]): readonly Evidence[] {
  const names = paths.map(({ path }) => pathName(path));
  return Array.from({ length: Math.ceil(names.length / PATHS_IN_FACT) }, (_, index) => ({
    fact: PATH_BEGINS + names.slice(index * PATHS_IN_FACT, (index + 1) * PATHS_IN_FACT).join(", "),
    tier: "SC",
    commit,
  }));
}

const leftOut = ({ repositories }: CodeMatches): number =>
  repositories
    .filter(isCounted)
    .reduce((sum, { pushedCount, begunWithCount, paths }) => sum + pushedCount - begunWithCount - paths.length, 0);
