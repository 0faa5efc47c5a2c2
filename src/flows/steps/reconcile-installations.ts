import { type Clock, daysBetween } from "../../clock.ts";
import type { AppGateway } from "../../github/gateway.ts";
import type { InstallationId } from "../../ids.ts";
import type { Job } from "../../job/job.ts";
import type { Store } from "../../store/store.ts";

interface Ports {
  readonly apps: AppGateway;
  readonly store: Store;
  readonly clock: Clock;
}

/** GitHub's lists lag behind its events: a new installation is not called gone within the hour. */
const SETTLED_DAYS = 1 / 24;

/**
 * Compares the installations GitHub lists with those we know: an App that was installed, paused or removed while we
 * were away is met, renamed, paused or forgotten all the same. Returns how many there are. Cost: 1 request per 100
 * installations.
 */
export async function reconcileInstallations(context: Ports): Promise<number> {
  // Ours first: what we know now must be in a list that GitHub makes later.
  const known = await context.store.installations();
  const listed = await context.apps.installations();
  const knownById = new Map(known.map((installation) => [installation.id, installation]));
  const listedIds = new Set(listed.map(({ id }) => id));
  const jobs: Job[] = [];
  for (const installation of listed) {
    const { id, suspended } = installation;
    const ours = knownById.get(id);
    // No event that Apps are sent tells of a new login, and the old one is anybody's to take.
    if (ours === undefined || ours.accountLogin !== installation.accountLogin) jobs.push(bootstrap(installation));
    if ((ours?.paused ?? false) !== suspended) {
      jobs.push({ kind: "set-installation-paused", installationId: id, paused: suspended });
    }
  }
  for (const { id, createdAt } of known) {
    const settled = daysBetween(createdAt, context.clock.now()) > SETTLED_DAYS;
    if (settled && !listedIds.has(id)) jobs.push({ kind: "purge-installation", installationId: id });
  }
  await context.store.queue.enqueue(jobs);
  return listed.length;
}

/**
 * Looks for an installation that a delivery names and nobody told us of: the delivery about it can be late or lost.
 * True when GitHub has it, and then its bootstrap is planned. Cost: 1 request per 100 installations.
 */
export async function bootstrapIfInstalled(
  { apps, store }: Pick<Ports, "apps" | "store">,
  id: InstallationId,
): Promise<boolean> {
  const found = (await apps.installations()).find((installation) => installation.id === id);
  if (found === undefined) return false;
  const paused: Job = { kind: "set-installation-paused", installationId: id, paused: true };
  await store.queue.enqueue([bootstrap(found), ...(found.suspended ? [paused] : [])]);
  return true;
}

type Listed = Awaited<ReturnType<AppGateway["installations"]>>[number];

const bootstrap = ({ id, accountId, accountLogin, accountType, permissions }: Listed): Job => ({
  kind: "bootstrap-installation",
  installationId: id,
  account: { id: accountId, login: accountLogin, type: accountType },
  permissions,
});
