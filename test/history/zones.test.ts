import { zones } from "../../src/history/zones.ts";
import { expect, test } from "../support/jest.ts";

const at = (day: string): number => Date.parse(`${day}T12:00:00Z`) / 1_000;
const setsOf = (...clocks: readonly (readonly [day: string, offset: number])[]) =>
  clocks.map(([day, offset]) => zones().setAt(at(day), offset));

test("zones: winter and summer of one place need one zone", () => {
  expect(zones().needed(setsOf(["2021-01-10", 60], ["2021-07-10", 120], ["2022-01-10", 60]))).toBe(1);
});

test("zones: the two offsets of a summer time at the wrong time of the year need two", () => {
  expect(zones().needed(setsOf(["2021-01-10", 60], ["2021-01-20", 120]))).toBe(2);
});

test("zones: south of the equator summer is in January", () => {
  expect(zones().needed(setsOf(["2021-01-10", 660], ["2021-07-10", 600]))).toBe(1);
});

test("zones: clocks around the world need as many zones as there are", () => {
  expect(zones().needed(setsOf(["2021-01-10", -480], ["2021-01-11", 60], ["2021-01-12", 540]))).toBe(3);
});

test("zones: what no clock ever showed, and what nobody knows, is left out", () => {
  expect(setsOf(["2021-01-10", 17], ["1999-01-10", 60], ["2040-01-10", 60])).toEqual([-1, -1, -1]);
  expect(zones().setAt(Number.NaN, 60)).toBe(-1);
  expect(zones().needed([-1])).toBe(0);
});

test("zones: nothing in the table names a place", () => {
  expect(JSON.stringify(zones().cover(setsOf(["2021-01-10", 60])))).toMatch(/^\[\d+\]$/);
});
