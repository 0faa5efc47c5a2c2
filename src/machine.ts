import { type Config, proxyProblem } from "./config.ts";

/** Of the disk of an embedded database. */
export interface Room {
  readonly freeBytes: number;
  /** Below this nothing new is taken in. */
  readonly neededBytes: number;
}

const ABOUT = ["disk", "clock", "proxies", "restart"] as const;

/** One thing about the machine or what stands in front of it; `mend` is null when it is as it should be. */
export interface MachineFinding {
  readonly about: (typeof ABOUT)[number];
  readonly found: string;
  readonly mend: string | null;
}

/** GitHub refuses App tokens whose clock is off by more than a minute; half of it leaves room. */
const MAX_SKEW_SECONDS = 30;
const MIB = 2 ** 20;

/** A line of `/healthz`. */
export const healthLine = ({ about, found, mend }: MachineFinding): string =>
  mend === null ? `${about}: ${found}` : `${about}: ${found}; to mend: ${mend}`;

const HEALTH_LINE = new RegExp(`^(${ABOUT.join("|")}): (.+?)(?:; to mend: (.+))?$`);

/** What such a line says; null for another one. */
export function readHealthLine(line: string): MachineFinding | null {
  const [, named, found = "", mend = null] = HEALTH_LINE.exec(line) ?? [];
  const about = ABOUT.find((known) => known === named);
  return about === undefined ? null : { about, found, mend };
}

/** Room on the disk of an embedded database; null with a server. */
export function diskFinding(room: Room | null): MachineFinding {
  const disk = (found: string, mend: string | null): MachineFinding => ({ about: "disk", found, mend });
  if (room === null) return disk("the database server's own", null);
  const mib = Math.floor(room.freeBytes / MIB);
  const free = mib >= 10 * 1_024 ? `${Math.floor(mib / 1_024).toLocaleString("en")} GiB free` : `${mib} MiB free`;
  if (room.freeBytes >= room.neededBytes) return disk(free, null);
  const needed = `${free}, ${room.neededBytes / MIB} needed: nothing new is taken in`;
  return disk(needed, "make room on the disk of DATA_DIR");
}

/** The clock beside GitHub's, in whole seconds ahead or behind; null before GitHub has answered anything. */
export function clockFinding(differenceSeconds: number | null): MachineFinding {
  const clock = (found: string, mend: string | null): MachineFinding => ({ about: "clock", found, mend });
  if (differenceSeconds === null) return clock("not compared with GitHub's yet", null);
  const found = `${Math.abs(differenceSeconds)} s from GitHub's`;
  if (Math.abs(differenceSeconds) <= MAX_SKEW_SECONDS) return clock(found, null);
  return clock(found, "set this machine's clock, for example with NTP");
}

/**
 * What keeps a process that hangs from being ended, and so from being started again: the first process of a container
 * gets no signal that it did not ask for, SIGKILL from inside included. Null where nothing does.
 */
export function restartFinding(processId: number): MachineFinding | null {
  if (processId !== 1) return null;
  const mend = "put an init before it: `docker run --init`, `init: true` in Compose, or tini as in docker/Dockerfile";
  return { about: "restart", found: "this is process 1, which the watchdog cannot end when it hangs", mend };
}

/** What we believe of the proxies in front of us; `forwarded` when requests said that they came through one. */
export function proxyFinding(web: Config["web"], forwarded: boolean): MachineFinding | null {
  const problem = proxyProblem(web, forwarded);
  return problem && { about: "proxies", found: `${problem.where} ${problem.what}`, mend: problem.mend };
}
