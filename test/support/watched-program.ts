import { setTimeout } from "node:timers/promises";
import { startWatchdog } from "../../src/boot/watchdog.ts";

// A program for tests to watch: beats while its loop turns, and stands still for ever when it is told to.
startWatchdog({ lookMs: 50, looks: 40 });
process.stdin.once("data", () => {
  for (;;);
});
for (let beat = 0; ; beat += 1) {
  process.stdout.write(`${beat}\n`);
  await setTimeout(20);
}
