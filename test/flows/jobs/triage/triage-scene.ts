import type { Flag } from "../../../../src/access/flag.ts";
import type { ChangedFile } from "../../../../src/change/change.ts";
import { plusDays } from "../../../../src/clock.ts";
import type { PullRequestFacts } from "../../../../src/dossier/gateway.ts";
import { triagePullRequestFlow } from "../../../../src/flows/jobs/triage-pull-request.ts";
import type { Report } from "../../../../src/store/store.ts";
import { grant, octoOrg } from "../../../access/graphs.ts";
import { aCommit, anAccount, aPullRequest, no, yes } from "../../../dossier/played-gateway.ts";
import { aReport, REPOSITORY, triage } from "../../../store/samples.ts";
import { ACCOUNT, ADA, DENOUNCED, type Given, NOW, ORDINARY, SPRAYING, scene } from "../../scene.ts";

export const HEAD = "a".repeat(40);
/** When the delivery says that the pull request changed, and the next moment after that. */
export const SAID = plusDays(NOW, -1 / 24);
export const LATER = plusDays(SAID, 1 / 86_400_000);
const PLAIN = triage(1, 7, HEAD);
export const JOB = { ...PLAIN, pullRequest: { ...PLAIN.pullRequest, updatedAt: SAID, author: ACCOUNT } };
export type TriageJob = typeof PLAIN;

/** The author as GitHub names it now, with its first pull request here. */
export const FACTS = aPullRequest({
  author: { ...ADA, createdAt: plusDays(NOW, -20) },
  commits: [aCommit({ authorAccountId: ADA.id, committerAccountId: ADA.id })],
});

export interface About {
  readonly job?: TriageJob;
  readonly facts?: Partial<PullRequestFacts>;
  readonly files?: readonly ChangedFile[];
  /** Reports that there are, each of the number and head and moment that it names. */
  readonly reports?: readonly Report[];
  readonly recent?: readonly string[];
}

/** A pull request of an account about which everything is known and nothing is to be said. */
export function pullRequest({ facts, files = [], reports = [], recent = [] }: About, more: Given) {
  return scene({
    ...more,
    gateway: {
      pullRequest: async () => yes({ ...FACTS, ...facts }),
      pullRequestFiles: async () => yes({ files, truncated: false }),
      fileOnDefaultBranch: async () => no("not_found"),
      ...more.gateway,
    },
    tenant: {
      reportsOfHead: async (_repository, headSha) => reports.filter((one) => one.pullRequest?.headSha === headSha),
      lookToCompare: async () => null,
      reportsOfAccount: async () => [],
      latestReportOf: async () => reports[0] ?? null,
      triagesSince: async () => ({ ofPullRequest: recent, ofAuthor: [] }),
      noteTriage: async () => {},
      cachedAccount: async () => ORDINARY,
      snapshotsOf: async () => [],
      letInBy: async () => [],
      localList: async () => ({ entries: [] }),
      indicatorsOn: async () => [],
      historiesOf: async () => null,
      rolesOf: async () => null,
      settingsOn: async () => ({}),
      reportsOfHolder: async () => [],
      saveReport: async () => {},
      raiseFlag: async () => null,
      ...more.tenant,
    },
  });
}

export async function triaged(about: About = {}, more: Given = {}) {
  const stage = pullRequest(about, more);
  const outcome = await triagePullRequestFlow(stage.context, about.job ?? JOB);
  const [saved] = stage.did("saveReport");
  const flags = stage.did("raiseFlag").map(([flag]) => flag as Omit<Flag, "installationId" | "state">);
  return { ...stage, outcome, report: saved?.[0] as Report | undefined, lookAgain: saved?.[1], flags };
}

export const reportOn = (number: number, createdAt: string, headSha = HEAD): Report =>
  aReport(JOB.installationId, { pullRequest: { number, title: "Fix", headSha, createdAt: SAID }, createdAt });

/** Nobody says yet who the author is, so that GitHub is asked about whoever it names. */
export const STRANGER: Given = {
  gateway: { accountHistory: async () => anAccount() },
  tenant: { cacheAccount: async () => {}, addSnapshot: async () => {} },
};

/** One that asks for a look. */
export const SUSPICIOUS: Given = { tenant: { cachedAccount: async () => SPRAYING, localList: async () => DENOUNCED } };
const ID = String(ADA.id);
/** An organisation where the author holds this role on one repository. */
export const access = (role: Flag["role"], repository: number = REPOSITORY.id) =>
  octoOrg({
    accounts: [{ id: ID, login: ADA.login, kind: "user" }],
    repositories: [{ id: String(repository), name: "demo", visibility: "public", archived: false }],
    grants: [grant(ID, String(repository), role, "team:core")],
  });
