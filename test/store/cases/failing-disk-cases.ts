import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../../src/clock.ts";
import { openDatabase } from "../../../src/store/postgres/open.ts";
import type { DiskFault } from "../../support/failing-disk.ts";
import { afterEach, beforeEach, describe, expect, test } from "../../support/jest.ts";
import { type Child, startChildOnFailingDisk } from "../child.ts";
import { eventually } from "../eventually.ts";

/** What the disk refuses once the process works, and what that is called. */
export type NamedFault = DiskFault & { readonly what: string };

/** A database on a disk that fails: each fault ends the process, and costs nothing that was acknowledged. */
export function describeFailingDisk(faults: readonly NamedFault[]): void {
  describe("disk", () => {
    let directory = "";
    let child: Child | null = null;
    beforeEach(() => {
      directory = mkdtempSync(join(tmpdir(), "sallyport-failing-"));
    });
    afterEach(async () => {
      await child?.kill();
      rmSync(directory, { recursive: true, force: true });
    });

    test.each(faults)(
      "when $what, the process ends at once with one line, and nothing acknowledged is lost",
      async (fault) => {
        const order = join(directory, "fault.json");
        const data = join(directory, "data");
        child = startChildOnFailingDisk(order, "--data", data, "--accept", "guid", "--checkpoint", order);
        await child.opened();
        const { lines, errors } = child;
        await eventually(() => lines.length > 100);
        // At one moment: a file that is read while it is written would fail as no disk does.
        writeFileSync(`${order}.new`, JSON.stringify(fault));
        renameSync(`${order}.new`, order);
        const ended = await child.ended;
        expect({ ended, errors }).toEqual({
          ended: { code: 74, signal: null },
          errors: [expect.stringMatching(new RegExp(`^embedded database: .*${fault.code}.*; .* starts again`))],
        });
        const database = await openDatabase({ databaseUrl: null, dataDir: data, clock: systemClock });
        const rows = await database.query((db) => db.selectFrom("delivery").select("guid").execute());
        await database.close();
        const stored = new Set(rows.map(({ guid }) => guid.split("@")[0] ?? ""));
        expect(lines.filter((line) => /^guid-/.test(line) && !stored.has(line))).toEqual([]);
      },
      LIMIT_MS,
    );
  });
}

/** Only ends a process that turns for ever: filling a part of the log takes minutes on a busy machine. */
const LIMIT_MS = 600_000;
