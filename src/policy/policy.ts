/** The rules in force for one repository: the organisation's file, tightened by the repository's (POLICY.md). */
export interface Policy {
  readonly mode: "shadow" | "live";
  readonly publication: {
    readonly check_run: "sealed" | "off";
    readonly label: {
      readonly name: string | null;
      readonly when: readonly ("first_contribution" | "sensitive_paths")[];
    };
  };
  readonly triage: {
    readonly sensitive_paths: readonly string[];
    readonly skip_bots: readonly number[];
    readonly deep_scan: DeepScan;
  };
  readonly access: {
    readonly weekly: { readonly day: Weekday; readonly hour: number; readonly timezone: string };
    readonly dormant_after_days: number;
    readonly thin_grant: { readonly merged: number; readonly mergers: number; readonly days: number };
  };
  readonly retention: { readonly evidence_days: number; readonly bands_days: number };
}

/** When the histories of an account's own repositories are read, from least to most often. */
export const DEEP_SCANS = ["never", "on_need", "always"] as const;
export type DeepScan = (typeof DEEP_SCANS)[number];

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What applies where nobody has written anything: assess, show privately, publish nothing. */
export const DEFAULT_POLICY: Policy = {
  mode: "shadow",
  publication: { check_run: "sealed", label: { name: null, when: [] } },
  triage: {
    sensitive_paths: [".github/**", "**/package.json", "Dockerfile", "scripts/release/**"],
    // Dependabot's account id: the only bot whose pull requests are skipped unless a policy says more.
    skip_bots: [49699333],
    deep_scan: "on_need",
  },
  access: {
    weekly: { day: "monday", hour: 6, timezone: "UTC" },
    dormant_after_days: 180,
    thin_grant: { merged: 3, mergers: 2, days: 30 },
  },
  retention: { evidence_days: 30, bands_days: 90 },
};
