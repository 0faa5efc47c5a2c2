import { escaped, type PageRequest, type PageResponse, page } from "../http/page.ts";
import { checkRunWebhook } from "../payload/check.ts";
import { accountNamed, accountOf, fullName, repositoryNamed } from "../world/lookup.ts";
import type { ChangedFile, PullRequest, Repository, World } from "../world/world.ts";
import type { CheckRun } from "../world/world-apps.ts";

/** What anybody sees of a pull request, of its check runs and of a push; the run's buttons work, as the person chosen. */
export function workPage(request: PageRequest): PageResponse | null {
  return comparisonPage(request) ?? pullRequestOrRun(request);
}

/** What a push brought. */
function comparisonPage({ world, path }: PageRequest): PageResponse | null {
  const [, owner, name, before, after] = /^\/([^/]+)\/([^/]+)\/compare\/(\w+)\.\.\.(\w+)$/.exec(path) ?? [];
  const repository = owner && name ? repositoryNamed(world, owner, name) : undefined;
  if (repository?.visibility !== "public") return null;
  const push = world.branchPushes.findLast(
    (each) => each.repositoryId === repository.id && each.before === before && each.after === after,
  );
  return push === undefined
    ? null
    : page(`Comparing changes of ${push.branch}`, `<p>${linkHome(world, repository)}</p>${filesOf(push.files)}`);
}

const linkHome = (world: World, repository: Repository): string => {
  const name = escaped(fullName(world, repository));
  return `<a href="/${name}">${name}</a>`;
};

const filesOf = (files: readonly ChangedFile[]): string =>
  files.map(({ path, patch }) => `<h3>${escaped(path)}</h3><pre>${escaped(patch ?? "(no patch)")}</pre>`).join("");

function pullRequestOrRun(request: PageRequest): PageResponse | null {
  const [, owner, name, kind, number] = /^\/([^/]+)\/([^/]+)\/(pull|runs)\/(\d+)$/.exec(request.path) ?? [];
  if (owner === undefined || name === undefined) return null;
  const { world } = request;
  const repository = repositoryNamed(world, owner, name);
  if (repository === undefined || repository.visibility !== "public") return null;
  if (kind === "pull") {
    const found = [...world.pullRequests.values()].find(
      (pullRequest) => pullRequest.repositoryId === repository.id && pullRequest.number === Number(number),
    );
    return found === undefined ? null : pullRequestPage(request, repository, found);
  }
  const run = world.checkRuns.get(Number(number));
  if (run === undefined || run.repositoryId !== repository.id) return null;
  return request.method === "POST" ? pressed(request, run) : checkRunPage(world, repository, run);
}

/** Long enough for an App to say something about a new pull request; until then the page looks again by itself. */
const FRESH_MS = 60_000;

function pullRequestPage({ world, now }: PageRequest, repository: Repository, pullRequest: PullRequest): PageResponse {
  const author = pullRequest.authorId === null ? "ghost" : accountOf(world, pullRequest.authorId).login;
  const head = pullRequest.commits.at(-1)?.sha;
  const runs = [...world.checkRuns.values()].filter(
    ({ headSha, repositoryId }) => headSha === head && repositoryId === repository.id,
  );
  const name = fullName(world, repository);
  const checks = runs.map(
    (run) =>
      `<li><a href="/${escaped(name)}/runs/${run.id}">${escaped(run.name)}</a> — ${escaped(run.output.title ?? "")} (${run.conclusion}) · <a href="${escaped(run.detailsUrl)}">Details</a></li>`,
  );
  const isFresh = Date.parse(now) - Date.parse(pullRequest.createdAt) < FRESH_MS;
  const waits = runs.length === 0 && pullRequest.state === "open" && isFresh;
  return page(
    `${pullRequest.title} #${pullRequest.number}`,
    `<p>${linkHome(world, repository)} · opened by ${escaped(author)}</p>
<h2>Checks</h2><ul>${checks.join("") || (waits ? "<li>none yet: this page looks again by itself</li>" : "<li>none</li>")}</ul>
<h2>Files changed</h2>${filesOf(pullRequest.files)}`,
    200,
    waits ? { refreshSeconds: 2 } : {},
  );
}

function checkRunPage(world: World, repository: Repository, run: CheckRun): PageResponse {
  const options = peopleAround(world, repository).map((login) => `<option>${escaped(login)}</option>`);
  const asSomebody = `<label>as <select name="sender">${options.join("")}</select></label>`;
  const buttons = run.actions.map(
    ({ label, identifier }) =>
      `<form method="post"><input type="hidden" name="identifier" value="${escaped(identifier)}"><button>${escaped(label)}</button> ${asSomebody}</form>`,
  );
  return page(
    run.name,
    `<p>${escaped(fullName(world, repository))} · <code>${run.headSha.slice(0, 7)}</code> · ${run.conclusion}</p>
<section><h2>${escaped(run.output.title ?? "")}</h2><p>${escaped(run.output.summary ?? "")}</p>
${buttons.join("")}
<p><a href="${escaped(run.detailsUrl)}">View more details on ${escaped(run.name)}</a></p></section>`,
  );
}

/** Owners and members first, then whoever opened a pull request there. */
function peopleAround(world: World, repository: Repository): readonly string[] {
  const owner = accountOf(world, repository.ownerId);
  const inside = owner.type === "Organization" ? [...owner.owners, ...owner.members] : [owner.id];
  const authors = [...world.pullRequests.values()]
    .filter(({ repositoryId }) => repositoryId === repository.id)
    .flatMap(({ authorId }) => authorId ?? []);
  return [...new Set([...inside, ...authors])].map((id) => accountOf(world, id).login);
}

function pressed({ world, urls, form }: PageRequest, run: CheckRun): PageResponse {
  const sender = accountNamed(world, form.get("sender") ?? "");
  const identifier = form.get("identifier") ?? "";
  if (sender === undefined || !run.actions.some((action) => action.identifier === identifier))
    return page("Not Found", "<p>No such person or button.</p>", 404);
  const deliver = checkRunWebhook({ world, urls }, { run, sender, button: identifier });
  return { ...page("Sent", "<p>The App was told.</p>"), deliver };
}
