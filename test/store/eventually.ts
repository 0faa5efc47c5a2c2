import { setTimeout } from "node:timers/promises";

/** Waits until `holds` says so; the limit only ends a test that would otherwise hang. */
export async function eventually(holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + 300_000;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error("it did not come true within five minutes");
    await setTimeout(10);
  }
}
