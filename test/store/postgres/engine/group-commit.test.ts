import { groupCommit } from "../../../../src/store/postgres/engine/group-commit.ts";
import { expect, test } from "../../../support/jest.ts";

/** Writes that wait to be let through, one by one. */
function gate() {
  const groups: (readonly string[])[] = [];
  const pending: (() => void)[] = [];
  return {
    groups,
    write: async (items: readonly string[]): Promise<ReadonlySet<string>> => {
      groups.push(items);
      await new Promise<void>((resolve) => pending.push(resolve));
      return new Set(items);
    },
    open: () => pending.shift()?.(),
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test("group commit: what is sent together shares a write, what arrives during it shares the next one", async () => {
  const { groups, write, open } = gate();
  const commit = groupCommit<string>((item) => item, write);
  const together = ["a", "b"].map((item) => commit.add(item));
  expect(groups).toEqual([]);
  await turn();
  expect(groups).toEqual([["a", "b"]]);
  expect(commit.busy()).toBe(true);
  const others = ["c", "d", "c"].map((item) => commit.add(item));
  await turn();
  expect(groups).toHaveLength(1);
  open();
  expect(await Promise.all(together)).toEqual(["stored", "stored"]);
  await turn();
  await turn();
  expect(groups).toEqual([
    ["a", "b"],
    ["c", "d"],
  ]);
  open();
  expect(await Promise.all(others)).toEqual(["stored", "stored", "duplicate"]);
});

test("group commit: nobody is answered before the write ends", async () => {
  const { write, open } = gate();
  const commit = groupCommit<string>((item) => item, write);
  let answered = false;
  const answer = commit.add("a").then(() => {
    answered = true;
  });
  await turn();
  await turn();
  expect(answered).toBe(false);
  open();
  await answer;
});

test("group commit: a write that fails fails its own group and no other", async () => {
  let calls = 0;
  const commit = groupCommit<string>(
    (item) => item,
    async (items) => {
      calls += 1;
      await turn();
      if (calls === 1) throw new Error("disk full");
      return new Set(items);
    },
  );
  const first = commit.add("a");
  await turn();
  const answers = await Promise.allSettled([first, commit.add("b"), commit.add("c")]);
  expect(answers.map(({ status }) => status)).toEqual(["rejected", "fulfilled", "fulfilled"]);
});

test("group commit: a thousand at once are written in bounded groups", async () => {
  const sizes: number[] = [];
  const commit = groupCommit<number>(String, async (items) => {
    sizes.push(items.length);
    await turn();
    return new Set(items.map(String));
  });
  await Promise.all(Array.from({ length: 1_000 }, (_, index) => commit.add(index)));
  expect(Math.max(...sizes)).toBeLessThanOrEqual(128);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(1_000);
});
