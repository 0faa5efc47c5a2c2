/** Limits that an organisation sets in its policy and signals read; everything else is part of the signal. */
export interface Thresholds {
  /** A grant is thin below this record: merged pull requests, distinct people who merged them, days since first contact. */
  readonly thinGrant: { readonly merged: number; readonly mergers: number; readonly days: number };
  /** Days without a commit, pull request, issue or review after which write access counts as dormant; admins get half. */
  readonly dormantAfterDays: number;
  /** Patterns of paths that ask for a second look when something is pushed to them after an approval. */
  readonly sensitivePaths: readonly string[];
}

/** What applies where no policy says otherwise (POLICY.md, `access` and `triage`). */
export const DEFAULT_THRESHOLDS: Thresholds = {
  thinGrant: { merged: 3, mergers: 2, days: 30 },
  dormantAfterDays: 180,
  sensitivePaths: [".github/**", "**/package.json", "Dockerfile", "scripts/release/**"],
};
