import fc from "fast-check";
import { keyOf } from "../../src/access/keys.ts";
import type { Role } from "../../src/dossier/role.ts";
import { keptGrants } from "../../src/github/octokit/access/kept-grants.ts";
import type { TeamAccess } from "../../src/github/octokit/access/teams.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { describe, expect, test } from "../support/jest.ts";

const person = (id: number) => ({ databaseId: accountId(id), login: `person-${id}-example` });
const team = (id: number, parentId: number | null, people: readonly number[], roles: readonly [number, Role][]) =>
  ({
    id,
    slug: `team-${id}`,
    parentId,
    members: people.map(person),
    roles: new Map(roles.map(([at, role]) => [repositoryId(at), role])),
  }) satisfies TeamAccess;
const repository = (id: number, direct: readonly [number, Role][] = []) => ({
  repository: { id: keyOf(repositoryId(id)), name: `repo-${id}`, visibility: "private", archived: false } as const,
  direct: direct.map(([account, role]) => ({ person: person(account), role })),
});
const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index + 1);
const writes = (count: number): readonly [number, Role][] => upTo(count).map((id) => [id, "write"]);

type Given = Omit<Parameters<typeof keptGrants>[0], "ownerId" | "isOutside">;

/** The grants, and how many steps it took to find them. */
function kept(given: Given, max = 1_000_000) {
  const steps = keptGrants({ ...given, ownerId: null, isOutside: () => false }, max);
  let count = 0;
  for (let step = steps.next(); ; step = steps.next()) {
    if (step.done) return { ...step.value, steps: count };
    count++;
  }
}

describe("kept grants: the work grows with what GitHub gave and what is kept, however it is laid out", () => {
  const repositories = upTo(10).map((id) => repository(id));
  const shapes: Readonly<Record<string, (size: number) => Given>> = {
    "one account in every team of a chain": (size) => ({
      repositories,
      teams: upTo(size).map((id) => team(id, id === 1 ? null : id - 1, [7], writes(10))),
    }),
    "everybody at the bottom of a chain that holds nothing": (size) => ({
      repositories,
      teams: upTo(size).map((id) => team(id, id === 1 ? null : id - 1, id === size ? upTo(size) : [], [])),
    }),
    "a chain of teams with a member each, the first with all roles": (size) => ({
      repositories,
      teams: upTo(size).map((id) => team(id, id === 1 ? null : id - 1, [id], id === 1 ? writes(10) : [])),
    }),
    "teams in one loop": (size) => ({
      repositories,
      teams: upTo(size).map((id) => team(id, id === 1 ? size : id - 1, [id], id === 1 ? writes(10) : [])),
    }),
    "one team of everybody on everything, most of it left out": (size) => ({
      repositories: upTo(size).map((id) => repository(id)),
      teams: [team(1, null, upTo(size), writes(size))],
    }),
  };
  test.each(Object.entries(shapes))("%s", (_, given) => {
    const [small, middle, large] = [250, 500, 1_000].map((size) => kept(given(size), 100).steps);
    expect((middle ?? 0) / (small ?? 1)).toBeLessThan(2.3);
    expect((large ?? 0) / (middle ?? 1)).toBeLessThan(2.3);
  });
});

test("kept grants: of too many the strongest are kept, people's own first, and the rest is counted", () => {
  const given: Given = {
    repositories: [
      repository(1, [
        [1, "write"],
        [2, "read"],
      ]),
      repository(2),
    ],
    teams: [
      team(1, null, [3, 4], [[2, "write"]]),
      team(
        2,
        1,
        [5],
        [
          [1, "admin"],
          [2, "read"],
          [9, "write"],
        ],
      ),
    ],
  };
  const words = ({ grants }: ReturnType<typeof kept>) =>
    grants.map(({ account, repository: where, role, via }) => `${account} ${where} ${role} ${via.kind}`).sort();
  expect(words(kept(given))).toHaveLength(7);
  const three = kept(given, 3);
  expect(words(three)).toEqual(["1 1 write direct", "3 2 write team", "5 1 admin team"]);
  expect(three).toMatchObject({ count: 7, unseenCount: 1 });
});

test("kept grants: whatever the teams look like, nobody has a role of a team that is not his or above his", () => {
  const made = fc.array(
    fc.record({
      parent: fc.option(fc.nat(7)),
      members: fc.uniqueArray(fc.nat(5)),
      role: fc.constantFrom("read", "admin"),
    }),
    { minLength: 1, maxLength: 8 },
  );
  fc.assert(
    fc.property(made, (teams) => {
      const given = teams.map(({ parent, members, role }, id) => team(id, parent, members, [[id, role as Role]]));
      const { grants } = kept({ repositories: teams.map((_, id) => repository(id)), teams: given });
      expect(grants.map(({ account, via }) => `${account} ${via.team}`).sort()).toEqual(slowly(given));
    }),
    { numRuns: 200 },
  );
});

/** By the definition: whoever is in a team has what that team and each above it holds. */
function slowly(teams: readonly TeamAccess[]): readonly string[] {
  const found = new Set<string>();
  for (const { id, members } of teams) {
    const seen = new Set<number>();
    let next: number | null | undefined = id;
    while (next != null && !seen.has(next)) {
      seen.add(next);
      const above: number = next;
      const holder = teams.find((one) => one.id === above);
      if (holder) for (const { databaseId } of members) found.add(`${databaseId} ${holder.slug}`);
      next = holder?.parentId;
    }
  }
  return [...found].sort();
}
