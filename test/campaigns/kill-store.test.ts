import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { systemClock } from "../../src/clock.ts";
import { openDatabase } from "../../src/store/postgres/open.ts";
import { startChild } from "../store/child.ts";
import { eventually } from "../store/eventually.ts";
import { afterAll, expect, test } from "../support/jest.ts";

const KILLS = 20;
const dataDir = mkdtempSync(join(tmpdir(), "sallyport-crash-"));
afterAll(() => {
  rmSync(dataDir, { recursive: true, force: true });
});

/** The same moments in every run: after so many acknowledged deliveries, and so many milliseconds more. */
function* moments(seed: number): Generator<{ readonly deliveries: number; readonly ms: number }> {
  let state = seed;
  const below = (limit: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
  for (;;) yield { deliveries: below(400), ms: below(25) };
}

test("crash: after twenty kill -9 at different moments, no acknowledged delivery is missing", async () => {
  const acknowledged: string[] = [];
  const moment = moments(7);
  for (let kill = 0; kill < KILLS; kill += 1) {
    const child = startChild("--data", dataDir, "--accept", `kill-${kill}`);
    await child.opened();
    const { deliveries, ms } = moment.next().value;
    await eventually(() => child.lines.length > deliveries);
    await new Promise((resolve) => setTimeout(resolve, ms));
    await child.kill();
    acknowledged.push(...child.lines.filter((line) => line !== "open"));
  }
  const database = await openDatabase({ databaseUrl: null, dataDir, clock: systemClock });
  const rows = await database.query((db) =>
    db.selectFrom("delivery").select("guid").where("state", "=", "waiting").execute(),
  );
  await database.close();
  const stored = new Set(rows.map(({ guid }) => guid.split("@")[0] ?? ""));
  expect(acknowledged.length).toBeGreaterThan(KILLS);
  expect(acknowledged.filter((guid) => !stored.has(guid))).toEqual([]);
  // What was stored without being acknowledged is at most what was under way at each kill.
  expect(stored.size - acknowledged.length).toBeLessThanOrEqual(KILLS * 8 * 2);
}, 300_000);
