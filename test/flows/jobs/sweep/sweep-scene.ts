import { plusDays } from "../../../../src/clock.ts";
import { sweepInstallationFlow } from "../../../../src/flows/jobs/sweep/sweep-installation.ts";
import type { Listed, PullRequestLists } from "../../../../src/github/listing-gateway.ts";
import { installationId, type RepositoryId, repositoryId } from "../../../../src/ids.ts";
import type { Job, PullRequestRef } from "../../../../src/job/job.ts";
import type { PullRequestSweep } from "../../../../src/store/store.ts";
import { yes } from "../../../dossier/played-gateway.ts";
import { REPOSITORY } from "../../../store/samples.ts";
import { ACCOUNT, type Given, NOW, scene } from "../../scene.ts";

const JOB = { kind: "sweep-installation", installationId: installationId(1) } as const;

/** A pull request that last changed so many days ago. */
export const changed = (number: number, daysAgo = 1): PullRequestRef => ({
  ...{ nodeId: `PR_${number}`, number, headSha: `head-${number}`, updatedAt: plusDays(NOW, -daysAgo), author: ACCOUNT },
});

export interface World {
  /** Open pull requests by repository, from repository 1 on; null for a list that GitHub does not show. */
  readonly open?: readonly (Listed<PullRequestRef> | null)[];
  readonly closed?: readonly number[];
  readonly more?: Listed<PullRequestRef>;
  readonly stored?: PullRequestSweep | null;
  /** Numbers that have a check run, and numbers that have a report. */
  readonly checks?: readonly number[];
  readonly reports?: readonly number[];
  /** When those reports were made; now, unless this says so. */
  readonly lookedAt?: string;
  /** What outsiders said on the first pull request: hours ago, and by whom. */
  readonly said?: readonly (readonly [hoursAgo: number, account: number, association?: string])[];
  /** Pull requests that are open as far as we know. */
  readonly known?: readonly (readonly [RepositoryId, number])[];
}

export const listed = (...items: readonly PullRequestRef[]): Listed<PullRequestRef> => ({ items, next: null });

export async function swept(world: World, given: Given = {}) {
  const { open = [listed(changed(1))], closed = [], more = listed(), stored = null } = world;
  const { checks = [], reports = [], known = [], lookedAt = NOW, said = [] } = world;
  const lists = new Map<string, PullRequestLists>();
  const repositories = open.map((of, at) => {
    const nodeId = `R_${at + 1}`;
    const items = closed.map((number) => ({ number, updatedAt: NOW }));
    if (of) lists.set(nodeId, { openCount: of.items.length, open: of, closed: { items, next: null } });
    return { ...REPOSITORY, id: repositoryId(at + 1), nodeId };
  });
  const stage = scene({
    ...given,
    gateway: {
      coveredRepositories: async () => yes({ items: repositories, next: null }),
      pullRequestsOf: async (ids) => yes(new Map([...lists].filter(([id]) => ids.includes(id)))),
      moreOpen: async () => yes(more),
      threadsOf: async () =>
        yes(
          new Map([
            [
              "PR_1",
              said.map(([hours, accountId, association = "NONE"], at) => ({
                ...{ nodeId: `C_${at}`, at: plusDays(NOW, -hours / 24), accountId, association },
              })),
            ],
          ]),
        ),
      ...given.gateway,
    },
    tenant: {
      pullRequestSweep: async () => stored,
      savePullRequestSweep: async () => {},
      openPullRequests: async () =>
        known.map(([repository, number]) => ({ repository, number, firstReportAt: plusDays(NOW, -1) })),
      headsDone: async () => ({
        reports: reports.map((number) => ({ number, headSha: `head-${number}`, at: lookedAt })),
        checks: checks.map((number) => `head-${number}`),
      }),
      ...given.tenant,
    },
  });
  const outcome = await sweepInstallationFlow(stage.context, JOB);
  const saved = stage.did("savePullRequestSweep") as unknown as readonly (readonly [PullRequestSweep, string?])[];
  const wanted = stage.jobs().map((job) => [short(job), "pullRequest" in job ? job.pullRequest.number : numberOf(job)]);
  return { ...stage, outcome, saved, last: saved.at(-1)?.[0], wanted };
}

const WORDS: Partial<Readonly<Record<Job["kind"], string>>> = {
  ...{ "publish-sealed-check": "check", "triage-pull-request": "report", "close-pull-request": "close" },
};
const short = ({ kind }: Job) => WORDS[kind] ?? kind;
const numberOf = (job: Job) => ("pullRequestNumber" in job ? job.pullRequestNumber : null);
