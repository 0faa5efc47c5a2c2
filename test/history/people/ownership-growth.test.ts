import { createHash } from "node:crypto";
import { ownCommitSteps } from "../../../src/history/people/ownership.ts";
import { tableBuilder } from "../../../src/history/read/table.ts";
import { atOnce, type Steps } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";

const oidOf = (at: number): string => createHash("sha1").update(String(at)).digest("hex");
const NOTHING = "0".repeat(40);
const SECOND = 1_000_000_000;

/** A history of one second in one push, beside a stranger's pull request of as many commits of that second. */
function worst(count: number): Steps<{ readonly table: { readonly rowCount: number } }> {
  const builder = tableBuilder(20);
  const name = Buffer.from("Ada Example <ada@home.net>");
  const person = builder.person(name, 0, name.length);
  const row = (at: number): number => builder.rowOf(Buffer.from(oidOf(at)), 0);
  const dates = { authoredAt: SECOND, committedAt: SECOND, offset: 60 };
  for (let at = 0; at < count; at++) {
    const commit = {
      author: person,
      committer: person,
      ...dates,
      parentCount: 1,
      key: null,
      reference: 0,
      mergedOnWeb: false,
      trailers: [],
    };
    builder.fill(row(at), commit, at === 0 ? -1 : row(at - 1));
  }
  const commits = Array.from({ length: count }, (_, at) => ({
    oid: oidOf(-1 - at),
    authoredAt: SECOND,
    beneath: true,
  }));
  return ownCommitSteps(atOnce(builder.finish()), {
    pushes: [{ at: SECOND + 9, bySubject: true, before: NOTHING, after: oidOf(count - 1), fromTheStart: true }],
    requests: [{ repository: 0, openedAt: SECOND, commits, complete: true }],
    answered: new Set([0]),
  });
}

test("ownership: work grows with the commits, however many of a stranger's claim the same second", () => {
  const counted = (count: number): number => {
    const work = worst(count);
    let steps = 0;
    for (let step = work.next(); !step.done; step = work.next()) steps++;
    return steps;
  };
  expect(atOnce(worst(100)).table.rowCount).toBe(0);
  expect(counted(2_000) / counted(1_000)).toBeLessThan(2.2);
  expect(counted(2_000)).toBeLessThan(2_000 * 20);
});
