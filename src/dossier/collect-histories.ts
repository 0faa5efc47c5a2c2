import type { UnavailableReason } from "../absence.ts";
import type { Instant } from "../clock.ts";
import type { Reader } from "../history/traces/scan.ts";
import type { PictureTraces } from "../history/traces/traces.ts";
import type { Traces } from "../history/traces/traces-of.ts";
import type { AccountId } from "../ids.ts";
import { inSlices } from "../slices.ts";
import { type Dossier, present, unavailable } from "./dossier.ts";
import type { DossierGateway } from "./gateway.ts";
import { type OwnKey, ownKeysOf } from "./own-keys.ts";
import { MOST_OWNED, type OwnedRepository } from "./scan-gateway.ts";
import { section } from "./sources/account.ts";
import { codeMatchesOf } from "./sources/code-matches.ts";
import { findCopies } from "./sources/copies.ts";
import { readHistories } from "./sources/histories.ts";
import { historyTraces } from "./sources/history-traces.ts";
import { askAboutCommits, creditedAddresses, creditOf, ownCommitsOf } from "./sources/own-commits.ts";
import type { OwnCode, ScanTools } from "./sources/reading.ts";
import { collectTies } from "./sources/ties.ts";
import { yearsAround } from "./sources/years.ts";

export type HistorySections = Pick<
  Dossier["sections"],
  | "history.identity"
  | "history.dates"
  | "history.origin"
  | "history.continuity"
  | "history.pictures"
  | "history.scan"
  | "account.years"
  | "network.ties"
> &
  /** Absent in what was read before code was compared. */
  Partial<Pick<Dossier["sections"], "code.matches">>;

export interface CollectedHistories {
  readonly sections: HistorySections;
  /** Names the repositories and heads that were looked at; null when GitHub could not say. */
  readonly heads: string | null;
}

/** The same, and what is the account's own by what it pushed and GitHub says of it. */
export interface JustCollected extends CollectedHistories {
  /** None where nothing moved. */
  readonly addresses: readonly string[];
  /** Null where nothing was read anew. */
  readonly keys: readonly OwnKey[] | null;
}

/** Histories that could be looked at, and by which reader: what is kept of them. */
export interface ReadHistories extends CollectedHistories {
  readonly heads: string;
  readonly by: Reader;
}

/**
 * What the account's own pushes into its own public repositories show: at most ten, the last pushed first, their
 * commit objects alone. When none of their heads has moved since `earlier`, nothing is fetched and its sections stand.
 * Fails only where the API's limit ends its reading; else what could not be had is a missing section or a skipped
 * repository. Cost: 1 request when nothing moved, else at most 2; 3 a repository, and 10 for one with hundreds of pushes
 * and pull requests: for its activity log, its pull requests and what GitHub says of some commits; 5 searches for
 * copies, 3 where code of the organisation is, 15 and 9 requests when one is found, and 11 requests for a repository whose content others hold; 1 for years of its own and 6
 * for whoever merged its pull requests. By the API 1 more for a hundred commits, at most 60, and 1 less for the token.
 */
export async function collectHistories(input: {
  readonly gateway: DossierGateway;
  readonly account: { readonly id: AccountId; readonly nodeId: string };
  /** Owners are shown what git asks for, so `git` is for public criteria alone. */
  readonly by: Reader;
  /** When GitHub made the account; null when that is not known. */
  readonly accountCreatedAt: Instant | null;
  /** What the same reader found before. */
  readonly earlier: CollectedHistories | null;
  readonly tools: ScanTools;
  /** The organisation's own code, where it has an index; "unreadable" where it has one that cannot be read. */
  readonly code?: OwnCode | "unreadable" | null;
  readonly asOf: Instant;
}): Promise<JustCollected> {
  const { gateway, account, by, earlier, tools, asOf } = input;
  const before = { ...gateway.usage, ms: tools.clockMs() };
  const owned = await gateway.ownedRepositories({ nodeId: account.nodeId, limit: MOST_OWNED });
  // By the API nothing is compared, so nothing of it depends on an index.
  const code = by === "git" ? (input.code ?? null) : null;
  if (!owned.ok) return { sections: missing(owned.reason, owned.retryAt), heads: null, ...NOTHING_NEW };
  const heads = headsOf(owned.value, code);
  if (earlier !== null && earlier.heads === heads)
    return { heads, sections: asCached(earlier.sections, asOf), ...NOTHING_NEW };
  const fetches = await readHistories(gateway, {
    ...{ repositories: owned.value, tools, by, code: code === "unreadable" ? null : code },
  });
  if (fetches === null)
    return { heads, sections: { ...missing("too_large", null), ...uncompared(code, "too_large") }, ...NOTHING_NEW };
  const repositories = fetches.read.map(({ repository }) => repository);
  const own = await inSlices(ownCommitsOf(fetches, account));
  const snapshots = await findCopies(gateway, { own, repositories, account });
  const facts = await askAboutCommits(gateway, own, repositories);
  const compared = await comparedCode(gateway, code, { ...fetches, own, account, asOf });
  const { accountCreatedAt } = input;
  const traces = await inSlices(historyTraces(own, { repositories, facts, account, accountCreatedAt, asOf }));
  const years = await yearsAround(gateway, { claimed: traces.dates.years ?? [], account, asOf });
  const ties = await collectTies(gateway, account);
  const scan = {
    by,
    repositories: fetches.summaries,
    ...snapshots,
    credit: creditOf(own, facts),
    requests: gateway.usage.requests - before.requests,
    points: gateway.usage.points - before.points,
    seconds: Math.round((tools.clockMs() - before.ms) / 100) / 10,
  };
  const sections = {
    ...sectionsOf(traces, scan, asOf),
    "account.years": section(years, asOf),
    "network.ties": section(ties, asOf),
    ...compared.section,
  };
  return {
    heads: compared.isAnswered ? heads : `${heads} ${UNASKED}`,
    sections,
    addresses: creditedAddresses(own, facts, account),
    keys: ownKeysOf(own, facts, account),
  };
}

const NOTHING_NEW = { addresses: [], keys: null } as const;

/** The section about the organisation's code, where it has an index. */
async function comparedCode(
  gateway: DossierGateway,
  code: OwnCode | "unreadable" | null,
  { asOf, ...found }: Omit<Parameters<typeof codeMatchesOf>[1], "organization"> & { readonly asOf: Instant },
): Promise<{ readonly section: Pick<HistorySections, "code.matches">; readonly isAnswered: boolean }> {
  if (code === null || code === "unreadable") return { section: uncompared(code, "unreadable"), isAnswered: true };
  const matches = await codeMatchesOf(gateway, { ...found, organization: code.organization });
  const isAnswered = matches.repositories.every(({ published }) => published !== null);
  return { section: { "code.matches": present(matches, asOf) }, isAnswered };
}

/** Raised when other commits are counted than before: what an older scan found does not stand then. */
const READING = 4;

/** Stands beside heads whose comparison had a question without an answer: they are looked at anew next time. */
const UNASKED = "unasked";

/** What is compared with another index is looked at anew, too. */
function headsOf(repositories: readonly OwnedRepository[], code: OwnCode | "unreadable" | null): string {
  const compared = code === null || code === "unreadable" ? [] : [`code:${code.digest}`];
  const heads = repositories.map(({ id, headSha }) => `${id}:${headSha ?? "empty"}`).sort();
  return [`reading ${READING}`, ...compared, ...heads].join(" ");
}

const missing = (reason: UnavailableReason, retryAt: Instant | null): HistorySections => ({
  "history.identity": unavailable(reason, retryAt),
  "history.dates": unavailable(reason, retryAt),
  "history.origin": unavailable(reason, retryAt),
  "history.continuity": unavailable(reason, retryAt),
  "history.pictures": unavailable(reason, retryAt),
  "history.scan": unavailable(reason, retryAt),
  "account.years": unavailable(reason, retryAt),
  "network.ties": unavailable(reason, retryAt),
});

/** The comparison that could not be made; nothing where there is no index. */
const uncompared = (
  code: OwnCode | "unreadable" | null,
  reason: UnavailableReason,
): Pick<HistorySections, "code.matches"> => (code === null ? {} : { "code.matches": unavailable(reason) });

/** What stood after the last scan stands, and cost one request this time. */
function asCached(sections: HistorySections, asOf: Instant): HistorySections {
  const scan = sections["history.scan"];
  if (scan.state !== "present") return sections;
  const repositories = scan.value.repositories.map((each) => ({ ...each, cached: true }));
  const value = { ...scan.value, repositories, requests: 1, points: 1, seconds: 0 };
  return { ...sections, "history.scan": present(value, asOf) };
}

function sectionsOf(
  { identity, dates, origin, continuity, pictures }: Traces & { readonly pictures: PictureTraces },
  scan: Extract<HistorySections["history.scan"], { state: "present" }>["value"],
  asOf: Instant,
): Omit<HistorySections, "account.years" | "network.ties"> {
  return {
    "history.identity": present(identity, asOf),
    "history.dates": present(dates, asOf),
    "history.origin": present(origin, asOf),
    "history.continuity": present(continuity, asOf),
    "history.pictures": present(pictures, asOf),
    "history.scan": present(scan, asOf),
  };
}
