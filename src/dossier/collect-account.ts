import type { Instant } from "../clock.ts";
import type { AccountId, RepositoryAddress } from "../ids.ts";
import { type KnownSections, MAX_REQUESTS } from "./collect.ts";
import { type Dossier, dossier, type SubjectKind } from "./dossier.ts";
import type { AccountGateway } from "./gateway.ts";
import { type AccountSections, accountSections, isKnown, section, worthKeeping } from "./sources/account.ts";

export interface CollectedAccount {
  readonly dossier: Dossier;
  /** What the store may keep about the account; null when nothing new, or not all of it, was read. */
  readonly toCache: AccountSections | null;
}

/**
 * The dossier of an account by itself, for somebody who already holds access and for the command line. Never fails:
 * what is missing is a missing section. Cost: 1 to 5 requests for an unknown account, and 1 each for its record in the
 * repository and its last act in the organisation, where those are named.
 */
export async function collectAccount(input: {
  readonly gateway: AccountGateway;
  /** Where the account works, for its record there; null when nobody says. */
  readonly repository: RepositoryAddress | null;
  /** Login of the organisation, for the last act; null for personal accounts. */
  readonly organization: string | null;
  readonly account: {
    readonly id: AccountId;
    readonly nodeId: string;
    readonly login: string;
    readonly kind: SubjectKind;
  };
  readonly known: KnownSections;
  readonly asOf: Instant;
}): Promise<CollectedAccount> {
  const { gateway, repository, organization, account, known, asOf } = input;
  const { login } = account;
  const before = gateway.usage.requests;
  const requestsLeft = (): number => MAX_REQUESTS - (gateway.usage.requests - before);
  const asks = account.kind === "user" && !isKnown(known);
  const read = asks ? await accountSections(gateway, account, { asOf, requestsLeft }) : {};
  const record = repository && section(await gateway.recordHere({ repository, login }), asOf);
  const last = organization && section(await gateway.lastActivity({ organization, login, now: asOf }), asOf);
  const sections = {
    ...known,
    ...read,
    ...(record && { "access.recordHere": record }),
    ...(last && { "access.lastActivity": last }),
  };
  const subject = { accountId: account.id, kind: account.kind };
  return { dossier: dossier({ asOf, subject }, sections), toCache: worthKeeping(read) };
}
