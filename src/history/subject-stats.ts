import type { History } from "./history.ts";
import { isCommonHost } from "./people/machine.ts";
import { isFullName, nameRelation } from "./people/names.ts";
import { NO_OFFSET } from "./read/table.ts";
import { instantOf } from "./traces/evidence.ts";
import { namesOf } from "./traces/trace-identity.ts";
import { type LoginUse, loginsOf } from "./traces/trace-renames.ts";
import { isComparable, zones } from "./zones.ts";

/** What one identity looks like in the histories that were read; counts, and texts only where they name no person. */
export interface SubjectStats {
  readonly commits: number;
  /** Author dates. */
  readonly first: string;
  readonly last: string;
  readonly addresses: readonly string[];
  readonly nameCount: number;
  /** Full names that have nothing in common with its most used one. */
  readonly unrelatedNameCount: number;
  readonly logins: readonly LoginUse[];
  /** Hosts git made addresses from, and whether images and devices are delivered with such a name. */
  readonly machines: readonly { readonly host: string; readonly common: boolean }[];
  readonly keys: readonly string[];
  /** Fewest time zones that explain the clocks of its local commits, each at its date. */
  readonly zonesNeeded: number;
  /** Changes of the clock from one local commit to the next, in minutes; where it stood is left out. */
  readonly clockChanges: readonly { readonly at: string; readonly byMinutes: number }[];
  readonly webFlowShare: number;
  readonly selfCommittedShare: number;
}

const MAX_CLOCK_CHANGES = 50;

/** The numbers of one identity; null when none of its commits has a date. */
export function statsOf(history: History, identity: number): SubjectStats | null {
  const { authoredAt } = history.table;
  const rows = history.rowsOf(identity);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const local = history.localRowsOf(identity);
  const names = namesOf(history, identity);
  return {
    commits: rows.length,
    first: instantOf(authoredAt[first] ?? 0),
    last: instantOf(authoredAt[last] ?? 0),
    addresses: addressesOf(history, identity),
    nameCount: names.length,
    unrelatedNameCount: unrelatedCount(names, mostUsedName(history, rows)),
    logins: loginsOf(history, identity),
    machines: machinesOf(history, local),
    keys: keysOf(history, local),
    ...clocksOf(history, local),
    webFlowShare: share(webFlowCount(history, rows), rows.length),
    selfCommittedShare: share(local.length, rows.length),
  };
}

function addressesOf({ people, identities }: History, identity: number): readonly string[] {
  const found = new Set<string>();
  for (const index of identities.list[identity]?.members ?? []) {
    const person = people[index];
    if (person && person.kind !== "web_flow") found.add(person.address);
  }
  return [...found].sort();
}

function machinesOf({ table, people }: History, local: Int32Array): SubjectStats["machines"] {
  const hosts = new Set<string>();
  for (const row of local) {
    const host = people[table.committer[row] ?? 0]?.host;
    if (host) hosts.add(host);
  }
  return [...hosts].sort().map((host) => ({ host, common: isCommonHost(host) }));
}

function keysOf({ table }: History, local: Int32Array): readonly string[] {
  const keys = new Set<number>();
  for (const row of local) {
    const key = table.key[row] ?? -1;
    if (key >= 0) keys.add(key);
  }
  return [...keys].map((key) => table.keys[key] ?? "").sort();
}

function webFlowCount({ table, people }: History, rows: Int32Array): number {
  let count = 0;
  for (const row of rows)
    if (table.mergedOnWeb[row] === 1 || people[table.committer[row] ?? 0]?.kind === "web_flow") count++;
  return count;
}

const share = (part: number, all: number): number => Math.round((part / all) * 1_000) / 1_000;

/** Of those used equally often the first in the alphabet; null when no commit has a full name. */
function mostUsedName({ table, people }: History, rows: Int32Array): string | null {
  const uses = new Map<number, number>();
  for (const row of rows) uses.set(table.author[row] ?? 0, (uses.get(table.author[row] ?? 0) ?? 0) + 1);
  const counts = new Map<string, number>();
  for (const [index, count] of uses) {
    const name = people[index]?.name ?? "";
    if (isFullName(name)) counts.set(name, (counts.get(name) ?? 0) + count);
  }
  const [most] = [...counts].sort(([a, count], [b, other]) => other - count || (a < b ? -1 : 1));
  return most?.[0] ?? null;
}

const unrelatedCount = (names: readonly string[], mostUsed: string | null): number =>
  mostUsed === null ? 0 : names.filter((name) => nameRelation(mostUsed, name) === "unrelated").length;

function clocksOf({ table }: History, local: Int32Array): Pick<SubjectStats, "zonesNeeded" | "clockChanges"> {
  const known = zones();
  const sets = new Set<number>();
  const clockChanges: { at: string; byMinutes: number }[] = [];
  let before = NO_OFFSET;
  for (const row of local) {
    const offset = table.offset[row] ?? NO_OFFSET;
    if (!isComparable(offset)) continue;
    const at = table.authoredAt[row] ?? 0;
    if (before !== NO_OFFSET && offset !== before && clockChanges.length < MAX_CLOCK_CHANGES)
      clockChanges.push({ at: instantOf(at), byMinutes: offset - before });
    before = offset;
    const set = known.setAt(at, offset);
    if (set >= 0) sets.add(set);
  }
  return { zonesNeeded: known.needed(sets), clockChanges };
}
