import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "id-unlinked-author-email",
  axis: "P",
  family: "identity",
  title: "GitHub credits none of its own commits to any account",
  version: 13,
  weight: 0.5,
  falsePositiveRisk: "high",
  sources: [
    {
      url: "https://docs.github.com/en/account-and-profile/concepts/email-addresses",
      says: "A commit is credited to the account that has its author's address.",
    },
    {
      url: "https://github.com/DataDog/ghbuster",
      says: "It lists accounts all of whose commits have addresses that belong to no account.",
    },
  ],
  benign: [
    "git was set up with another address, or with none.",
    "An address of work or of a past provider that was never added to the account.",
  ],
  clears: "Add the address to the account, or set git to one that the account has.",
  framing:
    "Only commits that the account's own pushes brought are counted, none that a pull request of somebody else held; nobody else can add an address to the account or take one away.",
  needs: ["history.scan"],
  detect({ "history.scan": { credit } }) {
    if (credit === undefined) return unknown("to whom its commits are credited was not counted when they were read");
    const { commitCount, unlinkedCount, unknownCount, refs } = credit;
    if (commitCount < MIN_COMMITS) return unknown(`fewer than ${MIN_COMMITS} commits`);
    if (unlinkedCount + unknownCount < commitCount) return clear;
    if (unknownCount > 0) return unknown("GitHub did not say of every address to whom it belongs");
    const fact = `All ${commitCount} commits that it pushed have addresses that GitHub credits to no account.`;
    return fired(commitEvidence(fact, refs, tierOf(refs)));
  },
});

const MIN_COMMITS = 20;
