/** Who goes first: 0 what is written in public, 1 what somebody waits for, 2 what has time, 3 what others may hold up. */
export type Rank = 0 | 1 | 2 | 3;

export const RANKS: readonly Rank[] = [0, 1, 2, 3];

/**
 * The rank whose turn it is, for eight jobs in a row, so that none starves. One without jobs gives its turn to the
 * first that has some.
 */
const TURNS: readonly Rank[] = [0, 1, 0, 2, 0, 1, 0, 3];

/**
 * The part of a process's slots that a rank and those behind it may hold at once: an audit or a deep scan takes minutes,
 * a message to a server that hangs ten seconds, and what comes before them shall find a slot at once.
 */
const MOST: Readonly<Record<Rank, number>> = { 0: 1, 1: 3 / 4, 2: 1 / 2, 3: 1 / 4 };

/** The slots of one process. */
export interface Slots {
  readonly concurrency: number;
  /** The rank of each job that runs. */
  readonly running: readonly Rank[];
  /** How many it has begun. */
  readonly begun: number;
}

/** The first due job of a lane and rank. */
export interface Head {
  readonly id: number;
  readonly lane: number;
  readonly rank: Rank;
}

/** Ranks of which one more may begin. */
export const openRanks = ({ concurrency, running }: Slots): readonly Rank[] =>
  RANKS.filter((rank) =>
    RANKS.every(
      (first) =>
        first > rank || running.filter((other) => other >= first).length < Math.ceil(concurrency * MOST[first]),
    ),
  );

/** Which of the heads begin now, one of a lane at most. `heads` are the longest waiting first, of lanes that are free. */
export function chooseHeads(heads: readonly Head[], slots: Slots): readonly Head[] {
  const chosen: Head[] = [];
  const lanes = new Set<number>();
  for (;;) {
    const { concurrency, running, begun } = slots;
    const now = { concurrency, running: [...running, ...chosen.map(({ rank }) => rank)], begun: begun + chosen.length };
    const open = openRanks(now);
    const turn = TURNS[now.begun % TURNS.length] ?? 0;
    const first = [turn, ...RANKS]
      .filter((rank) => open.includes(rank))
      .map((rank) => heads.find((head) => head.rank === rank && !lanes.has(head.lane)))
      .find((head) => head !== undefined);
    if (first === undefined) return chosen;
    lanes.add(first.lane);
    chosen.push(first);
  }
}
