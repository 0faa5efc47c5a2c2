import type { UnavailableReason } from "../absence.ts";
import type { Instant } from "../clock.ts";
import type { Reader } from "../history/traces/scan.ts";
import type { PictureTraces } from "../history/traces/traces.ts";
import type { Traces } from "../history/traces/traces-of.ts";
import type { AccountId } from "../ids.ts";
import { inSlices } from "../slices.ts";
import { type Dossier, present, unavailable } from "./dossier.ts";
import type { DossierGateway } from "./gateway.ts";
import { MOST_OWNED, type OwnedRepository } from "./scan-gateway.ts";
import { findCopies } from "./sources/copies.ts";
import { readHistories } from "./sources/histories.ts";
import { historyTraces } from "./sources/history-traces.ts";
import { askAboutCommits, creditedAddresses, ownCommitsOf } from "./sources/own-commits.ts";
import type { ScanTools } from "./sources/reading.ts";

export type HistorySections = Pick<
  Dossier["sections"],
  "history.identity" | "history.dates" | "history.origin" | "history.continuity" | "history.pictures" | "history.scan"
>;

export interface CollectedHistories {
  readonly sections: HistorySections;
  /** Names the repositories and heads that were looked at; null when GitHub could not say. */
  readonly heads: string | null;
}

/** The same, and the addresses that are the account's own by what it pushed and GitHub credits; none where nothing moved. */
export interface JustCollected extends CollectedHistories {
  readonly addresses: readonly string[];
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
 * and pull requests: for its activity log, its pull requests and what GitHub says of some commits; and 5 searches for
 * copies, 15 when one is found. By the API 1 more for a hundred commits, at most 60, and 1 less for the token.
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
  readonly asOf: Instant;
}): Promise<JustCollected> {
  const { gateway, account, by, earlier, tools, asOf } = input;
  const before = { ...gateway.usage, ms: tools.clockMs() };
  const owned = await gateway.ownedRepositories({ nodeId: account.nodeId, limit: MOST_OWNED });
  if (!owned.ok) return { sections: missing(owned.reason, owned.retryAt), heads: null, addresses: [] };
  const heads = headsOf(owned.value);
  if (earlier !== null && earlier.heads === heads)
    return { heads, sections: asCached(earlier.sections, asOf), addresses: [] };
  const fetches = await readHistories(gateway, { repositories: owned.value, tools, by });
  if (fetches === null) return { heads, sections: missing("too_large", null), addresses: [] };
  const repositories = fetches.read.map(({ repository }) => repository);
  const own = await inSlices(ownCommitsOf(fetches, account));
  const copies = await findCopies(gateway, { own, repositories, account });
  const facts = await askAboutCommits(gateway, own, repositories);
  const { accountCreatedAt } = input;
  const traces = await inSlices(historyTraces(own, { repositories, facts, account, accountCreatedAt, asOf }));
  const scan = {
    by,
    repositories: fetches.summaries,
    copies,
    requests: gateway.usage.requests - before.requests,
    points: gateway.usage.points - before.points,
    seconds: Math.round((tools.clockMs() - before.ms) / 100) / 10,
  };
  return { heads, sections: sectionsOf(traces, scan, asOf), addresses: creditedAddresses(own, facts, account) };
}

/** Raised when other commits are counted than before: what an older scan found does not stand then. */
const READING = 2;

const headsOf = (repositories: readonly OwnedRepository[]): string =>
  [`reading ${READING}`, ...repositories.map(({ id, headSha }) => `${id}:${headSha ?? "empty"}`).sort()].join(" ");

const missing = (reason: UnavailableReason, retryAt: Instant | null): HistorySections => ({
  "history.identity": unavailable(reason, retryAt),
  "history.dates": unavailable(reason, retryAt),
  "history.origin": unavailable(reason, retryAt),
  "history.continuity": unavailable(reason, retryAt),
  "history.pictures": unavailable(reason, retryAt),
  "history.scan": unavailable(reason, retryAt),
});

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
): HistorySections {
  return {
    "history.identity": present(identity, asOf),
    "history.dates": present(dates, asOf),
    "history.origin": present(origin, asOf),
    "history.continuity": present(continuity, asOf),
    "history.pictures": present(pictures, asOf),
    "history.scan": present(scan, asOf),
  };
}
