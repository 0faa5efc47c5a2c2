import type { Instant } from "../../clock.ts";
import { historyOf } from "../../history/history.ts";
import type { KnownRepository, Receipts, Subject } from "../../history/known.ts";
import { peopleOf } from "../../history/person.ts";
import { type RecordedPush, receiptsOf, rowsNamed } from "../../history/receipts.ts";
import type { Table } from "../../history/table.ts";
import { pictureTraces } from "../../history/trace-pictures.ts";
import type { PictureTraces } from "../../history/traces.ts";
import { type Traces, tracesOf } from "../../history/traces-of.ts";
import type { AccountId } from "../../ids.ts";
import type { Fetches } from "./histories.ts";

/**
 * What the fetched histories say about their owner. Its own commits are those that GitHub credits to it and those
 * with its noreply address; from them its other addresses follow. Pure.
 */
export function historyTraces(
  { table, read }: Fetches,
  about: {
    readonly account: { readonly id: AccountId };
    readonly accountCreatedAt: Instant | null;
    readonly asOf: Instant;
  },
): Traces & { readonly pictures: PictureTraces } {
  const { account, accountCreatedAt, asOf } = about;
  const credited = creditedRows(table, read);
  const people = peopleOf(table.people);
  const addresses = credited.flatMap((row) => people[table.author[row] ?? 0]?.address ?? []);
  const accounts = [{ id: account.id, emails: [...new Set(addresses)] }];
  const history = historyOf(table, { accounts, mailmap: [] });
  const identity = history.identities.list.findIndex(({ accountIds }) => accountIds.includes(account.id));
  const subject: Subject = {
    identity,
    accountIds: [account.id],
    accountCreatedAt: accountCreatedAt === null ? null : secondsOf(accountCreatedAt),
    repositories: read.map(({ repository }) => knownRepository(repository, account.id)),
    receipts: receipts(table, read, account.id),
    asOf: secondsOf(asOf),
  };
  return { ...tracesOf(history, subject), pictures: pictureTraces(history, subject) };
}

const secondsOf = (at: Instant): number => Date.parse(at) / 1_000;

function creditedRows(table: Table, read: Fetches["read"]): readonly number[] {
  const oids = new Set(read.flatMap(({ repository }) => repository.ownCommits));
  return [...rowsNamed(table, oids).values()];
}

function knownRepository(
  { id, createdAt, pushedAt, highestNumber, othersActed, declaresOrigin }: Fetches["read"][number]["repository"],
  ownerId: AccountId,
): KnownRepository {
  return {
    id,
    ownerId,
    createdAt: secondsOf(createdAt),
    pushedAt: pushedAt === null ? null : secondsOf(pushedAt),
    highestNumber,
    othersActed,
    declared: declaresOrigin,
  };
}

/** Days between the making of a repository and its last push that still are one sitting. */
const SAME_SITTING_SECONDS = 86_400;

/** From the activity logs; where one could not be read, a repository never pushed to again was filled when it was made. */
function receipts(table: Table, read: Fetches["read"], subject: AccountId): Receipts {
  const pushes = read.flatMap(({ log }): readonly RecordedPush[] =>
    log.ok
      ? log.value.pushes.map(({ at, actorId, before, after }) => ({
          at: secondsOf(at),
          bySubject: actorId === subject,
          before,
          after,
        }))
      : [],
  );
  const found = receiptsOf(table, pushes);
  for (let row = 0; row < table.rowCount; row++) {
    const from = read[table.repository[row] ?? 0];
    if (!from || from.log.ok || from.repository.pushedAt === null) continue;
    const [made, pushed] = [secondsOf(from.repository.createdAt), secondsOf(from.repository.pushedAt)];
    if (pushed - made <= SAME_SITTING_SECONDS) found.at[row] = pushed;
  }
  return found;
}
