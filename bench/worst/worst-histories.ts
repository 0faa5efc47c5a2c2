import { createHash } from "node:crypto";
import { historySteps } from "../../src/history/history.ts";
import { ownCommitSteps } from "../../src/history/people/ownership.ts";
import { type TableBuilder, tableBuilder } from "../../src/history/read/table.ts";
import { type Traces, traceSteps } from "../../src/history/traces/traces-of.ts";
import { atOnce, inSlices, type Steps } from "../../src/slices.ts";

const oidOf = (at: number): string => createHash("sha1").update(String(at)).digest("hex");

interface Made {
  readonly authorOf: (at: number) => string;
  readonly secondOf: (at: number) => number;
  /** One history, each commit on the one before; else each stands alone. */
  readonly chained: boolean;
}

function madeCommits(size: number, { authorOf, secondOf, chained }: Made): TableBuilder {
  const builder = tableBuilder(20);
  const rowOf = (at: number): number => builder.rowOf(Buffer.from(oidOf(at)), 0);
  for (let at = 0; at < size; at++) {
    const name = Buffer.from(authorOf(at));
    const person = builder.person(name, 0, name.length);
    const when = secondOf(at);
    const ordinary = {
      authoredAt: when,
      committedAt: when,
      offset: 60,
      parentCount: 1,
      key: null,
      reference: 0,
      mergedOnWeb: false,
      trailers: [],
    };
    builder.fill(rowOf(at), { author: person, committer: person, ...ordinary }, chained && at > 0 ? rowOf(at - 1) : -1);
  }
  return builder;
}

/** What the deep scan does with the commits of a stranger once they are read; each a day after the one before. */
export function historyWork(size: number, authorOf: Made["authorOf"]): () => Promise<unknown> {
  const secondOf = (at: number): number => 1_400_000_000 + at * 5_000;
  const table = atOnce(madeCommits(size, { authorOf, secondOf, chained: false }).finish());
  const known = {
    id: 1,
    ownerId: 7,
    createdAt: null,
    pushedAt: null,
    highestNumber: 5,
    othersActed: null,
    actedIds: null,
    declared: false,
  };
  function* work(): Steps<Traces> {
    const history = yield* historySteps(table, { accounts: [], mailmap: [] });
    return yield* traceSteps(history, {
      identity: history.identities.list.findIndex(({ accountIds }) => accountIds.includes(7)),
      ...{ accountIds: [7], accountCreatedAt: null, repositories: [known], receivedAt: null, asOf: 2_000_000_000 },
    });
  }
  return () => inSlices(work());
}

/** Whose the commits of one push are, all of one second, beside a pull request with as many of that second. */
export function ownershipWork(size: number): () => Promise<unknown> {
  const second = 1_400_000_000;
  const made = { authorOf: () => "Ada Example <ada@home.net>", secondOf: () => second, chained: true };
  const table = atOnce(madeCommits(size, made).finish());
  const push = { before: "0".repeat(40), after: oidOf(size - 1), fromTheStart: true };
  const commits = Array.from({ length: size }, (_, at) => ({ oid: oidOf(-1 - at), authoredAt: second, beneath: true }));
  const provenance = {
    pushes: [{ at: second + 9, bySubject: true, ...push }],
    requests: [{ repository: 0, openedAt: second, commits, complete: true }],
    answered: new Set([0]),
  };
  return () => inSlices(ownCommitSteps(table, provenance));
}

/** The end of reading: commits of as many people put in order. */
export function finishWork(size: number): () => Promise<unknown> {
  const authorOf = (at: number): string => `${oidOf(at).slice(0, 9)} <${at}@home.net>`;
  const builder = madeCommits(size, { authorOf, secondOf: (at) => 1_400_000_000 + at, chained: true });
  return () => inSlices(builder.finish());
}
