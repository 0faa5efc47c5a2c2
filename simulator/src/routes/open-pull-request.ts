import { addRepository } from "../build/build.ts";
import { openPullRequest } from "../build/build-work.ts";
import { escaped, type PageRequest, type PageResponse, page, redirect } from "../http/page.ts";
import { pullRequestWebhook } from "../payload/pull-request.ts";
import { PREPARED_CHANGES } from "../scenarios/prepared-changes.ts";
import { effectiveRole, roleRank } from "../world/access.ts";
import { fullName, userNamed } from "../world/lookup.ts";
import { peopleInOrder } from "../world/people.ts";
import type { Repository, User, World } from "../world/world.ts";

/** GitHub takes titles of at most this many characters. */
const LONGEST_TITLE = 256;

/** Lets a visitor act: opens a pull request as anybody, with one of a few changes. */
export function openingForm(world: World, repository: Repository): string {
  const { introduced, others } = peopleInOrder(world);
  // Whoever signs in to read is somebody inside, and nobody reads the report about himself.
  const outsider = introduced.find(({ user }) => effectiveRole(world, repository, user.id) === null);
  const option = ({ login }: User): string => `<option>${escaped(login)}</option>`;
  const authors = [
    ...introduced.map(
      ({ user, word }) =>
        `<option value="${escaped(user.login)}"${user === outsider?.user ? " selected" : ""}>${escaped(`${user.login}: ${word}`)}</option>`,
    ),
    ...(others.length > 0 ? [`<optgroup label="Everybody else">${others.map(option).join("")}</optgroup>`] : []),
  ];
  const changes = PREPARED_CHANGES.map(
    ({ id, says }, index) =>
      `<label class="choice"><input type="radio" name="change" value="${id}"${index === 0 ? " checked" : ""}> ${escaped(says)}</label>`,
  );
  return `<section id="open"><h2>Open a pull request yourself</h2>
<form method="post" action="/${escaped(fullName(world, repository))}/pulls" class="opening">
<label for="author">As</label><select id="author" name="author">${authors.join("")}</select>
<label for="title">Title</label><input id="title" name="title" maxlength="${LONGEST_TITLE}" placeholder="as the change says it, when left empty">
<fieldset><legend>A change that</legend>${changes.join("")}</fieldset>
<button class="primary">Create pull request</button>
<p class="note">The App is told by webhook, as GitHub tells it. Nobody reads the report about himself: read it as somebody else, the owner for example.</p>
</form></section>`;
}

/** The form's answer: the pull request, from a fork where the author may not push, and the webhook that belongs to it. */
export function openedBy(request: PageRequest, repository: Repository): PageResponse {
  const { world, urls, form, now } = request;
  const author = userNamed(world, form.get("author") ?? "");
  const change = PREPARED_CHANGES.find(({ id }) => id === form.get("change"));
  if (author === undefined || change === undefined || repository.archived)
    return page("Not opened", "<p>No such person or change, or the repository is archived.</p>", 422);
  const title = (form.get("title") ?? "").trim() || change.title;
  if (title.length > LONGEST_TITLE)
    return page("Not opened", `<p>A title has at most ${LONGEST_TITLE} characters.</p>`, 422);
  const pullRequest = openPullRequest(world, repository, {
    author,
    title,
    at: now,
    files: change.files(repository),
    ...(mayPush(world, repository, author) ? {} : { from: forkOf(world, repository, { owner: author, now }) }),
  });
  const deliver = pullRequestWebhook({ world, urls }, { pullRequest, action: "opened", sender: author });
  return { ...redirect(`/${fullName(world, repository)}/pull/${pullRequest.number}`), deliver };
}

function mayPush(world: World, repository: Repository, { id }: User): boolean {
  const role = effectiveRole(world, repository, id);
  return role !== null && roleRank(role) >= roleRank("write");
}

/** One fork a person, as on GitHub. */
function forkOf(
  world: World,
  parent: Repository,
  { owner, now }: { readonly owner: User; readonly now: string },
): Repository {
  const kept = world.repositories
    .values()
    .find(({ parentId, ownerId }) => parentId === parent.id && ownerId === owner.id);
  if (kept !== undefined) return kept;
  const fork = addRepository(world, { owner, name: parent.name, createdAt: now, parent });
  fork.commits.push(...parent.commits);
  return fork;
}
