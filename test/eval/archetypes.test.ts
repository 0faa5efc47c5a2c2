import { runVariation } from "../../eval/run.ts";
import { ARCHETYPES } from "../../eval/stories/all.ts";
import { isMalicious } from "../../eval/stories/archetype.ts";
import { expect, test } from "../support/jest.ts";
import { whole } from "../support/rows.ts";

// `npm run eval` tells each of them fifty times; here a few times, on every check. The fifth is told again in another
// costume and with a better record.
const SEEDS = whole ? [1, 2, 3, 4, 5] : [5];

test.each(ARCHETYPES.filter((each) => !isMalicious(each)).map((each) => [each.id, each] as const))(
  "%s, ordinary: no band that it must not have, no signal that must not fire, and no law broken",
  async (_, archetype) => {
    for (const seed of SEEDS)
      expect(await runVariation(archetype, seed)).toMatchObject({ isRight: true, missed: [], wrong: [], broken: [] });
  },
);

/** Those that the signals of today do not reach; what each needs stands in docs/evaluation.md. */
const OUT_OF_REACH = ["M4-"];

test.each(ARCHETYPES.filter(isMalicious).map((each) => [each.id, each] as const))(
  "%s: as it must be, unless it is known to be out of reach; nothing fires that must not, and no law is broken",
  async (id, archetype) => {
    for (const seed of SEEDS) {
      const { isRight, missed, wrong, broken } = await runVariation(archetype, seed);
      expect([wrong, broken]).toEqual([[], []]);
      expect([id, isRight && missed.length === 0]).toEqual([id, !OUT_OF_REACH.includes(id)]);
    }
  },
);
