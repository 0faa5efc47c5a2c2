import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { systemClock } from "../../src/clock.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import type { DiskFault } from "../support/failing-disk.ts";
import { type Child, startChildOnFailingDisk } from "./child.ts";
import { eventually } from "./eventually.ts";

let directory = "";
let child: Child | null = null;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "sallyport-failing-"));
});
afterEach(async () => {
  await child?.kill();
  rmSync(directory, { recursive: true, force: true });
});

const ONCE = 1;
const ALWAYS = 1_000_000;

test.each<DiskFault & { readonly what: string }>([
  { what: "one flush of the log fails", call: "sync", path: "/pg_wal/", code: "EIO", times: ONCE },
  { what: "every flush fails", call: "sync", path: "/", code: "EIO", times: ALWAYS },
  { what: "one write of the log fails", call: "write", path: "/pg_wal/", code: "EIO", times: ONCE },
  { what: "no room is left for the log", call: "write", path: "/pg_wal/", code: "ENOSPC", times: ALWAYS },
  { what: "the next part of the log cannot be made", call: "create", path: "/pg_wal/", code: "EDQUOT", times: ALWAYS },
  { what: "one flush of a table fails", call: "sync", path: "/base/", code: "EIO", times: ONCE },
  { what: "the control file cannot be written", call: "write", path: "/pg_control", code: "ENOSPC", times: ONCE },
])(
  "disk: when $what, the process ends at once with one line, and nothing acknowledged is lost",
  async (fault) => {
    const order = join(directory, "fault.json");
    const data = join(directory, "data");
    child = startChildOnFailingDisk(order, "--data", data, "--accept", "guid", "--checkpoint", order);
    await child.opened();
    const { lines, errors } = child;
    await eventually(() => lines.length > 100);
    writeFileSync(order, JSON.stringify(fault));
    // One that turns in a loop for ever ends this test by its time limit.
    const ended = await child.ended;
    expect({ ended, errors }).toEqual({
      ended: { code: 74, signal: null },
      errors: [expect.stringMatching(new RegExp(`^embedded database: .*${fault.code}.*; .* starts again`))],
    });
    const database = await openDatabase({ databaseUrl: null, dataDir: data, clock: systemClock });
    const rows = await database.query((db) => db.selectFrom("delivery").select("guid").execute());
    await database.close();
    const stored = new Set(rows.map(({ guid }) => guid));
    expect(lines.filter((line) => /^guid-/.test(line) && !stored.has(line))).toEqual([]);
  },
  60_000,
);
