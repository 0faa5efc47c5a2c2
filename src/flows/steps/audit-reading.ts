import type { AccessSnapshot } from "../../access/grant.ts";
import { type Instant, plusDays } from "../../clock.ts";
import { required } from "../../errors.ts";
import type { InstallationGateway, Reading } from "../../github/gateway.ts";
import { randomRef } from "../../random.ts";
import type { AuditReading, ReadingProgress, TenantStore } from "../../store/store.ts";
import type { FlowContext, Tenancy } from "./context.ts";

/** What was read longer ago is read again: no report mixes what is further apart than this. */
const KEPT_HOURS = 6;

const freshSince = (now: Instant): Instant => plusDays(now, -KEPT_HOURS / 24);

/** The audit that is not done and can still go on where it was; null for none. */
export async function unfinishedReading(tenant: TenantStore, now: Instant): Promise<ReadingProgress | null> {
  const found = await tenant.readingProgress();
  return found !== null && found.startedAt > freshSince(now) ? found : null;
}

/** An audit that is being read, and GitHub as it is asked for it. */
export interface Resumed extends AuditReading {
  readonly gateway: InstallationGateway;
  /** The access graph as it was read since `startedAt`. */
  snapshot(organization: string): Promise<AccessSnapshot>;
}

/**
 * Goes on with the audit that a crash, an outage or a pause ended in the middle, or begins one. What it is answered is
 * kept until it is done, and it pauses where less is left of GitHub's limit than is kept for whoever waits.
 */
export async function resumeReading(
  { apps, clock, random }: FlowContext,
  { tenant, installation }: Tenancy,
): Promise<Resumed> {
  const now = clock.now();
  const next = { id: randomRef(random), startedAt: now };
  const begun = await tenant.beginReading(next, freshSince(now));
  const progress: { repositories: number; ofRepositories: number | null } = { repositories: 0, ofRepositories: null };
  const reading: Reading = {
    recall: (question) => tenant.keptAnswer(question),
    keep: (question, answer) => tenant.keepAnswer(begun.id, { question, answer, ...progress }),
    pause: (until) => tenant.pauseReading(begun.id, until),
  };
  const gateway = await apps.installation(installation.id, reading);
  return {
    ...begun,
    gateway,
    async snapshot(organization) {
      const answer = await gateway.accessSnapshot({
        ...{ organization, now: begun.startedAt, depth: "organization" },
        onProgress(done, total) {
          progress.repositories = done;
          progress.ofRepositories = total;
        },
      });
      // Pieces that do not fit together would not fit the next time either.
      if (!answer.ok && answer.reason === "incomplete") await tenant.endReading();
      return required("access", answer);
    },
  };
}
