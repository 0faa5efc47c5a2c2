import type { Fetched } from "../../absence.ts";
import { MAX_ROWS } from "../../history/read/row-order.ts";
import { tableBuilder } from "../../history/read/table.ts";
import type { Reader, ScanSummary } from "../../history/traces/scan.ts";
import { inSlices } from "../../slices.ts";
import type { DossierGateway } from "../gateway.ts";
import type { OwnedRepository, RequestLog } from "../scan-gateway.ts";
import { apiReader } from "./api-reader.ts";
import { compareCode } from "./compare-code.ts";
import { gitReader } from "./git-reader.ts";
import type { Fetches, Opened, OwnCode, ReadRepository, ScanTools } from "./reading.ts";

type Summary = ScanSummary["repositories"][number];

/**
 * Reads the repositories one after the other into one table. In the order of their ids: which was pushed to last is
 * what somebody else's pull request can change. Null when they have more commits than a table holds: a part of them has
 * other proportions than the whole.
 */
export async function readHistories(
  gateway: DossierGateway,
  given: {
    readonly repositories: readonly OwnedRepository[];
    readonly tools: ScanTools;
    readonly by: Reader;
    /** Null where no code is looked for; the API shows no contents. */
    readonly code: OwnCode | null;
  },
): Promise<Fetches | null> {
  const { tools, by, code } = given;
  const repositories = given.repositories.toSorted((a, b) => a.id - b.id);
  const table = tableBuilder(20, { keepTrees: true, maxRows: tools.maxRows ?? MAX_ROWS });
  const read: ReadRepository[] = [];
  const summaries: Summary[] = [];
  const clones: Opened["code"][] = [];
  let compared: Fetches["code"] = [];
  const reader =
    by === "api"
      ? apiReader(gateway, repositories)
      : gitReader(gateway, { repositories, tools, withTrees: code !== null });
  try {
    for (const [index, repository] of repositories.entries()) {
      const opened = await reader.open(index);
      if ("skipped" in opened) {
        summaries.push(summary(repository, { because: opened.skipped }));
        continue;
      }
      if (read.length > 0) table.nextRepository();
      const counts = await opened.readInto(table);
      if (table.isCut) return null;
      clones.push(opened.code);
      const log = await gateway.pushes(repository);
      const requests = log.ok ? await requestsOf(gateway, repository) : log;
      read.push({ repository, log, requests });
      const attested = requests.ok && requests.value.complete;
      summaries.push(summary(repository, { ...counts, attested }));
    }
    if (code !== null) compared = await compareCode(clones, code.lookup);
  } finally {
    await reader.close();
  }
  return { table: await inSlices(table.finish()), read, summaries, code: compared };
}

const NO_REQUESTS: Fetched<RequestLog> = { ok: true, value: { requests: [], complete: true } };

const requestsOf = (gateway: DossierGateway, repository: OwnedRepository): Promise<Fetched<RequestLog>> =>
  repository.pullRequestCount === 0 ? Promise.resolve(NO_REQUESTS) : gateway.pullRequestCommits(repository);

const summary = ({ id }: OwnedRepository, more: Partial<Summary>): Summary => ({
  repository: id,
  state: more.because == null ? "read" : "skipped",
  because: null,
  commitCount: 0,
  byteCount: 0,
  cached: false,
  attested: false,
  ...more,
});
