import type { Fetched } from "../../../src/absence.ts";
import type { Role } from "../../../src/dossier/role.ts";
import { markReviewedFlow, rerunHeadFlow } from "../../../src/flows/jobs/handle-check-button.ts";
import type { FlowContext } from "../../../src/flows/steps/context.ts";
import type { AppGateway, InstallationGateway } from "../../../src/github/gateway.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { Job } from "../../../src/job/job.ts";
import type { Installation, Queue, Store, TenantStore, TrailEntry } from "../../../src/store/store.ts";
import { aReport, NOW, REPOSITORY } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const HEAD = "a".repeat(40);
const SENDER = 21;
const yes = <T>(value: T): Fetched<T> => ({ ok: true, value });
const no = (reason: "not_found" | "timeout"): Fetched<never> => ({ ok: false, reason, retryAt: null });

/** An installation where the sender has this role, and the report on the head is about the account `subject`. */
function context(role: Fetched<Role | null>, { subject = 11, heads = [HEAD] } = {}) {
  const jobs: Job[] = [];
  const trail: TrailEntry[] = [];
  const installation = played<Installation>({ id: installationId(1), paused: false });
  const tenant = played<TenantStore>({
    installation: async () => installation,
    reportsOfHead: async () => [aReport(installationId(1), { accountId: accountId(subject) })],
    markReviewed: async () => ["report-1"],
    addToTrail: async (entry) => void trail.push(entry),
  });
  const found = heads.map((headSha, index) => ({
    ...{ number: index + 1, nodeId: `PR_${index}`, headSha, updatedAt: NOW, author: null },
  }));
  const gateway = played<InstallationGateway>({
    role: async () => role,
    pullRequestsOfHead: async () => yes(found),
  });
  const flow = played<FlowContext>({
    clock: fixedClock(NOW),
    store: played<Store>({
      tenant: () => tenant,
      queue: played<Queue>({ enqueue: async (more) => void jobs.push(...more) }),
    }),
    apps: played<AppGateway>({ installation: async () => gateway }),
  });
  return { flow, jobs, trail };
}

const button = <Kind extends "mark-reviewed" | "rerun-head">(kind: Kind) => ({
  ...{ kind, installationId: installationId(1), repository: REPOSITORY, headSha: HEAD },
  ...{ senderLogin: "olga-example", senderId: accountId(SENDER) },
});

const DONE = "completed";
const REFUSED = "cancelled";
test.each<[string, Fetched<Role | null>, string]>([
  ["admin", yes("admin"), DONE],
  ["write", yes("write"), DONE],
  ["triage", yes("triage"), REFUSED],
  ["no role", yes(null), REFUSED],
  ["no account any more", no("not_found"), REFUSED],
])("buttons: pressed by somebody with %s", async (_, role, expected) => {
  const mark = context(role);
  expect((await markReviewedFlow(mark.flow, button("mark-reviewed"))).kind).toBe(expected);
  expect(mark.trail).toHaveLength(expected === DONE ? 1 : 0);
  const rerun = context(role);
  expect((await rerunHeadFlow(rerun.flow, button("rerun-head"))).kind).toBe(expected);
  expect(rerun.jobs).toHaveLength(expected === DONE ? 1 : 0);
});

test("buttons: while nobody can say who pressed, nothing is done and the job comes back", async () => {
  const { flow, trail, jobs } = context(no("timeout"));
  await expect(markReviewedFlow(flow, button("mark-reviewed"))).rejects.toThrow("role of the sender");
  await expect(rerunHeadFlow(flow, button("rerun-head"))).rejects.toThrow("role of the sender");
  expect([trail, jobs]).toEqual([[], []]);
});

test("buttons: nobody answers for himself, and the trail says who answered for another", async () => {
  const own = context(yes("admin"), { subject: SENDER });
  expect((await markReviewedFlow(own.flow, button("mark-reviewed"))).kind).toBe(REFUSED);
  expect(own.trail).toEqual([]);
  const other = context(yes("admin"));
  await markReviewedFlow(other.flow, button("mark-reviewed"));
  expect(other.trail).toEqual([{ at: NOW, actorId: SENDER, act: "report.reviewed", target: "report-1", reason: null }]);
});

test("buttons: every pull request of the head is looked at again, and none that has moved on", async () => {
  const { flow, jobs } = context(yes("write"), { heads: [HEAD, "b".repeat(40), HEAD] });
  await rerunHeadFlow(flow, button("rerun-head"));
  expect(jobs).toMatchObject([
    { kind: "triage-pull-request", force: true, secondLook: false, pullRequest: { number: 1 } },
    { kind: "triage-pull-request", force: true, pullRequest: { number: 3 } },
  ]);
});
