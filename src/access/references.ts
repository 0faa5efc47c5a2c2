import type { Problem } from "../errors.ts";
import { besideReferenceProblems } from "./beside-grants/references.ts";
import type { AccessSnapshot } from "./grant.ts";
import { missing, ruleReferenceProblems } from "./reach/rule-references.ts";

/** Everything in a well-formed graph that points nowhere or exists twice, in file order, found as it is asked for. */
export function* referenceProblems(snapshot: AccessSnapshot): Generator<Problem, void> {
  const { owners, members, grants } = snapshot;
  const accounts = snapshot.accounts.map(({ id }) => id);
  const repositories = snapshot.repositories.map(({ id }) => id);
  const accountIds = new Set(accounts);
  const repositoryIds = new Set(repositories);
  yield* repeated("accounts", ".id", accounts);
  yield* repeated("owners", "", owners);
  yield* strangers("owners", owners, accountIds);
  yield* repeated("members", "", members);
  yield* strangers("members", members, accountIds);
  yield* repeated("repositories", ".id", repositories);
  for (const [at, { account, repository }] of grants.entries()) {
    if (!accountIds.has(account)) yield missing(`grants[${at}].account`, "accounts");
    if (!repositoryIds.has(repository)) yield missing(`grants[${at}].repository`, "repositories");
  }
  const ids = { accounts: accountIds, repositories: repositoryIds };
  yield* ruleReferenceProblems(snapshot, ids);
  yield* besideReferenceProblems(snapshot, ids);
}

function* repeated(list: string, field: string, ids: readonly string[]): Generator<Problem, void> {
  const first = new Map<string, number>();
  for (const [at, id] of ids.entries()) {
    const earlier = first.get(id);
    if (earlier === undefined) first.set(id, at);
    else {
      const what = `the same id as ${list}[${earlier}]${field}`;
      yield { where: `${list}[${at}]${field}`, what, mend: "keep one of them" };
    }
  }
}

function* strangers(list: string, ids: readonly string[], known: ReadonlySet<string>): Generator<Problem, void> {
  for (const [at, id] of ids.entries()) if (!known.has(id)) yield missing(`${list}[${at}]`, "accounts");
}
