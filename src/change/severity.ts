/** Levels of what a change does and of what an account reaches, weakest first. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];

export const rankOf = (severity: Severity): number => SEVERITIES.indexOf(severity);

/** Some steps lower; `low` is the end. */
export const lowered = (severity: Severity, by: number): Severity =>
  SEVERITIES[Math.max(0, rankOf(severity) - by)] ?? "low";

/** One step graver; `critical` is the end. */
export const raised = (severity: Severity): Severity => SEVERITIES[rankOf(severity) + 1] ?? "critical";

export const least = (one: Severity, other: Severity): Severity => (rankOf(one) < rankOf(other) ? one : other);
