import type { Log } from "../../../log.ts";
import type { Stoppable } from "../../store.ts";

export interface Loop extends Stoppable {
  /** Work may be there: look now instead of at the next poll. */
  wake(): void;
}

/**
 * Calls `step` until stopped: at once while it says there is more, else when woken and every `pollMs`. A step that
 * fails is reported and tried again after a pause: the database may be back by then.
 */
export function startLoop(
  step: () => Promise<"more" | "idle">,
  options: { readonly name: string; readonly pollMs: number; readonly log: Log },
): Loop {
  let stopping = false;
  let woken = false;
  let endPause = () => {};

  async function pause(): Promise<void> {
    if (stopping || woken) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, options.pollMs);
      endPause = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }

  async function run(): Promise<void> {
    while (!stopping) {
      woken = false;
      if ((await attempt(step, options)) === "idle") await pause();
    }
  }

  const ended = run();
  return {
    wake() {
      woken = true;
      endPause();
    },
    async stop(graceMs) {
      stopping = true;
      endPause();
      await within(graceMs, ended);
    },
  };
}

async function attempt(
  step: () => Promise<"more" | "idle">,
  { name, log }: { readonly name: string; readonly log: Log },
): Promise<"more" | "idle"> {
  try {
    return await step();
  } catch (error) {
    log.error("store.unavailable", { loop: name }, error);
    return "idle";
  }
}

/** Waits for `work`, at most `graceMs`. */
export async function within(graceMs: number, work: Promise<unknown>): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const grace = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, graceMs);
  });
  await Promise.race([work, grace]);
  clearTimeout(timer);
}
