import { randomUUID } from "node:crypto";
import type { Webhook } from "@sallyport/simulator/src/payload/common.ts";
import type { Played, Step } from "@sallyport/simulator/src/scenarios/step.ts";
import type { CheckRun } from "@sallyport/simulator/src/world/world-apps.ts";
import { keyOf } from "../../../access/keys.ts";
import type { Band } from "../../../assessment/assessment.ts";
import type { Severity } from "../../../change/severity.ts";
import { plusDays } from "../../../clock.ts";
import { deliveryOf } from "../../../delivery/delivery.ts";
import { trimEvent } from "../../../delivery/trim.ts";
import { accountId, installationId, repositoryId } from "../../../ids.ts";
import type { Job } from "../../../job/job.ts";
import { plan } from "../../../job/plan.ts";
import type { Report } from "../../../store/store.ts";
import { whatIfReport } from "../whatif/report.ts";
import { edgeLine, roleLine } from "../whatif/text.ts";
import type { Stage } from "./stage.ts";

/** What one step of the story led to, for people and for scripts. */
export interface StepResult {
  readonly id: string;
  readonly title: string;
  readonly tells: string;
  /** Status the app answered GitHub's delivery with; null when nothing was sent. */
  readonly answered: number | null;
  /** The sealed check run on the head; null when there is none. */
  readonly check: { readonly title: string; readonly conclusion: string; readonly detailsUrl: string } | null;
  readonly report: Summary | null;
  /** Alerts about pushes that nobody reviewed, and what was found. */
  readonly alerts: readonly { readonly repositories: readonly string[]; readonly because: string }[];
  readonly flags: readonly { readonly repository: string; readonly role: string; readonly because: string }[];
  /** What a plan would change, by the last audit; empty for steps that ask nothing. */
  readonly whatIf: readonly string[];
  /** Requests the app made to GitHub because of this step. */
  readonly requests: number;
}

export interface Summary {
  readonly url: string;
  readonly change: Severity | "unknown";
  readonly access: Severity | "unknown";
  readonly account: Band;
  readonly looked: { readonly evaluated: number; readonly applicable: number };
  readonly fired: readonly string[];
  readonly advice: readonly string[];
}

/** Plays one step, waits for its effects and reads them from the store and from the local GitHub. */
export async function happen(stage: Stage, step: Step, now: string): Promise<StepResult> {
  const { simulator, service, gate } = stage;
  const installation = installationId(gate.installation.id);
  const tenant = service.store.tenant(installation);
  const flagsBefore = new Set((await tenant.flags("all")).map(({ id }) => id));
  const pushesBefore = new Set((await tenant.alertedPushes()).map(({ id }) => id));
  const requestsBefore = simulator.ledger.requestsOf().length;
  const played = await step.play(simulator, now);
  if (step.id === "audit")
    await service.store.queue.enqueue([{ kind: "audit-organization", installationId: installation, first: false }]);
  await service.store.queue.enqueue((played.toldOf ?? []).flatMap((webhook) => jobsOf(stage, webhook)));
  await stage.settle();
  const pushes = (await tenant.alertedPushes()).filter(({ id }) => !pushesBefore.has(id));
  const flags = (await tenant.flags("all")).filter(({ id }) => !flagsBefore.has(id));
  const report = await reportOf(stage, played);
  return {
    id: step.id,
    title: step.title,
    tells: step.tells,
    answered: played.delivery?.statusCode ?? null,
    check: checkOf(stage, played),
    report: report && summaryOf(report, urlOf(stage, played, report)),
    alerts: [...Map.groupBy(pushes, ({ alertId }) => alertId).values()].map((burst) => ({
      repositories: burst.map(({ repositoryName }) => repositoryName).toSorted(),
      because: burst[0]?.findings[0]?.fact ?? "",
    })),
    flags: flags.map(({ repositoryName, role, because }) => ({ repository: repositoryName, role, because })),
    whatIf: step.id === "what-if" && played.accountId !== null ? await closedBy(stage, played.accountId) : [],
    requests: simulator.ledger.requestsOf().length - requestsBefore,
  };
}

/** What would go if an account left, and what would stay: a sentence each. */
async function closedBy({ service, gate, clock }: Stage, account: number): Promise<readonly string[]> {
  const snapshot = await service.store.tenant(installationId(gate.installation.id)).latestSnapshot(clock.now());
  if (snapshot === null) return [];
  const { roles, gone, leftToOwners } = whatIfReport(snapshot, { kind: "remove", account: keyOf(accountId(account)) });
  const secrets = gone.filter(({ can }) => can === "read_secret");
  return [
    ...roles.filter(({ to }) => to === null).map(roleLine),
    ...secrets.map((edge) => `no longer: ${edgeLine(edge, false)}`),
    `${leftToOwners.length === 0 ? "every repository keeps" : `${leftToOwners.length} would not keep`} somebody who writes`,
  ];
}

/** The work that a delivery of half a minute ago leads to. */
function jobsOf({ gate, clock }: Stage, { event: name, payload }: Webhook): readonly Job[] {
  const event = trimEvent(name, payload);
  const toldAt = plusDays(clock.now(), -1 / 2_880);
  return event === null ? [] : plan(deliveryOf(event, randomUUID(), toldAt), { appId: gate.app.id });
}

const headOf = ({ pullRequest }: Played): string | null => pullRequest?.commits.at(-1)?.sha ?? null;

async function reportOf({ service, gate }: Stage, played: Played): Promise<Report | null> {
  const tenant = service.store.tenant(installationId(gate.installation.id));
  const headSha = headOf(played);
  if (played.repository === null) return null;
  if (headSha !== null) return (await tenant.reportsOfHead(repositoryId(played.repository.id), headSha))[0] ?? null;
  const recent = await tenant.recentReports(20);
  return recent.find(({ accountId }) => accountId === played.accountId) ?? null;
}

function summaryOf({ assessment, decision }: Report, url: string): Summary {
  const { persona, change, access, coverage, findings } = assessment;
  return {
    url,
    change: change.level,
    access: access.level,
    account: persona.band,
    looked: { evaluated: coverage.evaluatedCount, applicable: coverage.applicableCount },
    fired: findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal),
    advice: decision.advice,
  };
}

function urlOf(stage: Stage, played: Played, report: Report): string {
  return checkRunOf(stage, played)?.detailsUrl ?? `${stage.webUrl}/orgs/${report.installationId}/reports/${report.id}`;
}

function checkOf(stage: Stage, played: Played): StepResult["check"] {
  const run = checkRunOf(stage, played);
  return run && { title: run.output.title ?? "", conclusion: run.conclusion ?? "", detailsUrl: run.detailsUrl };
}

function checkRunOf({ gate }: Stage, played: Played): CheckRun | null {
  const headSha = headOf(played);
  return [...gate.world.checkRuns.values()].find((run) => run.headSha === headSha) ?? null;
}
