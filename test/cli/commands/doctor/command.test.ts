import type { DoctorCheck } from "../../../../src/cli/command.ts";
import { doctor } from "../../../../src/cli/commands/doctor/command.ts";
import { OperatingError } from "../../../../src/errors.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const OK: DoctorCheck = { id: "clock", state: "ok", found: "0.2 s off GitHub's", mend: null };
const WRONG: DoctorCheck = {
  id: "webhook_secret",
  state: "wrong",
  found: "is 12 bytes long",
  mend: "set WEBHOOK_SECRET to the output of `openssl rand -hex 32`",
};
const UNKNOWN: DoctorCheck = { id: "permissions", state: "unknown", found: "no credentials", mend: null };

const start = (argv: readonly string[], checks: readonly DoctorCheck[]): Promise<Ran> =>
  runRecorded(["doctor", ...argv], [doctor], { services: { doctor: async () => checks } });

test("doctor: exits 0 when all is well", async () => {
  expect(await start([], [OK])).toEqual({
    exit: 0,
    stderr: "",
    stdout: "Clock  ok           0.2 s off GitHub's\n\nAll well.\n",
  });
});

test("doctor: exits 2 and says how to mend what is missing", async () => {
  expect(await start([], [OK, WRONG, UNKNOWN])).toEqual({
    exit: 2,
    stderr: "",
    stdout: [
      "Clock           ok           0.2 s off GitHub's",
      "Webhook secret  wrong        is 12 bytes long",
      "                to mend:     set WEBHOOK_SECRET to the output of `openssl rand",
      "                             -hex 32`",
      "Permissions     not checked  no credentials",
      "",
      "2 of 3 need a look.",
      "",
    ].join("\n"),
  });
});

test("doctor: has three words for what is absent, wrong and unreachable, and a running server is well", async () => {
  const states = ["absent", "wrong", "unreachable", "running"] as const;
  const words = await Promise.all(states.map((state) => start([], [{ ...OK, state }])));
  expect(words.map(({ exit, stdout }) => [exit, stdout.split(/ +/)[1]])).toEqual([
    [2, "absent"],
    [2, "wrong"],
    [2, "unreachable"],
    [0, "running"],
  ]);
});

test("doctor: gives the checks as JSON", async () => {
  const ran = await start(["--json"], [OK, WRONG]);
  expect(ran.exit).toBe(2);
  expect(JSON.parse(ran.stdout)).toEqual({ schema: "sallyport.doctor/1", checks: [OK, WRONG] });
});

test("doctor: exits 2 when it is given an argument, 3 when it cannot even look", async () => {
  expect((await start(["now"], [])).exit).toBe(2);
  const ran = await runRecorded(["doctor"], [doctor], {
    services: { doctor: () => Promise.reject(new OperatingError("database_unavailable", "no socket")) },
  });
  expect(ran.exit).toBe(3);
});
