import fc from "fast-check";
import { atOnce, inSlices, type Pace, type Steps, sortSteps } from "../src/slices.ts";
import { expect, test } from "./support/jest.ts";

function* counting(steps: number, onStep: () => void): Steps<number> {
  for (let step = 0; step < steps; step++) {
    onStep();
    yield;
  }
  return steps;
}

test("slices: others have their turn whenever a slice is used up, and the result is the same", async () => {
  let at = 0;
  const stepsBeforePause: number[] = [];
  let sincePause = 0;
  const pace: Pace = {
    sliceMs: 10,
    now: () => at,
    async pause() {
      stepsBeforePause.push(sincePause);
      sincePause = 0;
      at += 1_000;
    },
  };
  const step = () => {
    at += 3;
    sincePause++;
  };
  expect(await inSlices(counting(10, step), pace)).toBe(10);
  expect(stepsBeforePause).toEqual([4, 4]);
  expect(atOnce(counting(10, step))).toBe(10);
});

test("slices: two works at once never have two slices in one turn of the loop", async () => {
  const order: string[] = [];
  let turns = 0;
  let running = true;
  const look = () => {
    turns++;
    if (running) setImmediate(look);
  };
  setImmediate(look);
  const inTurn = new Map<number, Set<string>>();
  const work = (name: string): Promise<number> =>
    inSlices(
      counting(40, () => {
        order.push(name);
        inTurn.set(turns, (inTurn.get(turns) ?? new Set()).add(name));
        const until = performance.now() + 1;
        while (performance.now() < until);
      }),
    );
  await Promise.all([work("a"), work("b")]);
  running = false;
  const [, ...later] = [...inTurn.values()];
  expect(later.every((names) => names.size === 1)).toBe(true);
  expect(order).toHaveLength(80);
});

test("sortSteps: the order of a stable sort, for any numbers and any that compare as equal", () => {
  fc.assert(
    fc.property(fc.array(fc.nat(500), { maxLength: 600 }), fc.integer({ min: 1, max: 500 }), (numbers, tens) => {
      const compare = (a: number, b: number): number => Math.floor(a / tens) - Math.floor(b / tens);
      const sorted = Int32Array.from(numbers);
      atOnce(sortSteps(sorted, compare));
      expect([...sorted]).toEqual(numbers.toSorted(compare));
    }),
    { numRuns: 200 },
  );
});
