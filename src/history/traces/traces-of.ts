import { atOnce, type Steps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { continuityTraces } from "./trace-continuity.ts";
import { dateTraces } from "./trace-dates.ts";
import { identityTraces } from "./trace-identity.ts";
import { originTraces } from "./trace-origin.ts";
import type { DateTraces, IdentityTraces, OriginTraces, ReplacedTies } from "./traces.ts";

/** Everything that signals read about one identity of the histories. */
export interface Traces {
  readonly identity: IdentityTraces;
  readonly dates: DateTraces;
  readonly origin: OriginTraces;
  readonly continuity: ReplacedTies;
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
