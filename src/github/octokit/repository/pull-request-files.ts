import type { Fetched } from "../../../absence.ts";
import type { ChangedFile, ChangeFiles } from "../../../change/change.ts";
import { parseHunks } from "../../../change/diff/parse.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS, type Endpoint } from "../transport/endpoints.ts";
import { read, type Session } from "../transport/session.ts";

const FILES_PER_PAGE = 100;
/** GitHub itself stops at 3,000 files; an ordinary pull request has one page. */
const MAX_PAGES = 30;

/**
 * Changed files with their patches, 1 request per 100 files, at most 30; what lies beyond is said, not guessed. A page
 * that fails after the first one cuts the list: what was read already can still show something.
 */
export async function pullRequestFiles(
  session: Session,
  input: Parameters<InstallationGateway["pullRequestFiles"]>[0],
): Promise<Fetched<ChangeFiles>> {
  const files = new Map<string, ChangedFile>();
  for (let page = 1; page <= MAX_PAGES; page++) {
    const answer = await read(session, ENDPOINTS.pullRequestFiles, {
      owner: input.repository.owner,
      repo: input.repository.name,
      pull_number: input.number,
      per_page: FILES_PER_PAGE,
      page,
    });
    if (!answer.ok && page === 1) return answer;
    if (!answer.ok) break;
    for (const entry of answer.value) files.set(entry.filename, changedFile(entry));
    if (answer.value.length < FILES_PER_PAGE)
      return { ok: true, value: { files: [...files.values()], truncated: false } };
  }
  return { ok: true, value: { files: [...files.values()], truncated: true } };
}

/** The object id of no bytes at all: such a file comes without a patch, and nothing of it is unseen. */
const EMPTY_FILE = "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391";

type Entry = typeof ENDPOINTS.pullRequestFiles extends Endpoint<(infer One)[]> ? One : never;

/**
 * GitHub leaves the patch out for binaries, for large files, and past 20,000 changed lines for every file, with zero
 * additions and deletions: no patch is never an empty one.
 */
export function changedFile(entry: Entry): ChangedFile {
  const hunks = entry.patch == null ? (entry.sha === EMPTY_FILE ? [] : null) : parseHunks(entry.patch);
  return {
    path: entry.filename,
    previousPath: entry.previous_filename ?? null,
    status: entry.status,
    additions: entry.additions,
    deletions: entry.deletions,
    hunks,
    ...(hunks === null && entry.sha && { oid: entry.sha }),
  };
}
