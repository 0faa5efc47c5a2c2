import { openIssue } from "@sallyport/simulator/src/build/build-work.ts";
import { addKeys } from "@sallyport/simulator/src/scenarios/history.ts";
import { present } from "../../../src/dossier/dossier.ts";
import { repositoryId } from "../../../src/ids.ts";
import { ago, NOW, type Person, type Town } from "../../town/town.ts";
import { asPerson, mergedBy, ordinaryCommits, ownRepository } from "../../town/work.ts";
import { AROUND_REVIEW, type Archetype } from "../archetype.ts";
import { PAINTERS, paintedCommits } from "./fabricated.ts";

export const M1: Archetype = {
  id: "M1",
  title: "stolen dormant account",
  bands: AROUND_REVIEW,
  fires: ["life-dormant-reactivation-break", "life-commits-without-events"],
  silent: ["hist-author-rewrite-copy", "id-signing-key-shared"],
  tell(town) {
    const age = town.whole(3_700, 4_700);
    const person = town.person(age);
    const back = town.whole(60, 160);
    const place = town.elsewhere(age + 200);
    for (const day of [age - 10, age - 90])
      openIssue(town.world, place.repository, { author: person.user, title: "Question", at: ago(day) });
    addKeys(town.world, person.user, ago(back - 5));
    // Whoever has the account now claims three years of work that a program made in one sitting, and nobody saw.
    const painter = PAINTERS[town.whole(0, PAINTERS.length - 1)] ?? "both clocks";
    for (let place = 0; place < 3; place += 1)
      ownRepository(town, person, {
        commits: paintedCommits(town, person, {
          ...{ painter, count: town.whole(80, 140), from: back + 1_200, to: back + 20, madeDaysAgo: back },
        }),
        madeDaysAgo: back,
        pushes: "at once",
      });
    const body = `I am open to work: https://t.me/${town.costume.word()}`;
    for (let turn = 1; turn <= town.whole(5, 9); turn += 1)
      town.contributes(person, town.elsewhere(), {
        daysAgo: (back * (10 - turn)) / 11,
        title: `Part ${turn}`,
        body,
        end: "open",
      });
    return { pullRequest: town.opens(person) };
  },
};

export const M11: Archetype = {
  id: "M11",
  title: "identity switch with access",
  bands: AROUND_REVIEW,
  access: "high",
  fires: ["life-handle-profile-reset", "net-access-referral"],
  silent: ["id-signing-key-shared"],
  tell(town) {
    const age = town.whole(500, 900);
    const person = town.person(age);
    const helpers = [town.person(age - 40), town.person(age - 70)];
    const left = ringOf(town, [person, ...helpers], age - 100);
    town.contributes(person, { repository: town.repository, keeper: town.owner }, { daysAgo: 60 });
    // What he had begun goes on from a new account: anybody may do that, so it counts for nothing.
    town.opens(town.person(town.whole(2, 5)), { at: ago(1) });
    const pullRequest = town.opens(person);
    const snapshots = [
      { at: ago(town.whole(9, 13)), loginHash: "one", ownedCount: town.whole(12, 30) },
      { at: ago(town.whole(1, 4)), loginHash: "two", ownedCount: left },
    ];
    const grants = [{ repositoryId: repositoryId(town.repository.id), role: "admin", via: "outside" }] as const;
    return {
      pullRequest,
      letIn: helpers.map(({ user }) => user),
      known: {
        "account.snapshots": present({ snapshots }, NOW),
        "access.grants": present({ grants, owner: false, member: false }, NOW),
      },
    };
  },
};

/**
 * People who publish the same work one after the other, the first of them last, and merge one another's pull requests.
 * Returns how many repositories the first one owns.
 */
function ringOf(town: Town, people: readonly Person[], daysAgo: number): number {
  const content = ordinaryCommits(town, people[1] ?? town.owner, { from: daysAgo, to: daysAgo - 90, count: 26 });
  const places = people.toReversed().map((member, place) => {
    const commits = content.map((commit) => ({ ...commit, author: asPerson(member, commit.author.at) }));
    const madeDaysAgo = daysAgo - 100 - place * 10;
    const repository = ownRepository(town, member, { commits, madeDaysAgo, pushes: "at once" });
    return { repository, keeper: member };
  });
  for (const [index, author] of people.entries())
    for (const place of places.filter(({ keeper }) => keeper !== author))
      mergedBy(town, author, place, { count: town.whole(5, 7), daysAgo: daysAgo - 160 - index, everyDays: 12 });
  return 1;
}
