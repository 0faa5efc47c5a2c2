import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { addHistory } from "@sallyport/simulator/src/build/build-history.ts";
import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { ago, type Person, type Town } from "../../town/town.ts";
import { asPerson, mergedBy, ordinaryCommits, ownRepository } from "../../town/work.ts";
import { AROUND_ELEVATED, AROUND_REVIEW, type Archetype } from "../archetype.ts";

/** Somebody's project of years, and the same snapshots under another author. */
export function copiedProject(
  town: Town,
  by: Person,
  { from, count }: { readonly from: number; readonly count: number },
): readonly HistoryCommit[] {
  const author = town.person(from + 800);
  const original = ordinaryCommits(town, author, { from, to: from - 400, count });
  const older = addRepository(town.world, { owner: author.user, name: town.costume.word(), createdAt: ago(from) });
  addHistory(town.world, older, original);
  return original.map((commit) => ({ ...commit, author: asPerson(by, commit.author.at) }));
}

export const M3: Archetype = {
  id: "M3",
  title: "portfolio of copied repositories",
  bands: AROUND_ELEVATED,
  fires: ["hist-author-rewrite-copy", "hist-foreign-merge-residue"],
  silent: ["id-signing-key-shared"],
  tell(town) {
    const person = town.person(town.whole(300, 600));
    for (let place = 0; place < town.whole(3, 4); place += 1) {
      const copied = copiedProject(town, person, { from: town.whole(1_000, 1_600), count: town.whole(30, 50) });
      const commits = copied.map((commit, index) =>
        index % 3 === 0 ? { ...commit, message: `${commit.message} (#${index + 200})` } : commit,
      );
      ownRepository(town, person, { commits, madeDaysAgo: town.whole(20, 200), pushes: "at once" });
    }
    return { pullRequest: town.opens(person) };
  },
};

export const M5: Archetype = {
  id: "M5",
  title: "cluster hub and its ring",
  bands: AROUND_REVIEW,
  fires: ["net-cross-merge-ring", "net-cohort-creation"],
  silent: ["id-signing-key-shared"],
  tell(town) {
    const age = town.whole(200, 330);
    const ring = Array.from({ length: town.whole(6, 9) }, () => town.person(age + town.between(0, 4)));
    const content = ordinaryCommits(town, ring[0] ?? town.owner, { from: age - 10, to: age - 60, count: 26 });
    const owned = ring.map((member, place) => {
      const commits = content.map((commit) => ({ ...commit, author: asPerson(member, commit.author.at) }));
      return ownRepository(town, member, { commits, madeDaysAgo: age - 70 - place * 2, pushes: "at once" });
    });
    // Everybody's work is merged by the next two, and by nobody else.
    for (const [place, member] of ring.entries())
      for (const step of [1, 2]) {
        const keeper = ring[(place + step) % ring.length];
        const repository = owned[(place + step) % ring.length];
        if (keeper === undefined || repository === undefined) continue;
        mergedBy(town, member, { repository, keeper }, { count: 3, daysAgo: age - 100 - place * 3, everyDays: 4 });
      }
    // The last one copied what the others had: whoever published first may be the victim.
    return { pullRequest: town.opens(ring.at(-1) ?? town.owner) };
  },
};
