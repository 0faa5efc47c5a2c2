import { plusDays } from "../../../src/clock.ts";
import { lookAgainFlow } from "../../../src/flows/jobs/look-again.ts";
import { type RepositoryId, repositoryId } from "../../../src/ids.ts";
import type { Job, JobOf } from "../../../src/job/job.ts";
import type { Report } from "../../../src/store/store.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { aReport } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { ACCOUNT, expectNothingCaught, type Given, INSTALLATION, NOW, scene } from "../scene.ts";

const WALLET = repositoryId(5);
const DOCS = repositoryId(6);
const JOB: JobOf<"look-again"> = {
  ...{ kind: "look-again", installationId: INSTALLATION.id, accountId: ACCOUNT.id, repositoryId: null },
  openedBefore: null,
};
const shaOf = (number: number): string => String(number).padStart(40, "a");

/** Pull request `number`, opened that many days ago. */
const opened = (number: number, more: Partial<Report> & { readonly at?: RepositoryId } = {}): Report => {
  const { at: place = WALLET, ...rest } = more;
  const pullRequest = { number, title: "Fix", headSha: shaOf(number), createdAt: plusDays(NOW, -number) };
  const where = {
    repositoryId: place,
    repositoryOwner: "octo-org",
    repositoryName: place === WALLET ? "wallet" : "docs",
  };
  return aReport(INSTALLATION.id, { id: `report-${number}`, accountId: ACCOUNT.id, pullRequest, ...where, ...rest });
};

async function lookedAgain(
  reports: readonly Report[],
  job: Partial<typeof JOB> = {},
  gateway: Given["gateway"] = {},
  fails?: string,
) {
  const stage = scene({
    tenant: { reportsOfAccount: async () => reports },
    gateway: {
      pullRequestsOfHead: async ({ headSha }) =>
        yes([
          { number: Number(headSha.replaceAll("a", "")), nodeId: "PR_1", headSha, updatedAt: NOW, author: ACCOUNT },
        ]),
      ...gateway,
    },
    fails,
  });
  const outcome = await lookAgainFlow(stage.context, { ...JOB, ...job });
  return { ...stage, outcome };
}
const read = (jobs: readonly Job[]) =>
  jobs.flatMap((job) =>
    job.kind === "triage-pull-request" ? [`${job.repository.name} ${job.pullRequest.number}`] : [],
  );

test("look again: an account's access, and its open pull requests, those opened last first", async () => {
  const closed = opened(2, { closedAt: NOW });
  const access = opened(9, { id: "access", kind: "collaborator", pullRequest: null });
  const reports = [opened(3), closed, access, opened(1), opened(1, { id: "earlier-head" }), opened(4, { at: DOCS })];
  const { outcome, jobs, asked } = await lookedAgain(reports);
  expect(outcome).toEqual({ kind: "completed" });
  expect(jobs()[0]).toEqual({ kind: "assess-holder", installationId: INSTALLATION.id, accountId: ACCOUNT.id });
  expect(read(jobs())).toEqual(["wallet 1", "wallet 3", "docs 4"]);
  expect(asked).toHaveLength(3);
});

test("look again: nothing of it shows outside, no brake holds it, and it is the organisation's own work", async () => {
  const { jobs } = await lookedAgain([opened(1)]);
  const ref = { number: 1, nodeId: "PR_1", headSha: shaOf(1), updatedAt: NOW, author: ACCOUNT };
  const { accountId: ownerId, accountType: ownerType } = INSTALLATION;
  expect(jobs()[1]).toEqual({
    ...{ kind: "triage-pull-request", installationId: INSTALLATION.id, pullRequest: ref },
    repository: { id: WALLET, owner: "octo-org", name: "wallet", ownerId, ownerType },
    ...{ force: true, newBase: false, secondLook: true },
  });
});

test("look again: where something counts in one repository, the others are left", async () => {
  const { jobs } = await lookedAgain([opened(1), opened(2, { at: DOCS })], { repositoryId: DOCS });
  expect(read(jobs())).toEqual(["docs 2"]);
});

test.each<[string, NonNullable<Given["gateway"]>]>([
  ["its head moved on", { pullRequestsOfHead: async () => yes([]) }],
  ["its repository is not there any more", { pullRequestsOfHead: async () => no("not_found") }],
  ["its repository is not covered any more", { pullRequestsOfHead: async () => no("forbidden") }],
])("look again: a pull request is left when %s", async (_, gateway) => {
  const { outcome, jobs } = await lookedAgain([opened(1)], {}, gateway);
  expect([outcome.kind, read(jobs())]).toEqual(["completed", []]);
});

test("look again: of many ten go at once, and the next ten once their share of the budget lets them", async () => {
  const reports = Array.from({ length: 23 }, (_, index) => opened(index + 1));
  const first = await lookedAgain(reports);
  expect(read(first.jobs())).toEqual(Array.from({ length: 10 }, (_, index) => `wallet ${index + 1}`));
  const next = first.jobs().at(-1) as typeof JOB;
  const notBefore = plusDays(NOW, 80 / 1_000 / 24);
  expect(next).toEqual({ ...JOB, openedBefore: plusDays(NOW, -10), notBefore });
  const early = await lookedAgain(reports, next);
  expect([early.outcome, early.asked]).toEqual([
    { kind: "snooze", until: notBefore, because: "share of the budget" },
    [],
  ]);
  const second = await lookedAgain(reports, { ...next, notBefore: NOW });
  expect(read(second.jobs())[0]).toBe("wallet 11");
  expect(second.jobs().map(({ kind }) => kind)).not.toContain("assess-holder");
  const last = await lookedAgain(reports, { ...next, openedBefore: plusDays(NOW, -20), notBefore: NOW });
  expect(last.jobs().map(({ kind }) => kind)).toEqual(Array(3).fill("triage-pull-request"));
});

test("look again: whatever fails ends the job with its error, a limit of GitHub's with it", async () => {
  await expectNothingCaught((fails) => lookedAgain([opened(1)], {}, {}, fails));
  const limited = lookedAgain([opened(1)], {}, { pullRequestsOfHead: async () => no("rate_limited", NOW) });
  await expect(limited).rejects.toMatchObject({ code: "rate_limited" });
});
