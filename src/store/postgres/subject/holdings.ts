import type { Tables } from "../schema.ts";

/**
 * What becomes of an account's rows in a table when the account is erased. `deleted`: all rows whose `account_id` it is.
 * `own`: files of this folder know what. `stays`: `STAYS` says why. `nothing`: no row of it is about an account.
 */
type WhenErased = "deleted" | "own" | "stays" | "nothing";

interface Holding {
  /** Columns whose value is the number of an account, whatever part it plays. */
  readonly columns: readonly string[];
  readonly whenErased: WhenErased;
}

const nothing: Holding = { columns: [], whenErased: "nothing" };

/** Every table: a new one has to say here what it holds about accounts. A test compares it with the database. */
export const HOLDINGS: Readonly<Record<keyof Tables, Holding>> = {
  report: { columns: ["account_id"], whenErased: "own" },
  flag: { columns: ["account_id"], whenErased: "own" },
  triage_run: { columns: ["account_id"], whenErased: "own" },
  account_cache: { columns: ["account_id"], whenErased: "deleted" },
  account_history: { columns: ["account_id"], whenErased: "deleted" },
  // Also where it merged in a ring that another account's reading showed.
  account_tie: { columns: ["account_id", "author_id", "merger_id"], whenErased: "own" },
  account_snapshot: { columns: ["account_id"], whenErased: "deleted" },
  // Who wrote a line about somebody else stays with the line.
  local_list: { columns: ["account_id", "by_account_id", "confirmed_by"], whenErased: "deleted" },
  // An address is a hash that leads to nobody until a scan ties it to an account; who checked it stays with the entry.
  indicator: { columns: ["account_id", "checked_by", "confirmed_by"], whenErased: "deleted" },
  exposure_decision: { columns: ["account_id", "by_account_id"], whenErased: "deleted" },
  grant_record: { columns: ["account_id", "given_by", "noted_by"], whenErased: "deleted" },
  // Of whoever let others in, too: it is what a judgement of that account may rest on.
  referral: { columns: ["account_id", "by_account_id"], whenErased: "deleted" },
  subject_note: { columns: ["account_id", "by_account_id"], whenErased: "deleted" },
  // Reports of audits, in texts.
  audit_piece: { columns: [], whenErased: "own" },
  audit_holder: { columns: ["account"], whenErased: "stays" },
  audit_account: { columns: ["id"], whenErased: "stays" },
  audit_grant: { columns: ["account"], whenErased: "stays" },
  // Roles and tokens of accounts, and whom rules name, in texts.
  audit_setting: { columns: ["account"], whenErased: "stays" },
  // The same before it is an audit, in texts, for hours.
  audit_answer: { columns: [], whenErased: "own" },
  live_source: { columns: ["id"], whenErased: "stays" },
  live_entry: { columns: ["account"], whenErased: "stays" },
  trail: { columns: ["actor_id"], whenErased: "stays" },
  // Payloads that name accounts.
  delivery: { columns: [], whenErased: "own" },
  job: { columns: [], whenErased: "own" },
  // Of readers, eight hours at most, and of no installation.
  session: { columns: ["account_id"], whenErased: "stays" },
  // The organisation's own.
  installation: { columns: ["account_id"], whenErased: "stays" },
  // Of whoever pushed it holds nothing; who decided stays with the decision.
  unreviewed_push: nothing,
  audit: nothing,
  // Hashes of contents, under a key.
  code_index: nothing,
  code_index_piece: nothing,
  audit_repository: nothing,
  audit_reading: nothing,
  policy: nothing,
  door: nothing,
  band_count: nothing,
  signal_count: nothing,
  pull_request_sweep: nothing,
  circuit: nothing,
  schedule: nothing,
  program_state: nothing,
};
