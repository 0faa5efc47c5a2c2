import { parentPort } from "node:worker_threads";
import { runVariation } from "./run.ts";
import { ARCHETYPES } from "./stories/all.ts";

/** One variation that a thread is asked for, and what it came to. */
export interface Task {
  readonly id: string;
  readonly seed: number;
}

const port = parentPort;
if (port === null) throw new Error("this file runs as a thread of eval/main.ts");
port.on("message", async ({ id, seed }: Task) => {
  const archetype = ARCHETYPES.find((each) => each.id === id);
  if (archetype === undefined) throw new Error(`no archetype ${id}`);
  port.postMessage(await runVariation(archetype, seed));
});
