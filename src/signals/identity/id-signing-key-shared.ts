import type { Instant } from "../../clock.ts";
import type { IdentityTraces, Sharer } from "../../history/traces/traces.ts";
import { commitEvidence, latest, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, type Evidence, fired, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "id-signing-key-shared",
  axis: "P",
  family: "identity",
  title: "One signing key committed for identities whose names have nothing in common",
  version: 35,
  core: true,
  weight: 4,
  hard: true,
  halfLifeDays: 730,
  falsePositiveRisk: "low",
  baseRate:
    "0 of 531 established contributors with keys on default branches, 2 of 1,305 with pull request heads (117 repositories): pairs who named each other, and placeholders",
  baseRateUpperPercent: 0.6,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Several personas are operated by one person or team, who mix up which of them is committing.",
    },
    {
      url: "https://docs.github.com/en/authentication/managing-commit-signature-verification/about-commit-signature-verification",
      says: "A signature shows that whoever made the commit had the private key.",
    },
  ],
  benign: [
    "A key of a team, a release or a machine in the same household.",
    "Two people at one keyboard who do not name each other in their commits.",
    "One person who works under two names, or changed the name.",
  ],
  clears: "Say whose key it is, or sign with a key of one's own from now on.",
  framing:
    "Anybody can copy a signature into a commit, so on both sides only signatures that GitHub verified count, and only on commits that the account's own pushes brought. Where nobody asked GitHub it weighs little, and it is hard evidence only across repositories of different owners.",
  needs: ["history.identity"],
  detect({ "history.identity": { sharedKeys, leftOut } }) {
    const unseen = unseenOf(leftOut?.sharedKeys, "shared keys");
    const found = sharedKeys.flatMap((key) => {
      const strength = Math.max(0, ...key.others.map((other) => strengthOf(key, other)));
      return strength > 0 ? [{ strength, soft: !isHard(key), at: lastOf(key), evidence: evidence(key) }] : [];
    });
    if (found.length === 0) return clearBut(unseen);
    return fired(
      found.flatMap((each) => each.evidence),
      {
        strength: Math.max(...found.map(({ strength }) => strength)),
        soft: found.every(({ soft }) => soft),
        at: latest(found.map(({ at }) => at)),
        unseen,
      },
    );
  },
});

type Key = IdentityTraces["sharedKeys"][number];

/** A commit or two may be somebody else's replayed by hand; three on each side are a habit. */
const MIN_COMMITS = 3;

/** A signature that nobody verified is a claim: as little as a single commit. */
const WEAK = 0.4;

/**
 * A related name, or one that cannot be compared, is an ordinary second account; and two people who name each other in
 * their commits work at one keyboard in the open.
 */
const isApart = ({ relation, paired = false }: Sharer): boolean => relation === "unrelated" && !paired;

function strengthOf({ verified, commitCount }: Key, other: Sharer): number {
  if (!isApart(other)) return 0;
  return verified && Math.min(commitCount, other.commitCount) >= MIN_COMMITS ? 1 : WEAK;
}

/** Within the repositories of one owner a team may share a key; across those of several nobody does by chance. */
const isHard = ({ verified, others }: Key): boolean =>
  verified && others.some((other) => isApart(other) && other.acrossOwners);

/** When the key was used last, by either side. */
const lastOf = ({ lastAt, others }: Key): Instant | null =>
  latest([lastAt, ...others.filter(isApart).map((other) => other.lastAt)]);

/** That GitHub verified the signatures is its own word; else they are as free as any text of a commit. */
function evidence({ verified, commitCount, others, refs }: Key): readonly Evidence[] {
  const unrelated = others.filter(isApart);
  const count = unrelated.reduce((sum, other) => sum + other.commitCount, 0);
  const fact = `The key of ${commitCount} of its commits also made ${count} of ${unrelated.length === 1 ? "another identity" : `${unrelated.length} other identities`} with an unrelated name.`;
  return commitEvidence(fact, refs, verified ? "PL" : tierOf(refs));
}
