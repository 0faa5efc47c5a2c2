import { commitsOf, KINDS, type KindName, ownCommitsBeside } from "../dossier/framing/kinds.ts";
import { met, type Scene, scene, WAYS } from "../dossier/framing/scene.ts";
import { afterAll, beforeAll, describe, expect, test } from "../support/jest.ts";

// Each way brings all kinds at once, and each kind comes alone by one of the ways; `npm run framing` prints the table of
// every kind by every way.

let github: Scene;
let untouched: string;
beforeAll(async () => {
  github = await scene();
  untouched = (await github.scan(met(github, [], "open"))).text;
});
afterAll(() => github.stop());

const kinds = Object.keys(KINDS) as readonly KindName[];

describe("framing: what a stranger's pull request carries changes nothing about the owner, not a byte", () => {
  const cases = [
    ...WAYS.map((way) => ({ way, what: "everything", brought: kinds })),
    ...kinds.map((kind, index) => ({ way: WAYS[(index + 1) % WAYS.length] ?? "merge", what: kind, brought: [kind] })),
  ];
  for (const { way, what, brought } of cases)
    test(`${what}, ${way}`, async () => {
      const { assessment, text } = await github.scan(met(github, brought, way));
      expect(assessment.persona).toMatchObject({ bits: 0, hardBits: 0 });
      expect(text).toBe(untouched);
    });
});

describe("framing: the same commits, pushed by the account itself, are found", () => {
  for (const kind of kinds)
    test(kind, async () => {
      const owner = github.newOwner(ownCommitsBeside(kind));
      for (const place of owner.repositories.keys())
        owner.works(
          place,
          commitsOf(kind, { owner: owner.user, other: github.other, place }),
          "2026-10-05T10:00:00.000Z",
        );
      const { findings } = (await github.scan(owner)).assessment;
      const fired = findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal);
      expect(fired).toEqual(expect.arrayContaining([...KINDS[kind].reaches]));
      // A signature that was copied, trailers and names of branches prove nothing, whoever pushed them.
      if (KINDS[kind].reaches.length === 0) expect(fired).toEqual([]);
    });
});

test("framing: a key of two accounts in the repositories of one owner is soft evidence", async () => {
  const owner = github.newOwner();
  const about = { owner: owner.user, other: github.other, place: 0 };
  owner.works(0, commitsOf("one_key_two_accounts", about), "2026-10-05T10:00:00.000Z");
  const { findings, persona } = (await github.scan(owner)).assessment;
  const shared = findings.find(({ signal }) => signal === "id-signing-key-shared");
  // Of 4 bits what is left three years and nine months after the key was used last.
  expect(shared).toMatchObject({ outcome: "fired", strength: 1, bits: 1.102, hard: false });
  expect(persona.hardBits).toBe(0);
});

test("framing: without the activity log nobody knows who pushed, and nothing counts", async () => {
  const owner = github.newOwner();
  const about = { owner: owner.user, other: github.other, place: 0 };
  owner.works(0, commitsOf("several_names", about), "2026-10-05T10:00:00.000Z");
  github.github.simulator.faults.add("repos/list-activities", { kind: "status", status: 404 });
  const { sections, assessment } = await github.scan(owner);
  github.github.simulator.faults.clear();
  expect(assessment.persona.bits).toBe(0);
  expect(sections["history.identity"]).toMatchObject({ value: { commitCount: 0, rotations: [] } });
});
