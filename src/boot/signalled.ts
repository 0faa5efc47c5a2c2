/**
 * Resolves at the first SIGINT or SIGTERM, for the program to end in order. It ends at once at a second one, and after
 * `graceMs` in any case: whatever hangs, a supervisor that asked gets its answer.
 */
export function signalled(graceMs = GRACE_MS): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(INTERRUPTED);
      asked = true;
      setTimeout(() => process.exit(INTERRUPTED), graceMs).unref();
      resolve();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

/** Longer than a stop waits for running jobs, and what container platforms wait before they kill. */
const GRACE_MS = 30_000;
/** 128 + SIGINT. */
const INTERRUPTED = 130;
