import type { Step, Text } from "../workflow.ts";

/** A text that something interprets as a program. */
export interface Sink {
  readonly text: Text;
  /** For people: "a script", "the script of owner/action". */
  readonly what: string;
}

/** Inputs of well-known actions that are run as code, from their own documentation. */
const CODE_INPUTS: Readonly<Record<string, readonly string[]>> = {
  "actions/github-script": ["script"],
  "azure/cli": ["inlinescript"],
  "azure/powershell": ["inlinescript"],
  "amadevus/pwsh-script": ["script"],
  "appleboy/ssh-action": ["script"],
  "fifsky/ssh-action": ["command"],
  "garygrossgarten/github-action-ssh": ["command"],
  "cross-the-world/ssh-pipeline": ["script"],
  "d3rhase/ssh-command-action": ["command"],
  "nick-fields/retry": ["command", "on_retry_command"],
  "nick-invision/retry": ["command", "on_retry_command"],
  "wandalen/wretry.action": ["command"],
  "jannekem/run-python-script-action": ["script"],
  "satackey/action-js-inline": ["script"],
  "cardinalby/js-eval-action": ["expression"],
  "mikefarah/yq": ["cmd"],
  "sergeysova/jq-action": ["cmd"],
  "devorbitus/yq-action-output": ["cmd"],
  "addnab/docker-run-action": ["run", "options"],
  "reactivecircus/android-emulator-runner": ["script"],
  "matlab-actions/run-command": ["command"],
  "cachix/cachix-action": ["installcommand"],
  "devcontainers/ci": ["runcmd"],
  "vmactions/freebsd-vm": ["run", "prepare"],
  "vmactions/openbsd-vm": ["run", "prepare"],
  "vmactions/solaris-vm": ["run", "prepare"],
  "cross-platform-actions/action": ["run"],
  "uraimo/run-on-arch-action": ["run", "install", "setup"],
  "pguyot/arm-runner-action": ["commands"],
  "tj-actions/cmd": ["command"],
  "mathiasvr/command-output": ["run"],
  "borales/actions-yarn": ["cmd"],
  "bahmutov/npm-install": ["install-command"],
  "cypress-io/github-action": ["command", "start", "build", "install-command"],
  "cloudflare/wrangler-action": ["command", "precommands", "postcommands"],
  "8398a7/action-slack": ["custom_payload"],
  "skitionek/notify-microsoft-teams": ["raw", "overwrite"],
};

/** What a step runs as code: its `run`, and the inputs above. */
export function sinksOf(step: Step): readonly Sink[] {
  const run: readonly Sink[] = step.run === null ? [] : [{ text: step.run, what: "a script" }];
  const target = step.uses?.kind === "remote" ? step.uses.target : "";
  const inputs = Object.hasOwn(CODE_INPUTS, target) ? (CODE_INPUTS[target] ?? []) : [];
  const given = step.with.filter(({ name }) => inputs.includes(name));
  return [...run, ...given.map(({ value }) => ({ text: value, what: `the code that ${target} runs` }))];
}
