import type { Fetched } from "../../../src/absence.ts";
import { plusDays } from "../../../src/clock.ts";
import { OperatingError } from "../../../src/errors.ts";
import { auditOrganizationFlow } from "../../../src/flows/jobs/audit-organization.ts";
import type { AppGateway, Reading } from "../../../src/github/gateway.ts";
import type { ReadingProgress } from "../../../src/store/store.ts";
import { no } from "../../dossier/played-gateway.ts";
import { expect, test } from "../../support/jest.ts";
import { type Given, NOW } from "../scene.ts";
import { type About, audited, JOB, organization } from "./audit-scene.ts";

const hoursAgo = (hours: number): string => plusDays(NOW, -hours / 24);
const unfinished = (hours: number, id = "audit-9"): ReadingProgress => ({
  ...{ id, startedAt: hoursAgo(hours), repositories: 400, ofRepositories: 1_000, pausedUntil: null },
});
const stored = (id: string, hours: number): Given["tenant"] => ({
  auditHeads: async () => [{ id, takenAt: hoursAgo(hours), writers: 3, outside: null, dormant: null }],
});

test("audit reading: one that ended in the middle goes on as of when it began, under its own name", async () => {
  const { audit, did } = await audited({ unfinished: unfinished(2) });
  const at = hoursAgo(2);
  expect(did("beginReading")).toEqual([[{ id: expect.any(String), startedAt: NOW }, hoursAgo(6)]]);
  expect(did("accessSnapshot")).toMatchObject([[{ now: at, depth: "organization" }]]);
  expect(did("lastActivity")).toMatchObject([[{ now: at }], [{ now: at }], [{ now: at }]]);
  expect(did("latestSnapshot")).toEqual([[plusDays(at, -1)]]);
  expect(audit).toMatchObject({ id: "audit-9", takenAt: at });
  expect(did("endReading")).toHaveLength(1);
});

test("audit reading: one that was stored and ended before that was told is told, and stored no second time", async () => {
  const about: About = { unfinished: unfinished(2) };
  const { audit, did, outcome } = await audited(about, { tenant: stored("audit-9", 2) });
  expect([outcome.kind, audit, did("endReading").length]).toEqual(["completed", undefined, 1]);
  expect(did("log")).toHaveLength(1);
});

test.each<[string, ReadingProgress | undefined, string]>([
  ["nothing is unfinished", undefined, "audit-9"],
  ["another is unfinished", unfinished(2, "audit-10"), "audit-9"],
  ["it was begun too long ago", unfinished(6), "audit-9"],
])("audit reading: of a day that has its audit there is no second one when %s", async (_, left, id) => {
  const { audit, asked, did } = await audited(left ? { unfinished: left } : {}, { tenant: stored(id, 20) });
  expect([audit, asked, did("endReading")]).toEqual([undefined, [], []]);
});

test("audit reading: a first one that is asked for again does not end the one that is being read", async () => {
  const about: About = { unfinished: unfinished(1, "audit-10"), job: { ...JOB, first: true } };
  const { asked, did } = await audited(about, { tenant: stored("audit-9", 24 * 7) });
  expect([asked, did("beginReading"), did("endReading")]).toEqual([[], [], []]);
});

/** The audit up to its end, with what it was given to read by. */
async function endingWith(answer: Fetched<never> | OperatingError) {
  const done: unknown[] = [];
  let given: Reading | undefined;
  const noted =
    (name: string) =>
    async (...about: readonly unknown[]) =>
      void done.push([name, ...about]);
  const stage = organization(
    {},
    {
      gateway: {
        async accessSnapshot({ onProgress }) {
          onProgress(50, 1_000);
          await given?.keep("question", "answer");
          await given?.pause(NOW);
          if (answer instanceof Error) throw answer;
          return answer;
        },
      },
      tenant: {
        ...{ keepAnswer: noted("keepAnswer"), pauseReading: noted("pauseReading"), endReading: noted("endReading") },
        keptAnswer: async (question) => `answer to ${question}`,
      },
    },
  );
  const { apps } = stage.context;
  const installation: AppGateway["installation"] = (id, reading) => {
    given ??= reading;
    return apps.installation(id);
  };
  const error = await auditOrganizationFlow({ ...stage.context, apps: { ...apps, installation } }, JOB).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  return { done, error, recalled: await given?.recall("question") };
}

const KEPT = [
  "keepAnswer",
  expect.any(String),
  { question: "question", answer: "answer", repositories: 50, ofRepositories: 1_000 },
];
const PAUSED = ["pauseReading", expect.any(String), NOW];

test.each<[string, Fetched<never> | OperatingError, readonly unknown[]]>([
  ["GitHub is away", no("upstream_error"), []],
  ["nothing comes in time", no("timeout"), []],
  ["the limit is reached", no("rate_limited", NOW), []],
  ["it pauses", new OperatingError("budget_low", "paused", { retryAt: NOW }), []],
  ["the pieces do not fit together", no("incomplete"), [["endReading"]]],
])("audit reading: when %s, what was read is kept as far as it is any use", async (_, answer, dropped) => {
  const { done, error, recalled } = await endingWith(answer);
  expect(done).toEqual([KEPT, PAUSED, ...dropped]);
  expect(error).toBeInstanceOf(OperatingError);
  expect(recalled).toBe("answer to question");
});
