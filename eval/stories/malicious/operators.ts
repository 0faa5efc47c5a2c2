import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { armour } from "../../../test/support/people.ts";
import type { Person, Town } from "../../town/town.ts";
import { asPerson, moments, ownRepository } from "../../town/work.ts";
import { AROUND_ELEVATED, AROUND_REVIEW, type Archetype } from "../archetype.ts";

/** Four personas at one keyboard: every other commit signed by one key, the rest from one machine. */
function sharedWork(
  town: Town,
  personas: readonly Person[],
  { key, host }: { readonly key: string; readonly host: string },
): readonly HistoryCommit[] {
  return moments(town, { from: 700, to: 30, count: town.whole(60, 100) }).map((at, index): HistoryCommit => {
    const persona = personas[index % personas.length] ?? town.owner;
    const author = asPerson(persona, at);
    const work = {
      author,
      message: `Change ${index + 1}`,
      files: { [`src/${index % 9}.ts`]: `${town.costume.word()}\n` },
    };
    return index % 8 < 4
      ? { ...work, signature: armour(key), signedBy: persona.user }
      : { ...work, committer: { ...author, email: `${persona.user.login}@${host}.local` } };
  });
}

function tellOperators(town: Town, pushes: "as made" | "unlogged") {
  const others = Array.from({ length: 3 }, () => town.person(town.whole(800, 1_600)));
  const person = town.person(town.whole(800, 1_500));
  const shared = {
    key: `00${town.whole(10 ** 12, 9 * 10 ** 12)}`.padEnd(16, "0").slice(0, 16),
    host: town.costume.host(),
  };
  // The account itself comes last: whoever used a machine first may have been copied.
  for (let place = 0; place < 2; place += 1)
    ownRepository(town, person, { commits: sharedWork(town, [...others, person], shared), madeDaysAgo: 720, pushes });
  return { pullRequest: town.opens(person) };
}

export const M4: Archetype = {
  id: "M4",
  title: "team of operators behind one account",
  bands: AROUND_ELEVATED,
  fires: ["id-signing-key-shared", "id-machine-identity-shared", "id-email-bridge"],
  silent: ["hist-author-rewrite-copy"],
  tell: (town) => tellOperators(town, "as made"),
};

export const M4U: Archetype = {
  id: "M4-",
  title: "the same, where GitHub's log of pushes is gone",
  bands: AROUND_REVIEW,
  fires: ["id-signing-key-shared"],
  silent: ["hist-author-rewrite-copy"],
  tell: (town) => tellOperators(town, "unlogged"),
};
