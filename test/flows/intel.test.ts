import { plusDays } from "../../src/clock.ts";
import { type ImportRequest, importList } from "../../src/flows/intel.ts";
import { type IntelContext, lists } from "../../src/flows/lists.ts";
import { accountId } from "../../src/ids.ts";
import type { ListedEntry } from "../../src/intel/entry.ts";
import type { Job } from "../../src/job/job.ts";
import type { Indicator, IndicatorSubject, KeptIndicator, TenantStore, TrailEntry } from "../../src/store/store.ts";
import { no, yes } from "../dossier/played-gateway.ts";
import { expect, test } from "../support/jest.ts";
import { played } from "./played.ts";
import { INSTALLATION, NOW } from "./scene.ts";

const ADA = accountId(11);
const entry = (named: ListedEntry["named"], more: Partial<ListedEntry> = {}): ListedEntry => ({
  ...{ named, at: plusDays(NOW, -30), until: null, confidence: null, tlp: null, origin: null },
  ...{ reference: null, reason: "asked for keys", where: "list:1" },
  ...more,
});
const login = (name: string, more: Partial<ListedEntry> = {}) => entry({ by: "login", login: name }, more);
const address = entry({ by: "email", address: "ada@example.com" });
const made = (daysAgo: number, more: object = {}) =>
  yes({ id: ADA, nodeId: "U_1", login: "ada-example", kind: "user", createdAt: plusDays(NOW, -daysAgo), ...more });

interface Given {
  /** What GitHub says of a login; null without an App. */
  readonly github?: (login: string) => ReturnType<typeof made> | ReturnType<typeof no>;
  readonly before?: readonly KeptIndicator[];
  readonly hashKey?: string;
}

function stage({ github, before = [], hashKey = "key" }: Given = {}) {
  const kept: (Indicator & IndicatorSubject)[] = [];
  const trail: TrailEntry[] = [];
  const jobs: Job[] = [];
  const asked: string[] = [];
  const tenant = played<TenantStore>({
    indicators: async () => before,
    keepIndicators: async (entries) => {
      kept.push(...entries);
      return { added: entries.length, renewed: 0, revoked: 0 };
    },
    revokeIndicators: async (which) => before.filter(({ id }) => !("id" in which) || which.id === id),
    loginsOf: async (ids) => new Map(ids.filter((id) => id === ADA).map((id) => [id, "ada-example"])),
    addToTrail: async (said) => void trail.push(said),
  });
  const context: IntelContext = {
    ...{ installation: INSTALLATION, tenant, now: NOW },
    queue: { enqueue: async (filed) => void jobs.push(...filed) },
    github: github
      ? {
          hashKey,
          gateway: async () => ({
            accountSince: async (name) => {
              asked.push(name);
              return github(name) as never;
            },
          }),
        }
      : null,
  };
  const take = (entries: readonly ListedEntry[], more: Partial<ImportRequest> = {}) =>
    importList(
      context,
      {
        ...{ entries, source: "a team", isPrimary: true, tlp: null, confidence: null, until: null, at: null },
        isTry: false,
        ...more,
      },
      () => {},
    );
  return { context, take, kept, trail, jobs, asked };
}

test("intel: a login is asked for once and kept as a number, and who is known here is looked at again", async () => {
  const { take, kept, trail, jobs, asked } = stage({ github: () => made(900) });
  const found = await take([login("ada-example"), entry({ by: "id", id: accountId(12) }, { where: "list:2" })]);
  expect(found).toEqual({
    ...{ added: 2, renewed: 0, revoked: 0, addresses: 0, undated: 0, refused: [] },
    resolved: [{ login: "ada-example", account: ADA }],
  });
  expect(asked).toEqual(["ada-example"]);
  expect(kept[0]).toEqual({
    ...{ account: ADA, emailHash: null, login: "ada-example", source: "a team", isPrimary: true, tlp: "amber" },
    ...{ confidence: null, origin: null, reference: null, reason: "asked for keys" },
    ...{ at: plusDays(NOW, -30), until: plusDays(NOW, 365) },
  });
  expect(trail.map(({ act, target }) => [act, target])).toEqual([["intel.imported", "list:a team"]]);
  expect(jobs).toMatchObject([{ kind: "look-again", accountId: ADA, repositoryId: null }]);
});

test.each<[string, ListedEntry, Given["github"], string]>([
  ["an account that is younger than the entry", login("ada-example"), () => made(29), "younger"],
  ["a login of nobody", login("ada-example"), () => no("not_found"), "nobody"],
  ["an organisation", login("ada-example"), () => made(900, { kind: "organization" }), "organization"],
  ["an entry that has ended", login("ada-example", { until: NOW }), () => made(900), "over"],
])("intel: %s is not taken in, and said so", async (_, one, github, because) => {
  const { take, kept, jobs } = stage({ github: github! });
  expect((await take([one])).refused).toEqual([{ where: "list:1", because }]);
  expect([kept, jobs]).toEqual([[], []]);
});

test("intel: an account made on the day of the entry is meant, and one without a day is counted", async () => {
  const { take } = stage({ github: () => made(30) });
  expect((await take([login("ada-example")])).refused).toEqual([]);
  expect(await take([login("ada-example", { at: null })])).toMatchObject({ refused: [], undated: 1 });
  const dated = await take([login("ada-example", { at: null })], { at: plusDays(NOW, -31) });
  expect(dated).toMatchObject({ refused: [{ because: "younger" }], undated: 0 });
});

test("intel: an address is a hash by the installation's own key before anything is kept", async () => {
  const one = stage({ github: () => no("not_found") });
  expect(await one.take([address])).toMatchObject({ added: 1, addresses: 1, resolved: [] });
  const other = stage({ github: () => no("not_found"), hashKey: "another" });
  await other.take([address]);
  expect(JSON.stringify([one.kept, one.trail])).not.toContain("ada@");
  expect(one.kept[0]).toMatchObject({ account: null, emailHash: expect.stringMatching(/^[\w-]{43}$/), login: null });
  expect(other.kept[0]?.emailHash).not.toBe(one.kept[0]?.emailHash);
});

test("intel: of what the entry, the options and a year say the strictest holds", async () => {
  const { take, kept } = stage();
  const until = plusDays(NOW, 90);
  const one = (more: Partial<ListedEntry>) => entry({ by: "id", id: accountId(20 + kept.length) }, more);
  await take([one({ tlp: "green", confidence: 40 })], { tlp: "red", confidence: 90, until });
  await take([one({ tlp: "red", until: plusDays(NOW, 9) })], { tlp: "green", confidence: 90, until });
  await take([one({ tlp: "clear", until: plusDays(NOW, 900) })]);
  expect(kept.map(({ tlp, confidence, until: end }) => [tlp, confidence, end])).toEqual([
    ["red", 40, until],
    ["red", 90, plusDays(NOW, 9)],
    ["clear", null, plusDays(NOW, 365)],
  ]);
});

test("intel: two entries of one list about one account are one", async () => {
  const { take, kept } = stage({ github: () => made(900) });
  await take([login("ada-example"), entry({ by: "id", id: ADA }, { reason: "the later one" })]);
  expect(kept.map(({ reason }) => reason)).toEqual(["the later one"]);
});

test("intel: a try asks GitHub, says what it would do, and keeps nothing", async () => {
  const { take, kept, trail, jobs, asked } = stage({ github: () => made(900) });
  expect(await take([login("ada-example")], { isTry: true })).toMatchObject({ added: 1, renewed: 0 });
  expect([kept, trail, jobs, asked]).toEqual([[], [], [], ["ada-example"]]);
});

test("intel: without an App entries by number alone can be taken in; too many logins are refused", async () => {
  const { take } = stage();
  expect(await take([entry({ by: "id", id: ADA })])).toMatchObject({ added: 1 });
  await expect(take([login("ada-example")])).rejects.toThrow("list:1: logins and addresses need the App");
  await expect(take([address])).rejects.toThrow("logins and addresses need the App");
  const many = Array.from({ length: 2_001 }, (_, index) => login(`a${index}`, { where: `list:${index + 1}` }));
  await expect(stage({ github: () => made(900) }).take(many)).rejects.toThrow("list:2001: more than 2,000 logins");
});

test("intel: when GitHub stops answering what was known by then is kept, and the next time goes on there", async () => {
  const first = stage({ github: (name) => (name === "ada-example" ? made(900) : no("rate_limited")) });
  const two = [login("ada-example"), login("grace-example", { where: "list:2" })];
  await expect(first.take(two)).rejects.toThrow("rate_limited: 1 of 2 entries are taken in");
  expect(first.kept.length).toBe(1);
  const before = first.kept.map((each, id) => ({ ...each, id, importedAt: NOW, checked: null, confirmedBy: null }));
  const again = stage({ github: () => made(900), before });
  await again.take(two);
  expect(again.asked).toEqual(["grace-example"]);
});

const standing = (id: number, more: Partial<Indicator & IndicatorSubject> = {}): KeptIndicator => ({
  ...{ id, account: ADA, emailHash: null, login: "ada-example", source: "a team", isPrimary: true, tlp: "amber" },
  ...{ confidence: null, origin: null, reference: null, reason: "why", at: NOW, until: plusDays(NOW, 9) },
  ...{ importedAt: NOW, checked: null, confirmedBy: null },
  ...(more as object),
});

test("intel: what is red and what is a hash never goes out; going out is recorded", async () => {
  const before = [
    standing(1),
    standing(2, { tlp: "red" }),
    standing(3, { tlp: "amber+strict" }),
    standing(4, { account: null, emailHash: "h" }),
  ];
  const { context, trail } = stage({ before });
  expect((await lists(context, { kind: "export" })).map(({ id }) => id)).toEqual([1, 3]);
  expect(trail.map(({ act }) => act)).toEqual(["intel.exported"]);
  expect((await lists(context, { kind: "list" })).map(({ id }) => id)).toEqual([1, 2, 3, 4]);
});

test("intel: what is taken back is recorded with its reason, and who it named is looked at again", async () => {
  const { context, trail, jobs } = stage({ before: [standing(1)] });
  await lists(context, { kind: "revoke", which: { id: 1 }, reason: "somebody else" });
  await lists(context, { kind: "revoke", which: { source: "a team" }, reason: "somebody else" });
  expect(trail.map(({ act, target, reason }) => [act, target, reason])).toEqual([
    ["indicator.revoked", "account:11", "somebody else"],
    ["indicator.revoked", "list:a team", "somebody else"],
  ]);
  expect(jobs.length).toBe(2);
  const nothing = lists(stage().context, { kind: "revoke", which: { id: 7 }, reason: "somebody else" });
  await expect(nothing).rejects.toThrow("entry 7: nothing of it stands");
});
