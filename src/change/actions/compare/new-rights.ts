import { causeOf, keptToWriters } from "../events.ts";
import { accessTo, permissionsOf } from "../permissions.ts";
import type { Job, Lines, Uses, Workflow } from "../workflow.ts";
import type { WorkflowChange } from "./workflow-change.ts";

/** Scopes by which code, packages, attestations or other workflows' runs change hands. */
const CODE_SCOPES = new Set(["*", "contents", "packages", "id-token", "actions", "attestations", "deployments"]);
/** Events that run the repository's own file with its token although a stranger caused them. */
const RUNS_FOR_STRANGERS = new Set(["pull_request_target", "workflow_run"]);

/** Permissions, triggers, secrets, runners and actions of others that the file did not have before. */
export const newRights = (before: Workflow | null, after: Workflow): readonly WorkflowChange[] => [
  ...newScopes(before, after),
  ...newTriggers(before, after),
  ...newSecrets(before, after),
  ...newRunners(before, after),
  ...newActions(before, after),
];

const growth = (severity: WorkflowChange["severity"], { line, endLine }: Lines, fact: string): WorkflowChange => ({
  ...{ kind: "growth", severity, fact },
  ...{ line, endLine },
});

function newScopes(before: Workflow | null, after: Workflow): readonly WorkflowChange[] {
  const had = before === null ? new Set<string>() : scopesOf(before);
  return after.jobs.flatMap((job) => {
    const same = sameJob(before, job);
    const earlier = before !== null && same !== null ? permissionsOf(before, same) : null;
    const undecided = same !== null && earlier === null;
    return [...(permissionsOf(after, job)?.scopes ?? [])].flatMap(([scope, { access, line, endLine }]) =>
      access === "write" && !writes(earlier, scope)
        ? [scopeGrowth(scope, { line, endLine }, { undecided, elsewhere: had.has(scope) || had.has("*") })]
        : [],
    );
  });
}

function scopeGrowth(
  scope: string,
  lines: Lines,
  { undecided, elsewhere }: { readonly undecided: boolean; readonly elsewhere: boolean },
): WorkflowChange {
  const name = scope === "*" ? "everything" : scope;
  if (elsewhere) return growth("medium", lines, `The change gives one more job write permission on ${name}.`);
  const fact = `The change gives the workflow's token write permission on ${name}`;
  const isGrave = CODE_SCOPES.has(scope);
  // Without a block the repository's default holds, which may write to all of these but tokens for other services.
  if (undecided && scope !== "id-token")
    return growth(isGrave ? "high" : "medium", lines, `${fact}, where the repository's default decided before.`);
  return growth(isGrave ? "critical" : "high", lines, `${fact}.`);
}

const writes = (permissions: Workflow["permissions"], scope: string): boolean =>
  accessTo(scope, permissions) === "write";

function scopesOf(workflow: Workflow): ReadonlySet<string> {
  const blocks = [workflow.permissions, ...workflow.jobs.map(({ permissions }) => permissions)];
  return new Set(
    blocks.flatMap((block) =>
      [...(block?.scopes ?? [])].flatMap(([scope, { access }]) => (access === "write" ? [scope] : [])),
    ),
  );
}

/** The job of the same id; an action has one. */
export const sameJob = (other: Workflow | null, job: Job): Job | null =>
  other?.jobs.find(({ id }) => id === job.id) ?? null;

function newTriggers(before: Workflow | null, after: Workflow): readonly WorkflowChange[] {
  const had = new Set(before?.events.map(({ name }) => name));
  return after.events.flatMap((event) => {
    if (had.has(event.name) || causeOf(event) !== "target") return [];
    const fact = `The change adds the trigger ${event.name}, which runs with the repository's own token and secrets.`;
    if (RUNS_FOR_STRANGERS.has(event.name)) return [growth("critical", event, fact)];
    return [growth(keptToWriters(event) ? "medium" : "high", event, fact)];
  });
}

function newSecrets(before: Workflow | null, after: Workflow): readonly WorkflowChange[] {
  const had = new Set(
    before === null ? [] : [before, ...before.jobs].flatMap(({ secrets }) => secrets.map(({ name }) => name)),
  );
  const inherited = before?.jobs.some(({ inheritsSecrets }) => inheritsSecrets !== null) ?? false;
  const outside = { secrets: after.secrets, inheritsSecrets: null };
  return [outside, ...after.jobs].flatMap(({ secrets, inheritsSecrets }) => [
    ...secrets
      .filter(({ name }) => !had.has(name) && !had.has("*"))
      .map((use) =>
        use.name === "*"
          ? growth("critical", use, "The change hands all secrets on.")
          : growth("high", use, "The change uses a secret that the workflow did not use before."),
      ),
    ...(inheritsSecrets === null || inherited
      ? []
      : [growth("critical", inheritsSecrets, "The change hands all secrets on.")]),
  ]);
}

const isOwn = ({ runsOn }: Job): boolean =>
  runsOn !== null && (runsOn.group !== null || runsOn.labels.includes("self-hosted"));

const newRunners = (before: Workflow | null, after: Workflow): readonly WorkflowChange[] =>
  before?.jobs.some(isOwn)
    ? []
    : after.jobs.flatMap((job) =>
        isOwn(job) && job.runsOn !== null
          ? [growth("high", job.runsOn, "The change runs a job on a self-hosted runner.")]
          : [],
      );

/** GitHub's own actions change as GitHub does. */
const OF_GITHUB = /^(?:actions|github)\//;

const usesOf = (workflow: Workflow | null): readonly Uses[] =>
  workflow?.jobs.flatMap(({ uses, steps }) =>
    [uses, ...steps.map((step) => step.uses)].filter((each) => each !== null),
  ) ?? [];

function newActions(before: Workflow | null, after: Workflow): readonly WorkflowChange[] {
  const earlier = usesOf(before).filter(({ kind }) => kind === "remote");
  const loose = new Set(earlier.filter(({ pinned }) => !pinned).map(({ target }) => target));
  const targets = new Set(earlier.map(({ target }) => target));
  const named = new Map(earlier.map(({ target }) => [target.split("/")[1], target]));
  return usesOf(after).flatMap((uses): readonly WorkflowChange[] => {
    if (uses.kind !== "remote" || OF_GITHUB.test(uses.target)) return [];
    if (!uses.pinned && !loose.has(uses.target))
      return [
        growth("high", uses, "The change calls somebody else's action by a tag or branch that can be moved later."),
      ];
    const other = targets.has(uses.target) ? undefined : named.get(uses.target.split("/")[1]);
    const left = other !== undefined && !usesOf(after).some(({ target }) => target === other);
    return left
      ? [growth("high", uses, "The change calls an action of the same name that belongs to somebody else.")]
      : [];
  });
}
