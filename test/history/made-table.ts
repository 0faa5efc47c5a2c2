import { createHash } from "node:crypto";
import { type History, historyOf } from "../../src/history/history.ts";
import type { KnownRepository, Subject } from "../../src/history/people/known.ts";
import { type CommitRecord, tableBuilder } from "../../src/history/read/table.ts";
import { atOnce } from "../../src/slices.ts";

export type TableCommit = Partial<Omit<CommitRecord, "author" | "committer">> & {
  readonly author: string;
  readonly committer?: string;
};

/** The history of commits that need no git; `repositories` are lists of them, one after the other. */
export function historyOfRows(repositories: readonly (readonly TableCommit[])[]): History {
  const table = tableBuilder(20);
  let made = 0;
  for (const [number, commits] of repositories.entries()) {
    if (number > 0) table.nextRepository();
    for (const { author, committer = author, ...rest } of commits) {
      const oid = Buffer.from(createHash("sha1").update(String(made++)).digest("hex"));
      const ordinary = {
        authoredAt: made,
        committedAt: made,
        offset: 60,
        parentCount: 1,
        key: null,
        reference: 0,
        mergedOnWeb: false,
        trailers: [],
      };
      const numberOf = (text: string): number => {
        const bytes = Buffer.from(text);
        return table.person(bytes, 0, bytes.length);
      };
      const people = { author: numberOf(author), committer: numberOf(committer) };
      table.fill(table.rowOf(oid, 0), { ...ordinary, ...rest, ...people }, -1);
    }
  }
  return historyOf(atOnce(table.finish()), { accounts: [], mailmap: [] });
}

/** A repository of an account, of which nothing more is known. */
export const ownedRepository = (id: number, ownerId: number): KnownRepository => ({
  ...{
    id,
    ownerId,
    createdAt: null,
    pushedAt: null,
    highestNumber: null,
    othersActed: null,
    actedIds: null,
    declared: false,
  },
});

/** The account 7 as the subject of a history; nobody said what it owns, or when GitHub received anything. */
export const subjectIn = (history: History, more: Partial<Subject> = {}): Subject => ({
  identity: history.identities.list.findIndex(({ accountIds }) => accountIds.includes(7)),
  ...{ accountIds: [7], accountCreatedAt: null, repositories: [], receivedAt: null, asOf: 0, ...more },
});
