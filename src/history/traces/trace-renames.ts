import { atOnce, type Steps } from "../../slices.ts";
import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { instantOf, MAX_KEPT, refOf } from "./evidence.ts";
import type { IdentityTraces } from "./traces.ts";

/** One login of an account, and when its noreply address was first used with it. */
export interface LoginUse {
  readonly accountId: number;
  readonly login: string;
  /** Seconds since 1970. */
  readonly firstAt: number;
  readonly row: number;
}

/** Logins that the noreply addresses of an identity carry, account by account, in the order of first use. */
export const loginsOf = (history: History, identity: number): readonly LoginUse[] =>
  atOnce(loginSteps(history, identity));

function* loginSteps({ table, people, identities, rowsOf }: History, identity: number): Steps<readonly LoginUse[]> {
  const found = new Map<string, LoginUse>();
  const missing = new Set<string>();
  for (const index of identities.list[identity]?.members ?? []) {
    yield;
    const noreply = people[index]?.noreply;
    if (noreply?.accountId != null) missing.add(`${noreply.accountId} ${noreply.login}`);
  }
  for (const row of rowsOf(identity)) {
    yield;
    if (missing.size === 0) break;
    const noreply = people[table.author[row] ?? 0]?.noreply;
    if (noreply?.accountId == null) continue;
    const key = `${noreply.accountId} ${noreply.login}`;
    if (missing.delete(key))
      found.set(key, { accountId: noreply.accountId, login: noreply.login, firstAt: table.authoredAt[row] ?? 0, row });
  }
  return [...found.values()].sort(
    (a, b) => a.accountId - b.accountId || a.firstAt - b.firstAt || (a.login < b.login ? -1 : 1),
  );
}

/** Each change of the login part under one account id, oldest first, the newest 100; the logins themselves stay in here. */
export function* renamesOf(
  history: History,
  subject: Subject,
): Steps<{ readonly kept: IdentityTraces["renames"]; readonly leftOut: number }> {
  const uses = yield* loginSteps(history, subject.identity);
  yield;
  const changes = uses
    .filter((use, index) => uses[index - 1]?.accountId === use.accountId)
    .sort((a, b) => a.firstAt - b.firstAt || a.row - b.row);
  return {
    kept: changes
      .slice(-MAX_KEPT)
      .map(({ firstAt, row }) => ({ at: instantOf(firstAt), ref: refOf(history, subject, row) })),
    leftOut: Math.max(0, changes.length - MAX_KEPT),
  };
}
