import { setImmediate } from "node:timers/promises";

/**
 * Collects what arrives while a write runs and writes it together: one commit, one wait for the disk, for everybody
 * who came in the meantime. Waits for one turn of the event loop and no longer.
 *
 * `write` stores items durably and returns the keys that were new. Each caller learns whether its item was; of equal
 * keys in one group the first is new and the others are duplicates.
 */
export function groupCommit<Item>(
  key: (item: Item) => string,
  write: (items: readonly Item[]) => Promise<ReadonlySet<string>>,
): GroupCommit<Item> {
  let collected: Waiting<Item>[] = [];
  let writing = false;

  async function drain(): Promise<void> {
    writing = true;
    while (collected.length > 0) {
      // One turn of the event loop: what was sent together is read over several turns, and would make two groups.
      await setImmediate();
      const group = collected.slice(0, MAX_GROUP);
      collected = collected.slice(MAX_GROUP);
      await settle(group, key, write);
    }
    writing = false;
  }

  return {
    add: (item) =>
      new Promise((resolve, reject) => {
        collected.push({ item, resolve, reject });
        if (!writing) void drain();
      }),
    busy: () => writing,
  };
}

export interface GroupCommit<Item> {
  add(item: Item): Promise<"stored" | "duplicate">;
  /** True while something is being written. */
  busy(): boolean;
}

interface Waiting<Item> {
  readonly item: Item;
  resolve(result: "stored" | "duplicate"): void;
  reject(error: unknown): void;
}

/** Bounds the time one write takes, and with it how long the event loop stands still on the embedded database. */
const MAX_GROUP = 128;

async function settle<Item>(
  group: readonly Waiting<Item>[],
  key: (item: Item) => string,
  write: (items: readonly Item[]) => Promise<ReadonlySet<string>>,
): Promise<void> {
  const first = new Map<string, Waiting<Item>>();
  for (const waiting of group) if (!first.has(key(waiting.item))) first.set(key(waiting.item), waiting);
  try {
    const stored = await write([...first.values()].map(({ item }) => item));
    for (const waiting of group) {
      const mine = key(waiting.item);
      waiting.resolve(stored.has(mine) && first.get(mine) === waiting ? "stored" : "duplicate");
    }
  } catch (error) {
    for (const waiting of group) waiting.reject(error);
  }
}
