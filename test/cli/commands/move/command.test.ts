import { move } from "../../../../src/cli/commands/move/command.ts";
import { expect, test } from "../../../support/jest.ts";
import { runRecorded } from "../../recording-io.ts";

const services = {
  move: async () => [
    { table: "delivery", rows: 1_200 },
    { table: "report", rows: 34 },
  ],
};

test("move: says how much was copied and what to do next", async () => {
  expect(await runRecorded(["move"], [move], { services })).toEqual({
    exit: 0,
    stderr: "",
    stdout: "1,234 rows of 2 tables copied. Start it with DATABASE_URL now.\n",
  });
});

test("move: takes no address as an argument, because others on the machine could read it there", async () => {
  const { exit, stderr } = await runRecorded(["move", "postgres://user:password@db/x"], [move], { services });
  expect([exit, stderr.includes("password")]).toEqual([2, false]);
});
