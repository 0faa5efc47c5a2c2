import { readFileSync } from "node:fs";
import { NO_OFFSET } from "./read/table.ts";

/**
 * Clocks compared by date. One place with summer time shows two offsets, so offsets are never counted: what counts is
 * how many time zones of the IANA data base it takes to explain them all, each at its date. Zones stand as numbers;
 * nothing here knows a place.
 */
export interface Zones {
  /** Number of the set of zones whose clocks stood at `offset` then; -1 when none did or nobody knows (before 2005). */
  setAt(seconds: number, offset: number): number;
  /** Fewest zones, by taking the best one again and again, that have a member in every set. */
  needed(sets: Iterable<number>): number;
  /** The zones that `needed` takes, in its order. */
  cover(sets: Iterable<number>): readonly number[];
  /** True when the zone is a member of the set. */
  has(set: number, zone: number): boolean;
}

/** Local clocks at +0000 are servers, containers and conversions as often as people: they are left out. */
export const isComparable = (offset: number): boolean => offset !== 0 && offset !== NO_OFFSET;

let loaded: Zones | null = null;

/** Reads the table on first use: 0.1 MB, a few milliseconds. */
export function zones(): Zones {
  loaded ??= makeZones(JSON.parse(readFileSync(new URL("./zone-offsets.json", import.meta.url), "utf8")));
  return loaded;
}

type Sequence = readonly number[];

/** Moments from which the offsets are known: `zone-offsets.json` begins with 2005 and ends with 2037. */
const KNOWN_FROM = Date.UTC(2005, 0) / 1_000;
const KNOWN_UNTIL = Date.UTC(2038, 0) / 1_000;

function makeZones(sequences: readonly Sequence[]): Zones {
  const changes = sequences.flatMap((sequence) => sequence.filter((_, index) => index % 2 === 1));
  const moments = Float64Array.from(new Set([KNOWN_FROM, ...changes])).sort();
  const offsetsIn: (Int16Array | undefined)[] = [];
  const setOf = new Map<number, number>();
  const sets: (readonly number[])[] = [];
  const numberOf = new Map<string, number>();

  function numbered(members: readonly number[]): number {
    if (members.length === 0) return -1;
    const key = members.join();
    const known = numberOf.get(key);
    if (known !== undefined) return known;
    numberOf.set(key, sets.length);
    return sets.push(members) - 1;
  }

  function offsetsDuring(period: number): Int16Array {
    const known = offsetsIn[period];
    if (known !== undefined) return known;
    const found = Int16Array.from(sequences, (each) => offsetOf(each, moments[period] ?? 0));
    offsetsIn[period] = found;
    return found;
  }

  return {
    setAt(seconds, offset) {
      if (!(seconds >= KNOWN_FROM && seconds < KNOWN_UNTIL)) return -1;
      const period = lastAtOrBefore(moments, seconds);
      const key = period * 4_096 + offset + 2_048;
      const known = setOf.get(key);
      if (known !== undefined) return known;
      const offsets = offsetsDuring(period);
      const members: number[] = [];
      for (let zone = 0; zone < offsets.length; zone++) if (offsets[zone] === offset) members.push(zone);
      const set = numbered(members);
      setOf.set(key, set);
      return set;
    },
    needed(wanted) {
      return this.cover(wanted).length;
    },
    cover(wanted) {
      let left = [...new Set(wanted)].flatMap((set) => (sets[set] ? [sets[set]] : []));
      // Nearly always one zone explains everything: summer time, and nothing else.
      const common = (left[0] ?? []).find((zone) => left.every((members) => members.includes(zone)));
      if (common !== undefined) return [common];
      const taken: number[] = [];
      while (left.length > 0) {
        const zone = mostCommon(left, sequences.length);
        taken.push(zone);
        left = left.filter((members) => !members.includes(zone));
      }
      return taken;
    },
    has: (set, zone) => sets[set]?.includes(zone) ?? false,
  };
}

/** Index of the last moment that is not after `seconds`; the first one is not. */
function lastAtOrBefore(moments: Float64Array, seconds: number): number {
  let low = 0;
  let high = moments.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((moments[middle] ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** Offsets stand at even places, and at odd ones the moments at which the next takes over. */
function offsetOf(sequence: Sequence, seconds: number): number {
  let low = 0;
  let high = sequence.length >> 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sequence[2 * middle - 1] ?? 0) <= seconds) low = middle;
    else high = middle - 1;
  }
  return sequence[2 * low] ?? 0;
}

function mostCommon(left: readonly (readonly number[])[], zoneCount: number): number {
  const counts = new Uint32Array(zoneCount);
  for (const members of left) for (const zone of members) counts[zone] = (counts[zone] ?? 0) + 1;
  let most = 0;
  for (const [zone, count] of counts.entries()) if (count > (counts[most] ?? 0)) most = zone;
  return most;
}
