import { brakeSince, CHECK_BRAKE, heldUntil, TRIAGE_BRAKE } from "../../src/job/brake.ts";
import { expect, test } from "../support/jest.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const ago = (seconds: number): string => new Date(Date.parse(NOW) - seconds * 1_000).toISOString();
const ahead = (seconds: number): string => ago(-seconds);
const NOBODY = { ofPullRequest: [], ofAuthor: [] };

test("a first head waits for nothing", () => {
  expect(heldUntil(NOBODY, NOW, TRIAGE_BRAKE)).toBeNull();
  expect(heldUntil(NOBODY, NOW, CHECK_BRAKE)).toBeNull();
  expect(brakeSince(NOW)).toBe(ago(600));
});

test("the second waits until half a minute after the first, and not when that is over", () => {
  expect(heldUntil({ ofPullRequest: [ago(10)], ofAuthor: [ago(10)] }, NOW, TRIAGE_BRAKE)).toBe(ahead(20));
  expect(heldUntil({ ofPullRequest: [ago(30)], ofAuthor: [ago(30)] }, NOW, TRIAGE_BRAKE)).toBeNull();
});

test("each one done lately doubles the wait after the last of them, up to ten minutes", () => {
  expect(heldUntil({ ofPullRequest: [ago(40), ago(5), ago(200)], ofAuthor: [] }, NOW, TRIAGE_BRAKE)).toBe(ahead(115));
  const many = Array.from({ length: 40 }, (_, index) => ago(index));
  expect(heldUntil({ ofPullRequest: many, ofAuthor: [] }, NOW, TRIAGE_BRAKE)).toBe(ahead(600));
  expect(heldUntil({ ofPullRequest: many, ofAuthor: [] }, NOW, CHECK_BRAKE)).toBe(ahead(300));
});

test("ten of an author go at once, the others one in twelve seconds; checks do not wait for that", () => {
  const ofAuthor = Array.from({ length: 10 }, (_, index) => ago(index * 40 + 2));
  expect(heldUntil({ ofPullRequest: [], ofAuthor }, NOW, TRIAGE_BRAKE)).toBe(ahead(10));
  expect(heldUntil({ ofPullRequest: [], ofAuthor: ofAuthor.slice(1) }, NOW, TRIAGE_BRAKE)).toBeNull();
  expect(heldUntil({ ofPullRequest: [ago(20)], ofAuthor }, NOW, TRIAGE_BRAKE)).toBe(ahead(10));
  expect(heldUntil({ ofPullRequest: [], ofAuthor }, NOW, CHECK_BRAKE)).toBeNull();
});

test("brake: what a clock that ran ahead has noted for tomorrow holds nobody until then", () => {
  const now = "2026-03-02T10:00:00.000Z";
  const tomorrow = Array.from({ length: 12 }, () => "2026-03-03T10:00:00.000Z");
  expect(heldUntil({ ofPullRequest: tomorrow, ofAuthor: tomorrow }, now, TRIAGE_BRAKE)).toBeNull();
  const known = { ofPullRequest: [now, ...tomorrow], ofAuthor: tomorrow };
  expect(heldUntil(known, now, TRIAGE_BRAKE)).toBe("2026-03-02T10:00:30.000Z");
});
