import { type Around, findingIn, type Rule, type WorkflowFinding } from "../finding.ts";
import { permissionsOf } from "../permissions.ts";
import { isOpen, type Run, type Way } from "../runs.ts";
import type { Event, Lines } from "../workflow.ts";

/** A job that can prove to be this repository, for others to start. */
export const oidcPublish: Rule = {
  id: "oidc-publish",
  title: "A job that speaks for the repository is open",
  ofRun: (run, around) => ofRun(run, around) ?? [],
};

function ofRun(run: Run, around: Around): readonly WorkflowFinding[] | null {
  const given = grantOf(run);
  // A job that calls another workflow runs nothing itself: the called one's jobs are runs of their own.
  if (given === null || run.job.uses?.kind === "local") return null;
  const open = run.ways.filter((way) => way.cause === "target" && isOpen(way));
  if (open.length > 0) return [ofOutsiders(run, given, open, around)];
  const events = run.events.filter(anyBranch).map(({ name }) => `\`${name}\``);
  return run.job.environment === null && events.length > 0 && publishes(run)
    ? [ofWriters(run, given, events, around)]
    : null;
}

/** The line of this file that gives `id-token: write`; null where it does not. */
function grantOf({ workflow, job }: Run): Lines | null {
  const permissions = permissionsOf(workflow, job);
  const scope = permissions?.scopes.get("id-token") ?? permissions?.scopes.get("*");
  return scope?.access === "write" ? scope : null;
}

const FINE =
  "Ask for the token in a job of its own with a protected `environment`, started by tags or the default branch alone.";

function ofOutsiders(run: Run, lines: Lines, ways: readonly Way[], around: Around): WorkflowFinding {
  const events = [...new Set(ways.map(({ event }) => `\`${event.name}\``))].join(", ");
  return findingIn("oidc-publish", { ...run, ways }, lines, {
    ...{ around, severity: "medium", confidence: "high" },
    fact: `A job that people without write start by ${events} may ask for a token that proves to be this repository.`,
    why: "Whatever runs in the job can sign, publish or log in to a cloud as this repository.",
    fine: FINE,
  });
}

function ofWriters(run: Run, lines: Lines, events: readonly string[], around: Around): WorkflowFinding {
  return findingIn("oidc-publish", run, lines, {
    ...{ around, severity: "low", confidence: "medium" },
    fact: `A job without an environment publishes as this repository, started from any branch by ${events.join(", ")}.`,
    why: "Everybody who can push a branch can publish, whatever the review rules of the default branch are.",
    fine: FINE,
  });
}

/** A push without filters comes from any branch. */
const anyBranch = ({ name, filters }: Event): boolean =>
  name === "push" && !filters.has("branches") && !filters.has("tags");

const PUBLISHING_ACTION =
  /^(?:pypa\/gh-action-pypi-publish|rubygems\/(?:release-gem|configure-rubygems-credentials)|rust-lang\/crates-io-auth-action|aws-actions\/configure-aws-credentials|google-github-actions\/auth|azure\/login|goreleaser\/goreleaser-action|changesets\/action|sigstore\/[\w-]{1,60}|actions\/attest[\w-]{0,40}|jsr-io\/[\w-]{1,40})$/;
const PUBLISHING_COMMAND =
  /\b(?:npm|pnpm|yarn|lerna|bun|cargo|uv|poetry|flit|hatch|deno|jsr|gem|dart\s{1,8}pub|flutter\s{1,8}pub)\s{1,8}(?:run\s{1,8})?(?:npm\s{1,8})?(?:publish|push)\b|\btwine\s{1,8}upload\b|\bcosign\s{1,8}sign\b/;

const publishes = ({ job }: Run): boolean =>
  job.steps.some(
    ({ uses, run }) =>
      PUBLISHING_ACTION.test(uses?.target ?? "") || (run !== null && PUBLISHING_COMMAND.test(run.text)),
  );
