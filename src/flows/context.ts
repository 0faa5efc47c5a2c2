import type { Clock } from "../clock.ts";
import type { AppGateway, InstallationGateway } from "../github/gateway.ts";
import { installationId } from "../ids.ts";
import type { Log } from "../log.ts";
import type { Random } from "../random.ts";
import type { Installation, Store, TenantStore } from "../store/store.ts";

/** What every flow is given; made once in `wire.ts`. */
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
}

/** One installation as a job works in it. */
export interface Tenancy {
  readonly installation: Installation;
  readonly tenant: TenantStore;
  readonly gateway: InstallationGateway;
}

/** The tenancy of a job; null when the installation is unknown or paused, and the job has nothing left to do. */
export async function enterTenancy(context: FlowContext, id: number): Promise<Tenancy | null> {
  const tenant = context.store.tenant(installationId(id));
  const installation = await tenant.installation();
  if (installation === null || installation.paused) return null;
  return { installation, tenant, gateway: await context.apps.installation(installation.id) };
}

/** Deliveries of an installation can overtake its `created` event or outlive its removal: not an error. */
export const NOBODY_HOME = { kind: "cancelled", because: "installation unknown or paused" } as const;
export const DONE = { kind: "completed" } as const;
