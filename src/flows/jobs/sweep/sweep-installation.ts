import { daysBetween, type Instant, plusDays } from "../../../clock.ts";
import type { Job, JobOf, PullRequestRef } from "../../../job/job.ts";
import type { Outcome } from "../../../job/outcome.ts";
import { jobsOfHead } from "../../../job/plan.ts";
import type { PullRequestSweep, TenantStore } from "../../../store/store.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../../steps/context.ts";
import { readPolicy } from "../../steps/read-policy.ts";
import { wantsSealedCheck } from "../publish-sealed-check.ts";
import { isSkipped } from "../triage-pull-request.ts";
import { fileTalkedAbout } from "./file-talked-about.ts";
import { closedAmong, type KnownOpen, knownOpen } from "./find-closed.ts";
import { listOpen, type SweepStep, withOverlap } from "./list-open.ts";

type UnderWay = NonNullable<PullRequestSweep["underWay"]>;

/** From the beginning of one sweep to that of the next. */
export const SWEEP_HOURS = 6;
/** How long changes alone are read of long lists, before they are read to their end again. */
const WHOLE_AFTER_DAYS = 1;
/** What one run does before others of the installation get their turn. */
const HEADS_AT_ONCE = 20;
const REQUESTS_AT_ONCE = 25;
/** Less than a third of the smallest budget GitHub gives an installation; the rest is for what deliveries tell. */
const REQUESTS_PER_HOUR = 1_500;
/** The most that looking at one head costs, its check run included. */
const REQUESTS_PER_HEAD = 11;

/**
 * Looks for what no delivery told: the heads of open pull requests without check run or report get the jobs that a
 * delivery would have made, pull requests that were closed meanwhile are closed here, and what outsiders said since a look
 * has the head looked at again. This is how a new
 * installation is read, too. What is asked, and when, follows from GitHub's lists and from what is missing, never from
 * what was found about anybody. Cost: `listOpen`'s, 1 or 2 for each repository where something is missing, 1 for each
 * page of pull requests of which some changed since they were looked at; it stops
 * after 25 requests or 20 heads, and goes on when its share of the hour's budget lets it.
 */
export async function sweepInstallationFlow(context: FlowContext, job: JobOf<"sweep-installation">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, gateway, installation } = tenancy;
  const now = context.clock.now();
  const stored = (await tenant.pullRequestSweep()) ?? NEVER;
  let underWay = stored.underWay ?? (await begin(tenant, stored, now));
  const knownUntil = stored.completeUntil !== null && stored.completeUntil <= now ? stored.completeUntil : null;
  const since = knownUntil && withOverlap(knownUntil);
  const known = knownOpen(await tenant.openPullRequests());
  let heads = 0;
  for await (const step of listOpen(gateway, { from: underWay.from, since: underWay.whole ? null : since })) {
    const filed = await fileMissing(context, tenancy, step);
    await fileClosed(context, tenancy, { step, known, since });
    heads += filed;
    if (step.next === null) {
      underWay = counted(underWay, step, filed);
      break;
    }
    underWay = { ...counted(underWay, step, filed), from: step.next };
    if (heads < HEADS_AT_ONCE && gateway.usage.requests < REQUESTS_AT_ONCE) continue;
    await tenant.savePullRequestSweep({ ...stored, underWay });
    const spent = gateway.usage.requests + heads * REQUESTS_PER_HEAD;
    return { kind: "snooze", until: plusDays(now, spent / REQUESTS_PER_HOUR / 24), because: "share of the budget" };
  }
  await tenant.savePullRequestSweep(ended(stored, underWay));
  const { openCount: open, unread, whole, filed: missing } = underWay;
  context.log.info("sweep.completed", { installation: installation.id, open, missing, unread, whole });
  return DONE;
}

const NEVER: PullRequestSweep = { underWay: null, openCount: 0, completeUntil: null, wholeAt: null };

async function begin(tenant: TenantStore, stored: PullRequestSweep, now: Instant): Promise<UnderWay> {
  const { completeUntil, wholeAt } = stored;
  // A mark in the future comes from a clock that was wrong: nothing can be left out by it.
  const isKnown = (at: Instant | null): at is Instant => at !== null && at <= now;
  const whole = !isKnown(completeUntil) || !isKnown(wholeAt) || daysBetween(wholeAt, now) >= WHOLE_AFTER_DAYS;
  const from = { page: 1, repository: null, after: null };
  const underWay = { startedAt: now, whole, from, openCount: 0, unread: 0, filed: 0 };
  await tenant.savePullRequestSweep({ ...stored, underWay }, plusDays(now, SWEEP_HOURS / 24));
  return underWay;
}

const counted = (underWay: UnderWay, { first, unread }: SweepStep, filed: number): UnderWay => ({
  ...underWay,
  openCount: underWay.openCount + (first?.openCount ?? 0),
  unread: underWay.unread + (unread ? 1 : 0),
  filed: underWay.filed + filed,
});

/** What was not shown is asked for again by the next one: until then nothing counts as known. */
function ended(stored: PullRequestSweep, { startedAt, whole, openCount, unread }: UnderWay): PullRequestSweep {
  if (unread > 0) return { ...stored, underWay: null, openCount };
  return { underWay: null, openCount, completeUntil: startedAt, wholeAt: whole ? startedAt : stored.wholeAt };
}

/** Files what the heads of one page need and do not have; returns for how many. What was given up is left alone. */
async function fileMissing(
  context: FlowContext,
  tenancy: Tenancy,
  { repository, open }: Pick<SweepStep, "repository" | "open">,
): Promise<number> {
  if (open.length === 0) return 0;
  const heads = open.map(({ headSha }) => headSha);
  const done = await tenancy.tenant.headsDone(repository.id, heads);
  const checked = new Set(done.checks);
  const reported = new Map(
    done.reports.toSorted((a, b) => (a.at < b.at ? -1 : 1)).map((each) => [keyOf(each), each.at]),
  );
  const missing = open.filter((head) => !checked.has(head.headSha) || !reported.has(keyOf(head)));
  const lookedAt = (head: PullRequestRef): Instant | null => reported.get(keyOf(head)) ?? null;
  const talked = await fileTalkedAbout(context, tenancy, { repository, open, lookedAt });
  if (missing.length === 0) return talked;
  const rules = await readPolicy(context, tenancy, repository);
  // Rules that nobody has read yet may ask for a check run; its job waits for them.
  const seals = rules.unread !== null || wantsSealedCheck(rules);
  const needed = missing.map((head) => {
    const { check, report } = jobsOfHead(tenancy.installation.id, repository, head);
    const wantsReport = !reported.has(keyOf(head)) && !isSkipped(rules, head.author);
    return [...(seals && !checked.has(head.headSha) ? [check] : []), ...(wantsReport ? [report] : [])];
  });
  const filed = new Set(await context.store.queue.notSetAside(needed.flat()));
  await context.store.queue.enqueue([...filed]);
  return talked + needed.filter((jobs) => jobs.some((job) => filed.has(job))).length;
}

/** Pull requests that share a head have a report each. */
const keyOf = ({ number, headSha }: { readonly number: number; readonly headSha: string }): string =>
  `${number} ${headSha}`;

/** Closes what is open here and, by GitHub's own list, closed there. */
async function fileClosed(
  context: FlowContext,
  { gateway, installation }: Tenancy,
  about: { readonly step: SweepStep; readonly known: KnownOpen; readonly since: Instant | null },
): Promise<void> {
  const { repository, first, open } = about.step;
  if (first === null) return;
  const listed = new Set(open.map(({ number }) => number));
  const unlisted = new Map([...(about.known.get(repository.id) ?? [])].filter(([number]) => !listed.has(number)));
  if (unlisted.size === 0) return;
  const closed = await closedAmong(gateway, { repository, first, unlisted, since: about.since });
  const jobs = closed.map(
    (pullRequestNumber): Job => ({
      kind: "close-pull-request",
      installationId: installation.id,
      repository,
      pullRequestNumber,
    }),
  );
  await context.store.queue.enqueue(jobs);
}
