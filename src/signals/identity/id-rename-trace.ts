import { plusDays } from "../../clock.ts";
import { commitEvidence, tierOf } from "../commit-evidence.ts";
import { clear, defineSignal, fired } from "../signal.ts";

export default defineSignal({
  id: "id-rename-trace",
  axis: "P",
  family: "identity",
  title: "The account's own commits show that it was renamed, perhaps several times",
  version: 37,
  weight: 1.5,
  halfLifeDays: 730,
  windowDays: 730,
  falsePositiveRisk: "medium",
  baseRate:
    "2.0 % of established contributors whose account id stands in their commits (7 of 359 on default branches), 3.4 % with pull request heads (28 of 832)",
  baseRateUpperPercent: 4,
  sources: [
    {
      url: "https://docs.github.com/en/account-and-profile/reference/email-addresses-reference",
      says: "The noreply address carries the account's number and the name it had at that time.",
    },
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/case-studies",
      says: "Accounts were renamed after a persona had become known.",
    },
  ],
  benign: ["A rebrand, a new job, a nickname that was outgrown.", "A change of name, or a way out of harassment."],
  clears: "Nothing needs clearing; whoever wants to can say since when the account has its present name.",
  framing:
    "Anybody can write such an address, so only commits that the account's own pushes brought count, none that a pull request of somebody else held. The former names are never shown.",
  needs: ["history.identity"],
  detect({ "history.identity": { renames, leftOut } }) {
    if (renames.length === 0) return clear;
    const count = renames.length + (leftOut?.renames ?? 0);
    const times = renames.map(({ at }) => at).sort();
    const most = mostWithin(times);
    const refs = renames.map(({ ref }) => ref);
    return fired(commitEvidence(factOf(count, most), refs, tierOf(refs)), {
      strength: STRENGTHS[Math.min(most, STRENGTHS.length) - 1] ?? 0,
      at: times.at(-1) ?? null,
      leftOut: leftOut?.renames ?? 0,
    });
  },
});

const WINDOW_DAYS = 730;
/** One, two, three or more renames within two years (SIGNALS.md, id-rename-trace). */
const STRENGTHS = [0.1, 0.5, 1] as const;

const factOf = (count: number, most: number): string =>
  count === 1
    ? "Its noreply address changed its label once."
    : `Its noreply address changed its label ${count} times, ${most} of them within two years.`;

/** Most renames within one window; times oldest first, each looked at once from either end of the window. */
function mostWithin(times: readonly string[]): number {
  let most = 0;
  let start = 0;
  for (const [index, at] of times.entries()) {
    const since = plusDays(at, -WINDOW_DAYS);
    while ((times[start] ?? at) < since) start += 1;
    most = Math.max(most, index - start + 1);
  }
  return most;
}
