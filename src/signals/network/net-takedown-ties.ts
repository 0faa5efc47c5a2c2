import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "net-takedown-ties",
  axis: "P",
  family: "network",
  title: "Much of what it forked, and many who merged its work, are gone from GitHub",
  version: 12,
  weight: 1.2,
  needsCompany: true,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/DataDog/ghbuster",
      says: "Forks of repositories that were taken down tie an account to those who were removed.",
    },
  ],
  benign: [
    "People delete their accounts and repositories.",
    "A takedown for copyright that hit a project which many had forked.",
  ],
  clears: "Nothing needs clearing; whoever wants to can say what those projects were.",
  framing:
    "Only forks that the account made and pull requests that it opened are looked at. Somebody who deletes what was forked or merged could add to it, so it counts only beside another finding about the network, and then little.",
  needs: ["network.ties"],
  detect({ "network.ties": { accounts, forks }, subjectId }) {
    const self = accounts.find(({ id }) => id === subjectId);
    if (self === undefined) return unknown("its own pull requests were not read");
    const tieCount = forks.count + self.mergedCount;
    const goneCount = forks.orphanCount + self.goneCount;
    if (goneCount < MIN_GONE || goneCount < MIN_SHARE * tieCount) return clear;
    const fact = `${goneCount} of its ${tieCount} forks and merged pull requests lead to repositories or accounts that are gone.`;
    return fired([{ fact, tier: "PL" }], { strength: goneCount >= MOST_SHARE * tieCount ? 1 : 0.5 });
  },
});

const MIN_GONE = 3;
const MIN_SHARE = 0.3;
const MOST_SHARE = 0.6;
