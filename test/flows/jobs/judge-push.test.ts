import type { Fetched, UnavailableReason } from "../../../src/absence.ts";
import type { ChangedFile } from "../../../src/change/change.ts";
import type { Comparison } from "../../../src/dossier/push-gateway.ts";
import { judgePushFlow } from "../../../src/flows/jobs/judge-push.ts";
import type { InstallationGateway } from "../../../src/github/gateway.ts";
import { installationId } from "../../../src/ids.ts";
import type { JobOf, PushRef } from "../../../src/job/job.ts";
import type { PolicyFile } from "../../../src/policy/policy.ts";
import { aCommit } from "../../dossier/played-gateway.ts";
import { added } from "../../signals/tricks.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { expectNothingCaught, NOW, scene } from "../scene.ts";

const HEAD = "a".repeat(40);
const BEFORE = "b".repeat(40);
const ago = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1_000).toISOString();
const PUSH: PushRef = {
  branch: "main",
  defaultBranch: "main",
  before: BEFORE,
  headSha: HEAD,
  byApp: false,
  toldAt: ago(30),
};
const jobOf = (push: Partial<PushRef> = {}): JobOf<"judge-push"> => ({
  kind: "judge-push",
  installationId: installationId(1),
  repository: REPOSITORY,
  push: { ...PUSH, ...push },
});
const WORKFLOW = added(".github/workflows/x.yml", ["on: push", "jobs: {}"]);
const ok = <T>(value: T): Fetched<T> => ({ ok: true, value });
const missing = (reason: UnavailableReason): Fetched<never> => ({ ok: false, reason, retryAt: null });

const comparison = (files: readonly ChangedFile[]): Comparison => ({
  ...{ files: { files, truncated: false }, commitSubjects: ["Update"], commitCount: 1 },
  ...{ commits: [aCommit({ authorAccountId: null })], authorNodeIds: new Map() },
});

interface Played {
  readonly policy?: PolicyFile;
  readonly push?: Partial<PushRef>;
  readonly files?: readonly ChangedFile[];
  readonly merged?: Fetched<readonly string[]>;
  readonly gateway?: Partial<InstallationGateway>;
  readonly known?: boolean;
  readonly isNew?: boolean;
  readonly fails?: string | undefined;
}

async function play({
  push,
  files = [WORKFLOW],
  merged = ok([]),
  gateway,
  known = false,
  isNew = true,
  fails,
  policy,
}: Played) {
  const stage = scene({
    fails,
    ...(policy && { policy }),
    messenger: { destinationsOf: () => ["siem"] },
    tenant: { hasPush: async () => known, savePush: async () => isNew },
    gateway: {
      mergedInto: async () => merged,
      compared: async () => ok(comparison(files)),
      earlierCommits: async () => ok({ commits: 20, byPullRequest: 20 }),
      ...gateway,
    },
  });
  const outcome = await judgePushFlow(stage.context, jobOf(push));
  const [saved, about] = (stage.did("savePush")[0] ?? []) as [object?, { asksForLook: boolean; marks: string[] }?];
  return { ...stage, outcome, saved, about };
}

test("flagged: kept with its marks, and owners are told", async () => {
  const { outcome, saved, about, jobs, asked } = await play({});
  expect(outcome).toEqual({ kind: "completed" });
  expect(saved).toMatchObject({ branch: "main", headSha: HEAD, before: BEFORE, level: "high", findingsLeftOut: 0 });
  expect([about?.asksForLook, about?.marks.length]).toEqual([true, 2]);
  expect(jobs()).toEqual([{ kind: "announce-flags", installationId: 1, since: NOW }]);
  expect(asked).toEqual(["mergedInto", "compared", "earlierCommits"]);
});

test("every branch is watched where the policy says so", async () => {
  const policy = { pushes: { release_branches: ["**"] } };
  const push = { branch: "fix/login/2" };
  expect((await play({ policy, push })).about?.asksForLook).toBe(true);
  expect((await play({ push })).outcome).toMatchObject({ kind: "cancelled" });
  // Of a private repository without Contents: read.
  const { saved, jobs } = await play({ policy, push, gateway: { compared: async () => missing("forbidden") } });
  expect(saved).toMatchObject({ branch: "fix/login/2", level: "unknown", complete: false });
  expect(jobs()).toEqual([]);
});

test("killed between keeping and telling: the next run has owners told", async () => {
  await expect(play({ fails: "enqueue" })).rejects.toThrow("enqueue failed");
  const { jobs, saved, asked } = await play({ known: true });
  expect(jobs()).toEqual([{ kind: "announce-flags", installationId: 1, since: NOW }]);
  expect([saved, asked]).toEqual([undefined, []]);
});

test("of a burst only the first is told", async () => {
  expect((await play({ isNew: false })).jobs()).toEqual([]);
});

test.each<readonly [string, Played, object, readonly string[]]>([
  ["told of a moment ago", { push: { toldAt: ago(5) } }, { kind: "snooze", until: ago(-15) }, []],
  ["kept before", { known: true }, { kind: "completed" }, []],
  ["a branch nobody watches", { push: { branch: "feature/x" } }, { kind: "cancelled" }, []],
  ["merged into the branch", { merged: ok(["main"]) }, { kind: "cancelled" }, ["mergedInto"]],
  ["merged into a release branch", { merged: ok(["x", "release/1"]) }, { kind: "cancelled" }, ["mergedInto"]],
])("%s: nothing is kept", async (_when, given, outcome, asks) => {
  const { asked, saved, ...played } = await play(given);
  expect(played.outcome).toMatchObject(outcome);
  expect([saved, asked]).toEqual([undefined, asks]);
});

test.each<readonly [string, Played, boolean, object]>([
  ["merged into a branch that nobody watches", { merged: ok(["x"]) }, true, { level: "high" }],
  ["ordinary code", { files: [added("a.ts", ["let a;"])] }, false, { level: "low", findings: [] }],
  ["a workflow by an App", { push: { byApp: true } }, false, {}],
  ["a new default branch", { push: { before: null } }, false, { level: "unknown" }],
  ["a new release branch", { push: { before: null, branch: "release/1" } }, true, { level: "high", before: null }],
  [
    "a comparison that is kept from Apps",
    { gateway: { compared: async () => missing("forbidden") } },
    false,
    { level: "unknown" },
  ],
  [
    "one that is still not there after a minute",
    { push: { toldAt: ago(61) }, gateway: { compared: async () => missing("not_found") } },
    false,
    { level: "unknown" },
  ],
  [
    "a commit that is gone after a minute",
    { push: { toldAt: ago(61) }, merged: missing("not_found") },
    false,
    { level: "unknown" },
  ],
  [
    "a custom that is kept from Apps",
    { gateway: { earlierCommits: async () => missing("forbidden") } },
    false,
    { level: "low", complete: false },
  ],
])("%s", async (_when, given, asksForLook, saved) => {
  const played = await play(given);
  expect(played.outcome).toEqual({ kind: "completed" });
  expect([played.saved, played.about?.asksForLook]).toMatchObject([saved, asksForLook]);
});

test.each<readonly [keyof InstallationGateway, UnavailableReason]>([
  ["mergedInto", "not_found"],
  ["mergedInto", "rate_limited"],
  ["compared", "not_found"],
  ["compared", "timeout"],
  ["earlierCommits", "upstream_error"],
])("%s: %s is waited out, and nothing is kept", async (question, reason) => {
  const merged =
    question === "mergedInto" ? { merged: missing(reason) } : { gateway: { [question]: async () => missing(reason) } };
  await expect(play(merged)).rejects.toMatchObject({ name: "OperatingError" });
});

test("nothing is caught", () => expectNothingCaught((fails) => play({ fails })));
