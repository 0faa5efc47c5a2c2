import { type Values, valuesOf, type Written } from "./key.ts";
import { type FORMAT_KEYS, KEYS } from "./keys.ts";

/** The rules in force for one repository: the organisation's file, tightened by the repository's (docs/policy.md). */
export type Policy = Values<typeof KEYS>;

/** One policy file as written: only the keys that stand in it. */
export type PolicyFile = Written<typeof FORMAT_KEYS & typeof KEYS>;

export type DeepScan = Policy["triage"]["deep_scan"];

/** What applies where nobody has written anything: assess, show privately, publish nothing. */
export const DEFAULT_POLICY: Policy = valuesOf(KEYS, (_, key) => key.default);
