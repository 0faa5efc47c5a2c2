import { type Instant, plusDays } from "../../../src/clock.ts";
import { addOrganization, addRepository, addUser, takeId } from "../build/build.ts";
import { contribute } from "../build/build-app.ts";
import { addHistory, addPush } from "../build/build-history.ts";
import { addedFile, closePullRequest, comment, commitTo, openIssue, openPullRequest } from "../build/build-work.ts";
import type { PullRequest, Repository, User, World } from "../world/world.ts";

/** A project outside the organisation, with somebody who merges. */
export interface Elsewhere {
  readonly repository: Repository;
  readonly keeper: User;
}

const PROJECTS =
  "anvil beacon cinder drift ember fathom gantry hearth isthmus jetty keel lantern mortar narrows oarlock pier " +
  "quarry rudder sluice timber upland vane weir yardarm zephyr arbor bollard cistern davit estuary furrow " +
  "girder hatch inlet jib kiln ledger moor nook outcrop pylon quoin rampart stile";

/** Forty-four projects of as many owners, all older than anybody in the story. */
export function buildElsewhere(world: World, now: Instant): readonly Elsewhere[] {
  return PROJECTS.split(" ").map((name, index) => {
    const createdAt = plusDays(now, -4800 + index);
    const keeper = addUser(world, { login: `${name}-keeper-example`, createdAt });
    const owner = addOrganization(world, { login: `${name}-example`, createdAt, owners: [keeper] });
    const repository = addRepository(world, {
      owner,
      name,
      createdAt,
      stars: 300 + index * 40,
      language: "TypeScript",
    });
    commitTo(world, repository, { by: keeper, at: plusDays(createdAt, 1), message: "Start" });
    return { repository, keeper };
  });
}

/** One pull request elsewhere, opened `ago` days before now and merged a few days later unless told otherwise. */
export function contributeElsewhere(
  world: World,
  place: Elsewhere,
  work: { readonly author: User; readonly at: Instant; readonly title: string; readonly merged?: boolean },
): PullRequest {
  const { author, at, title } = work;
  const pullRequest = openPullRequest(world, place.repository, {
    author,
    title,
    at,
    files: [addedFile(`notes/${takeId(world)}.md`, title)],
  });
  if (work.merged ?? true) closePullRequest(world, pullRequest, { at: plusDays(at, 2), merger: place.keeper });
  return pullRequest;
}

/** A repository of one's own with a few commits. */
export function ownProject(
  world: World,
  owner: User,
  project: { readonly name: string; readonly createdAt: Instant; readonly commitCount?: number },
): Repository {
  const { name, createdAt, commitCount = 4 } = project;
  const repository = addRepository(world, { owner, name, createdAt, language: "TypeScript" });
  // At the hours people keep, never the same minute twice; with the address that GitHub gives the account.
  const email = `${owner.id}+${owner.login}@users.noreply.github.com`;
  const commits = Array.from({ length: commitCount }, (_, index) => ({
    author: {
      name: owner.login,
      email,
      at: plusDays(createdAt, index * 3 + ((index * index * 37 + owner.id * 11) % 400) / 1_000),
      offsetMinutes: 60,
    },
    message: `Step ${index + 1}\n`,
    files: { "README.md": `Step ${index + 1}\n` },
  }));
  const made = addHistory(world, repository, commits);
  const last = commits.at(-1);
  if (made.length > 0 && last !== undefined) addPush(world, repository, { by: owner, at: last.author.at });
  return repository;
}

/** A repository of one's own whose commits claim a year and a half, and were all committed within an hour. */
export function paintedProject(
  world: World,
  owner: User,
  { name, createdAt }: { readonly name: string; readonly createdAt: Instant },
): Repository {
  const repository = addRepository(world, { owner, name, createdAt, language: "TypeScript" });
  const self = { name: owner.login, email: `${owner.id}+${owner.login}@users.noreply.github.com`, offsetMinutes: 0 };
  const commits = Array.from({ length: 45 }, (_, index) => ({
    author: { ...self, at: plusDays(createdAt, -560 + index * 12 + ((index * index * 53) % 400) / 1_000) },
    committer: { ...self, at: plusDays(createdAt, index / 1_440) },
    message: `Part ${index + 1}\n`,
    files: { "README.md": `Part ${index + 1}\n` },
  }));
  addHistory(world, repository, commits);
  addPush(world, repository, { by: owner, at: plusDays(createdAt, 0.05) });
  return repository;
}

/** Years of steady public work: own projects, merged pull requests, issues, comments, and the graph that shows it. */
export function steadyYears(
  world: World,
  person: User,
  life: {
    readonly places: readonly Elsewhere[];
    readonly from: Instant;
    readonly to: Instant;
    readonly everyDays: number;
  },
): void {
  const { places, from, to, everyDays } = life;
  ownProject(world, person, { name: "dotfiles", createdAt: plusDays(from, 20) });
  const first = ownProject(world, person, { name: "sketches", createdAt: plusDays(from, 200), commitCount: 160 });
  for (let at = plusDays(from, 40), turn = 0; at < plusDays(to, -5); at = plusDays(at, everyDays), turn += 1) {
    const place = places[turn % places.length];
    if (place === undefined) return;
    const title = `Handle case ${turn + 1} in ${place.repository.name}`;
    const pullRequest = contributeElsewhere(world, place, { author: person, at, title });
    comment(world, pullRequest, { author: person, at: plusDays(at, 1) });
    if (turn % 3 === 0)
      openIssue(world, place.repository, { author: person, title: `Case ${turn + 1}`, at: plusDays(at, -1) });
  }
  contribute(person, { repository: first, from, to, everyDays: 6, perDay: 2 });
}

/** Public keys added on a day: one for signing commits by GPG, one by SSH. */
export function addKeys(world: World, person: User, at: Instant): void {
  const id = takeId(world);
  person.gpgKeys.push({ id, keyId: id.toString(16).toUpperCase().padStart(16, "0"), createdAt: at });
  person.sshSigningKeys.push({ id: takeId(world), key: `ssh-ed25519 ${id.toString(36)}`, createdAt: at });
}
