import { backup } from "../../../../src/cli/commands/backup/command.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded } from "../../recording-io.ts";

const services = { backup: async () => ({ directory: "/data/backup", bytes: 41_000_000 }) };

test("backup: prints where the copy is, for a script, and how large it is beside it", async () => {
  expect(await runRecorded(["backup"], [backup], { services })).toEqual({
    exit: 0,
    stderr: "40 MiB, whole and on the disk.\n",
    stdout: "/data/backup\n",
  });
});

test("backup: takes no argument", async () => {
  const { exit, stderr } = await runRecorded(["backup", "/elsewhere"], [backup], { services });
  expect([exit, stderr.includes("takes no argument")]).toEqual([2, true]);
});
