import { existsSync, statfsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { InvalidInput, OperatingError } from "../../../errors.ts";
import type { Log } from "../../../log.ts";
import type { Room } from "../../../machine.ts";
import { type Loop, startLoop } from "./loop.ts";

/** Four parts of the embedded database's log, which it makes whole; what is begun can then still be written. */
const NEEDED_BYTES = 64 * 2 ** 20;

/** What is free, for this user, on the disk of a directory that need not be there yet. Costs a few microseconds. */
export function roomAt(directory: string): Room {
  const there = resolve(directory);
  if (!existsSync(there) && dirname(there) !== there) return roomAt(dirname(there));
  const { bavail, bsize } = statfsSync(there);
  return { freeBytes: bavail * bsize, neededBytes: NEEDED_BYTES };
}

/** True when the disk has less than is needed: nothing new is begun then. */
export const isFull = (room: Room | null): boolean => room !== null && room.freeBytes < room.neededBytes;

/** Throws OperatingError `disk_full` in that case. */
export function requireRoom(room: Room | null): void {
  if (room && isFull(room)) throw new OperatingError("disk_full", `disk full: ${inWords(room)}`);
}

/** The same before anything is opened there, for the person who starts the program. Throws InvalidInput. */
export function refuseFullDisk(dataDir: string): void {
  const room = roomAt(dataDir);
  if (!isFull(room)) return;
  throw new InvalidInput([
    { where: dataDir, what: `its disk is full: ${inWords(room)}`, mend: "make room there, or move DATA_DIR" },
  ]);
}

const MIB = 2 ** 20;
const inWords = ({ freeBytes, neededBytes }: Room): string =>
  `${Math.floor(freeBytes / MIB)} MiB free, ${neededBytes / MIB} needed`;

/** Says in the log when the disk becomes full, and when it has room again: once each. */
export function watchRoom(look: () => Room | null, log: Log): Loop {
  let full = false;
  const step = async (): Promise<"idle"> => {
    const room = look();
    if (room === null || isFull(room) === full) return "idle";
    full = !full;
    const fields = { free_bytes: room.freeBytes, needed_bytes: room.neededBytes };
    if (!full) log.info("disk.freed", fields);
    else log.error("disk.filled", fields);
    return "idle";
  };
  return startLoop(step, { name: "room", pollMs: LOOK_MS, log });
}

const LOOK_MS = 10_000;
