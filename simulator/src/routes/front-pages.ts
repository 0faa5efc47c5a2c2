import { escaped, type PageRequest, type PageResponse, page } from "../http/page.ts";
import { accessSources, collaboratorIds } from "../world/access.ts";
import { accountNamed, accountOf, fullName, repositoriesOf, repositoryNamed } from "../world/lookup.ts";
import { peopleInOrder } from "../world/people.ts";
import type { Account, PullRequest, Repository, World } from "../world/world.ts";
import { openedBy, openingForm } from "./open-pull-request.ts";

/** The pages around the work: the front page, accounts, public repositories, their files and who has access. */
export function frontPage(request: PageRequest): PageResponse | null {
  const { world, path, method } = request;
  const [, login, name, ...rest] = path.split("/").map(decodeURIComponent);
  if (login === "" && name === undefined) return startPage(world);
  const account = accountNamed(world, login ?? "");
  if (account === undefined) return null;
  if (name === undefined || name === "") return accountPage(world, account);
  const repository = repositoryNamed(world, account.login, name);
  if (repository === undefined || repository.visibility !== "public") return null;
  const place = rest.join("/");
  if (place === "pulls" && method === "POST") return openedBy(request, repository);
  if (place === "" || place === "pulls") return repositoryPage(world, repository);
  if (place === "settings/access") return accessPage(world, repository);
  const [kind, ref = "", ...file] = rest;
  return kind === "blob" ? filePage(world, repository, { ref, path: file.join("/") }) : null;
}

const NEWEST = 30;

function startPage(world: World): PageResponse {
  const organizations = [...world.installations.values()].map(({ accountId }) => accountOf(world, accountId));
  const { introduced } = peopleInOrder(world);
  const people = introduced.map(
    ({ user: { login }, word }) => `<li>${linkTo(`/${login}`, login)} <span class="note">${escaped(word)}</span></li>`,
  );
  return page(
    "Simulated GitHub",
    `<p>Everything here is made up. Repositories with the App installed:</p>
${organizations.map((organization) => repositoryList(world, organization)).join("")}
<h2>People</h2><ul>${people.join("") || "<li>nobody is introduced</li>"}</ul>`,
  );
}

function accountPage(world: World, account: Account): PageResponse {
  const written = [...world.pullRequests.values()].filter(({ authorId }) => authorId === account.id);
  const word = world.introductions.get(account.id);
  return page(
    account.login,
    `<p>${account.type}, since ${account.createdAt.slice(0, 10)}${word === undefined ? "" : ` · ${escaped(word)}`}</p>
<h2>Repositories</h2>${repositoryList(world, account)}
<h2>Pull requests</h2>${pullRequestList(world, written)}`,
  );
}

function repositoryList(world: World, owner: Account): string {
  const shown = repositoriesOf(world, owner.id).filter(({ visibility }) => visibility === "public");
  const items = shown.map(
    (repository) => `<li>${linkTo(`/${fullName(world, repository)}`, fullName(world, repository))}</li>`,
  );
  return `<ul>${items.join("") || "<li>none</li>"}</ul>`;
}

function repositoryPage(world: World, repository: Repository): PageResponse {
  const name = fullName(world, repository);
  const owner = accountOf(world, repository.ownerId).login;
  const here = [...world.pullRequests.values()].filter(({ repositoryId }) => repositoryId === repository.id);
  const files = [...repository.files.keys()].map((path) => `<li>${linkTo(`/${name}/blob/HEAD/${path}`, path)}</li>`);
  const covered = [...world.installations.values()].some(({ accountId }) => accountId === repository.ownerId);
  return page(
    name,
    `<p>${linkTo(`/${owner}`, owner)} · ${linkTo(`/${name}/settings/access`, "who has access")}</p>
${covered ? openingForm(world, repository) : ""}
<h2>Pull requests</h2>${pullRequestList(world, here)}
<h2>Files</h2><ul>${files.join("") || "<li>none</li>"}</ul>`,
  );
}

function pullRequestList(world: World, all: readonly PullRequest[]): string {
  const items = all
    .toSorted((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
    .slice(0, NEWEST)
    .map((each) => {
      const repository = world.repositories.get(each.repositoryId);
      if (repository === undefined) return "";
      const name = `${fullName(world, repository)}#${each.number}`;
      const author = each.authorId === null ? "ghost" : accountOf(world, each.authorId).login;
      return `<li>${linkTo(`/${name.replace("#", "/pull/")}`, each.title)} <span class="note">${escaped(name)} · ${each.state} · ${escaped(author)} · ${each.createdAt.slice(0, 10)}</span></li>`;
    });
  const older = all.length > NEWEST ? `<p class="note">The newest ${NEWEST} of ${all.length}.</p>` : "";
  return `<ul>${items.join("") || "<li>none</li>"}</ul>${older}`;
}

/** As an administrator sees it. */
function accessPage(world: World, repository: Repository): PageResponse {
  const rows = collaboratorIds(world, repository).map((id) => {
    const { login } = accountOf(world, id);
    const sources = accessSources(world, repository, id).map(
      ({ role, source }) => `${role} by ${sourceName(world, source)}`,
    );
    return `<li>${linkTo(`/${login}`, login)} <span class="note">${escaped(sources.join(", "))}</span></li>`;
  });
  const name = fullName(world, repository);
  return page(
    `Who has access to ${name}`,
    `<p>${linkTo(`/${name}`, name)} · Here GitHub changes and removes access; this page only shows it.</p><ul>${rows.join("")}</ul>`,
  );
}

function sourceName(world: World, source: ReturnType<typeof accessSources>[number]["source"]): string {
  if (source.type === "Team") return `the team ${source.name}`;
  return source.type === "Repository" ? "a grant of its own" : `the organisation ${accountOf(world, source.id).login}`;
}

/** A file of the default branch, or as a pull request's head has it. */
function filePage(
  world: World,
  repository: Repository,
  { ref, path }: { readonly ref: string; readonly path: string },
): PageResponse | null {
  const text = textAt(world, repository, { ref, path });
  if (text === null) return null;
  const name = fullName(world, repository);
  const lines = text.split("\n").map((line, index) => `<span id="L${index + 1}">${escaped(line)}</span>`);
  return page(
    path,
    `<p>${linkTo(`/${name}`, name)} · <code>${escaped(ref.slice(0, 12))}</code></p><pre>${lines.join("\n")}</pre>`,
  );
}

function textAt(
  world: World,
  repository: Repository,
  { ref, path }: { readonly ref: string; readonly path: string },
): string | null {
  const changed = [...world.pullRequests.values()]
    .filter(({ repositoryId, commits }) => repositoryId === repository.id && commits.some(({ sha }) => sha === ref))
    .flatMap(({ files }) => files)
    .find((file) => file.path === path);
  if (changed?.text != null) return changed.text;
  const known = ref === "HEAD" || ref === repository.defaultBranch || changed !== undefined;
  return known ? (repository.files.get(path) ?? null) : null;
}

const linkTo = (path: string, text: string): string => `<a href="${escaped(encodeURI(path))}">${escaped(text)}</a>`;
