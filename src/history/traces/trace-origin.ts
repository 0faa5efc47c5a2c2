import type { History } from "../history.ts";
import type { Subject } from "../people/known.ts";
import { ownedBy, refOf, refsOf } from "./evidence.ts";
import type { OriginTraces } from "./traces.ts";

/** Where the repositories that the subject owns come from; nothing when nobody said what it owns. */
export function originTraces(history: History, subject: Subject): OriginTraces {
  const owned = [...ownedBy(subject)];
  return { repositories: owned.flatMap((place) => originOf(history, subject, place)) };
}

function originOf(history: History, subject: Subject, place: number): OriginTraces["repositories"] {
  const known = subject.repositories[place];
  if (known === undefined) return [];
  const { table, identities } = history;
  const authors = new Set<number>();
  const references: number[] = [];
  let commitCount = 0;
  let ownCount = 0;
  let firstRow = -1;
  for (let row = 0; row < table.rowCount; row++) {
    if (table.read[row] !== 1 || table.repository[row] !== place) continue;
    commitCount++;
    const [author = 0, committer] = [table.author[row] ?? 0, table.committer[row] ?? 0].map(
      (one) => identities.of[one],
    );
    if (author === subject.identity) ownCount++;
    else if (!identities.list[author]?.automated) {
      authors.add(author);
      if (firstRow < 0) firstRow = row;
    }
    // By itself a history does not say who pushed: others' subjects are then others' words.
    const mine = subject.receivedAt !== null || author === subject.identity || committer === subject.identity;
    if (mine && known.highestNumber !== null && (table.reference[row] ?? 0) > known.highestNumber) references.push(row);
  }
  return [
    {
      repository: known.id,
      declared: known.declared,
      impossibleReferenceCount: known.highestNumber === null ? null : references.length,
      referenceRefs: refsOf(history, subject, references),
      otherAuthorCount: authors.size,
      othersActed: known.othersActed,
      subjectShare: commitCount === 0 ? 0 : ownCount / commitCount,
      ref: firstRow < 0 ? null : refOf(history, subject, firstRow),
    },
  ];
}
