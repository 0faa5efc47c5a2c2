import { type Delivery, identityOf } from "../../src/delivery/delivery.ts";
import type { Job } from "../../src/job/job.ts";
import type { Inbox, Stoppable } from "../../src/store/store.ts";

/** An inbox that forgets when the process ends: the port's promises about duplicates, order and retries, no disk. */
export class MemoryInbox implements Inbox {
  static readonly ATTEMPTS = 5;
  readonly #deliveries = new Map<string, Delivery>();
  readonly #waiting: { readonly delivery: Delivery; attempts: number }[] = [];
  #discarded = 0;
  #wake: () => void = () => {};
  /** Every delivery that was stored, oldest first. */
  readonly stored: Delivery[] = [];
  /** Jobs of planned deliveries, in order of planning. */
  readonly jobs: Job[] = [];

  async accept(delivery: Delivery): Promise<"stored" | "duplicate"> {
    if (this.#deliveries.has(identityOf(delivery))) return "duplicate";
    this.#deliveries.set(identityOf(delivery), delivery);
    this.stored.push(delivery);
    this.#waiting.push({ delivery, attempts: 0 });
    this.#wake();
    return "stored";
  }

  async work(plan: (delivery: Delivery) => Promise<readonly Job[]>): Promise<Stoppable> {
    let stopped = false;
    const run = async (): Promise<void> => {
      while (!stopped) {
        const entry = this.#waiting.shift();
        if (entry) await this.#plan(entry, plan);
        else await new Promise<void>((resolve) => (this.#wake = resolve));
      }
    };
    const running = run();
    return {
      stop: async () => {
        stopped = true;
        this.#wake();
        await running;
      },
    };
  }

  async counts(): Promise<{ readonly waiting: number; readonly discarded: number }> {
    return { waiting: this.#waiting.length, discarded: this.#discarded };
  }

  async #plan(
    entry: { readonly delivery: Delivery; attempts: number },
    plan: (delivery: Delivery) => Promise<readonly Job[]>,
  ): Promise<void> {
    entry.attempts += 1;
    try {
      this.jobs.push(...(await plan(entry.delivery)));
    } catch {
      if (entry.attempts < MemoryInbox.ATTEMPTS) this.#waiting.push(entry);
      else this.#discarded += 1;
    }
  }
}
