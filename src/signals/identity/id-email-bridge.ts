import type { IdentityTraces } from "../../history/traces/traces.ts";
import { commitEvidence, latest, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unknown, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "id-email-bridge",
  axis: "P",
  family: "identity",
  title: "Commits in its own repositories are those of other accounts that never acted there",
  version: 35,
  core: true,
  weight: 2.5,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/case-studies",
      says: "Two stray commits under another account's address tied a new persona to an old one.",
    },
    {
      url: "https://github.com/shortdoom/gh-fake-analyzer",
      says: "It lists the addresses that stand in the commits of an account's repositories.",
    },
  ],
  benign: [
    "A second account of the same person, for work or from before.",
    "Patches that came by mail, course work, or code of others that was taken over with its history.",
  ],
  clears: "Say whose commits they are; a note in the README is enough.",
  framing:
    "Anybody can commit with another account's address, so the other account is never scored, and for this one only commits that its own pushes brought count, none that a pull request of somebody else held.",
  needs: ["history.identity"],
  detect({ "history.identity": { bridges, leftOut } }) {
    const unseen = unseenOf(leftOut?.bridges, "other accounts");
    const wide = bridges.filter(isWide);
    const proven = wide.filter(({ acted }) => acted === false);
    if (proven.length === 0)
      return wide.some(({ acted }) => acted === null)
        ? unknown("whether those accounts acted there is not known")
        : clearBut(unseen);
    const strength = proven.length >= MANY && proven.every(({ interleaved }) => interleaved) ? 1 : 0.5;
    return fired(
      proven.flatMap((bridge) => commitEvidence(factOf(bridge), bridge.refs, tierOf(bridge.refs))),
      { strength, at: latest(proven.map(({ lastAt }) => lastAt)), unseen },
    );
  },
});

const MIN_COMMITS = 5;
const MIN_REPOSITORIES = 2;
const MANY = 3;

type Bridge = IdentityTraces["bridges"][number];

/** An account with a related name is a second one of the same person. */
const isWide = ({ relation, commitCount, repositoryCount }: Bridge): boolean =>
  commitCount >= MIN_COMMITS &&
  repositoryCount >= MIN_REPOSITORIES &&
  (relation === "unrelated" || relation === "unknown");

const factOf = ({ commitCount, repositoryCount }: Bridge): string =>
  `${commitCount} commits in ${repositoryCount} of its repositories carry the address of an account that never acted there.`;
