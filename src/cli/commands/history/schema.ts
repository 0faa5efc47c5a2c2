import { z } from "zod";
import { BANDS } from "../../../assessment/assessment.ts";

const instant = z.iso.datetime();
const count = z.int().min(0);
const share = z.number().min(0).max(1);
const id = z.string().regex(/^[0-9a-f]{16}$/);
const band = z.enum([...BANDS, "insufficient_evidence"]);
const foundOf = z.array(z.strictObject({ signal: z.string(), strength: share, bits: z.number() }));

/** `sallyport.history/1`, what `history --json` prints. */
export const historySchema = z.strictObject({
  schema: z.literal("sallyport.history/1"),
  /** The path or address that was read; of several the first. */
  repository: z.string(),
  /** Everything that was read, in the order in which it was given. */
  repositories: z.array(
    z.strictObject({
      /** The path or address. */
      place: z.string(),
      /** As git counts them; a commit of several repositories counts in each, and belongs to the first. */
      commits: count,
      skipped: count,
      undated: count,
      /** Commits before `--since`. */
      older: count,
      shallow: z.boolean(),
      /** Replaced commits, and whether a file gives commits other parents: none of it is followed. */
      replaced: count,
      grafts: z.boolean(),
      /** References that were not read, each of which may reach commits of its own. */
      leftOut: z.strictObject({
        /** Heads of pull requests, merge requests and changes under review. */
        requests: count,
        /** Notes, stashes and the like. */
        others: count,
      }),
    }),
  ),
  /**
   * Whose the commits are taken to be: of whom they name. Git does not say who pushed, anybody can write any name, date
   * or signature, and none was verified. What is found is no assessment of an account.
   */
  attribution: z.literal("as_named"),
  asOf: instant,
  /** Each commit once. */
  commits: count,
  /** Commit objects that could not be understood. */
  skipped: count,
  /** Commits of which a date is no moment; one without an author date is counted under no identity. */
  undated: count,
  /** True when older commits are left out of the repository on purpose. */
  shallow: z.boolean(),
  identities: z.array(
    z.strictObject({
      /** One-way hash; the same for the same repository and key. */
      id,
      commits: count,
      first: instant,
      last: instant,
      emailCount: count,
      emails: z.array(id),
      nameCount: count,
      unrelatedNameCount: count,
      /** Accounts that noreply addresses name, with their logins in the order of first use. */
      accounts: z.array(
        z.strictObject({
          id: z.int().positive(),
          logins: z.array(z.strictObject({ login: z.string(), firstAt: instant })),
        }),
      ),
      machineCount: count,
      /** One-way hashes of host names; `common` ones are names of images and devices and tie nobody to anybody. */
      machines: z.array(z.strictObject({ id, common: z.boolean() })),
      keyCount: count,
      keys: z.array(z.string()),
      zonesNeeded: count,
      clockChanges: z.array(z.strictObject({ at: instant, byMinutes: z.int() })),
      webFlowShare: share,
      selfCommittedShare: share,
      automated: z.boolean(),
      joinedBy: z.array(z.enum(["mailmap", "name"])),
      /**
       * What the history alone would say: `none` where it was looked at and showed nothing. `insufficient_evidence`
       * with fewer than 20 commits, because most signals ask for as many, and for automations, which nobody looks at.
       */
      band,
      findings: foundOf,
    }),
  ),
  /** Owners of repositories, as the account map names them, who have no commit in what was read. */
  owners: z.array(
    z.strictObject({
      id,
      account: z.int().positive(),
      /** Places of its repositories in `repositories`. */
      repositories: z.array(count),
      band,
      findings: foundOf,
    }),
  ),
  findings: z.array(
    z.strictObject({
      signal: z.string(),
      /** An id in `identities`, or in `owners`. */
      identity: id,
      strength: share,
      /** What it weighs as free text that anybody may have written. */
      bits: z.number(),
      /** How often ordinary contributors show it; null when nobody has measured it. */
      baseRate: z.string().nullable(),
      evidence: z.array(
        z.strictObject({
          commit: z.string(),
          /** Place of its repository in `repositories`. */
          repository: count,
          fact: z.string(),
        }),
      ),
    }),
  ),
  /** Milliseconds. */
  timings: z.strictObject({ cloneMs: z.number(), readMs: z.number(), identifyMs: z.number(), findMs: z.number() }),
});

export type HistoryReport = z.infer<typeof historySchema>;
