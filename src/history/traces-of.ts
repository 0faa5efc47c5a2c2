import { atOnce, type Steps } from "../slices.ts";
import type { History } from "./history.ts";
import type { Subject } from "./known.ts";
import { continuityTraces } from "./trace-continuity.ts";
import { dateTraces } from "./trace-dates.ts";
import { identityTraces } from "./trace-identity.ts";
import { originTraces } from "./trace-origin.ts";
import type { ContinuityTraces, DateTraces, IdentityTraces, OriginTraces } from "./traces.ts";

/** Everything that signals read about one identity of the histories. */
export interface Traces {
  readonly identity: IdentityTraces;
  readonly dates: DateTraces;
  readonly origin: OriginTraces;
  readonly continuity: ContinuityTraces;
}

/** What one identity's commits say about it; pure, linear in its commits but for a sort. */
export const tracesOf = (history: History, subject: Subject): Traces => atOnce(traceSteps(history, subject));

/** The same in steps, for whoever shares the loop. */
export function* traceSteps(history: History, subject: Subject): Steps<Traces> {
  const identity = yield* identityTraces(history, subject);
  yield;
  const dates = yield* dateTraces(history, subject);
  yield;
  const origin = originTraces(history, subject);
  yield;
  return { identity, dates, origin, continuity: yield* continuityTraces(history, subject) };
}

/** True when there is nothing in the traces that a signal could fire on, as with nearly everybody. */
export function isBlank({ identity, dates, origin, continuity }: Traces): boolean {
  const seen = [
    identity.sharedKeys,
    identity.sharedMachines,
    identity.bridges,
    identity.rotations,
    identity.renames,
    identity.clockJumps.refs,
    dates.impossible.refs,
    dates.cadence.sameTimeRefs,
    dates.cadence.sameGapRefs,
    dates.batches,
    origin.repositories,
  ];
  return seen.every(({ length }) => length === 0) && !dates.predating?.predatingCount && continuity.handover === null;
}
