import type { Policy } from "../policy/policy.ts";
import { type Question, SWITCHES, type Switch } from "./exposure-switches.ts";

/** What the seven answers come to. */
export interface Exposure {
  readonly level: "low" | "medium" | "high";
  /** Bits of evidence before anything is known about an account: 1 in 2,048 is -11, 1 in 256 is -8 (SIGNALS.md §6.2). */
  readonly priorBits: number;
  /** Questions that were answered with yes, in the order of the policy file. */
  readonly yes: readonly Question[];
}

/** Both are assumptions: no measured rate is known of who opens pull requests where. */
const PRIOR_BITS = { usual: -11, exposed: -8 } as const;

/** Whoever looks for pay looks here. */
const PAYING: ReadonlySet<Question> = new Set(["hires_from_public_pool", "pays_bounties", "pays_in_crypto"]);
/** That pull requests of strangers are merged is true of nearly every public project. */
const MEDIUM_COUNT = 2;

/** Level and prior by the answers. No band or decision moves by them: they say how much the same evidence means here. */
export function exposureOf(answers: Policy["exposure"]): Exposure {
  const yes = (Object.keys(SWITCHES) as readonly Question[]).filter((question) => answers[question]);
  const isPaying = yes.some((question) => PAYING.has(question));
  const level = isPaying ? "high" : yes.length >= MEDIUM_COUNT ? "medium" : "low";
  return { level, priorBits: isPaying ? PRIOR_BITS.exposed : PRIOR_BITS.usual, yes };
}

/** What lowers the exposure, for each yes. */
export const switchesFor = ({
  yes,
}: Exposure): readonly { readonly question: Question; readonly switches: readonly Switch[] }[] =>
  yes.map((question) => ({ question, switches: SWITCHES[question] }));

/** What the prior means. Nothing of bands as chances: they are not calibrated (SIGNALS.md §6.3). */
export const priorWords = ({ priorBits }: Pick<Exposure, "priorBits">): string =>
  priorBits === PRIOR_BITS.usual
    ? "The same evidence means here what it means in most projects: before anything is known, one account in about 2,000 is assumed to be a false persona."
    : "The same evidence means more here than in most projects: before anything is known, one account in about 250 is assumed to be a false persona.";
