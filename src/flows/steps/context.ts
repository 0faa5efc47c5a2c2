import type { Clock } from "../../clock.ts";
import type { ScanTools } from "../../dossier/sources/reading.ts";
import { OperatingError } from "../../errors.ts";
import type { AppGateway, InstallationGateway } from "../../github/gateway.ts";
import type { InstallationId } from "../../ids.ts";
import type { Log } from "../../log.ts";
import type { Messenger } from "../../notification/messenger.ts";
import type { Random } from "../../random.ts";
import type { Installation, Store, TenantStore } from "../../store/store.ts";
import { bootstrapIfInstalled } from "./reconcile-installations.ts";

/** What every flow is given. All but `isOurs` is made once, in `wire.ts`. */
export interface FlowContext {
  readonly store: Store;
  readonly apps: AppGateway;
  readonly clock: Clock;
  readonly random: Random;
  readonly log: Log;
  /** Address of the private pages, without a slash at the end. */
  readonly publicUrl: string;
  /** Version of signals and scoring; part of every report's key. */
  readonly engine: string;
  /** Key of one-way hashes of labels; never leaves the process. */
  readonly hashKey: string;
  /** How people outside the pages are told. */
  readonly messenger: Messenger;
  /** How git is run for deep scans. */
  readonly scan: ScanTools;
  /**
   * Whether the job is still this run's, and not another worker's because its lease ended; if so the lease begins anew.
   * Asked before what cannot be taken back.
   */
  readonly isOurs: () => Promise<boolean>;
}

/** One installation as a job works in it. */
export interface Tenancy {
  readonly installation: Installation;
  readonly tenant: TenantStore;
  readonly gateway: InstallationGateway;
}

/**
 * The tenancy of a job; null when the installation is gone, and the job has nothing left to do. Throws OperatingError
 * when it is suspended, or GitHub has it and we are only about to know it: the job comes back after that.
 */
export async function enterTenancy(context: FlowContext, id: InstallationId): Promise<Tenancy | null> {
  const tenant = context.store.tenant(id);
  const installation = await tenant.installation();
  if (installation === null && (await bootstrapIfInstalled(context, id)))
    throw new OperatingError("conflict", "installation: not set up yet");
  if (installation === null) return null;
  if (installation.paused) throw new OperatingError("installation_suspended", "installation: suspended");
  return { installation, tenant, gateway: await context.apps.installation(installation.id) };
}

/** Deliveries of an installation can outlive its removal: not an error. */
export const INSTALLATION_UNKNOWN = { kind: "cancelled", because: "installation unknown" } as const;
export const DONE = { kind: "completed" } as const;
