import type { AccessSnapshot } from "../../access/grant.ts";
import type { AccountKey, RepositoryKey } from "../../access/keys.ts";
import type { ReachEdge } from "../../access/reach/edge.ts";
import { InvalidInput } from "../../errors.ts";
import { problem } from "./source.ts";

/** Accounts and repositories of a graph, by what people call them, and the other way round. */
export function namesIn({ accounts, repositories }: AccessSnapshot) {
  const logins = new Map(accounts.map(({ id, login }) => [id, login]));
  const names = new Map(repositories.map(({ id, name }) => [id, name]));
  const account = (id: AccountKey) => ({ id, login: logins.get(id) ?? id });
  const repository = (id: RepositoryKey) => ({ id, name: names.get(id) ?? id });
  return {
    account,
    repository,
    /** An edge with names beside its ids. */
    edge: ({ account: who, repository: where, via, ...edge }: ReachEdge) => ({
      ...{ account: who === null ? null : account(who), repository: repository(where) },
      ...edge,
      via: [...via],
    }),
    /** Throws InvalidInput for a login that the graph does not have; `where` is what the user wrote it as. */
    accountCalled(login: string, where: string): AccountKey {
      const found = accounts.find((each) => isCalled(each.login, login));
      if (found !== undefined) return found.id;
      throw new InvalidInput([problem(where, "nobody of this name in the graph", "write the login")]);
    },
    /** The same for a repository, with or without its owner before it. */
    repositoryCalled(name: string, where: string): RepositoryKey {
      const found = repositories.find((each) => isCalled(each.name, name.replace(/^.*\//, "")));
      if (found !== undefined) return found.id;
      throw new InvalidInput([problem(where, "no repository of this name in the graph", "write its name")]);
    },
  };
}

const isCalled = (name: string, asked: string): boolean => name.toLowerCase() === asked.toLowerCase();
