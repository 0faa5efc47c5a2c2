import type { Subject } from "../../../src/history/people/known.ts";
import { MAX_KEPT } from "../../../src/history/traces/evidence.ts";
import { tracesOf } from "../../../src/history/traces/traces-of.ts";
import renameTrace from "../../../src/signals/identity/id-rename-trace.ts";
import { DEFAULT_THRESHOLDS } from "../../../src/signals/thresholds.ts";
import { describe, expect, test } from "../../support/jest.ts";
import { historyOfRows, ownedRepository, type TableCommit } from "../made-table.ts";

const DAY = 86_400;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

/** The traces of the account 7, whose repositories these are. */
function tracesIn(...repositories: readonly (readonly TableCommit[])[]) {
  const history = historyOfRows(repositories);
  const subject: Subject = {
    identity: history.identities.list.findIndex(({ accountIds }) => accountIds.includes(7)),
    accountIds: [7],
    accountCreatedAt: null,
    repositories: repositories.map((_, number) => ownedRepository(number + 1, 7)),
    receivedAt: null,
    asOf: 4_000 * DAY,
  };
  return tracesOf(history, subject);
}

describe("traces: whatever others write, a list keeps a hundred entries and counts the rest", () => {
  const COUNT = 5_000;

  test("one account under many logins", () => {
    const logins = upTo(COUNT).map((at) => ({ author: `Ada Example <7+ada-${at}@users.noreply.github.com>` }));
    const { identity } = tracesIn(logins);
    expect(identity.renames).toHaveLength(MAX_KEPT);
    expect(identity.leftOut?.renames).toBe(COUNT - 1 - MAX_KEPT);
    const facts = { asOf: "2026-01-01T00:00:00.000Z", subjectId: null, thresholds: DEFAULT_THRESHOLDS };
    const found = renameTrace.detect({ ...facts, "history.identity": identity } as never);
    expect(found).toMatchObject({ outcome: "fired", leftOut: COUNT - 1 - MAX_KEPT });
    expect(JSON.stringify(found)).toContain(`${COUNT - 1} times`);
  });

  test("many accounts in one repository", () => {
    const others = upTo(COUNT).map((at) => ({ author: `Some Body <${at + 100}+o${at}@users.noreply.github.com>` }));
    const { identity } = tracesIn([{ author: ADA }, ...others, ...others.slice(40, 41)]);
    expect(identity.bridges).toHaveLength(MAX_KEPT);
    expect(identity.leftOut?.bridges).toBe(COUNT - MAX_KEPT);
    expect(identity.bridges.some(({ commitCount }) => commitCount === 2)).toBe(true);
  });

  test("many keys and machines that others use too", () => {
    const shared = upTo(COUNT).flatMap((at) => [
      { author: "Ada Example <7+ada@users.noreply.github.com>", committer: ADA, key: `ssh:${at}` },
      { author: `Other ${at} <other@host-${at}.local>`, key: `ssh:${at}` },
    ]);
    const { identity } = tracesIn(shared);
    expect(identity.sharedKeys).toHaveLength(MAX_KEPT);
    expect(identity.leftOut?.sharedKeys).toBe(COUNT - MAX_KEPT);
  });

  test("many names on many addresses", () => {
    const letters = (value: number): string =>
      [...String(value)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
    const commits = upTo(400).flatMap((at) =>
      ["Umbra", "Vesper", "Wexel"].flatMap((given) =>
        upTo(3).map(() => ({
          author: `${given}${letters(at)} ${given}fam${letters(at)} <7+a${at}@users.noreply.github.com>`,
        })),
      ),
    );
    const { identity } = tracesIn(commits);
    expect(identity.rotations).toHaveLength(MAX_KEPT);
    expect(identity.leftOut?.rotations).toBe(300);
  });

  test("batch after batch, those of one repository crowding nobody out", () => {
    const batch = (arrival: number): readonly TableCommit[] =>
      upTo(50).map((day) => ({ author: ADA, authoredAt: day * 10 * DAY, committedAt: arrival + day }));
    const many = upTo(300).flatMap((at) => batch((1_000 + at) * DAY));
    const { dates } = tracesIn(many, batch(900 * DAY), batch(901 * DAY));
    expect(dates.batches).toHaveLength(12);
    expect(dates.batchesLeftOut).toBe(290);
    expect(new Set(dates.batches.map(({ repository }) => repository))).toEqual(new Set([1, 2, 3]));
  });

  test("address after address", () => {
    const commits = upTo(400).map((at) => ({ author: ADA.replace("7+ada", `7+ada-${Math.floor(at / 5)}`) }));
    const { continuity } = tracesIn(commits);
    expect(continuity.replacements).toHaveLength(25);
    expect(continuity.leftOut).toBe(79 - 25);
    expect(continuity.replacements[0]?.beforeCount).toBeGreaterThan(100);
  });

  test("nothing is said of what is not left out", () => {
    const { identity, dates, continuity } = tracesIn([{ author: ADA }]);
    expect([identity.leftOut, dates.batchesLeftOut, continuity.leftOut]).toEqual([undefined, undefined, undefined]);
  });
});
