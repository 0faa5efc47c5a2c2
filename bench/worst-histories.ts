import { createHash } from "node:crypto";
import { historySteps } from "../src/history/history.ts";
import { tableBuilder } from "../src/history/table.ts";
import { type Traces, traceSteps } from "../src/history/traces-of.ts";
import { inSlices, type Steps } from "../src/slices.ts";

/** What the deep scan does with the commits of a stranger once they are read; each a day after the one before. */
export function historyWork(size: number, authorOf: (at: number) => string): () => Promise<unknown> {
  const builder = tableBuilder(20);
  for (let at = 0; at < size; at++) {
    const oid = Buffer.from(createHash("sha1").update(String(at)).digest("hex"));
    const name = Buffer.from(authorOf(at));
    const person = builder.person(name, 0, name.length);
    const when = 1_400_000_000 + at * 5_000;
    const ordinary = { authoredAt: when, committedAt: when, offset: 60, parentCount: 1, key: null, reference: 0 };
    builder.fill(builder.rowOf(oid, 0), { author: person, committer: person, ...ordinary }, -1);
  }
  const table = builder.finish();
  const known = {
    id: 1,
    ownerId: 7,
    createdAt: null,
    pushedAt: null,
    highestNumber: 5,
    othersActed: null,
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
