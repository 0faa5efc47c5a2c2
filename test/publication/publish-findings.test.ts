import { repositoryId } from "../../src/ids.ts";
import { publicFindings } from "../../src/publication/change-findings.ts";
import { type FindingsChecks, publishChangeFindings } from "../../src/publication/publish-findings.ts";
import { atOnce } from "../../src/slices.ts";
import { file, filesOf, NOW } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";

/** Findings of a diff with so many files that each bring one. */
const findings = (count: number) =>
  atOnce(
    publicFindings({
      ...filesOf(
        ...Array.from({ length: count }, (_, index) =>
          file(`p${index}/.vscode/tasks.json`, ['+{"tasks":[{"command":"x","runOptions":{"runOn":"folderOpen"}}]}']),
        ),
      ),
      readAt: NOW,
    }),
  );

type Seam = "create" | "created" | "add" | "added";

/** GitHub's side: a run that holds what was written, and the requests that it was asked. */
function github() {
  const runs: { readonly externalId: string; readonly paths: string[] }[] = [];
  const asked: string[] = [];
  const writing = (crash: Seam | null, count = 0): FindingsChecks => {
    let left = count;
    const at = (seam: Seam): void => {
      if (seam === crash && left-- === 0) throw new Error(`cut off at ${seam}`);
    };
    return {
      async findFindingsCheck({ externalId }) {
        asked.push("find");
        const id = runs.findLastIndex((run) => run.externalId === externalId);
        return { ok: true, value: id < 0 ? null : { id, annotationCount: runs[id]?.paths.length ?? 0 } };
      },
      async createFindingsCheck({ externalId, annotations }) {
        asked.push(`create ${annotations.length}`);
        at("create");
        runs.push({ externalId, paths: annotations.map(({ path }) => path) });
        at("created");
        return runs.length - 1;
      },
      async addAnnotations({ checkRunId, annotations }) {
        asked.push(`add ${annotations.length}`);
        at("add");
        runs[checkRunId]?.paths.push(...annotations.map(({ path }) => path));
        at("added");
      },
    };
  };
  return { runs, asked, writing };
}

const target = {
  repository: { id: repositoryId(1), owner: "octo-org", name: "wallet" },
  headSha: "a".repeat(40),
  externalId: "of-this-diff",
  isOurs: async () => true,
};

test.each<[number, readonly string[]]>([
  [0, ["find", "create 0"]],
  [1, ["find", "create 1"]],
  [50, ["find", "create 50"]],
  [51, ["find", "create 50", "add 1"]],
  [120, ["find", "create 50", "add 50", "add 20"]],
])("findings: %s annotations go out in requests of fifty, each once", async (count, requests) => {
  const { runs, asked, writing } = github();
  const said = findings(count);
  expect(said.annotations).toHaveLength(count);
  await publishChangeFindings(writing(null), target, said);
  expect(asked).toEqual(requests);
  expect(runs).toEqual([{ externalId: target.externalId, paths: said.annotations.map(({ path }) => path) }]);
  expect(await publishChangeFindings(writing(null), target, said)).toEqual({ writes: 0 });
  expect(runs).toHaveLength(1);
});

test.each<[Seam, number]>([
  ["create", 0],
  ["created", 0],
  ["add", 0],
  ["added", 0],
  ["add", 1],
  ["added", 1],
])(
  "findings: an attempt that is cut off at %s (%s before) goes on there, and nothing stands twice",
  async (seam, before) => {
    const { runs, writing } = github();
    const said = findings(120);
    await expect(publishChangeFindings(writing(seam, before), target, said)).rejects.toThrow("cut off");
    await publishChangeFindings(writing(null), target, said);
    expect(runs).toEqual([{ externalId: target.externalId, paths: said.annotations.map(({ path }) => path) }]);
  },
);

test("findings: whoever lost the work writes nothing more", async () => {
  const { runs, writing } = github();
  const said = findings(120);
  expect(await publishChangeFindings(writing(null), { ...target, isOurs: async () => false }, said)).toBeNull();
  expect(runs).toEqual([]);
  let answers = 1;
  const lost = { ...target, isOurs: async () => answers-- > 0 };
  expect(await publishChangeFindings(writing(null), lost, said)).toBeNull();
  expect(runs[0]?.paths).toHaveLength(50);
});
