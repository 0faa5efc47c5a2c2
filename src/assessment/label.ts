import type { Family } from "../signals/families.ts";
import type { SignalMeta } from "../signals/signal.ts";
import type { Assessment, Finding, LeadingLabel } from "./assessment.ts";
import { bandRank } from "./bands.ts";
import { UNREAD } from "./mitigate.ts";

/** What bits of a family speak for; null where they speak for nothing in particular. */
const HYPOTHESES: Readonly<Record<Family, LeadingLabel>> = {
  identity: "shared_operator",
  history: "fabricated_history",
  lifecycle: "takeover",
  network: "shared_operator",
  behaviour: "spam_automation",
  secrets: "fabricated_history",
  change: null,
  access: null,
  intel: null,
};

/** Below one bit nothing leads. */
const MIN_LEADING_BITS = 1;

/**
 * The hypothesis with the largest share of bits; explanation only. A critical change from an account that nothing
 * speaks against is read as a compromise of the account or machine, in place of any wording about the persona; a shared
 * account is called one, in place of a takeover or a shared operator.
 */
export function leadingLabel(
  outcome: Pick<Assessment, "persona" | "change">,
  findings: readonly Finding[],
  queued: ReadonlySet<SignalMeta["id"]>,
): LeadingLabel {
  if (outcome.change.level === "critical" && bandRank(outcome.persona.band) < bandRank("review")) return "compromise";
  if (outcome.persona.mitigations.some(({ id, because }) => id === "m6" && because !== UNREAD))
    return "shared_automation";
  const sums = new Map<LeadingLabel, number>();
  for (const { signal, family, bits } of findings) {
    const hypothesis = queued.has(signal) ? "spam_automation" : HYPOTHESES[family];
    if (hypothesis !== null && bits > 0) sums.set(hypothesis, (sums.get(hypothesis) ?? 0) + bits);
  }
  const [leading] = [...sums].sort(([a, x], [b, y]) => y - x || String(a).localeCompare(String(b)));
  return leading && leading[1] >= MIN_LEADING_BITS ? leading[0] : null;
}
