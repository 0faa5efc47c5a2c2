import { present } from "../../../../src/dossier/dossier.ts";
import type { Report } from "../../../../src/store/store.ts";
import { changeSection } from "../../../../src/web/pages/report/findings.ts";
import { sinceReview } from "../../../../src/web/pages/report/since.ts";
import { file, filesOf } from "../../../signals/given.ts";
import { expect, test } from "../../../support/jest.ts";
import { NOW, report, SIGNALS } from "../../support/reports.ts";

const REVIEWED = { byAccountId: 802, byLogin: "milo-example", at: "2026-11-23T09:00:00.000Z" } as Report["reviewed"];
const now = report();
const earlier = (more: Partial<Report> = {}): Report =>
  report({
    id: "rep-412-before",
    createdAt: "2026-11-23T08:00:00.000Z",
    pullRequest: { ...now.pullRequest!, headSha: "9".repeat(40) },
    reviewed: REVIEWED,
    ...more,
  });
/** The same head before the task was there. */
const harmless = (): Report => {
  const before = earlier();
  const files = present(filesOf(file(".vscode/tasks.json", ["+{}"], { status: "modified" })), NOW);
  return {
    ...before,
    assessment: { ...before.assessment, findings: [] },
    dossier: { ...before.dossier, sections: { ...before.dossier.sections, "change.files": files } },
  };
};

async function section(kept: readonly Report[], shown: Report = now): Promise<string> {
  const tenant = { report: async (id: string) => kept.find((each) => each.id === id) ?? null };
  const since = await sinceReview(tenant, shown, [shown, ...kept]);
  const signals = new Map(SIGNALS.map((signal) => [signal.id, signal]));
  const view = { report: shown, since, now: NOW, context: { githubUrl: "https://github.com", signals } };
  return changeSection(view)
    .markup.replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

test("since the review: what came later is marked new, with the files that differ", async () => {
  const text = await section([harmless()]);
  expect(text).toContain("Since the review of 9999999 by milo-example");
  expect(text).toContain("1 finding is new , 0 stood there then");
  expect(text).toContain("1 file differs by content.");
  expect(text).toContain("new since the review");
});

test("since the review: what stood there is not new, though every SHA is another", async () => {
  const text = await section([earlier()]);
  expect(text).toContain("0 findings are new , 1 stood there then");
  expect(text).toContain("Every file holds what it held.");
  expect(text).toContain("seen at the review");
});

test("since the review: says so when the evidence of then is deleted", async () => {
  const text = await section([earlier({ evidenceErased: true })]);
  expect(text).toContain("cannot be told: the evidence of then is deleted");
  expect(text).not.toContain("pipes it into a shell. new since");
});

test.each<[string, readonly Report[], Report]>([
  ["nobody reviewed an earlier head", [earlier({ reviewed: null })], now],
  ["somebody reviewed this one", [earlier()], report({ reviewed: REVIEWED })],
  ["the reviewed one is newer", [earlier({ createdAt: "2026-11-23T15:00:00.000Z" })], now],
  ["it was read once", [], now],
])("since the review: nothing is said where %s", async (_, kept, shown) => {
  expect(await section(kept, shown)).not.toMatch(/review/i);
});
