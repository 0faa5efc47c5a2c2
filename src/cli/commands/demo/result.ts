import type { AccessAudit } from "../../../access/audit.ts";
import type { StepResult } from "./happened.ts";

/** What `demo --once --json` prints. */
export interface DemoResult {
  readonly schema: "sallyport.demo/1";
  readonly steps: readonly StepResult[];
  /** True when every check run the public can see has the same bytes, addresses apart. */
  readonly sealedAlike: boolean;
  readonly audit: AccessAudit["summary"] | null;
  /** Accounts that write for the first time since the audit a week before, and those of them from outside. */
  readonly changes: { readonly firstWrite: number; readonly newOutsideWrite: number | null } | null;
  readonly auditLevel: string | null;
  readonly openFlags: number;
  /** Times anybody left GitHub's documented contract; 0 or the demo is broken. */
  readonly violations: number;
  readonly links: {
    readonly home: string;
    readonly audit: string;
    readonly flags: string;
    readonly pushes: string;
    /** Where a visitor opens a pull request of his own on the local GitHub. */
    readonly playground: string;
  };
}
