import type { Instant } from "../clock.ts";
import type { InstallationId } from "../ids.ts";
import type { Room } from "../machine.ts";
import type { BrokenTrail, Circuit, DeliveryProgress, Door, Installation, SetAside } from "./records.ts";
import type { SessionStore } from "./session-store.ts";
import type { SweepPlan } from "./sweeps.ts";
import type { TenantStore } from "./tenant.ts";
import type { Inbox, Queue } from "./work.ts";

export type * from "./code-indexes.ts";
export type * from "./indicators.ts";
export type * from "./local-list.ts";
export type * from "./pushes.ts";
export type * from "./readings.ts";
export type * from "./records.ts";
export type * from "./reports.ts";
export type * from "./session-store.ts";
export type * from "./subject.ts";
export type * from "./sweeps.ts";
export type * from "./tenant.ts";
export type * from "./trail.ts";
export type * from "./work.ts";

/**
 * What the program remembers. One SQL dialect behind it: embedded in the process or a PostgreSQL server. Failures
 * leave as OperatingError `database_unavailable` or `disk_full`; anything else is a programmer error.
 */
export interface Store extends SweepPlan {
  readonly inbox: Inbox;
  readonly queue: Queue;
  readonly sessions: SessionStore;
  /** Rows of one installation; row-level security hides all others, whatever the query says. */
  tenant(id: InstallationId): TenantStore;
  /** Installations that are known, paused ones included, by id. */
  installations(): Promise<readonly Installation[]>;
  /** The door a public address opens, whichever tenant it belongs to; null for an unknown one. */
  findDoor(ref: string): Promise<Door | null>;
  /** Work that was given up, of one installation or of all and of none; oldest first, at most 1,000. */
  setAside(installation: InstallationId | null): Promise<readonly SetAside[]>;
  /**
   * Puts what was given up back in its place, with all attempts before it; returns the ids that were still there. Of
   * one installation alone when it is named.
   */
  tryAgain(ids: readonly string[], installation: InstallationId | null): Promise<readonly string[]>;
  /** Circuits that are open, that of all of GitHub first. */
  circuits(): Promise<readonly Circuit[]>;
  deliveryProgress(): Promise<DeliveryProgress>;
  /** Notes the newest delivery in GitHub's log, null for none in what was read. */
  noteDeliveryLog(newest: Instant | null, readAt: Instant): Promise<void>;
  /** Deletes what of no installation is past its time (docs/privacy.md); returns deleted rows by table. */
  sweep(now: Instant): Promise<Readonly<Record<string, number>>>;
  /** Trails that somebody changed in the database; each is read whole, so this is for an operator's look. */
  brokenTrails(): Promise<readonly BrokenTrail[]>;
  /** Of the embedded database's disk, as it is now; null with a server or in memory. */
  room(): Room | null;
  /**
   * Copies the embedded database beside itself and says where; whoever stores or reads waits meanwhile, for a second or
   * two a GB. InvalidInput with a server, and without room.
   */
  backup(): Promise<{ readonly directory: string; readonly bytes: number }>;
  /** Resolves when a delivery could be stored now: stores one and takes it away again. Rejects otherwise. */
  ping(): Promise<void>;
  stop(): Promise<void>;
}
