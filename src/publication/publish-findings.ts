import type { Fetched } from "../absence.ts";
import { required } from "../errors.ts";
import type { RepositoryAddress } from "../ids.ts";
import type { Annotation, PublicFindings } from "./change-findings.ts";

/** The head of the page that a check run about a change shows. */
export type FindingsHead = Pick<PublicFindings, "title" | "summary">;

/** What publishing findings of a diff asks of GitHub. */
export interface FindingsChecks {
  /** Our newest check run on the head that carries the external id, with what it holds; null when there is none. 1 request. */
  findFindingsCheck(input: {
    readonly repository: RepositoryAddress;
    readonly headSha: string;
    readonly externalId: string;
  }): Promise<Fetched<{ readonly id: number; readonly annotationCount: number } | null>>;
  /** Posts the check run with at most fifty annotations, 1 request, never retried here. Throws OperatingError. */
  createFindingsCheck(input: {
    readonly repository: RepositoryAddress;
    readonly headSha: string;
    readonly externalId: string;
    readonly head: FindingsHead;
    readonly annotations: readonly Annotation[];
  }): Promise<number>;
  /** Adds at most fifty annotations to those it has, 1 request, never retried here. Throws OperatingError. */
  addAnnotations(input: {
    readonly repository: RepositoryAddress;
    readonly checkRunId: number;
    readonly head: FindingsHead;
    readonly annotations: readonly Annotation[];
  }): Promise<void>;
}

/** Where the findings of one diff go. */
export interface FindingsTarget {
  readonly repository: RepositoryAddress;
  readonly headSha: string;
  /** The same for the same diff of the same head, by which an earlier attempt is found. */
  readonly externalId: string;
  /** Whether this run still is the one that counts: asked before each write, which nothing takes back. */
  readonly isOurs: () => Promise<boolean>;
}

/** GitHub takes no more in one request; those of further requests are added to them. */
const AT_ONCE = 50;

/**
 * Writes the findings of a diff as one check run. An attempt that was cut off goes on where the annotations that GitHub
 * counts end, so that none stands twice. Returns how many requests wrote something; null when another worker has the
 * work. Cost: 1 request, and 1 for each fifty annotations.
 */
export async function publishChangeFindings(
  checks: FindingsChecks,
  { repository, headSha, externalId, isOurs }: FindingsTarget,
  { annotations, ...head }: PublicFindings,
): Promise<{ readonly writes: number } | null> {
  const found = required("earlier check run", await checks.findFindingsCheck({ repository, headSha, externalId }));
  let writes = 0;
  if (found === null && !(await isOurs())) return null;
  const first = annotations.slice(0, AT_ONCE);
  const said = { title: head.title, summary: head.summary };
  const made = { repository, headSha, externalId, head: said, annotations: first };
  const checkRunId = found?.id ?? (await checks.createFindingsCheck(made));
  if (found === null) writes += 1;
  for (let sent = found?.annotationCount ?? first.length; sent < annotations.length; sent += AT_ONCE) {
    if (!(await isOurs())) return null;
    const next = annotations.slice(sent, sent + AT_ONCE);
    await checks.addAnnotations({ repository, checkRunId, head: said, annotations: next });
    writes += 1;
  }
  return { writes };
}
