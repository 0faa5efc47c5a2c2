import { plusDays } from "../../src/clock.ts";
import { type VouchContext, type VouchRequest, vouch } from "../../src/flows/vouch.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import type { Job } from "../../src/job/job.ts";
import type { KeptEntry, ListEntry, TenantStore, TrailEntry } from "../../src/store/store.ts";
import { no, yes } from "../dossier/played-gateway.ts";
import { aReport } from "../store/samples.ts";
import { expect, test } from "../support/jest.ts";
import { played } from "./played.ts";
import { INSTALLATION, NOW } from "./scene.ts";

const ADA = accountId(11);
const OTHER = accountId(12);
const WALLET = repositoryId(5);
const UNTIL = plusDays(NOW, 90);
const REASON = "We worked together for years.";
const reportOf = (account: typeof ADA) =>
  aReport(INSTALLATION.id, {
    accountId: account,
    login: "Ada-Example",
    repositoryId: WALLET,
    repositoryName: "wallet",
  });
const account = (id: typeof ADA) => yes({ id, nodeId: "U_1", login: "ada-example", kind: "user" } as const);

interface Given {
  /** Whose stored reports have the login. */
  readonly reports?: readonly (typeof ADA)[];
  /** What GitHub says of the login; null without an App. */
  readonly github?: ReturnType<typeof account> | ReturnType<typeof no> | null;
  readonly repository?: ReturnType<typeof no> | null;
}

/** An organisation where one entry about each account stands, and what was written and filed there. */
function stage({ reports = [], github = null, repository = null }: Given) {
  const entries: KeptEntry[] = [];
  const trail: TrailEntry[] = [];
  const jobs: Job[] = [];
  const keep = (id: number, about: typeof ADA, entry: ListEntry) =>
    entries.unshift({ ...entry, id, account: about, confirmedBy: null });
  const by = { accountId: accountId(3), login: "grace-example" };
  for (const [id, about] of [
    [1, ADA],
    [2, OTHER],
  ] as const)
    keep(id, about, {
      ...({ disposition: "vouched", reason: "met" } as const),
      ...{ by, repository: null, at: NOW, until: UNTIL },
    });
  const tenant = played<TenantStore>({
    listReports: async () => reports.map(reportOf),
    loginsOf: async () => new Map([[ADA, "ada-example"]]),
    listEntries: async (about) => entries.filter((entry) => entry.account === about),
    addToLocalList: async (about, entry) => void keep(9, about, entry),
    withdrawEntry: async (id) =>
      entries.splice(
        entries.findIndex((entry) => entry.id === id),
        1,
      )[0] ?? null,
    addToTrail: async (entry) => void trail.push(entry),
  });
  const answers = {
    accountNamed: async () => github ?? no("timeout"),
    repositoryAt: async () => repository ?? yes({ id: WALLET }),
  };
  const context: VouchContext = {
    ...{ installation: INSTALLATION, tenant, now: NOW },
    queue: { enqueue: async (filed) => void jobs.push(...filed) },
    gateway:
      github === null && repository === null
        ? null
        : async () => played<Awaited<ReturnType<NonNullable<VouchContext["gateway"]>>>>(answers as never),
  };
  return { ask: (request: VouchRequest) => vouch(context, request), trail, jobs, entries };
}
const LIST = { kind: "list" } as const;
const KNOWN = { kind: "vouch", repository: null, reason: REASON, until: UNTIL } as const;

test.each<[string, Given, VouchRequest["who"], object | string]>([
  ["a number needs nobody's word", {}, { id: ADA }, { id: ADA, login: "ada-example", foundBy: "number" }],
  [
    "a login is GitHub's to say",
    { github: account(ADA), reports: [ADA] },
    { login: "ADA-example" },
    { id: ADA, foundBy: "github" },
  ],
  [
    "a login that no report knows",
    { github: account(OTHER) },
    { login: "ada-example" },
    { id: OTHER, foundBy: "github" },
  ],
  ["without an App reports say it", { reports: [ADA, ADA] }, { login: "ada-example" }, { id: ADA, foundBy: "reports" }],
  [
    "of a login that was given up, too",
    { reports: [ADA], github: no("not_found") },
    { login: "ada-example" },
    { id: ADA, foundBy: "reports" },
  ],
  [
    "a login that changed hands",
    { reports: [ADA], github: account(OTHER) },
    { login: "ada-example" },
    "ada-example: the login of more than one account: 12, 11",
  ],
  [
    "one that two reports know otherwise",
    { reports: [ADA, OTHER] },
    { login: "ada-example" },
    "ada-example: the login of more than one account: 11, 12",
  ],
  ["a login of nobody", { github: no("not_found") }, { login: "ada-example" }, "ada-example: no such account"],
  [
    "a login nobody here knows, without an App",
    {},
    { login: "ada-example" },
    "ada-example: no stored report is about it",
  ],
  ["a login, and GitHub is away", { github: no("timeout") }, { login: "ada-example" }, "ada-example: timeout"],
])("vouch: whom it is about: %s", async (_, given, who, expected) => {
  const asked = stage(given).ask({ who, act: LIST });
  if (typeof expected === "string") await expect(asked).rejects.toThrow(expected);
  else expect((await asked).account).toMatchObject(expected);
});

test("vouch: it is kept under the number as the operator's word, recorded, and looked at again", async () => {
  const { ask, trail, jobs, entries } = stage({ github: account(ADA) });
  const said = await ask({ who: { login: "ada-example" }, act: { ...KNOWN, repository: "wallet" } });
  const by = { accountId: INSTALLATION.accountId, login: "the operator" };
  const kept = {
    id: 9,
    account: ADA,
    disposition: "vouched",
    reason: REASON,
    by,
    repository: WALLET,
    at: NOW,
    until: UNTIL,
  };
  expect(entries[0]).toEqual({ ...kept, confirmedBy: null });
  expect(said.entries.map(({ id }) => id)).toEqual([9, 1]);
  expect(trail).toEqual([{ at: NOW, actorId: null, act: "account.vouched", target: "account:11", reason: REASON }]);
  const again = { kind: "look-again", installationId: INSTALLATION.id, accountId: ADA, openedBefore: null };
  expect(jobs).toEqual([{ ...again, repositoryId: WALLET }]);
});

test("vouch: an entry is taken back by its number, of that account alone; looking changes nothing", async () => {
  const { ask, trail, jobs } = stage({});
  await expect(ask({ who: { id: ADA }, act: { kind: "withdraw", entry: 2 } })).rejects.toThrow(
    "--withdraw 2: nothing of that number stands about account 11;",
  );
  expect((await ask({ who: { id: ADA }, act: LIST })).entries).toHaveLength(1);
  expect([trail, jobs]).toEqual([[], []]);
  expect((await ask({ who: { id: ADA }, act: { kind: "withdraw", entry: 1 } })).entries).toEqual([]);
  expect(trail).toEqual([{ at: NOW, actorId: null, act: "entry.withdrawn", target: "account:11", reason: null }]);
  expect(jobs).toHaveLength(1);
});

test("vouch: nothing is kept for a repository that is not there, and without an App reports know its number", async () => {
  const away = stage({ repository: no("not_found") });
  const act = { ...KNOWN, repository: "Wallet" };
  await expect(away.ask({ who: { id: ADA }, act })).rejects.toThrow(/--scope [\w-]+\/Wallet: no such repository/);
  await expect(stage({}).ask({ who: { id: ADA }, act })).rejects.toThrow("no such repository");
  expect([away.entries.length, away.trail]).toEqual([2, []]);
  const { ask, entries } = stage({ reports: [OTHER] });
  const said = await ask({ who: { id: ADA }, act });
  expect(entries[0]).toMatchObject({ account: ADA, repository: WALLET });
  expect(said.entries[0]?.repositoryName).toBe("wallet");
});

test("denounce: a warning is kept as one, recorded, and nothing is looked at until an owner agrees", async () => {
  const { ask, trail, jobs, entries } = stage({ github: account(ADA) });
  const act = { kind: "denounce", repository: null, reason: REASON, until: UNTIL } as const;
  await ask({ who: { login: "ada-example" }, act });
  expect(entries[0]).toMatchObject({ account: ADA, disposition: "denounced", reason: REASON, confirmedBy: null });
  expect(trail).toMatchObject([{ act: "account.warned", actorId: null, target: `account:${ADA}`, reason: REASON }]);
  expect(jobs).toEqual([]);
});
