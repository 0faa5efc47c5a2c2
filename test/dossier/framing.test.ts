import { CATALOG } from "../../src/signals/catalog.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { someOf } from "../support/rows.ts";
import { commitsOf, KINDS, type KindName } from "./framing/kinds.ts";
import { met, type Scene, scene, type Way } from "./framing/scene.ts";

// All kinds at once, by two ways; each kind by itself and every way are in test/campaigns/framing.test.ts, because
// each case clones three repositories.

const kinds = Object.keys(KINDS) as readonly KindName[];
const WAYS: readonly Way[] = ["merge", "apply_rewritten"];

let github: Scene;
let untouched: string;
beforeAll(async () => {
  github = await scene();
  untouched = (await github.scan(met(github, [], "open"))).text;
});
afterAll(() => github.stop());

test.each(someOf(WAYS, 1))(
  "framing: all that a stranger's pull request can carry changes not a byte about the owner, %s",
  async (way) => {
    const { assessment, text } = await github.scan(met(github, kinds, way));
    expect(assessment.persona).toMatchObject({ bits: 0, hardBits: 0 });
    expect(text).toBe(untouched);
  },
);

test.each(["several_names", "one_key_two_accounts"] as const)(
  "framing: the same commits, pushed by the account itself, are found, %s",
  async (kind) => {
    const owner = github.newOwner();
    for (const place of owner.repositories.keys())
      owner.works(
        place,
        commitsOf(kind, { owner: owner.user, other: github.other, place }),
        "2026-10-05T10:00:00.000Z",
      );
    const { findings } = (await github.scan(owner)).assessment;
    const fired = findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal);
    expect(fired).toEqual(expect.arrayContaining([...KINDS[kind].reaches]));
  },
);

test("framing: there is a kind of commit for each signal that reads histories", () => {
  const reading = CATALOG.filter(({ needs, needsOneOf = [] }) =>
    [...needs, ...needsOneOf].some((name) => name.startsWith("history.")),
  );
  const reached = new Set<string>(Object.values(KINDS).flatMap(({ reaches }) => [...reaches]));
  // What others hold is no commit of a pull request: framing-network.test.ts copies it.
  expect(reading.map(({ id }) => id).filter((id) => !reached.has(id))).toEqual(["net-shared-portfolio"]);
});
