import type { ApplicationFunction, Probot } from "probot";
import type { Instant } from "./clock.ts";
import { type Delivery, deliveryOf } from "./delivery/delivery.ts";
import { TRIGGERS } from "./delivery/triggers.ts";
import { trimEvent } from "./delivery/trim.ts";
import type { Job } from "./job/job.ts";
import { type PlanOptions, plan } from "./job/plan.ts";

/** Where the app's handlers learn what a webhook does not carry, and leave the jobs they planned. */
export interface Planning {
  /** When the delivery came; it may have waited, and a second planning must give the same jobs. */
  receivedAt(guid: string): Instant;
  submit(guid: string, jobs: readonly Job[]): void;
}

/** The Probot app: for each event we take in (`delivery/triggers.ts`), plan. No handler asks GitHub anything. */
export function sallyport(planning: Planning, options: PlanOptions): ApplicationFunction {
  return (app) => {
    app.on([...TRIGGERS], ({ id, name, payload }) => {
      const event = trimEvent(name, payload);
      if (event === null) throw new Error(`delivery ${id}: not a body of the event ${name}; it was stored unchecked`);
      planning.submit(id, plan(deliveryOf(event, id, planning.receivedAt(id)), options));
    });
  };
}

/**
 * Loads the app into a Probot instance and returns the way in for stored deliveries: hands one to `probot.receive`
 * and resolves to the jobs its handlers planned. No requests to GitHub. Give Probot a silent log, because its own
 * error handler prints whole events.
 */
export async function makeDispatch(
  probot: Probot,
  options: PlanOptions,
): Promise<(delivery: Delivery) => Promise<readonly Job[]>> {
  const inHand = new Map<string, InHand>();
  const planning: Planning = {
    receivedAt: (guid) => held(inHand, guid).delivery.receivedAt,
    submit: (guid, jobs) => void held(inHand, guid).jobs.push(...jobs),
  };
  await probot.load(sallyport(planning, options));

  return (delivery) => {
    const { guid, event } = delivery;
    const running = inHand.get(guid);
    if (running) return running.planned;
    const jobs: Job[] = [];
    // Probot types a payload as GitHub sends it; ours is cut to the fields the handlers read, and its ids are marked.
    const payload: object = event.payload;
    const webhook = { id: guid, name: event.name, payload } as WebhookEvent;
    const received = Promise.resolve().then(() => probot.receive(webhook));
    const planned = received.then(() => jobs).finally(() => inHand.delete(guid));
    inHand.set(guid, { delivery, jobs, planned });
    return planned;
  };
}

type WebhookEvent = Parameters<Probot["receive"]>[0];

/** A delivery whose handlers are running. The same one handed in twice meanwhile shares the run. */
interface InHand {
  readonly delivery: Delivery;
  readonly jobs: Job[];
  readonly planned: Promise<readonly Job[]>;
}

function held(inHand: ReadonlyMap<string, InHand>, guid: string): InHand {
  const found = inHand.get(guid);
  if (!found) throw new Error(`delivery ${guid}: planned without having been dispatched`);
  return found;
}
