import type { PublicText } from "../../dossier/public-texts.ts";
import { clear, defineSignal, fired, unknown } from "../signal.ts";
import { busiestTexts, outside, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-job-contact-spam",
  axis: "P",
  family: "behaviour",
  title: "The account left the same address to reach or pay it with several owners",
  version: 12,
  weight: 2,
  queue: true,
  halfLifeDays: 60,
  windowDays: 60,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Small pull requests serve to open a door: what follows them is a way to get in touch and the wish for a job.",
    },
  ],
  benign: [
    "A line that asks for donations below each contribution.",
    "A payout address that a bounty asks for in words that are not known here.",
    "Somebody who offers help and says how to be reached.",
    "An address that belongs to no person, such as a well known contract, in projects that all use it.",
  ],
  clears: "Leave the address out of further contributions; after some months it no longer counts.",
  framing:
    "Only texts that the account opened and nobody else edited count; what others quote, mention or answer does not. Which address it is is not kept.",
  needs: ["account.texts"],
  // The catalogue counts any address. One and the same is asked for here: issues of some projects are full of addresses
  // that reach nobody, another one in each.
  detect({ "account.texts": { texts } }) {
    const opened = outside(texts, "pull_request", "issue");
    if (opened.length < MIN_OWNERS) return unknown(TOO_FEW);
    const byAddress = new Map<number, PublicText[]>();
    for (const text of opened)
      if (!text.marks?.includes("bounty"))
        for (const address of text.contacts ?? []) byAddress.set(address, [...(byAddress.get(address) ?? []), text]);
    const windows = [...byAddress.values()].flatMap((group) => busiestTexts(group, WANTED) ?? []);
    const most = windows.toSorted((a, b) => b.ownerCount - a.ownerCount || (a.until < b.until ? 1 : -1))[0];
    if (most === undefined) return clear;
    const fact = `Within ${WANTED.days} days the account left the same address to reach or pay it in issues or pull requests of ${most.ownerCount} owners.`;
    const strength = LEAST + ((1 - LEAST) * (most.ownerCount - MIN_OWNERS)) / (FULL_OWNERS - MIN_OWNERS);
    return fired([{ fact, tier: "PL", at: most.until }], { strength, at: most.until });
  },
});

const MIN_OWNERS = 3;
const FULL_OWNERS = 6;
const LEAST = 0.5;
const WANTED = { days: 60, minTexts: MIN_OWNERS, minOwners: MIN_OWNERS, by: "ownerCount" } as const;
