import { setImmediate } from "node:timers/promises";

/**
 * Long work in steps: pure, and the same result however it is paced. It yields often, about every thousandth of a
 * millisecond to every millisecond of work, and whoever runs it decides what happens in between.
 */
export type Steps<Result> = Generator<void, Result, void>;

/** How work shares the loop with whatever else waits for it. */
export interface Pace {
  /** Milliseconds that one slice may take. */
  readonly sliceMs: number;
  /** Milliseconds of any clock that only goes forward. */
  now(): number;
  /** Lets others have their turn. */
  pause(): Promise<void>;
}

let turn: Promise<void> = Promise.resolve();

/** One slice in each turn of the loop, whoever it belongs to: eight jobs at once do not make eight slices in a row. */
const LOOP: Pace = {
  sliceMs: 10,
  now: () => performance.now(),
  pause() {
    turn = turn.then(() => setImmediate());
    return turn;
  },
};

/** For loops that wait for something else now and then: to be awaited once a round, it pauses when a slice is used up. */
export function paced(pace: Pace = LOOP): () => Promise<void> | undefined {
  let until = pace.now() + pace.sliceMs;
  return () => {
    if (pace.now() < until) return undefined;
    return pace.pause().then(() => {
      until = pace.now() + pace.sliceMs;
    });
  };
}

/**
 * Runs steps on the loop that also answers people, a slice at a time. For what grows with what others chose: a thread
 * would need all of it copied, which stops the loop as long as the work.
 */
export async function inSlices<Result>(steps: Steps<Result>, pace: Pace = LOOP): Promise<Result> {
  const next = paced(pace);
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return step.value;
    const pause = next();
    if (pause !== undefined) await pause;
  }
}

/** Sorts numbers in place, as a stable `sort` does, which is one step however many there are. */
export function* sortSteps(numbers: Int32Array<ArrayBuffer>, compare: (a: number, b: number) => number): Steps<void> {
  let from = numbers;
  let to = new Int32Array(numbers.length);
  for (let width = 1; width < numbers.length; width *= 2) {
    for (let start = 0; start < numbers.length; start += 2 * width) {
      const middle = Math.min(start + width, numbers.length);
      const end = Math.min(start + 2 * width, numbers.length);
      for (let left = start, right = middle, place = start; place < end; place++) {
        const [a, b] = [from[left] ?? 0, from[right] ?? 0];
        if (left < middle && (right >= end || compare(a, b) <= 0)) {
          to[place] = a;
          left++;
        } else {
          to[place] = b;
          right++;
        }
        if ((place & 255) === 0) yield;
      }
    }
    [from, to] = [to, from];
  }
  if (from !== numbers) numbers.set(from);
}

/** Runs steps without a pause, where nobody else waits: in commands and tests. */
export function atOnce<Result>(steps: Steps<Result>): Result {
  for (let step = steps.next(); ; step = steps.next()) if (step.done) return step.value;
}

const ITEMS_A_STEP = 256;

/** The items that `keep` keeps, a few hundred in a step. */
export function* filtered<Item>(items: readonly Item[], keep: (item: Item) => boolean): Steps<readonly Item[]> {
  const kept: Item[] = [];
  for (const [index, item] of items.entries()) {
    if (index % ITEMS_A_STEP === ITEMS_A_STEP - 1) yield;
    if (keep(item)) kept.push(item);
  }
  return kept;
}
