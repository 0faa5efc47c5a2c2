import type { Instant } from "../../../clock.ts";
import type { Job } from "../../../job/job.ts";
import type { FlowContext } from "../../steps/context.ts";
import { SWEEP_HOURS } from "./sweep-installation.ts";

/** Due sweeps are filed with every look at the delivery log. */
const LOOKS_PER_SWEEP = (SWEEP_HOURS * 60) / 5;
const LEAST_AT_ONCE = 20;

/**
 * Files the sweeps that are due, a few at each look: after an outage every installation is due at once, and a thousand
 * sweeps would stand in the way of the check run that somebody waits for. Twice the pace that is needed for all to have
 * their turn in the interval; each begins where the one before has put it, so a start at one minute spreads by itself.
 */
export async function fileDueSweeps(
  { store }: Pick<FlowContext, "store">,
  { installations, now }: { readonly installations: number; readonly now: Instant },
): Promise<void> {
  const limit = Math.max(LEAST_AT_ONCE, Math.ceil((2 * installations) / LOOKS_PER_SWEEP));
  const due = await store.dueForSweep(now, limit);
  await store.queue.enqueue(due.map((id): Job => ({ kind: "sweep-installation", installationId: id })));
}
