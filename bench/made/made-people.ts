import type { Random } from "../seeded-numbers.ts";
import { type MadePlace, minutesAt, PLACES } from "./made-places.ts";

export interface MadePeople {
  /** Somebody, a few far more often than the rest; with a share, the newcomer who stands there in the row of all. */
  author(newcomerAt: number | null): MadePerson;
  /** Author and committer lines of a commit that its committer dates `at`. */
  signatures(author: MadePerson, at: number): string;
  signedOffBy(author: MadePerson): string;
}

export interface MadePerson {
  readonly name: string;
  readonly address: string;
  readonly second: string | null;
  readonly noreply: string | null;
  readonly machine: string | null;
  readonly place: MadePlace;
}

const SHARES = { second: 0.4, noreply: 0.3, machine: 0.02 };
/** Of the commits: made on GitHub's pages, applied by somebody else. */
const WEB = 0.25;
const APPLIED = 0.1;

export function peopleMadeUp(count: number, random: Random): MadePeople {
  const people = Array.from({ length: count }, (_, index) => personMadeUp(index, random));
  const at = (index: number): MadePerson => people[Math.min(count - 1, index)] as MadePerson;
  // Log-uniform ranks: the n-th person has about 1/n of the commits of the first.
  const somebody = (): MadePerson => at(Math.floor((count + 1) ** random.next()) - 1);
  return {
    author: (newcomerAt) => (newcomerAt === null ? somebody() : at(Math.round(newcomerAt * count) - 1)),
    signatures(author, committedAt) {
      const web = random.next() < WEB;
      const applied = !web && random.next() < APPLIED;
      const authoredAt = committedAt - Math.floor(random.next() ** 4 * (web || applied ? 10 : 0.5) * DAY);
      const who = `${author.name} <${addressOf(author, authoredAt, web ? 0.9 : random.next())}>`;
      const offset = offsetAt(author, authoredAt);
      if (web) return lines(`${who} ${authoredAt} ${offset}`, `GitHub <noreply@github.com> ${committedAt} ${offset}`);
      const committer = applied ? somebody() : author;
      const hands = applied ? `${committer.name} <${committer.address}>` : who;
      return lines(`${who} ${authoredAt} ${offset}`, `${hands} ${committedAt} ${offsetAt(committer, committedAt)}`);
    },
    signedOffBy: ({ name, address }) => `Signed-off-by: ${name} <${address}>`,
  };
}

const lines = (author: string, committer: string): string => `author ${author}\ncommitter ${committer}\n`;

function personMadeUp(index: number, random: Random): MadePerson {
  const chance = (share: number): boolean => random.next() < share;
  const [given, family] = [syllables(index * 7 + 11), syllables(index)];
  const login = `${given}-${family}${index}`;
  return {
    name: chance(0.1) ? login : `${capital(given)} ${chance(0.1) ? "Ö" : ""}${capital(family)}`,
    address: `${given}.${family}@mail-${index % 40}.example`,
    second: chance(SHARES.second) ? `${family}${index}@work-${index % 400}.example` : null,
    noreply: chance(SHARES.noreply) ? `${10_000 + index * 37}+${login}@users.noreply.github.com` : null,
    machine: chance(SHARES.machine) ? `${given}@${family}-box-of-${given}.local` : null,
    place: PLACES[Math.floor(random.next() * PLACES.length)] ?? PLACES[0],
  };
}

const capital = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}`;

/** A different word for each number. */
function syllables(number: number): string {
  let word = "";
  for (let rest = number + 80; rest > 0; rest = Math.floor(rest / 80))
    word += `${"bdfgklmnprstvwzh"[rest % 16]}${"aeiou"[Math.floor(rest / 16) % 5]}`;
  return word;
}

/** The second address takes over in time; a machine's own and the noreply one come now and then. */
function addressOf({ address, second, noreply, machine }: MadePerson, at: number, draw: number): string {
  if (noreply !== null && draw > 0.7) return noreply;
  if (machine !== null && draw < 0.1) return machine;
  return second !== null && at % (700 * DAY) > 400 * DAY ? second : address;
}

const DAY = 86_400;
/** As git writes it. */
function offsetAt({ place }: MadePerson, at: number): string {
  const minutes = minutesAt(place, at);
  const clock = Math.floor(Math.abs(minutes) / 60) * 100 + (Math.abs(minutes) % 60);
  return `${minutes < 0 ? "-" : "+"}${String(clock).padStart(4, "0")}`;
}
