import { readAs } from "../../test/change/hostile-reader.ts";
import { HOSTILE, HOSTILE_PATHS } from "../../test/change/hostile-texts.ts";

export interface HostileFigures {
  /** Of all texts the most that four times the length costs, by processor time; 4 is linear. */
  readonly growth: number;
  readonly of: string;
  readonly texts: number;
}

const SHORT = 6_000;
/** Below this the first text of a form, and collecting garbage, cost more than reading. */
const MIN_MS = 15;
const PATHS_EACH = 3;
const TRIES = 4;

/** How the cost of texts that are made to be slow grows with their length. */
export function benchHostile(): HostileFigures {
  let worst = { growth: 0, of: "none" };
  for (const [at, { name, text }] of HOSTILE.entries())
    for (let next = 0; next < PATHS_EACH; next += 1) {
      const path = HOSTILE_PATHS[(at * PATHS_EACH + next) % HOSTILE_PATHS.length] ?? "";
      const long = least(path, text(4 * SHORT), 1);
      if (long < MIN_MS) continue;
      const growth = Math.min(long, least(path, text(4 * SHORT), TRIES)) / least(path, text(SHORT), TRIES);
      if (growth > worst.growth) worst = { growth, of: `${path}, ${name}` };
    }
  return { ...worst, texts: HOSTILE.length };
}

/** The least processor time of some tries, in milliseconds: what the machine does beside it only adds. */
function least(path: string, text: string, tries: number): number {
  let best = Number.POSITIVE_INFINITY;
  for (let at = 0; at < tries; at += 1) {
    const begun = process.cpuUsage();
    readAs([path], text);
    const { user, system } = process.cpuUsage(begun);
    best = Math.min(best, (user + system) / 1_000);
  }
  return best;
}
