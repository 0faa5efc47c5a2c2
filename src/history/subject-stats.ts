import { instantOf } from "./evidence.ts";
import type { History } from "./history.ts";
import { isLocal } from "./history.ts";
import { isCommonHost } from "./machine.ts";
import { isFullName, nameRelation } from "./names.ts";
import { NO_OFFSET } from "./table.ts";
import { namesOf } from "./trace-identity.ts";
import { type LoginUse, loginsOf } from "./trace-renames.ts";
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
  const { table, people, identities } = history;
  const rows = history.rowsOf(identity);
  const [first, last] = [rows[0], rows.at(-1)];
  if (first === undefined || last === undefined) return null;
  const members = identities.list[identity]?.members ?? [];
  const hosts = new Set<string>();
  const keys = new Set<number>();
  const counted = { webFlow: 0, self: 0 };
  for (const row of rows) {
    const committer = people[table.committer[row] ?? 0];
    if (committer?.kind === "web_flow") counted.webFlow++;
    if (!isLocal(history, row)) continue;
    counted.self++;
    if (committer?.host) hosts.add(committer.host);
    const key = table.key[row] ?? -1;
    if (key >= 0) keys.add(key);
  }
  const addresses = members.flatMap((index) =>
    people[index]?.kind === "web_flow" ? [] : (people[index]?.address ?? []),
  );
  return {
    commits: rows.length,
    first: instantOf(table.authoredAt[first] ?? 0),
    last: instantOf(table.authoredAt[last] ?? 0),
    addresses: [...new Set(addresses)].sort(),
    nameCount: namesOf(history, identity).length,
    unrelatedNameCount: unrelatedNames(history, identity),
    logins: loginsOf(history, identity),
    machines: [...hosts].sort().map((host) => ({ host, common: isCommonHost(host) })),
    keys: [...keys].map((key) => table.keys[key] ?? "").sort(),
    ...clocksOf(history, rows),
    webFlowShare: share(counted.webFlow, rows.length),
    selfCommittedShare: share(counted.self, rows.length),
  };
}

const share = (part: number, all: number): number => Math.round((part / all) * 1_000) / 1_000;

function unrelatedNames(history: History, identity: number): number {
  const [first, ...others] = namesOf(history, identity).filter(isFullName);
  return first === undefined ? 0 : others.filter((name) => nameRelation(first, name) === "unrelated").length;
}

function clocksOf(history: History, rows: Int32Array): Pick<SubjectStats, "zonesNeeded" | "clockChanges"> {
  const { table } = history;
  const known = zones();
  const sets = new Set<number>();
  const clockChanges: { at: string; byMinutes: number }[] = [];
  let before = NO_OFFSET;
  for (const row of rows) {
    const offset = table.offset[row] ?? NO_OFFSET;
    if (!isComparable(offset) || !isLocal(history, row)) continue;
    const at = table.authoredAt[row] ?? 0;
    if (before !== NO_OFFSET && offset !== before && clockChanges.length < MAX_CLOCK_CHANGES)
      clockChanges.push({ at: instantOf(at), byMinutes: offset - before });
    before = offset;
    const set = known.setAt(at, offset);
    if (set >= 0) sets.add(set);
  }
  return { zonesNeeded: known.needed(sets), clockChanges };
}
