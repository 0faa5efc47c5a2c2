import { takeId } from "../build/build.ts";
import type { Handler, RestRequest, RestResponse } from "../http/request.ts";
import { failure, fields, forbidden, listOf, notFound, ok, pageOf, textOf } from "../http/request.ts";
import { checkRunView } from "../represent/check-run.ts";
import { headSha, repositoryNamed } from "../world/lookup.ts";
import { nodeId } from "../world/nodes.ts";
import type { Repository, World } from "../world/world.ts";
import type { CheckOutput, CheckRun } from "../world/world-apps.ts";

export const checkRoutes: Readonly<Record<string, Handler>> = {
  "checks/create": createCheckRun,
  "checks/update": (request) => {
    const run = runOf(request);
    if (run === undefined) return notFound();
    if (run.appId !== appIdOf(request)) return forbidden();
    const problem = problemOf(fields(request.body));
    if (problem !== null) return failure(422, problem);
    change(run, request);
    return ok(checkRunView(request.urls, request.world, run));
  },
  "checks/get": (request) => {
    const run = runOf(request);
    return run === undefined ? notFound() : ok(checkRunView(request.urls, request.world, run));
  },
  "checks/list-for-ref": listForRef,
};

function createCheckRun(request: RestRequest): RestResponse {
  const { world, now, urls } = request;
  const repository = repositoryIn(request);
  const appId = appIdOf(request);
  const body = fields(request.body);
  if (repository === undefined || appId === null) return forbidden();
  const sha = textOf(body.head_sha) ?? "";
  if (!commitsIn(world, repository).has(sha)) return failure(422, `No commit found for SHA: ${sha}`);
  const problem = problemOf(body);
  if (problem !== null) return failure(422, problem);
  const id = takeId(world);
  const suite = [...world.checkRuns.values()].find(
    (run) => run.repositoryId === repository.id && run.headSha === sha && run.appId === appId,
  );
  const run: CheckRun = {
    id,
    nodeId: nodeId("CheckRun", id),
    suiteId: suite?.suiteId ?? takeId(world),
    appId,
    repositoryId: repository.id,
    headSha: sha,
    name: textOf(body.name) ?? "",
    externalId: "",
    detailsUrl: world.apps.get(appId)?.externalUrl ?? urls.html,
    status: "queued",
    conclusion: null,
    startedAt: now,
    completedAt: null,
    output: { title: null, summary: null, text: null, annotationCount: 0 },
    actions: [],
  };
  world.checkRuns.set(id, run);
  change(run, request);
  return { status: 201, body: checkRunView(urls, world, run) };
}

/** Writes the sent fields over the run; a conclusion completes it, as on GitHub. */
function change(run: CheckRun, { body: sent, now }: RestRequest): void {
  const body = fields(sent);
  run.name = textOf(body.name) ?? run.name;
  run.externalId = textOf(body.external_id) ?? run.externalId;
  run.detailsUrl = textOf(body.details_url) ?? run.detailsUrl;
  run.conclusion = textOf(body.conclusion) ?? run.conclusion;
  const status = run.conclusion === null ? textOf(body.status) : "completed";
  if (status === "queued" || status === "in_progress" || status === "completed") run.status = status;
  run.startedAt = textOf(body.started_at) ?? run.startedAt;
  run.completedAt = run.status === "completed" ? (textOf(body.completed_at) ?? now) : null;
  if (body.output !== undefined) run.output = outputOf(run.output, fields(body.output));
  if (body.actions !== undefined) run.actions = listOf(body.actions).map(actionOf);
}

/** Annotations add up over updates; everything else is replaced. */
const outputOf = (before: CheckOutput, output: Readonly<Record<string, unknown>>): CheckOutput => ({
  title: textOf(output.title) ?? before.title,
  summary: textOf(output.summary) ?? before.summary,
  text: textOf(output.text) ?? before.text,
  annotationCount: before.annotationCount + listOf(output.annotations).length,
});

function actionOf(value: unknown): CheckRun["actions"][number] {
  const { label, description, identifier } = fields(value);
  return { label: textOf(label) ?? "", description: textOf(description) ?? "", identifier: textOf(identifier) ?? "" };
}

/** A rule that GitHub's schema leaves to its prose. */
const problemOf = (body: Readonly<Record<string, unknown>>): string | null =>
  body.status === "completed" && body.conclusion === undefined
    ? "Invalid request.\n\nconclusion is required when status is completed."
    : null;

function listForRef(request: RestRequest): RestResponse {
  const { world, query, urls } = request;
  const repository = repositoryIn(request);
  if (repository === undefined) return notFound();
  const sha = shaOf(world, repository, request.params.ref ?? "");
  const found = [...world.checkRuns.values()].filter(
    (run) =>
      run.repositoryId === repository.id &&
      run.headSha === sha &&
      matches(query, "check_name", run.name) &&
      matches(query, "app_id", String(run.appId)) &&
      matches(query, "status", run.status),
  );
  const newest = query.get("filter") === "all" ? found : latestPerName(found);
  const { slice, headers } = pageOf(request, newest);
  return ok({ total_count: newest.length, check_runs: slice.map((run) => checkRunView(urls, world, run)) }, headers);
}

const matches = (query: URLSearchParams, name: string, value: string): boolean =>
  query.get(name) === null || query.get(name) === value;

const latestPerName = (runs: readonly CheckRun[]): readonly CheckRun[] => [
  ...new Map(runs.map((run) => [`${run.suiteId}/${run.name}`, run])).values(),
];

/** A branch name as its head, a SHA as itself. */
function shaOf(world: World, repository: Repository, ref: string): string {
  if (ref === repository.defaultBranch) return repository.commits[0]?.sha ?? ref;
  const branch = [...world.pullRequests.values()].find(
    ({ head }) => head.repositoryId === repository.id && head.branch === ref,
  );
  return branch === undefined ? ref : headSha(branch);
}

const commitsIn = (world: World, repository: Repository): ReadonlySet<string> =>
  new Set([
    ...repository.commits.map(({ sha }) => sha),
    ...[...world.pullRequests.values()]
      .filter(({ repositoryId }) => repositoryId === repository.id)
      .flatMap(({ commits }) => commits.map(({ sha }) => sha)),
  ]);

const repositoryIn = ({ world, params }: RestRequest): Repository | undefined =>
  repositoryNamed(world, params.owner ?? "", params.repo ?? "");

const runOf = (request: RestRequest): CheckRun | undefined => {
  const run = request.world.checkRuns.get(Number(request.params.check_run_id));
  return run !== undefined && run.repositoryId === repositoryIn(request)?.id ? run : undefined;
};

const appIdOf = ({ caller }: RestRequest): number | null => (caller.kind === "installation" ? caller.app.id : null);
