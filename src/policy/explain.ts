import { modeOf } from "./mode.ts";
import type { Policy, PolicyFile } from "./policy.ts";
import type { PolicyLines } from "./policy-file.ts";
import { type Author, effectivePolicy } from "./tighten.ts";

/** A policy file that is in force, and where people find what it says. */
export interface PlacedPolicy {
  readonly file: PolicyFile;
  /** Path or repository and path; null where there is no file. */
  readonly place: string | null;
  /** Empty where nobody kept them. */
  readonly lines: PolicyLines;
}

/** Where a value comes from; `switch` is the one that an owner has on the settings page. */
export interface Origin {
  readonly by: Author | "switch";
  /** Null without a file. */
  readonly place: string | null;
  /** 1-based; null without a file, or when it was not kept. */
  readonly line: number | null;
}

/** One key of the rules in force: what it is, and why. */
export interface ExplainedKey {
  /** Dotted path. */
  readonly key: string;
  readonly value: unknown;
  /** In the order in which they had their say. */
  readonly from: readonly Origin[];
  /** What the repository's file asks for and does not get, or not all of it. */
  readonly ignored: (Origin & { readonly asked: unknown; readonly what: string; readonly mend: string }) | null;
}

export const NO_POLICY: PlacedPolicy = { file: {}, place: null, lines: {} };

/**
 * Every key of the rules in force, in the order of the file.
 * @param switched what an owner's switch says of `mode`, which counts while no file does; null when nobody knows
 */
export function explainPolicy(
  { organization, repository }: { readonly organization: PlacedPolicy; readonly repository: PlacedPolicy },
  switched: Policy["mode"] | null,
): readonly ExplainedKey[] {
  const bySwitch = switched !== null && organization.file.mode === undefined;
  const file = bySwitch ? { ...organization.file, mode: modeOf(organization.file, switched) } : organization.file;
  const origin = (key: string, by: Author): Origin => {
    if (by === "default") return { by, place: null, line: null };
    if (bySwitch && key === "mode" && by === "organization") return { by: "switch", place: null, line: null };
    const { place, lines } = by === "organization" ? organization : repository;
    return { by, place, line: lines[key] ?? null };
  };
  return effectivePolicy(file, repository.file).keys.map(({ key, value, by, refused }) => ({
    key,
    value,
    from: by.map((author) => origin(key, author)),
    ignored: refused && { ...origin(key, "repository"), ...refused },
  }));
}

/** A value in one line, as it might stand in the file. */
export function valueText(value: unknown): string {
  if (typeof value === "string") return value;
  return Array.isArray(value) ? `[${value.map((entry) => JSON.stringify(entry)).join(", ")}]` : JSON.stringify(value);
}
