import type { Generated } from "kysely";
import type { Instant } from "../../../clock.ts";
import type { InstallationId } from "../../../ids.ts";
import type { Period } from "../../../job/schedule.ts";
import type { Rank } from "../../../job/shares.ts";

export interface DeliveryTable {
  readonly guid: string;
  readonly seq: Generated<number>;
  readonly state: Generated<"waiting" | "planned" | "discarded">;
  /** Plans that failed. */
  readonly attempt: Generated<number>;
  /** Counts the claims: the fence of what follows one. */
  readonly claim: Generated<number>;
  /** Claims in a row after which nothing was heard: the process ended. */
  readonly unfinished: Generated<number>;
  readonly because: string | null;
  readonly due_at: Generated<Instant>;
  readonly received_at: Instant;
  readonly payload: string | null;
}

export interface JobTable {
  readonly id: Generated<number>;
  readonly kind: string;
  readonly lane: number;
  readonly rank: Generated<Rank>;
  readonly key: string | null;
  readonly version: Generated<string>;
  readonly payload: string;
  readonly state: Generated<"waiting" | "running" | "discarded">;
  readonly attempt: Generated<number>;
  readonly attempts: number;
  readonly lease_seconds: number;
  readonly claim: Generated<number>;
  readonly snoozed: Generated<boolean>;
  readonly because: string | null;
  /** How often in a row the world kept it from being done, for the same reason. */
  readonly waits: Generated<number>;
  /** How often in a row the process ended while it ran. */
  readonly crashes: Generated<number>;
  /** Two heads of a pull request said to be of the same second were merged into it. */
  readonly contested: Generated<boolean>;
  /** `infinity` while a circuit holds it. */
  readonly due_at: Generated<Instant>;
  readonly lease_until: Instant | null;
  readonly created_at: Generated<Instant>;
}

/** Open while the row is there. */
export interface CircuitTable {
  /** An installation, or 0 for all of GitHub. */
  readonly scope: InstallationId | 0;
  readonly because: string;
  readonly opened_at: Generated<Instant>;
  readonly probes: Generated<number>;
  readonly probe_at: Instant;
}

export interface ScheduleTable {
  readonly key: string;
  readonly period: Period;
  readonly minute: number;
  readonly timezone: string;
  readonly payload: string;
  readonly cursor: number;
}
