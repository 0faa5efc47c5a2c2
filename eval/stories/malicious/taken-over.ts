import { comment, openIssue } from "@sallyport/simulator/src/build/build-work.ts";
import { addKeys } from "@sallyport/simulator/src/scenarios/history.ts";
import { present } from "../../../src/dossier/dossier.ts";
import { repositoryId } from "../../../src/ids.ts";
import { ago, NOW } from "../../town/town.ts";
import { ordinaryCommits, ownRepository } from "../../town/work.ts";
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
  fires: ["life-handle-profile-reset"],
  silent: ["id-signing-key-shared"],
  tell(town) {
    const person = town.person(town.whole(500, 900));
    const helper = town.person(town.whole(5, 20));
    for (let turn = 1; turn <= 6; turn += 1)
      town.contributes(person, { repository: town.repository, keeper: town.owner }, { daysAgo: turn * 50 });
    // The same work goes on from another account, which he then asks to let in.
    ownRepository(town, helper, {
      commits: ordinaryCommits(town, person, { from: 300, to: 20, count: town.whole(40, 60) }),
      madeDaysAgo: 4,
      pushes: "at once",
    });
    const asked = openIssue(town.world, town.repository, { author: person.user, title: "Access", at: ago(3) });
    comment(town.world, asked, {
      author: person.user,
      at: ago(2),
      body: `Please give @${helper.user.login} write access.`,
    });
    const snapshots = [
      { at: ago(town.whole(9, 13)), loginHash: "one", ownedCount: town.whole(12, 30) },
      { at: ago(town.whole(1, 4)), loginHash: "two", ownedCount: 0 },
    ];
    const grants = [{ repositoryId: repositoryId(town.repository.id), role: "write", via: "direct" }] as const;
    return {
      pullRequest: town.opens(person),
      known: {
        "account.snapshots": present({ snapshots }, NOW),
        "access.grants": present({ grants, owner: false, member: true }, NOW),
      },
    };
  },
};
