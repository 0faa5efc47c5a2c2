import { z } from "zod";
import type { TrailEntry } from "../../../store/store.ts";
import { accountParameter, positiveParameter } from "../../guard/parameters.ts";

export const ACT_WORDS: Readonly<Record<TrailEntry["act"], string>> = {
  "report.viewed": "opened a report",
  "account.viewed": "opened the page of an account",
  "account.vouched": "vouched for an account",
  "account.warned": "warned of an account",
  "warning.confirmed": "agreed to a warning of an account",
  "entry.withdrawn": "took back what was said about an account",
  "code_index.imported": "imported an index of your own code",
  "code_index.removed": "removed an index of your own code",
  "indicator.checked": "said that a list is right about an account",
  "indicator.confirmed": "agreed that a list is right about an account",
  "indicator.revoked": "took back what a list says",
  "intel.imported": "took in a list of accounts",
  "intel.exported": "wrote out lists of accounts",
  "repository.viewed": "opened the page of a repository",
  "audit.viewed": "opened the access audit",
  "clusters.viewed": "opened the clusters of accounts",
  "flags.viewed": "opened the flags",
  "flag.acknowledged": "acknowledged a flag",
  "pushes.viewed": "opened the pushes",
  "push.decided": "decided about pushes",
  "exposure.decided": "decided about standing exposure",
  "grant.noted": "wrote down why a grant stands, and how long",
  "report.reviewed": "marked a report reviewed",
  "subject.exported": "downloaded what is kept about an account",
  "subject.corrected": "noted a correction on an account",
  "subject.erased": "erased what is kept about an account",
  "publication.changed": "changed what is written on GitHub",
  "work.retried": "tried work again that was set aside",
  "installation.added": "installed the App",
  "installation.removed": "removed the App",
};

export const ACTS = Object.keys(ACT_WORDS) as readonly TrailEntry["act"][]; // the record has every act

/** The list's state, all of it in the address. Whatever does not fit is left out. */
export const trailQuery = z.object({
  act: z.enum(ACTS).nullable().catch(null).default(null),
  person: accountParameter.nullable().catch(null).default(null),
  /** Number of the last entry of the page before. */
  before: positiveParameter.nullable().catch(null).default(null),
});
export type TrailQuery = z.infer<typeof trailQuery>;
