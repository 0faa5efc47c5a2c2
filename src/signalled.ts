/** Resolves at the first SIGINT or SIGTERM; a second one ends the process at once, with the shell's code for it. */
export function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let asked = false;
    const onSignal = (): void => {
      if (asked) process.exit(INTERRUPTED);
      asked = true;
      resolve();
    };
    process.on("SIGINT", onSignal);
    process.on("SIGTERM", onSignal);
  });
}

/** 128 + SIGINT. */
const INTERRUPTED = 130;
