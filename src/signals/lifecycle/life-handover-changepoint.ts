import type { Continuity } from "../../history/traces.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "life-handover-changepoint",
  axis: "P",
  family: "lifecycle",
  title: "What tied its commits together was replaced within three weeks",
  status: "stable",
  version: 3,
  core: false,
  weight: 2,
  severity: null,
  hard: false,
  queue: false,
  halfLifeDays: 365,
  windowDays: 21,
  falsePositiveRisk: "medium",
  baseRate: null,
  baseRateUpperPercent: null,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts change hands, after which they no longer know what they did before.",
    },
    {
      url: "https://techcommunity.microsoft.com/blog/microsoftsecurityexperts/-/4478112",
      says: "One device was seen behind many accounts, and accounts moved between devices.",
    },
  ],
  benign: ["A new job with a new laptop, address and key.", "A move, or a machine that was stolen."],
  clears: "Sign one commit with the key from before, or let somebody who knew the account then confirm it.",
  framing:
    "Only commits that the account's own pushes brought are counted, and none that a pull request of somebody else held. A history by itself, without GitHub, cannot tell, and `sallyport history` says so.",
  needs: ["history.continuity"],
  detect({ "history.continuity": { comparable, handover } }) {
    if (!comparable) return unknown("fewer than 20 local commits");
    if (handover === null || handover.replaced.length < MIN_REPLACED) return clear;
    const what = [...new Set(handover.replaced.map((each) => WORDS[each]))].sort().join(", ");
    return fired(
      commitEvidence(`Replaced for good within three weeks: ${what}.`, handover.refs, tierOf(handover.refs)),
      {
        strength: handover.replaced.length > MIN_REPLACED ? 1 : 0.5,
        at: handover.at,
      },
    );
  },
});

const MIN_REPLACED = 3;

const WORDS: Readonly<Record<Continuity, string>> = {
  addresses: "the addresses",
  key: "the signing",
  machine: "the machine",
  clock: "where its clock stands",
};
