import { availableParallelism } from "node:os";
import { parseArgs } from "node:util";
import { Worker } from "node:worker_threads";
import { rateGates } from "./rates.ts";
import type { Outcome } from "./run.ts";
import { ARCHETYPES } from "./stories/all.ts";
import { gatesOf, tableOf } from "./table.ts";
import type { Task } from "./worker.ts";

// Tells every archetype of the design as worlds of a local GitHub, reads them with the code that reads the real one, and
// prints what the engine makes of them beside what is wanted.
//
//   npm run eval -- [--variations 50] [--seed 1] [--only M1,B2] [--explain]
//
// Ends with 1 when a gate is missed.

const { values } = parseArgs({
  options: {
    variations: { type: "string", default: "50" },
    seed: { type: "string", default: "1" },
    only: { type: "string", default: "" },
    explain: { type: "boolean", default: false },
  },
});

// `npm run eval | head` is no failure.
process.stdout.on("error", () => process.exit());

const variations = countOf("variations");
const first = countOf("seed");
const wanted = values.only === "" ? ARCHETYPES.map(({ id }) => id) : values.only.split(",");
const unknown = wanted.filter((id) => !ARCHETYPES.some((each) => each.id === id));
if (unknown.length > 0)
  fail(`--only: no archetype ${unknown.join(", ")}; there are ${ARCHETYPES.map(({ id }) => id).join(", ")}`);

const tasks = wanted.flatMap((id) =>
  Array.from({ length: variations }, (_, index): Task => ({ id, seed: first + index })),
);
const started = performance.now();
const outcomes = await inThreads(tasks);
const seconds = (performance.now() - started) / 1_000;
const archetypes = ARCHETYPES.filter(({ id }) => wanted.includes(id));
say(tableOf(archetypes, outcomes));
if (values.explain) for (const line of explained(outcomes)) say(line);
const gates = [...gatesOf(archetypes, outcomes, seconds), ...(values.only === "" ? rateGates() : [])];
for (const { claim, figure, holds } of gates)
  say(`${claim.padEnd(78)} ${figure.padStart(9)}  ${holds ? "holds" : "MISSED"}`);
if (gates.some(({ holds }) => !holds)) process.exitCode = 1;

/** Tasks in their order, as many at once as there are processors; the outcomes in that order too. */
function inThreads(all: readonly Task[]): Promise<readonly Outcome[]> {
  const found: Outcome[] = [];
  let next = 0;
  const one = (): Promise<void> =>
    new Promise((done, failed) => {
      const worker = new Worker(new URL("./worker.ts", import.meta.url));
      let current = -1;
      const ask = (): void => {
        current = next;
        next += 1;
        if (current < all.length) worker.postMessage(all[current]);
        else void worker.terminate().then(() => done());
      };
      worker.on("message", (outcome: Outcome) => {
        found[current] = outcome;
        ask();
      });
      worker.on("error", (error) => failed(new Error(`variation ${JSON.stringify(all[current])}`, { cause: error })));
      ask();
    });
  return Promise.all(Array.from({ length: availableParallelism() }, one)).then(() => found);
}

/** Every variation that is not as wanted, and why. */
function explained(all: readonly Outcome[]): readonly string[] {
  return all.flatMap(({ id, seed, band, bits, isRight, missed, wrong, broken, fired }) =>
    isRight && missed.length + wrong.length + broken.length === 0
      ? []
      : [
          `${id} seed ${seed}: ${band}, ${bits} bits; fired ${fired.join(", ") || "nothing"}` +
            [said("missed", missed), said("must not", wrong), said("law", broken)].join(""),
        ],
  );
}

function said(what: string, list: readonly string[]): string {
  return list.length > 0 ? `; ${what}: ${list.join(", ")}` : "";
}

function countOf(name: "variations" | "seed"): number {
  const count = Number(values[name]);
  if (!Number.isInteger(count) || count < 1) fail(`--${name} is a whole number from 1 on, not "${values[name]}"`);
  return count;
}

function fail(says: string): never {
  process.stderr.write(`${says}\n`);
  process.exit(2);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}
