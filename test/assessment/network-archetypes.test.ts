import { assess } from "../../src/assessment/assess.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { activity, daysAgo, pullRequests, repositories, spread } from "../signals/given.ts";
import {
  alsoHeld,
  batch,
  bridge,
  circle,
  claimed,
  copy,
  dates,
  type Group,
  identity,
  origin,
  predating,
  ref,
  scan,
  sitting,
  ties,
} from "../signals/given-traces.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";

type Sections = Partial<SectionTypes>;

const personaOf = (sections: Sections) => assess(dossierOf({ ...ordinaryChange, ...sections })).persona;
const fired = (sections: Sections): readonly string[] =>
  assess(dossierOf({ ...ordinaryChange, ...sections }))
    .findings.filter(({ outcome }) => outcome === "fired")
    .map(({ signal }) => signal);

/** Calendar years in which GitHub dates nothing of the account. */
const silentYears: Pick<SectionTypes, "account.years"> = {
  "account.years": {
    years: Array.from({ length: 10 }, (_, index) => ({ year: 2016 + index, dated: 0, restricted: 0 })),
  },
};
const pushed = { attested: true };

/** Quiet for ten years and back for three weeks, with new keys and without its old repositories. */
const returned: Sections = {
  ...stolenDormant,
  ...silentYears,
  "account.repositories": repositories([21, 21, 21, 20, 20, 20]),
  "account.activity": activity([3_900, 21, 20, 18, 16, 14, 12, 10, 8, 6, 4, 2]),
  "account.keys": { keys: [{ kind: "ssh_signing", createdAt: daysAgo(21) }] },
};
/** Years of commits that came in one day, in so many repositories. */
const cameAtOnce = {
  years: [claimed(2021), claimed(2022), claimed(2023)],
  batches: [1, 2, 3, 4, 5, 6].map((repository) => batch(repository, 20, { ref: ref(700, pushed) })),
};
/** The same, painted by a program: committed within an hour. */
const painted = { sittings: [1, 2, 3].map((repository) => sitting(repository, { refs: [ref(740, pushed)] })) };
const stolen: Sections = { ...returned, ...dates({ ...cameAtOnce, ...painted }) };

test("M1, a dormant account that was sold and painted over: review, by its lifecycle and its history together", () => {
  expect(fired(stolen).toSorted()).toEqual([
    "hist-author-dates-in-one-sitting",
    "hist-backdated-batch-push",
    "life-commits-without-events",
    "life-dormant-reactivation-break",
  ]);
  const persona = personaOf(stolen);
  expect(persona).toMatchObject({ band: "review" });
  expect(persona.bits).toBeGreaterThanOrEqual(5);
  expect(persona.bits).toBeLessThan(8);
});

test("M1's look-alikes: who acted or pushed all the while, hides private work or moved real work here", () => {
  const years = silentYears["account.years"].years;
  for (const seen of [{ dated: 4 }, { restricted: 90 }]) {
    const known = { ...stolen, "account.years": { years: years.map((year) => ({ ...year, ...seen })) } };
    expect(fired(known)).not.toContain("life-commits-without-events");
  }
  const alone = { ...returned, ...dates({ years: [claimed(2021, 300, 300), claimed(2022, 300, 280)] }) };
  expect(fired(alone)).toEqual(["life-dormant-reactivation-break"]);
  expect(personaOf(alone).bits).toBeLessThan(3);
  // Real work of those years, with its own commit dates, moved here in one week: m5 counts it once, at half.
  const moved = personaOf({ ...returned, ...dates(cameAtOnce) });
  expect(moved.mitigations.map(({ id }) => id)).toEqual(["m5"]);
  expect(moved.bits).toBeLessThan(3.5);
});

/** Four months old; three repositories copied under its own name, with the references of those they are from. */
const portfolio: Sections = {
  ...student,
  ...scan([1, 2, 3].map((repository) => copy(repository, { refs: [ref(100, pushed)] }))),
  ...origin({ impossibleReferenceCount: 40, referenceRefs: [ref(60, pushed)] }, { impossibleReferenceCount: 25 }),
  ...dates({
    predating: predating(80, { repositoryCount: 3, repositoriesRead: 3, refs: [ref(900, pushed)] }),
    batches: [1, 2, 3].map((repository) => batch(repository, 15, { ref: ref(700, pushed) })),
  }),
};
/** Two further accounts hold the same three, and an address of another account stands on its commits. */
const portfolioOfThree: Sections = {
  ...portfolio,
  ...scan(
    [1, 2, 3].map((repository) => copy(repository, { refs: [ref(100, pushed)] })),
    { shared: [1, 2, 3].map((repository) => alsoHeld(repository, { ownerCount: 3 })) },
  ),
  ...identity({ bridges: [1, 2, 3].map(() => bridge({ refs: [ref(30, pushed)] })) }),
};

test("M3, a portfolio of copied repositories: elevated, and high where others hold the same and an address joins them", () => {
  expect(fired(portfolio)).toEqual(expect.arrayContaining(["hist-author-rewrite-copy", "hist-foreign-merge-residue"]));
  expect(fired(portfolio)).not.toContain("net-shared-portfolio");
  expect(fired(portfolioOfThree)).toEqual(expect.arrayContaining(["net-shared-portfolio", "id-email-bridge"]));
  const [alone, joined] = [personaOf(portfolio), personaOf(portfolioOfThree)];
  expect([alone.band, joined.band]).toEqual(["elevated", "high"]);
  expect([Math.round(alone.bits), Math.round(joined.bits)]).toEqual([9, 14]);
});

/** Nine accounts of one week that merge one another's, each with the repositories of the others. */
const hub: Sections = {
  ...veteran,
  "access.recordHere": { mergedCount: 0, mergerCount: 0, firstContactAt: null },
  "account.pullRequests": pullRequests(spread(12, 90)),
  "account.activity": activity([90, 60, 30, 10, 5]),
  "account.keys": { keys: [] },
  ...ties({
    edges: [...circle(9), ...[2, 3, 4, 5, 6, 7].map((merger) => [0, merger, 2] as const)],
    madeAfter: Object.fromEntries([0, 1, 2, 3, 4, 5, 6, 7, 8].map((index) => [index, index % 6])),
  }),
  ...scan([], { shared: [1, 2, 3].map((repository) => alsoHeld(repository, { ownerCount: 8 })) }),
};

test("M5, the hub of a made-up group: review by its network alone, elevated once a copy is proven", () => {
  expect(fired(hub)).toEqual(["net-cross-merge-ring", "net-shared-portfolio", "net-cohort-creation"]);
  const persona = personaOf(hub);
  expect(persona).toMatchObject({ band: "review", bits: 5, families: [{ family: "network", bits: 5 }] });
  const proven = {
    ...hub,
    ...scan([copy(9)], { shared: [1, 2, 3].map((repository) => alsoHeld(repository, { ownerCount: 8 })) }),
    ...origin({ impossibleReferenceCount: 40 }, { impossibleReferenceCount: 25 }),
  };
  expect(personaOf(proven).band).toBe("elevated");
});

const team: Group = { edges: circle(4) };

test("M5's look-alikes: students who learn together and a pair of friends stay below a note", () => {
  const learning = { ...student, ...ties(team), ...scan([], { shared: [] }) };
  expect(fired(learning)).toEqual(["net-cross-merge-ring"]);
  expect(personaOf(learning).bits).toBeLessThan(1);
  expect(fired({ ...veteran, ...ties({ edges: circle(2) }) })).toEqual([]);
  expect(fired({ ...veteran, ...ties({ edges: circle(4), outside: { 0: 40 } }) })).toEqual([]);
});

test("B1, a student of a class of eighty: a template and a cohort that nobody can tell from the class's say nothing", () => {
  const peers = Array.from({ length: 80 }, (_, index) => index + 1);
  const inClass: Sections = {
    ...student,
    // What more than twenty hold is left out where it is counted.
    ...scan([], { shared: [], credit: { commitCount: 12, unlinkedCount: 12, unknownCount: 0, refs: [ref(5)] } }),
    ...ties({ edges: [[0, 1, 1]], madeAfter: Object.fromEntries(peers.map((peer) => [peer, 0])) }),
  };
  expect(fired(inClass)).toEqual([]);
  expect(personaOf(inClass)).toMatchObject({ bits: 0 });
});

test("C4, a beginner who put a name on two course repositories: not above review", () => {
  const course: Sections = {
    ...student,
    ...scan(
      [1, 2].map((repository) => copy(repository, { refs: [ref(15, pushed)] })),
      { shared: [1, 2].map((repository) => alsoHeld(repository, { ownerCount: 2 })) },
    ),
  };
  expect(fired(course)).toEqual(["hist-author-rewrite-copy"]);
  expect(personaOf(course).bits).toBeLessThanOrEqual(5);
});

test("what is gone counts only beside another finding about the network", () => {
  const gone = { goneCount: 6, forks: { count: 4, orphanCount: 4 } };
  const alone = { ...student, ...ties({ edges: [], outside: { 0: 6 }, ...gone }) };
  expect(fired(alone)).toEqual(["net-takedown-ties"]);
  expect(personaOf(alone).bits).toBe(0);
  const beside = ties({ ...team, ...gone });
  expect(personaOf({ ...student, ...beside }).bits).toBeGreaterThan(personaOf({ ...student, ...ties(team) }).bits);
});
