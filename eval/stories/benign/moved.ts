import { addBot } from "@sallyport/simulator/src/build/build.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { ago } from "../../town/town.ts";
import { ordinaryCommits, ownRepository } from "../../town/work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";
import { PAINTERS, paintedCommits } from "../malicious/fabricated.ts";

export const B3: Archetype = {
  id: "B3",
  title: "twelve years of work moved from another forge",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["hist-author-rewrite-copy", "hist-author-dates-in-one-sitting", "hist-synthetic-cadence", "id-"],
  tell(town) {
    const person = town.person(town.whole(60, 300));
    const moved = town.whole(20, 50);
    for (let place = 0; place < town.whole(3, 7); place += 1) {
      const from = town.whole(3_500, 4_400);
      const commits = ordinaryCommits(town, person, { from, to: 400, count: town.whole(60, 140) }).map(
        (commit, index) => ({
          ...commit,
          message: `${commit.message}\n\ngit-svn-id: https://svn.example.org/trunk@${index + 1}`,
        }),
      );
      ownRepository(town, person, { commits, madeDaysAgo: moved, pushes: "at once" });
    }
    return { pullRequest: town.opens(person) };
  },
};

export const B9: Archetype = {
  id: "B9",
  title: "bot with two hundred pull requests",
  bands: ["insufficient_evidence"],
  queue: false,
  fires: [],
  silent: ["id-", "hist-", "life-", "net-"],
  tell(town) {
    const bot = addBot(town.world, { login: `${town.costume.word()}[bot]`, createdAt: ago(town.whole(50, 900)) });
    for (let turn = 0; turn < 40; turn += 1) {
      const place = town.elsewhere();
      const made = openPullRequest(town.world, place.repository, {
        author: town.owner.user,
        title: "Update",
        at: ago(2),
      });
      Object.assign(made, { authorId: bot.id });
    }
    const pullRequest = town.opens(town.owner, { title: "Update a library" });
    Object.assign(pullRequest, { authorId: bot.id });
    return { pullRequest };
  },
};

export const B10: Archetype = {
  id: "B10",
  title: "picture painted on the graph, in one repository of many",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["id-", "net-", "hist-author-rewrite-copy"],
  tell(town) {
    const person = town.person(town.whole(1_200, 3_600));
    ownRepository(town, person, {
      commits: ordinaryCommits(town, person, { from: 1_000, to: 30, count: town.whole(80, 200) }),
      madeDaysAgo: 1_000,
      pushes: "as made",
    });
    const madeDaysAgo = town.whole(30, 400);
    const painter = PAINTERS[town.whole(0, PAINTERS.length - 1)] ?? "both clocks";
    const span = { from: town.whole(6_000, 12_000), to: town.whole(400, 2_000) };
    const commits = paintedCommits(town, person, { painter, count: town.whole(60, 300), madeDaysAgo, ...span });
    ownRepository(town, person, { commits, madeDaysAgo, pushes: "at once" });
    town.contributes(person, town.elsewhere(), { daysAgo: town.whole(60, 700) });
    return { pullRequest: town.opens(person) };
  },
};
