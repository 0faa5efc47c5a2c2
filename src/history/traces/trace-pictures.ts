import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { NO_OFFSET } from "../read/table.ts";
import { DAY, instantOf } from "./evidence.ts";
import type { PictureTraces } from "./traces.ts";

const MAX_WEEKS = 520;
const MAX_ROWS = 24;
/** 1970-01-01 was a Thursday: three days after a Monday. */
const MONDAY_SHIFT_DAYS = 3;

/** What the report draws: counts by the account's own clock at each commit, which names no place. */
export function pictureTraces(history: History, subject: Subject): PictureTraces {
  const hours = Array.from({ length: 7 }, () => new Array<number>(24).fill(0));
  const weeks = new Map<number, number>();
  const { table } = history;
  for (const row of history.localRowsOf(subject.identity)) {
    const offset = table.offset[row] ?? NO_OFFSET;
    if (offset === NO_OFFSET) continue;
    const clock = (table.authoredAt[row] ?? 0) + offset * 60;
    const day = Math.floor(clock / DAY);
    const line = hours[(day + MONDAY_SHIFT_DAYS) % 7];
    const hour = Math.floor((clock - day * DAY) / 3_600);
    if (line) line[hour] = (line[hour] ?? 0) + 1;
    const week = Math.floor((day + MONDAY_SHIFT_DAYS) / 7);
    weeks.set(week, (weeks.get(week) ?? 0) + 1);
  }
  return {
    hours,
    weeks: [...weeks]
      .sort(([a], [b]) => a - b)
      .slice(-MAX_WEEKS)
      .map(([week, count]) => ({ monday: instantOf((week * 7 - MONDAY_SHIFT_DAYS) * DAY).slice(0, 10), count })),
    identities: timeline(history, subject.identity),
  };
}

type Kind = PictureTraces["identities"][number]["kind"];

/** When each address, machine and key was in use; numbered in the order of first use within its kind. */
function timeline(history: History, identity: number): PictureTraces["identities"] {
  const { table, people } = history;
  const uses = new Map<
    string,
    { readonly kind: Kind; readonly firstAt: number; lastAt: number; commitCount: number }
  >();
  const use = (kind: Kind, value: string | number, at: number): void => {
    const known = uses.get(`${kind} ${value}`);
    if (known === undefined) uses.set(`${kind} ${value}`, { kind, firstAt: at, lastAt: at, commitCount: 1 });
    else {
      known.lastAt = at;
      known.commitCount += 1;
    }
  };
  for (const row of history.rowsOf(identity)) {
    const person = people[table.author[row] ?? 0];
    if (person?.kind === "ordinary" || person?.kind === "noreply")
      use("address", person.address, table.authoredAt[row] ?? 0);
  }
  for (const row of history.localRowsOf(identity)) {
    const at = table.authoredAt[row] ?? 0;
    const host = people[table.committer[row] ?? 0]?.host;
    if (host) use("machine", host, at);
    const key = table.key[row] ?? -1;
    if (key >= 0) use("key", key, at);
  }
  const counts: Record<Kind, number> = { address: 0, machine: 0, key: 0 };
  const oldest = [...uses.values()].sort((a, b) => a.firstAt - b.firstAt).slice(0, MAX_ROWS);
  return oldest.map(({ kind, firstAt, lastAt, commitCount }) => ({
    kind,
    label: `${kind} ${++counts[kind]}`,
    firstAt: instantOf(firstAt),
    lastAt: instantOf(lastAt),
    commitCount,
  }));
}
