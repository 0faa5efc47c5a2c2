import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { plusDays } from "../../../src/clock.ts";
import { ago, type Person, type Town } from "../../town/town.ts";
import { asPerson, ownRepository } from "../../town/work.ts";
import { AROUND_NOTE, AROUND_REVIEW, type Archetype } from "../archetype.ts";

/** How programs that paint histories set the two clocks of a commit. */
export type Painter = "random minutes" | "minute by minute" | "both clocks";
export const PAINTERS: readonly Painter[] = ["random minutes", "minute by minute", "both clocks"];

/** A history that was made in one sitting and claims years. */
export function paintedCommits(
  town: Town,
  person: Person,
  paint: {
    readonly painter: Painter;
    readonly count: number;
    readonly from: number;
    readonly to: number;
    readonly madeDaysAgo: number;
  },
): readonly HistoryCommit[] {
  const { painter, count, from, to, madeDaysAgo } = paint;
  return Array.from({ length: count }, (_, index): HistoryCommit => {
    const day = Math.floor(from - ((from - to) * index) / count);
    const minute = painter === "random minutes" ? town.between(0, 0.4) : painter === "both clocks" ? 0 : index / 1_440;
    const authored = plusDays(ago(day), minute);
    const ran = plusDays(ago(madeDaysAgo), index / 86_400);
    return {
      author: asPerson(person, authored),
      committer: asPerson(person, painter === "both clocks" ? authored : ran),
      message: `Update ${index + 1}`,
      files: { "notes.txt": `${town.costume.word()} ${index}\n` },
    };
  });
}

export const M2: Archetype = {
  id: "M2",
  title: "fabricated backdated history",
  bands: AROUND_REVIEW,
  fires: ["hist-commits-predate-account", "hist-backdated-batch-push"],
  silent: ["hist-author-rewrite-copy"],
  tell(town) {
    const person = town.person(town.whole(100, 140));
    const painter = PAINTERS[town.whole(0, PAINTERS.length - 1)] ?? "both clocks";
    const madeDaysAgo = town.whole(20, 60);
    for (let repository = 0; repository < town.whole(6, 8); repository += 1)
      ownRepository(town, person, {
        commits: paintedCommits(town, person, {
          painter,
          count: town.whole(90, 160),
          from: 3_000,
          to: 200,
          madeDaysAgo,
        }),
        madeDaysAgo,
        pushes: "at once",
      });
    return { pullRequest: town.opens(person) };
  },
};

/** An account that is older than what it claims, so that nothing but the painting itself can be seen. */
const painting = (id: string, painter: Painter, title: string): Archetype => ({
  id,
  title,
  bands: AROUND_NOTE,
  fires: [],
  silent: ["hist-commits-predate-account", "hist-author-rewrite-copy"],
  tell(town) {
    const person = town.person(town.whole(2_400, 3_600));
    town.contributes(person, town.elsewhere(), { daysAgo: town.whole(300, 900) });
    const madeDaysAgo = town.whole(20, 60);
    for (let repository = 0; repository < town.whole(3, 5); repository += 1)
      ownRepository(town, person, {
        commits: paintedCommits(town, person, {
          painter,
          count: town.whole(60, 200),
          from: 2_000,
          to: 100,
          madeDaysAgo,
        }),
        madeDaysAgo,
        pushes: "at once",
      });
    return { pullRequest: town.opens(person) };
  },
});

/** One story for each way of painting, and nothing else in it. */
export const PAINTINGS: readonly Archetype[] = [
  painting("M2r", "random minutes", "painted: author dates at random minutes"),
  painting("M2m", "minute by minute", "painted: author dates a minute apart"),
  painting("M2c", "both clocks", "painted: both clocks set, at noon"),
];
