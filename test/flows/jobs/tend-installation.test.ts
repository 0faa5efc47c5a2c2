import type { Fetched } from "../../../src/absence.ts";
import {
  bootstrapInstallationFlow,
  closePullRequestFlow,
  endSessionsFlow,
  forgetRepositoriesFlow,
  purgeInstallationFlow,
  resealRepositoryFlow,
  setInstallationPausedFlow,
} from "../../../src/flows/jobs/tend-installation.ts";
import { auditKey, weeklySchedule } from "../../../src/flows/steps/weekly-audit.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import { DEFAULT_POLICY } from "../../../src/policy/policy.ts";
import type { Door, SessionStore } from "../../../src/store/store.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";
import { expectNothingCaught, type Given, INSTALLATION, NOW, readNow, scene } from "../scene.ts";

const ID = installationId(1);
const COMPLETED = { kind: "completed" };
const EARLIER = "2020-01-01T00:00:00.000Z";

const BOOTSTRAP = {
  kind: "bootstrap-installation",
  installationId: ID,
  account: { id: INSTALLATION.accountId, login: INSTALLATION.accountLogin, type: "Organization" },
  permissions: { checks: "write" },
} as const;

async function bootstrapped(more: Given = {}) {
  const nothing = async () => {};
  const tenant = { renameOwner: nothing, saveInstallation: nothing, addToTrail: nothing, ...more.tenant };
  const stage = scene({ ...more, tenant });
  expect(await bootstrapInstallationFlow(stage.context, BOOTSTRAP)).toEqual(COMPLETED);
  return { ...stage, names: stage.calls.map(([name]) => name) };
}

const audit = (first: boolean) => ({ kind: "audit-organization", installationId: ID, first });
const SWEEP = { kind: "sweep-installation", installationId: ID };

test("bootstrap: a new installation is remembered as of now, audited, swept and noted in its trail", async () => {
  const { did, jobs, names } = await bootstrapped({ installation: null, tenant: { policy: async () => null } });
  expect(did("saveInstallation")).toEqual([
    [
      {
        ...{ accountId: INSTALLATION.accountId, accountLogin: INSTALLATION.accountLogin, accountType: "Organization" },
        ...{ permissions: { checks: "write" }, createdAt: NOW },
      },
    ],
  ]);
  expect(jobs()).toEqual([audit(true), SWEEP]);
  const { weekly } = DEFAULT_POLICY.access;
  expect(did("schedule")).toEqual([[auditKey(ID), weeklySchedule(ID, weekly), audit(false)]]);
  expect(did("addToTrail")).toEqual([
    [{ at: NOW, actorId: null, act: "installation.added", target: "installation:1", reason: null }],
  ]);
  expect(names).not.toContain("renameOwner");
});

test("bootstrap: a second time it changes nothing that is known, and is no second arrival", async () => {
  const { did, jobs, names } = await bootstrapped({ installation: { createdAt: EARLIER } });
  expect(did("saveInstallation")).toMatchObject([[{ createdAt: EARLIER, permissions: BOOTSTRAP.permissions }]]);
  expect(jobs()).toEqual([audit(true), SWEEP]);
  expect(names).not.toContain("addToTrail");
  expect(names).not.toContain("renameOwner");
});

test("bootstrap: a new login goes to all that is stored before it is noted, so that a crash between loses nothing", async () => {
  const { did, names } = await bootstrapped({ installation: { accountLogin: "old-org", createdAt: EARLIER } });
  expect(did("renameOwner")).toEqual([[INSTALLATION.accountLogin]]);
  expect(names.indexOf("renameOwner")).toBeLessThan(names.indexOf("saveInstallation"));
});

test("bootstrap: the audit runs when the organisation's own file says", async () => {
  const weekly = { day: "friday", hour: 20 } as const;
  const policy = async (of: number | null) => (of === null ? readNow({ access: { weekly } }) : null);
  const { did } = await bootstrapped({ tenant: { policy } });
  expect(did("schedule")).toEqual([
    [auditKey(ID), weeklySchedule(ID, { ...DEFAULT_POLICY.access.weekly, ...weekly }), audit(false)],
  ]);
});

test("paused: nothing but the mark, and what happened meanwhile is looked for when it goes on", async () => {
  const run = async (paused: boolean, fails?: string) => {
    const stage = scene({ tenant: { setPaused: async () => {} }, fails });
    const job = { kind: "set-installation-paused", installationId: ID, paused } as const;
    expect(await setInstallationPausedFlow(stage.context, job)).toEqual(COMPLETED);
    return stage;
  };
  expect((await run(true)).calls).toEqual([["setPaused", true]]);
  expect((await run(false)).calls).toEqual([
    ["setPaused", false],
    ["closeCircuit", ID],
    ["enqueue", [SWEEP]],
  ]);
  for (const paused of [true, false]) await expectNothingCaught((fails) => run(paused, fails));
});

test("purged: its schedule goes first, which would file a job for rows that are gone", async () => {
  const run = async (fails?: string) => {
    const stage = scene({ tenant: { purge: async () => {} }, fails });
    const job = { kind: "purge-installation", installationId: ID } as const;
    expect(await purgeInstallationFlow(stage.context, job)).toEqual(COMPLETED);
    return stage;
  };
  expect((await run()).calls).toEqual([["unschedule", auditKey(ID)], ["purge"]]);
  await expectNothingCaught(run);
});

test("forgotten: the repositories that are not ours to look at any more, and a pull request's work when it closes", async () => {
  const run = async (fails?: string) => {
    const nothing = async () => {};
    const sessions = played<SessionStore>(
      { removeOfAccount: nothing },
      (name, given) => void ended.push([name, given]),
    );
    const ended: unknown[] = [];
    const tenant = { forgetRepositories: nothing, closePullRequest: nothing };
    const stage = scene({ tenant, store: { sessions }, fails });
    const forget = { kind: "forget-repositories", installationId: ID, repositoryIds: [REPOSITORY.id] } as const;
    expect(await forgetRepositoriesFlow(stage.context, forget)).toEqual(COMPLETED);
    const close = { kind: "close-pull-request", ...{ installationId: ID, repository: REPOSITORY } } as const;
    expect(await closePullRequestFlow(stage.context, { ...close, pullRequestNumber: 7 })).toEqual(COMPLETED);
    const end = { kind: "end-sessions", accountId: accountId(11) } as const;
    expect(await endSessionsFlow(stage.context, end)).toEqual(COMPLETED);
    expect(ended).toEqual([["removeOfAccount", [11]]]);
    return stage;
  };
  expect((await run()).calls).toEqual([
    ["forgetRepositories", [REPOSITORY.id]],
    ["closePullRequest", REPOSITORY.id, 7, NOW],
  ]);
  await expectNothingCaught(run);
});

const RESEAL = { kind: "reseal-repository", installationId: ID, repository: REPOSITORY, afterRef: null } as const;
const doorOf = (number: number, checkRunId: number | null = number): Door => ({
  ...{ ref: `ref-${String(number).padStart(2, "0")}`, installationId: ID, repositoryId: REPOSITORY.id },
  ...{ repositoryOwner: REPOSITORY.owner, repositoryName: REPOSITORY.name, headSha: "a".repeat(40) },
  ...{ pullRequestNumber: number, checkRunId, openedAt: NOW },
});

async function resealed(
  doors: readonly Door[],
  {
    answer = yes(null),
    job = RESEAL,
    ...more
  }: Given & { answer?: Fetched<null>; job?: Parameters<typeof resealRepositoryFlow>[1] } = {},
) {
  const tenant = { doorsOfRepository: async () => doors };
  const stage = scene({ ...more, tenant, gateway: { resealCheck: async () => answer } });
  return { ...stage, outcome: await resealRepositoryFlow(stage.context, job) };
}

test("resealed: every check run that there is, at its own address", async () => {
  const { did, outcome, jobs } = await resealed([doorOf(1, 41), doorOf(2, null), doorOf(3, 43)]);
  expect(outcome).toEqual(COMPLETED);
  expect(did("doorsOfRepository")).toEqual([[REPOSITORY.id, { after: "", limit: 50 }]]);
  expect(did("resealCheck")).toEqual(
    [1, 3].map((number) => [
      {
        ...{ repository: REPOSITORY, checkRunId: 40 + number, headSha: "a".repeat(40), externalId: `ref-0${number}` },
        detailsUrl: `https://sallyport.example/r/ref-0${number}`,
      },
    ]),
  );
  expect(jobs()).toEqual([]);
});

test("resealed: a run that is gone says nothing either, and any other failure ends the job to come back", async () => {
  const two = [doorOf(1), doorOf(2)];
  expect((await resealed(two, { answer: no("not_found") })).did("resealCheck")).toHaveLength(2);
  for (const reason of ["forbidden", "timeout"] as const)
    await expect(resealed(two, { answer: no(reason) })).rejects.toMatchObject({ code: reason });
});

test.each([
  [49, []],
  [50, [{ ...RESEAL, afterRef: "ref-50" }]],
])("resealed: of %i doors the next job goes on after the last one", async (count, next) => {
  const doors = Array.from({ length: count }, (_, at) => doorOf(at + 1));
  expect((await resealed(doors)).jobs()).toEqual(next);
});

test("resealed: a further job begins where the one before ended", async () => {
  const { did, jobs } = await resealed([], { job: { ...RESEAL, afterRef: "ref-50" } });
  expect(did("doorsOfRepository")).toEqual([[REPOSITORY.id, { after: "ref-50", limit: 50 }]]);
  expect(jobs()).toEqual([]);
});

test("tending: whatever fails ends the job with its error, and nothing is sealed for an installation that is gone", async () => {
  await expectNothingCaught((fails) => bootstrapped({ installation: { accountLogin: "old-org" }, fails }));
  await expectNothingCaught((fails) => bootstrapped({ installation: null, fails }));
  const fifty = Array.from({ length: 50 }, (_, at) => doorOf(at + 1));
  await expectNothingCaught((fails) => resealed(fifty, { fails }));
  const gone = await resealed(fifty, { installation: null });
  expect([gone.outcome.kind, gone.asked]).toEqual(["cancelled", []]);
});
