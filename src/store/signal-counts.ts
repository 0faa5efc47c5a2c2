import type { SignalCounts } from "../assessment/precision.ts";

/** How often each signal was right, by what people said of reports; no account, and no report, is among it. */
export interface TenantSignalCounts {
  /** By id; of reports that are deleted since as well. Reports are read a page at a time. */
  signalCounts(): Promise<ReadonlyMap<string, SignalCounts>>;
}
