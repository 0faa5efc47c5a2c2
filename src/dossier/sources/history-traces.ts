import type { Instant } from "../../clock.ts";
import { historySteps } from "../../history/history.ts";
import type { KnownRepository, Subject } from "../../history/people/known.ts";
import type { OwnCommits } from "../../history/people/ownership.ts";
import { pictureTraces } from "../../history/traces/trace-pictures.ts";
import type { PictureTraces } from "../../history/traces/traces.ts";
import { type Traces, traceSteps } from "../../history/traces/traces-of.ts";
import type { AccountId } from "../../ids.ts";
import type { Steps } from "../../slices.ts";
import type { CommitFacts, OwnedRepository } from "../scan-gateway.ts";
import { creditedAddresses } from "./own-commits.ts";

/**
 * What an account's own commits say about it. Of the people they name, it is whoever has its noreply address or an
 * address that GitHub credits to it. Pure.
 */
export function* historyTraces(
  own: OwnCommits,
  about: {
    readonly repositories: readonly OwnedRepository[];
    readonly facts: readonly CommitFacts[];
    readonly account: { readonly id: AccountId };
    readonly accountCreatedAt: Instant | null;
    readonly asOf: Instant;
  },
): Steps<Traces & { readonly pictures: PictureTraces }> {
  const { repositories, facts, account, accountCreatedAt, asOf } = about;
  const { table, receivedAt } = own;
  const accounts = [{ id: account.id, emails: [...creditedAddresses(own, facts, account)] }];
  const verified = new Set(facts.flatMap((fact) => (fact.verified ? [fact.oid] : [])));
  const history = yield* historySteps(table, { accounts, mailmap: [] }, (row) => verified.has(table.oid(row)));
  const subject: Subject = {
    identity: history.identities.list.findIndex(({ accountIds }) => accountIds.includes(account.id)),
    accountIds: [account.id],
    accountCreatedAt: accountCreatedAt === null ? null : secondsOf(accountCreatedAt),
    repositories: repositories.map((repository) => knownRepository(repository, account.id)),
    receivedAt,
    asOf: secondsOf(asOf),
  };
  const traces = yield* traceSteps(history, subject);
  yield;
  return { ...traces, pictures: pictureTraces(history, subject) };
}

const secondsOf = (at: Instant): number => Date.parse(at) / 1_000;

const knownRepository = (
  { id, createdAt, pushedAt, highestNumber, othersActed, declaresOrigin }: OwnedRepository,
  ownerId: AccountId,
): KnownRepository => ({
  id,
  ownerId,
  createdAt: secondsOf(createdAt),
  pushedAt: pushedAt === null ? null : secondsOf(pushedAt),
  highestNumber,
  othersActed,
  // Whoever opened one of the newest issues is seen; who else acted is not.
  actedIds: null,
  declared: declaresOrigin,
});
