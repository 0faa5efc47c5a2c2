import { type Instant, plusDays } from "../clock.ts";
import { InvalidInput, OperatingError } from "../errors.ts";
import type { AccountAddress } from "../github/gateway.ts";
import type { AccountId } from "../ids.ts";
import { type ListedEntry, TLPS, type Tlp } from "../intel/entry.ts";
import type { Indicator, IndicatorSubject } from "../store/store.ts";
import { type IntelContext, lookAgain } from "./lists.ts";
import { addressHashOf } from "./steps/tie-addresses.ts";

/** A list that an operator takes in, as it was read. */
export interface ImportRequest {
  readonly entries: readonly ListedEntry[];
  readonly source: string;
  /** Its authors state what they saw themselves, and nobody else can write to it. */
  readonly isPrimary: boolean;
  /** For entries that do not say it themselves; of two colours the stricter one holds. */
  readonly tlp: Tlp | null;
  readonly confidence: number | null;
  /** When entries end that do not end before. */
  readonly until: Instant | null;
  /** What entries without a day are from; null for today. */
  readonly at: Instant | null;
  /** Asks who logins are, and keeps nothing. */
  readonly isTry: boolean;
}

export const REFUSALS = {
  younger: "the account is younger than the entry, so the login was somebody else's then",
  nobody: "GitHub has no account of that login",
  organization: "the account is not a person's",
  over: "the entry has ended",
} as const;

export interface Imported {
  readonly added: number;
  readonly renewed: number;
  /** Taken back here before, and so left alone. */
  readonly revoked: number;
  /** Entries by address, which are kept as hashes. */
  readonly addresses: number;
  /** Entries whose day nobody says: whether the login changed hands since cannot be seen. */
  readonly undated: number;
  /** Whose login is whose: of those that were named by one. */
  readonly resolved: readonly { readonly login: string; readonly account: AccountId }[];
  readonly refused: readonly { readonly where: string; readonly because: keyof typeof REFUSALS }[];
}

/** Whatever a list says is to be looked at again within a year. */
const MAX_DAYS = 365;
/** Logins that one import asks GitHub about: of an installation's 5,000 requests an hour others need some. */
export const MAX_LOGINS = 2_000;

/**
 * Takes a list in: logins are asked for once and kept as numbers, addresses become hashes. 1 request a login that this
 * list did not bring before. Throws InvalidInput where logins or addresses need an App, OperatingError when GitHub
 * stops answering; what was known by then is kept.
 */
export async function importList(
  context: IntelContext,
  request: ImportRequest,
  onProgress: (done: number, total: number | null) => void,
): Promise<Imported> {
  const { now } = context;
  refuseUnable(context, request);
  const known = await knownLogins(context, request.source);
  const refused: Imported["refused"][number][] = [];
  const found: (Indicator & IndicatorSubject)[] = [];
  const resolved: Imported["resolved"][number][] = [];
  let undated = 0;
  let stopped: OperatingError | null = null;
  for (const [index, entry] of request.entries.entries()) {
    onProgress(index, request.entries.length);
    const stated = stateOf(entry, request, now);
    if (stated.until <= now) {
      refused.push({ where: entry.where, because: "over" });
      continue;
    }
    const who = await whoIs(context, entry, { at: stated.at, known });
    if (who instanceof OperatingError) {
      stopped = who;
      break;
    }
    if (typeof who === "string") refused.push({ where: entry.where, because: who });
    else {
      found.push({ ...stated, ...who });
      if (entry.at === null && request.at === null) undated++;
      if (entry.named.by === "login" && who.account !== null)
        resolved.push({ login: entry.named.login, account: who.account });
    }
  }
  const kept = request.isTry ? await wouldKeep(context, found) : await keep(context, request.source, found);
  if (stopped !== null) throw goesOn(stopped, { taken: found.length, of: request.entries.length });
  const addresses = found.filter(({ emailHash }) => emailHash !== null).length;
  return { ...kept, addresses, undated, resolved, refused };
}

function refuseUnable({ github }: IntelContext, { entries }: ImportRequest): void {
  const logins = entries.filter(({ named }) => named.by === "login");
  const [asks] = entries.filter(({ named }) => named.by !== "id");
  if (github === null && asks)
    throw new InvalidInput([
      {
        where: asks.where,
        what: "logins and addresses need the App: to ask whose they are, and for its key",
        mend: "run it where `serve` runs, or name accounts by number",
      },
    ]);
  const extra = logins[MAX_LOGINS];
  if (extra)
    throw new InvalidInput([
      {
        where: extra.where,
        what: `more than ${MAX_LOGINS.toLocaleString("en")} logins, each of which is a question to GitHub`,
        mend: "split the file, or name accounts by number",
      },
    ]);
}

/** What this list brought before is not asked for again. */
async function knownLogins({ tenant, now }: IntelContext, source: string): Promise<ReadonlyMap<string, AccountId>> {
  const before = await tenant.indicators(now);
  return new Map(
    before.flatMap(({ source: from, login, account, emailHash }) =>
      from === source && login !== null && account !== null && emailHash === null
        ? [[login.toLowerCase(), account] as const]
        : [],
    ),
  );
}

function stateOf(entry: ListedEntry, request: ImportRequest, now: Instant): Indicator {
  const { origin, reference, reason, named } = entry;
  const ends = [entry.until, request.until, plusDays(now, MAX_DAYS)].filter((end) => end !== null);
  return {
    ...{ origin, reference, reason, source: request.source, isPrimary: request.isPrimary },
    login: named.by === "login" ? named.login : null,
    confidence: entry.confidence ?? request.confidence,
    tlp: TLPS.findLast((tlp) => tlp === entry.tlp || tlp === request.tlp) ?? "amber",
    at: entry.at ?? request.at ?? now,
    until: ends.reduce((first, end) => (end < first ? end : first)),
  };
}

/** Whom an entry means, why it means nobody here, or that GitHub stopped answering. */
async function whoIs(
  { github, installation }: IntelContext,
  { named }: ListedEntry,
  { at, known }: { readonly at: Instant; readonly known: ReadonlyMap<string, AccountId> },
): Promise<IndicatorSubject | keyof typeof REFUSALS | OperatingError> {
  if (named.by === "id") return { account: named.id, emailHash: null };
  if (github === null) throw new Error("refused before");
  if (named.by === "email")
    return { account: null, emailHash: addressHashOf(github.hashKey, installation.id)(named.address) };
  const before = known.get(named.login.toLowerCase());
  if (before !== undefined) return { account: before, emailHash: null };
  const answer = await (await github.gateway()).accountSince(named.login);
  if (answer.ok) return meantBy(answer.value, at);
  if (answer.reason === "not_found") return "nobody";
  return new OperatingError(
    answer.reason === "rate_limited" ? "rate_limited" : "github_unreachable",
    answer.reason,
    answer,
  );
}

function meantBy({ id, kind, createdAt }: AccountAddress & { readonly createdAt: Instant }, at: Instant) {
  if (kind === "organization" || kind === "mannequin") return "organization";
  return createdAt > at ? "younger" : { account: id, emailHash: null };
}

const goesOn = (
  error: OperatingError,
  { taken, of }: { readonly taken: number; readonly of: number },
): OperatingError =>
  new OperatingError(
    error.code,
    `${error.message}: ${taken} of ${of} entries are taken in, and the same command goes on there`,
    { retryAt: error.retryAt },
  );

async function wouldKeep(
  { tenant, now }: IntelContext,
  found: readonly (Indicator & IndicatorSubject)[],
): Promise<Pick<Imported, "added" | "renewed" | "revoked">> {
  const nameOf = ({ source, account, emailHash }: Indicator & IndicatorSubject): string =>
    JSON.stringify([source, emailHash ?? account]);
  const before = new Set((await tenant.indicators(now)).map(nameOf));
  const renewed = found.filter((entry) => before.has(nameOf(entry))).length;
  return { added: found.length - renewed, renewed, revoked: 0 };
}

async function keep(
  context: IntelContext,
  source: string,
  found: readonly (Indicator & IndicatorSubject)[],
): Promise<Pick<Imported, "added" | "renewed" | "revoked">> {
  const { tenant, now } = context;
  // Two entries of one list about one account are one: the later in the file counts.
  const single = new Map(found.map((entry) => [entry.emailHash ?? entry.account, entry]));
  const kept = await tenant.keepIndicators([...single.values()], now);
  await tenant.addToTrail({ at: now, actorId: null, act: "intel.imported", target: `list:${source}`, reason: null });
  await lookAgain(
    context,
    [...single.values()].flatMap(({ account }) => account ?? []),
  );
  return kept;
}
