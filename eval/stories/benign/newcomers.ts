import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { addHistory } from "@sallyport/simulator/src/build/build-history.ts";
import { comment } from "@sallyport/simulator/src/build/build-work.ts";
import { ago } from "../../town/town.ts";
import { asPerson, ordinaryCommits, ownRepository } from "../../town/work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";

const PEERS = 80;

export const B1: Archetype = {
  id: "B1",
  title: "student with a course template",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["net-", "hist-", "id-"],
  tell(town) {
    const person = town.person(20);
    const teacher = town.person(1_500);
    const template = ordinaryCommits(town, teacher, { from: 120, to: 60, count: 22 });
    const course = addRepository(town.world, { owner: teacher.user, name: town.costume.word(), createdAt: ago(120) });
    addHistory(town.world, course, template);
    for (let peer = 0; peer < PEERS; peer += 1) {
      const other = town.person(20 + town.between(0, 3));
      const theirs = addRepository(town.world, { owner: other.user, name: town.costume.word(), createdAt: ago(18.5) });
      addHistory(town.world, theirs, template);
    }
    ownRepository(town, person, { commits: template, madeDaysAgo: 18, pushes: "at once" });
    return { pullRequest: town.opens(person) };
  },
};

export const B8: Archetype = {
  id: "B8",
  title: "bounty hunter in many organisations",
  bands: BELOW_REVIEW,
  queue: false,
  fires: [],
  silent: ["hist-", "id-", "beh-job-contact-spam"],
  tell(town) {
    const person = town.person(town.whole(700, 1_400));
    ownRepository(town, person, {
      commits: ordinaryCommits(town, person, { from: 600, to: 20, count: 40 }),
      madeDaysAgo: 610,
    });
    const wallet = `0x${"a1b2c3d4e5".repeat(4)}`;
    const count = town.whole(70, 90);
    for (let turn = 0; turn < count; turn += 1) {
      const place = town.elsewhere();
      const end = town.between(0, 1) < 0.45 ? ({ end: "closed" } as const) : {};
      const made = town.contributes(person, place, {
        daysAgo: 1 + (turn * 60) / count,
        title: `Solve task ${turn + 1}`,
        ...end,
      });
      if ("end" in end || turn % 3 > 0) continue;
      comment(town.world, made, {
        author: place.keeper.user,
        at: ago(0.9),
        body: "Thank you! Where shall the bounty go?",
      });
      comment(town.world, made, { author: person.user, at: ago(0.8), body: `Bounty to ${wallet}, please.` });
    }
    return { pullRequest: town.opens(person) };
  },
};

export const C4: Archetype = {
  id: "C4",
  title: "beginner who hands in two course repositories of others",
  bands: [...BELOW_REVIEW, "review"],
  fires: ["hist-author-rewrite-copy"],
  silent: ["id-"],
  tell(town) {
    const person = town.person(town.whole(100, 300));
    const teacher = town.person(1_800);
    for (let course = 0; course < 2; course += 1) {
      const original = ordinaryCommits(town, teacher, { from: 900, to: 700, count: town.whole(26, 40) });
      const older = addRepository(town.world, { owner: teacher.user, name: town.costume.word(), createdAt: ago(900) });
      addHistory(town.world, older, original);
      const commits = original.map((commit) => ({ ...commit, author: asPerson(person, commit.author.at) }));
      ownRepository(town, person, { commits, madeDaysAgo: town.whole(20, 90), pushes: "at once" });
    }
    return { pullRequest: town.opens(person) };
  },
};
