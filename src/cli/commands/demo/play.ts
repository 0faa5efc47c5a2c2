import type { AccessAudit } from "../../../access/audit.ts";
import { auditLevel } from "../../../access/report.ts";
import { signalled } from "../../../boot/signalled.ts";
import { installationId } from "../../../ids.ts";
import type { Io } from "../../command.ts";
import { progressLine } from "../../progress.ts";
import { happen, type StepResult } from "./happened.ts";
import type { DemoResult } from "./result.ts";
import { type Stage, setStage } from "./stage.ts";
import { closing, happenedText, opening } from "./tell.ts";

/** Plays the story; with `once` it ends by itself, else at Ctrl-C. */
export async function playDemo(options: { readonly once: boolean; readonly json: boolean }, io: Io): Promise<number> {
  const stopped = signalled();
  const print = (text: string): void => (options.json ? undefined : io.stdout.write(text));
  const progress = progressLine(io.stderr, "setting the stage …");
  progress.update(0, null);
  const stage = await setStage();
  progress.clear();
  try {
    print(opening(stage));
    const story = await play(stage, print, stopped);
    if (story === "stopped") return 0;
    const result = await resultOf(stage, story);
    print(closing(result, options.once));
    if (options.json) io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
    if (!options.once) await stopped;
    return 0;
  } finally {
    await stage.stop();
  }
}

async function play(
  stage: Stage,
  print: (text: string) => void,
  stopped: Promise<void>,
): Promise<readonly StepResult[] | "stopped"> {
  const { steps } = stage.gate;
  const happened: StepResult[] = [];
  for (const [index, step] of steps.entries()) {
    const next = await Promise.race([happen(stage, step, stage.clock.now()), stopped.then(() => "stopped" as const)]);
    if (next === "stopped") return next;
    print(happenedText(next, { index, count: steps.length }));
    happened.push(next);
    if (index === 0) await Promise.race([stage.passWeek(), stopped]);
  }
  return happened;
}

async function resultOf(stage: Stage, steps: readonly StepResult[]): Promise<DemoResult> {
  const { gate, simulator, service, webUrl } = stage;
  const tenant = service.store.tenant(installationId(gate.installation.id));
  const audit = (await tenant.latestReport())?.report as AccessAudit | undefined; // written by the audit flow as such
  return {
    schema: "sallyport.demo/1",
    steps,
    sealedAlike: new Set([...gate.world.checkRuns.values()].map(publicBytes)).size <= 1,
    audit: audit?.summary ?? null,
    changes: audit?.changes
      ? {
          firstWrite: audit.changes.firstWriteAccounts.length,
          newOutsideWrite: audit.changes.newOutsideWrite?.length ?? null,
        }
      : null,
    auditLevel: audit ? auditLevel(audit) : null,
    openFlags: (await tenant.flags("open")).length,
    violations: simulator.violations.length,
    links: {
      home: webUrl,
      audit: `${webUrl}/orgs/${gate.installation.id}/audit`,
      flags: `${webUrl}/orgs/${gate.installation.id}/flags`,
      pushes: `${webUrl}/orgs/${gate.installation.id}/pushes`,
      playground: `${simulator.url}/${gate.cast.organization.login}/${gate.cast.wallet.name}`,
    },
  };
}

const publicBytes = (run: Stage["gate"]["world"]["checkRuns"] extends Map<number, infer Run> ? Run : never): string =>
  JSON.stringify([run.name, run.status, run.conclusion, run.output, run.actions]);
