import { history } from "../../../../src/cli/commands/history/command.ts";
import { historySchema } from "../../../../src/cli/commands/history/schema.ts";
import { afterAll, expect } from "../../../support/jest.ts";
import { type MadeCommit, type MadeRepository, madeRepository } from "../../../support/made-repository.ts";
import { runRecorded } from "../../recording-io.ts";

const made: MadeRepository[] = [];

afterAll(() => {
  for (const repository of made) repository.remove();
});

export function repository(commits: readonly MadeCommit[], mailmap: string | null = null): MadeRepository {
  const found = madeRepository(commits, { mailmap });
  made.push(found);
  return found;
}

export const run = (argv: readonly string[], files: Readonly<Record<string, string>> = {}) =>
  runRecorded(["history", ...argv], [history], { files });

/** What the command says as JSON of the repositories at these paths. */
export async function reportOf(
  paths: readonly string[],
  more: { readonly map?: object; readonly argv?: readonly string[] } = {},
) {
  const map = more.map === undefined ? [] : ["--account-map", "map.json"];
  const ran = await run([...paths, "--json", ...map, ...(more.argv ?? [])], {
    "map.json": JSON.stringify(more.map ?? {}),
  });
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  return historySchema.parse(JSON.parse(ran.stdout));
}

export const report = (commits: readonly MadeCommit[], more: Parameters<typeof reportOf>[1] = {}) =>
  reportOf([repository(commits).path], more);

export const ADA = "Ada Example <ada@example.org>";
export const BO = "Bo Sample <bo@sample.org>";
export const DAY = 86_400;
export const START = Date.UTC(2021, 2, 1, 9) / 1_000;
/** Moments of ordinary work: a day and a bit apart, never at the same second. */
export const moment = (index: number): number =>
  START + index * DAY + ((index * index * 7_919 + index * 104_729) % 25_000);
export const work = (count: number, more: (index: number) => MadeCommit = () => ({})): readonly MadeCommit[] =>
  Array.from({ length: count }, (_, index) => ({ author: ADA, at: moment(index), ...more(index) }));
export const signalsOf = ({
  findings,
}: {
  readonly findings: readonly { readonly signal: string }[];
}): readonly string[] => [...new Set(findings.map(({ signal }) => signal))];
