import type { Fetched } from "../../absence.ts";
import { daysBetween } from "../../clock.ts";
import { type Problem, required } from "../../errors.ts";
import type { RepositoryAddress, RepositoryId } from "../../ids.ts";
import { modeOf } from "../../policy/mode.ts";
import { parseInWorker } from "../../policy/parse-in-worker.ts";
import type { Policy } from "../../policy/policy.ts";
import { MAX_POLICY_BYTES } from "../../policy/policy-file.ts";
import { effectivePolicy } from "../../policy/tighten.ts";
import type { StoredPolicy } from "../../store/store.ts";
import type { FlowContext, Tenancy } from "./context.ts";

/** Where the policy lives in every repository; App permission `single_file` opens this path and no other. */
const POLICY_PATH = ".github/sallyport.yml";
/** Repositories of an organisation that may hold its policy, first found wins. */
const ORGANISATION_REPOSITORIES = [".github-private", ".github"] as const;
/** A changed policy is in force within this time; a look costs at most 3 requests. */
const MAX_AGE_DAYS = 1 / 24;

export interface Rules {
  readonly policy: Policy;
  /** True when something may be published; see `policy/mode.ts`. */
  readonly live: boolean;
  /** Why no look at the files ever succeeded, so that these rules are only what applies without any; else null. */
  readonly unread: Missing | null;
}

type Missing = Extract<Fetched<never>, { readonly ok: false }>;

/** The rules in force for one repository. No request when they were read within the hour. */
export async function readPolicy(
  context: FlowContext,
  tenancy: Tenancy,
  repository: RepositoryAddress & { readonly id: RepositoryId },
): Promise<Rules> {
  const organisation = await organisationFile(context, tenancy);
  const own = await current(context, tenancy, { repository: repository.id, places: [repository] });
  const { policy } = effectivePolicy(organisation.file, own.file);
  const live = modeOf(organisation.file, tenancy.installation.publication) === "live";
  return { policy, live, unread: organisation.unread ?? own.unread };
}

/** The rules of the organisation alone, for what concerns no single repository. */
export async function readOrganisationPolicy(context: FlowContext, tenancy: Tenancy): Promise<Policy> {
  const organisation = await organisationFile(context, tenancy);
  return effectivePolicy(organisation.file, {}).policy;
}

const organisationFile = (context: FlowContext, tenancy: Tenancy): Promise<InForce> =>
  current(context, tenancy, {
    repository: null,
    places: ORGANISATION_REPOSITORIES.map((name) => ({ owner: tenancy.installation.accountLogin, name })),
  });

interface Scope {
  /** Null for the organisation's file. */
  readonly repository: RepositoryId | null;
  /** Where to look, in order. */
  readonly places: readonly RepositoryAddress[];
}

const NO_FILE = { file: {}, sourceSha: null, source: null, problems: [] } as const;

type InForce = Pick<StoredPolicy, "file"> & Pick<Rules, "unread">;

/** The stored policy, read again when it is old. What cannot be read or parsed leaves the last good one in force. */
async function current(context: FlowContext, tenancy: Tenancy, scope: Scope): Promise<InForce> {
  const stored = await tenancy.tenant.policy(scope.repository);
  const now = context.clock.now();
  if (stored !== null && daysBetween(stored.fetchedAt, now) < MAX_AGE_DAYS) return { ...stored, unread: null };
  const found = await firstFile(tenancy, scope.places);
  // Of a limit there is nothing to gain by going on: the next request would meet it too.
  if (isMissing(found) && found.reason === "rate_limited") required("policy", found);
  if (isMissing(found) && stored === null) return { ...NO_FILE, unread: found };
  const last = stored ?? NO_FILE;
  const next: StoredPolicy = { ...(isMissing(found) ? last : await renewed(last, found)), fetchedAt: now };
  await tenancy.tenant.savePolicy(scope.repository, next);
  if (next.problems.length > 0 && next.sourceSha !== last.sourceSha) {
    const installation = tenancy.installation.id;
    context.log.warn("policy.rejected", { installation, problems: next.problems.length });
  }
  return { ...next, unread: null };
}

type LastGood = Omit<StoredPolicy, "fetchedAt">;

interface FoundFile {
  readonly place: string;
  readonly sha: string | null;
  /** Null when it is too large to read. */
  readonly text: string | null;
}

const isMissing = (found: FoundFile | Missing | null): found is Missing => found !== null && "reason" in found;

/** The first file there is, null when there is none, the reason when GitHub could not say. */
async function firstFile(tenancy: Tenancy, places: readonly RepositoryAddress[]): Promise<FoundFile | Missing | null> {
  for (const repository of places) {
    const place = `${repository.owner}/${repository.name}/${POLICY_PATH}`;
    const answer: Fetched<{ readonly text: string; readonly sha: string }> = await tenancy.gateway.fileOnDefaultBranch({
      repository,
      path: POLICY_PATH,
      maxBytes: MAX_POLICY_BYTES,
    });
    if (answer.ok) return { place, ...answer.value };
    if (answer.reason === "too_large") return { place, sha: null, text: null };
    // A repository the App may not read holds no policy for it, as far as anybody can tell.
    if (answer.reason !== "not_found" && answer.reason !== "forbidden") return answer;
  }
  return null;
}

async function renewed(last: LastGood, found: FoundFile | null): Promise<LastGood> {
  if (found === null) return NO_FILE;
  const { place: source, sha: sourceSha, text } = found;
  const isKnown = sourceSha !== null && sourceSha === last.sourceSha && source === last.source;
  if (isKnown && hasLines(last)) return last;
  if (text === null) return { ...last, source, sourceSha, problems: [tooLarge(source)] };
  const parsed = await parseInWorker(text, source);
  if (parsed.ok) return { file: parsed.file, lines: parsed.lines, source, sourceSha, problems: [] };
  return { ...last, source, sourceSha, problems: parsed.problems };
}

/** What was stored before lines were kept is read once more, except a wrong file, which has none to give. */
const hasLines = ({ lines, problems }: LastGood): boolean => lines !== undefined || problems.length > 0;

const tooLarge = (where: string): Problem => ({
  where,
  what: "larger than 64 KiB",
  mend: "make it shorter; the last good policy stays in force",
});
