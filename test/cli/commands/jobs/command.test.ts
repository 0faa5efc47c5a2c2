import type { SetAsideWork } from "../../../../src/cli/command.ts";
import { jobs } from "../../../../src/cli/commands/jobs/command.ts";
import { jobsSchema } from "../../../../src/cli/commands/jobs/schema.ts";
import { installationId } from "../../../../src/ids.ts";
import type { SetAside } from "../../../../src/store/store.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const GIVEN_UP: SetAside = {
  id: "job:12",
  what: "job",
  state: "set_aside",
  kind: "triage-pull-request",
  installationId: installationId(7),
  repository: "octo-org/wallet",
  since: "2026-11-23T10:00:00.000Z",
  because: "unexpected error",
};

/** A store with one job set aside. */
const start = async (...argv: readonly string[]): Promise<Ran & { readonly asked: readonly unknown[] }> => {
  const asked: unknown[] = [];
  const setAside = async (retry: readonly string[] | "all"): Promise<SetAsideWork> => {
    asked.push(retry);
    const hit = retry === "all" || retry.includes(GIVEN_UP.id);
    return hit ? { setAside: [], retried: [GIVEN_UP.id] } : { setAside: [GIVEN_UP], retried: [] };
  };
  return { ...(await runRecorded(["jobs", ...argv], [jobs], { services: { setAside } })), asked };
};

test("jobs: lists what was set aside and why", async () => {
  expect(await start()).toEqual({
    exit: 0,
    stderr: "",
    stdout: [
      "job:12  triage-pull-request  octo-org/wallet  since 2026-11-23T10:00:00.000Z",
      "  Sallyport made a mistake each time; its log names the place.",
      "",
    ].join("\n"),
    asked: [[]],
  });
});

test("jobs: --json prints sallyport.jobs/1", async () => {
  const { stdout, exit } = await start("--json");
  const expected = { schema: "sallyport.jobs/1", setAside: [GIVEN_UP], retried: [] };
  expect([exit, jobsSchema.parse(JSON.parse(stdout))]).toEqual([0, expected]);
});

test("jobs: --retry puts one back, --retry-all all of them", async () => {
  for (const argv of [["--retry", "job:12"], ["--retry-all"]]) {
    const { stdout, exit } = await start(...argv);
    expect([exit, stdout]).toEqual([0, "job:12: put back, to be tried again\nNothing is set aside.\n"]);
  }
});

test("jobs: an id that is not set aside is wrong input, and says how to mend it", async () => {
  const { exit, stderr } = await start("--retry", "job:13", "--retry", "job:12");
  expect([exit, stderr]).toEqual([
    2,
    "sallyport jobs --retry job:13: nothing of this id is set aside; `sallyport jobs` lists what is\n",
  ]);
});
