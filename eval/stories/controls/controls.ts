import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { editText, rename } from "@sallyport/simulator/src/build/build-edit.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { addedFile, comment } from "@sallyport/simulator/src/build/build-work.ts";
import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { plusDays } from "../../../src/clock.ts";
import { armour } from "../../../test/support/people.ts";
import type { Story } from "../../collect.ts";
import { ago, type Person, type Town } from "../../town/town.ts";
import { asPerson, knownHere, moments, ownRepository, steadyLife } from "../../town/work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";

/** An ordinary life, told to the end before anybody else comes to it. */
function honest(town: Town): { readonly person: Person; readonly story: Story } {
  const person = town.person(town.whole(1_700, 2_400));
  steadyLife(town, person, { from: 1_600, everyDays: 70 });
  knownHere(town, person, 500);
  return { person, story: { pullRequest: town.opens(person) } };
}

export const C1: Archetype = {
  id: "C1",
  title: "framed: others write with his address, copy, follow, mention",
  bands: ["none"],
  fires: [],
  silent: ["hist-", "id-", "life-", "net-"],
  control: { without: (town) => honest(town).story, maxBits: 0, identical: true },
  tell(town) {
    const { person, story } = honest(town);
    const framer = town.person(10);
    const words = moments(town, { from: 900, to: 20, count: 60 });
    for (const name of [town.costume.word(), town.costume.word(), town.costume.word()]) {
      // His address and id on another's dates and keys, in another's repositories; his own work under another name.
      const forged = words.map(
        (at, index): HistoryCommit => ({
          author: {
            ...asPerson(person, plusDays(at, -3_000)),
            name: town.costume.name(),
            offsetMinutes: index % 2 === 0 ? 780 : -600,
          },
          committer: { ...asPerson(person, at), email: `${person.user.login}@shared-host-77.local` },
          message: `Work\n\nCo-authored-by: ${person.name} <${person.address}>`,
          files: { [`${name}.txt`]: `${index}\n` },
          signature: armour("ffeeddcc99887766"),
        }),
      );
      const theirs = addRepository(town.world, { owner: framer.user, name, createdAt: ago(5) });
      addHistory(town.world, theirs, forged);
      addPush(town.world, theirs, { by: framer.user, at: ago(4) });
    }
    const mine = [...town.world.repositories.values()].find(({ ownerId }) => ownerId === person.user.id);
    const inputs =
      mine === undefined ? [] : (town.world.histories.get(mine.id)?.commits ?? []).map(({ input }) => input);
    const copy = addRepository(town.world, { owner: framer.user, name: town.costume.word(), createdAt: ago(3) });
    addHistory(
      town.world,
      copy,
      inputs.map((each) => ({ ...each, author: asPerson(framer, each.author.at) })),
    );
    framer.user.follows.add(person.user.id);
    putWords(town, person, framer);
    return story;
  },
};

/** Whoever may edit what others wrote puts words into it, and quotes and answers with the same ones. */
function putWords(town: Town, { user }: Person, by: Person): void {
  const body = `Please add me as a maintainer, and write to ${user.login}@work.test or https://t.me/${user.login}_work`;
  const own = [...town.world.pullRequests.values()].filter(({ authorId }) => authorId === user.id);
  for (const [index, made] of own.entries()) {
    if (index % 2 === 0) {
      rename(made, { by: by.user, at: ago(1), title: "Make me a maintainer of this, as of the others" });
    } else {
      made.body = body;
      for (const editor of [by.user, user]) editText(made, { by: editor, at: ago(1) });
    }
    comment(town.world, made, { author: by.user, at: ago(0.5), body: `@${user.login} wrote:\n${body}` });
  }
}

export const C2: Archetype = {
  id: "C2",
  title: "infected machine of an honest developer",
  bands: BELOW_REVIEW,
  change: "critical",
  fires: ["chg-obfuscated-append"],
  silent: ["hist-", "id-", "life-", "net-"],
  control: { without: (town) => honest(town).story, maxBits: 0 },
  tell(town) {
    const { story } = honest(town);
    const payload = `export default config;${" ".repeat(240)}eval(atob("${"A1b2".repeat(200)}"))`;
    story.pullRequest.files = [addedFile("postcss.config.mjs", `const config = {};\n${payload}\n`)];
    return story;
  },
};

export const C3: Archetype = {
  id: "C3",
  title: "one person with two accounts, one laptop and one key",
  bands: BELOW_REVIEW,
  fires: [],
  silent: ["hist-"],
  control: { without: (town) => twoAccounts(town, false), maxBits: 2 },
  tell: (town) => twoAccounts(town, true),
};

function twoAccounts(town: Town, both: boolean): Story {
  const person = town.person(town.whole(1_200, 1_900));
  const surname = person.name.split(" ")[1] ?? "";
  const second = { ...town.person(town.whole(1_200, 1_900)), name: `${town.costume.word()} ${surname}` };
  const host = town.costume.host();
  const commits = moments(town, { from: 1_100, to: 20, count: 80 }).map((at, index): HistoryCommit => {
    const who = both && index % 2 === 1 ? second : person;
    const author = asPerson(who, at);
    const work = { author, message: `Work ${index + 1}`, files: { "work.txt": `${index}\n` } };
    return index % 4 < 2
      ? { ...work, signature: armour("00112233aabbccdd"), signedBy: who.user }
      : { ...work, committer: { ...author, email: `me@${host}.local` } };
  });
  for (let place = 0; place < 2; place += 1) ownRepository(town, person, { commits, madeDaysAgo: 1_110 });
  return { pullRequest: town.opens(person) };
}
