import { plusDays } from "../../../src/clock.ts";
import { dossier, present } from "../../../src/dossier/dossier.ts";
import type { GrantEvent, RecordHere } from "../../../src/dossier/facts.ts";
import type { Report } from "../../../src/store/store.ts";
import { file, filesOf } from "../../signals/given.ts";
import { aReport, REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { triaged } from "../jobs/triage/triage-scene.ts";
import { ACCOUNT, INSTALLATION, NOW } from "../scene.ts";

/** The report that was made when the account was given write, so many days ago. */
function given(days: number, more: Partial<Report> = {}): Report {
  const at = plusDays(NOW, -days);
  const grant: GrantEvent = {
    ...{
      repositoryId: REPOSITORY.id,
      role: "write",
      previousRole: null,
      via: "direct",
      grantedAt: at,
      ssoLinked: null,
    },
  };
  const record: RecordHere = { mergedCount: 2, mergerCount: 2, firstContactAt: plusDays(at, -20) };
  const sections = { "access.grant": present(grant, at), "access.recordHere": present(record, at) };
  const subject = { accountId: ACCOUNT.id, kind: "user" } as const;
  return aReport(INSTALLATION.id, {
    ...{ kind: "collaborator", pullRequest: null, accountId: ACCOUNT.id, repositoryId: REPOSITORY.id },
    ...{ dossier: dossier({ asOf: at, subject }, sections), ...more },
  });
}

const { files } = filesOf(file(".github/workflows/release.yml", ["+on: push"]));

/** What the signal says of a pull request that brings a workflow, and when what it rests on was read. */
async function laddered(reports: readonly Report[], changed = files) {
  const { report, did } = await triaged({ files: changed }, { tenant: { reportsOfHolder: async () => reports } });
  const finding = report?.assessment.findings.find(({ signal }) => signal === "acc-access-ladder");
  const section = report?.dossier.sections["access.lastGrant"];
  return { outcome: finding?.outcome, asOf: section?.state === "present" ? section.asOf : null, did };
}

test("access ladder: a workflow ten days after a quick grant, from the report on that grant", async () => {
  const { outcome, asOf, did } = await laddered([given(10)]);
  expect([outcome, asOf]).toEqual(["fired", plusDays(NOW, -10)]);
  expect(did("reportsOfHolder")).toEqual([[REPOSITORY.id, ACCOUNT.id]]);
});

test.each<[string, readonly Report[], typeof files, string]>([
  ["a grant of long ago", [given(200)], files, "clear"],
  ["the newest of several grants", [given(200), given(10)], files, "fired"],
  ["a pull request that leaves workflows alone", [given(10)], filesOf(file("a.c", ["+int a;"])).files, "clear"],
  ["a report whose evidence is erased", [given(10, { evidenceErased: true })], files, "unknown"],
  ["nobody who was given write", [], files, "unknown"],
])("access ladder: %s", async (_, reports, changed, expected) => {
  expect((await laddered(reports, changed)).outcome).toBe(expected);
});
