import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { addKeys } from "@sallyport/simulator/src/scenarios/history.ts";
import { armour } from "../../../test/support/people.ts";
import { ago, type Person } from "../../town/town.ts";
import { asPerson, knownHere, moments, ordinaryCommits, ownRepository, steadyLife } from "../../town/work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";

export const B2: Archetype = {
  id: "B2",
  title: "pseudonymous veteran who signs nothing",
  bands: ["none"],
  fires: [],
  silent: ["id-", "hist-", "life-"],
  tell(town) {
    const person = { ...town.person(town.whole(3_100, 3_600)), name: town.costume.word() };
    steadyLife(town, person, { from: 3_000, everyDays: 90 });
    knownHere(town, person, 400);
    return { pullRequest: town.opens(person) };
  },
};

export const B4: Archetype = {
  id: "B4",
  title: "nomad with nine clocks and one key",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["id-signing-key-shared", "life-handover-changepoint"],
  tell(town) {
    const person = town.person(town.whole(1_500, 2_200));
    steadyLife(town, person, { from: 1_400, everyDays: 80 });
    // None of them is ever UTC, which machines use and nobody counts, by whatever all clocks are shifted.
    const clocks = [15, 105, 195, 345, 435, 495, 585, -225, -465].map((each) => each + town.costume.shiftMinutes);
    const key = "00aa11bb22cc33dd";
    const commits = moments(town, { from: 1_300, to: 10, count: 130 }).map((at, index): HistoryCommit => {
      const offsetMinutes = clocks[Math.floor(index / 15) % clocks.length] ?? 0;
      const author = { ...asPerson(person, at), offsetMinutes };
      return {
        author,
        message: `Note ${index + 1}`,
        files: { "notes.txt": `${index}\n` },
        signature: armour(key),
        signedBy: person.user,
      };
    });
    ownRepository(town, person, { commits, madeDaysAgo: 1_310 });
    return { pullRequest: town.opens(person) };
  },
};

export const B5: Archetype = {
  id: "B5",
  title: "release account that a company shares",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["id-signing-key-shared"],
  tell(town) {
    const person = town.person(town.whole(1_600, 2_400));
    steadyLife(town, person, { from: 1_500, everyDays: 100 });
    addKeys(town.world, person.user, ago(900));
    const machines = Array.from({ length: 6 }, () => town.costume.host());
    const commits = moments(town, { from: 1_200, to: 10, count: town.whole(120, 160) }).map(
      (at, index): HistoryCommit => {
        const author = asPerson(person, at);
        const host = machines[(index * 7) % machines.length] ?? "";
        return {
          author,
          committer: { ...author, email: `release@${host}.local` },
          message: `Release ${index + 1}`,
          files: { VERSION: `${index}\n` },
        };
      },
    );
    ownRepository(town, person, { commits, madeDaysAgo: 1_210 });
    return { pullRequest: town.opens(person) };
  },
};

export const B6: Archetype = {
  id: "B6",
  title: "developer who returns after eight years",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["hist-", "id-signing-key-shared"],
  tell(town) {
    const age = town.whole(4_000, 4_600);
    const person = town.person(age);
    ownRepository(town, person, {
      commits: ordinaryCommits(town, person, { from: age - 60, to: age - 800, count: 60 }),
      madeDaysAgo: age - 50,
    });
    for (let turn = 1; turn < 8; turn += 1)
      town.contributes(person, town.elsewhere(age + 100), { daysAgo: age - turn * 90 });
    const back = town.whole(150, 300);
    const now = { ...person, address: town.costume.address() };
    addKeys(town.world, person.user, ago(back));
    ownRepository(town, now, {
      commits: ordinaryCommits(town, now, { from: back, to: 5, count: 30 }),
      madeDaysAgo: back,
    });
    for (let turn = 0; turn < 5; turn += 1)
      town.contributes(person, town.elsewhere(), { daysAgo: back - 10 - turn * 25 });
    return { pullRequest: town.opens(person) };
  },
};

export const B7: Archetype = {
  id: "B7",
  title: "company developer with a new name",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["id-name-rotation", "life-handover-changepoint"],
  tell(town) {
    const person = town.person(town.whole(1_800, 2_600));
    steadyLife(town, person, { from: 1_700, everyDays: 60 });
    const [given = ""] = person.name.split(" ");
    const work = town.costume.address();
    const renamed: Person = { ...person, name: `${given} ${town.costume.word()}` };
    const commits = [
      ...ordinaryCommits(town, { ...person, address: work }, { from: 1_600, to: 900, count: 40 }),
      ...ordinaryCommits(
        town,
        { ...person, address: `${person.user.id}+before@users.noreply.github.com` },
        { from: 890, to: 500, count: 30 },
      ),
      ...ordinaryCommits(town, renamed, { from: 490, to: 10, count: 40 }),
    ];
    ownRepository(town, person, { commits, madeDaysAgo: 1_610 });
    knownHere(town, person, 300);
    return { pullRequest: town.opens(person) };
  },
};
