import { closedAmong, knownOpen } from "../../../../src/flows/jobs/sweep/find-closed.ts";
import type { InstallationGateway } from "../../../../src/github/gateway.ts";
import type { ClosedPullRequest, Listed } from "../../../../src/github/listing-gateway.ts";
import { repositoryId } from "../../../../src/ids.ts";
import { REPOSITORY } from "../../../store/samples.ts";
import { expect, test } from "../../../support/jest.ts";
import { played } from "../../played.ts";

const day = (number: number): string => `2026-03-${String(number).padStart(2, "0")}T00:00:00.000Z`;
const closedOn = (number: number, on: number): ClosedPullRequest => ({ number, updatedAt: day(on) });

/** What is found of 1 and 2, first looked at on the 10th and 12th, on these pages; and how many further ones were read. */
async function found(pages: readonly (readonly ClosedPullRequest[])[], since: number | null, endless = false) {
  let read = 0;
  const page = (index: number): Listed<ClosedPullRequest> => ({
    items: pages[index] ?? [closedOn(9, 30)],
    next: endless || index + 1 < pages.length ? String(index + 1) : null,
  });
  const gateway = played<InstallationGateway>({
    moreClosed: async (_repository, after) => {
      read += 1;
      return { ok: true, value: page(Number(after)) };
    },
  });
  const closed = await closedAmong(gateway, {
    repository: REPOSITORY,
    first: { openCount: 0, open: { items: [], next: null }, closed: page(0) },
    unlisted: new Map([
      [1, day(10)],
      [2, day(12)],
    ]),
    since: since === null ? null : day(since),
  });
  return { closed, read };
}

test.each<[string, Parameters<typeof found>, Awaited<ReturnType<typeof found>>]>([
  ["both stand on the first page", [[[closedOn(2, 20), closedOn(1, 19)], []], null], { closed: [2, 1], read: 0 }],
  ["one is on neither page", [[[closedOn(2, 20)], [closedOn(5, 19)]], null], { closed: [2], read: 1 }],
  ["nothing is listed", [[[]], null], { closed: [], read: 0 }],
  ["a page ends at their first look", [[[closedOn(5, 10)], [closedOn(1, 10)]], null], { closed: [1], read: 1 }],
  ["a page ends before their first look", [[[closedOn(5, 9)], [closedOn(1, 9)]], null], { closed: [], read: 0 }],
  [
    "a page begins after their first look and ends before it",
    [[[closedOn(6, 11), closedOn(5, 9)], [closedOn(1, 9)]], null],
    { closed: [], read: 0 },
  ],
  ["a page ends where all is known", [[[closedOn(5, 15)], [closedOn(1, 15)]], 15], { closed: [1], read: 1 }],
  ["a page ends before that", [[[closedOn(5, 14)], [closedOn(1, 14)]], 15], { closed: [], read: 0 }],
  ["the list has no end: twenty further pages", [[[closedOn(5, 30)]], null, true], { closed: [], read: 20 }],
])("closed ones: %s", async (_, given, expected) => {
  expect(await found(...given)).toEqual(expected);
});

test("closed ones: what is open as far as we know stands by repository and number", () => {
  const row = (repository: number, number: number) => ({
    ...{ repository: repositoryId(repository), number, firstReportAt: day(number) },
  });
  expect(knownOpen([row(5, 1), row(6, 1), row(5, 2)])).toEqual(
    new Map([
      [
        5,
        new Map([
          [1, day(1)],
          [2, day(2)],
        ]),
      ],
      [6, new Map([[1, day(1)]])],
    ]),
  );
});
