import { addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import type { Repository, User } from "@sallyport/simulator/src/world/world.ts";
import { afterAll, beforeAll, describe, expect, test } from "../support/jest.ts";
import { addressOf } from "./framing/kinds.ts";
import { type Owner, ownWork, type Scanned, type Scene, scene } from "./framing/scene.ts";

// What others can do around an account: merge, be merged, copy, fork, follow, delete. Its own commits stay as they are.

let github: Scene;
beforeAll(async () => {
  github = await scene();
});
afterAll(() => github.stop());

const findingsOf = ({ assessment }: Scanned) =>
  assessment.findings.map(({ signal, outcome, bits }) => [signal, outcome, bits]);
const fired = ({ assessment }: Scanned): readonly string[] =>
  assessment.findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal);

let count = 0;
/** Made in the owner's own week. */
const people = (size: number): readonly User[] =>
  Array.from({ length: size }, () =>
    addUser(github.github.world, { login: `person-example-${++count}`, createdAt: "2021-01-02T00:00:00.000Z" }),
  );

function merged(author: User, merger: User, times: number): void {
  const { world } = github.github;
  const repository = addRepository(world, {
    owner: merger,
    name: `r-${++count}`,
    createdAt: "2021-03-01T00:00:00.000Z",
  });
  for (let time = 0; time < times; time++) {
    const at = "2026-10-01T10:00:00.000Z";
    const pull = openPullRequest(world, repository, { author, title: "Help", at });
    // Without its commits, which git would have to serve: who merged is all that is asked.
    Object.assign(pull, { state: "merged", closedAt: at, mergedAt: at, mergedById: merger.id });
  }
}

const author = (name: string, email: string) => ({ name, email, at: "2021-01-01T00:00:00.000Z", offsetMinutes: 60 });
const STRANGER = author("Zoe Fremd", "zoe@fremd.example");

/** The owner's commits in a repository of somebody else, under the owner's name or another, pushed at a moment. */
function copiedInto(
  repository: Repository,
  owner: Owner,
  how: { readonly by: User; readonly place: number; readonly at: string; readonly as?: typeof STRANGER },
): void {
  const { world } = github.github;
  const { place, by, at, as = author("Ada Example", addressOf(owner.user)) } = how;
  const commits = ownWork(as, owner.user, place, { count: 30 }).map(({ signature, signedBy, ...commit }) => commit);
  addHistory(world, repository, commits);
  addPush(world, repository, { by, at });
}

describe("framing: what others do around an account changes nothing that is found", () => {
  test("a group merges one another's pull requests and seeks merges from it", async () => {
    const owner = github.newOwner();
    const before = findingsOf(await github.scan(owner));
    const group = people(6);
    for (const { follows } of group) follows.add(owner.user.id);
    for (const author of group)
      for (const merger of [...group, owner.user]) if (author !== merger) merged(author, merger, 3);
    const after = await github.scan(owner);
    expect(findingsOf(after)).toEqual(before);
    expect(after.sections["network.ties"]).toMatchObject({ value: { accounts: [{}], edges: [] } });
  });

  test("its favours to two of a group, which they return", async () => {
    const owner = github.newOwner();
    const group = people(2);
    for (const member of group) {
      merged(owner.user, member, 2);
      merged(member, owner.user, 9);
      for (const other of group) if (other !== member) merged(member, other, 9);
    }
    expect(fired(await github.scan(owner))).toEqual([]);
  });

  test("its repositories are copied: into new ones, and into old ones that were empty until then", async () => {
    const { world } = github.github;
    const group = people(3);
    const old = group.map((user) =>
      [0, 1, 2].map((place) =>
        addRepository(world, { owner: user, name: `old-${place}`, createdAt: "2020-01-01T00:00:00.000Z" }),
      ),
    );
    const owner = github.newOwner();
    const before = findingsOf(await github.scan(owner));
    for (const [index, user] of group.entries())
      for (const place of [0, 1, 2]) {
        const made = addRepository(world, { owner: user, name: `new-${place}`, createdAt: "2022-01-01T00:00:00.000Z" });
        copiedInto(made, owner, { by: user, place, at: "2022-02-01T00:00:00.000Z" });
        const filled = old[index]?.[place];
        if (filled) copiedInto(filled, owner, { by: user, place, at: "2022-02-01T00:00:00.000Z" });
      }
    const after = await github.scan(owner);
    expect(findingsOf(after)).toEqual(before);
    expect(after.sections["history.scan"]).toMatchObject({
      value: { shared: [{ ownerCount: 3, earlierIds: [] }, {}, {}] },
    });
  });

  test("its repositories are filled into an old empty one under another name", async () => {
    const { world } = github.github;
    const [thief] = people(1);
    if (thief === undefined) throw new Error("nobody");
    const old = [0, 1, 2].map((place) =>
      addRepository(world, { owner: thief, name: `empty-${place}`, createdAt: "2019-01-01T00:00:00.000Z" }),
    );
    const owner = github.newOwner();
    const before = findingsOf(await github.scan(owner));
    for (const [place, repository] of old.entries())
      copiedInto(repository, owner, { by: thief, place, at: "2022-02-01T00:00:00.000Z", as: STRANGER });
    const after = await github.scan(owner);
    expect(findingsOf(after)).toEqual(before);
    expect(after.sections["history.scan"]).toMatchObject({ value: { copies: [] } });
  });

  test("what it forked is deleted", async () => {
    const { world } = github.github;
    const owner = github.newOwner();
    const before = await github.scan(owner);
    for (const user of people(4)) {
      const parent = addRepository(world, { owner: user, name: "bait", createdAt: "2021-03-01T00:00:00.000Z" });
      addRepository(world, { owner: owner.user, name: `f-${user.id}`, createdAt: "2021-04-01T00:00:00.000Z", parent });
      parent.visibility = "private";
    }
    const after = await github.scan(owner);
    expect(fired(after)).toEqual(["net-takedown-ties"]);
    expect(after.assessment.persona).toEqual(before.assessment.persona);
  });
});

describe("the same, done by the account itself, is found", () => {
  test("a ring of the same week", async () => {
    const owner = github.newOwner();
    const ring = [owner.user, ...people(5)];
    for (const author of ring) for (const merger of ring) if (author !== merger) merged(author, merger, 2);
    const [, friend] = ring;
    if (friend) owner.user.follows.add(friend.id);
    const after = await github.scan(owner);
    expect(fired(after)).toEqual(["net-cross-merge-ring", "net-cohort-creation", "net-follow-shape"]);
    expect(after.assessment.persona.bits).toBeGreaterThan(3);
  });

  test("repositories that others published before, and nobody touched since", async () => {
    const { world } = github.github;
    const group = people(3);
    const old = group.map((user) =>
      [0, 1, 2].map((place) =>
        addRepository(world, { owner: user, name: `first-${place}`, createdAt: "2020-01-01T00:00:00.000Z" }),
      ),
    );
    const owner = github.newOwner();
    for (const [index, user] of group.entries())
      for (const place of [0, 1, 2]) {
        const first = old[index]?.[place];
        if (first) copiedInto(first, owner, { by: user, place, at: "2020-06-01T00:00:00.000Z" });
      }
    const after = await github.scan(owner);
    expect(fired(after)).toContain("net-shared-portfolio");
    expect(after.sections["history.scan"]).toMatchObject({
      value: { shared: [{ ownerCount: 3, earlierIds: group.map(({ id }) => id) }, {}, {}] },
    });
  });

  test("a project of others under its own name, though they went on with it", async () => {
    const { world } = github.github;
    const [upstream] = people(1);
    if (upstream === undefined) throw new Error("nobody");
    const older = addRepository(world, { owner: upstream, name: "project", createdAt: "2019-01-01T00:00:00.000Z" });
    const owner = github.newOwner();
    copiedInto(older, owner, { by: upstream, place: 0, at: "2020-06-01T00:00:00.000Z", as: STRANGER });
    const before = older.commits[0]?.sha;
    addHistory(world, older, [{ author: STRANGER, message: "Go on", files: { "more.txt": "more\n" } }]);
    addPush(world, older, { by: upstream, at: "2024-01-01T00:00:00.000Z", ...(before && { before }) });
    const after = await github.scan(owner);
    expect(fired(after)).toEqual(["hist-author-rewrite-copy"]);
  });
});
