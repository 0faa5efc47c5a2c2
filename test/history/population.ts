import { createHash } from "node:crypto";
import { minutesAt, PLACES } from "../../bench/made/made-places.ts";
import { type Random, seededNumbers } from "../../bench/seeded-numbers.ts";
import { type History, historyOf } from "../../src/history/history.ts";
import { type CommitRecord, tableBuilder } from "../../src/history/read/table.ts";
import { atOnce } from "../../src/slices.ts";

const DAY = 86_400;
const START = Date.UTC(2016, 0, 1) / 1_000;
/** Until then GitHub's merge button named the person as the committer, and for years at the clock of its servers. */
const NAMED_ON_WEB = Date.UTC(2016, 6, 1) / 1_000;
const SERVERS_OFFSET = -480;

/**
 * Ordinary contributors, made after the rates measured on real ones (BASE-RATES.md §1): second and third addresses and
 * machines, spellings, handles, journeys and moves, second machines that run on UTC, web commits, late landings,
 * rebases, pauses of years, bursts, a wrong clock now and then, keys that were lost; placeholders, mailing lists and
 * pairs on one commit; and new employers, with whom address, key and place change in one week.
 */
export function ordinaryHistory(count: number, seed: number, changed: Changed = {}): History {
  const random = seededNumbers(seed);
  const table = tableBuilder(20);
  let made = 0;
  for (let person = 0; person < count; person++)
    for (const commit of commitsOf(person, random, changed.merges).map((each) => change(each, changed))) {
      const oid = Buffer.from(createHash("sha1").update(String(made++)).digest("hex"));
      const [author, committer] = [commit.author, commit.committer].map((text) => Buffer.from(text)) as [
        Buffer,
        Buffer,
      ];
      const people = {
        author: table.person(author, 0, author.length),
        committer: table.person(committer, 0, committer.length),
      };
      table.fill(table.rowOf(oid, 0), { ...commit, ...people }, -1);
    }
  return historyOf(atOnce(table.finish()), { accounts: [], mailmap: [] });
}

/** The same people with one thing different that must not matter. */
export interface Changed {
  /** Added to every clock. */
  readonly shiftMinutes?: number;
  /** Machines that run on UTC go on doing so wherever people live. */
  readonly utcStays?: true;
  /** The letter that stands for `a` in names, those of another script for the others. */
  readonly script?: number;
  /** Off: every noreply address is an ordinary one. */
  readonly noreply?: boolean;
  /** Whether a merge of GitHub's button is known as one. */
  readonly merges?: "as_made_by_hand";
}

function change(commit: MadeCommit, { shiftMinutes = 0, noreply = true, script, utcStays }: Changed): MadeCommit {
  const plain = (who: string): string => {
    const named = script === undefined ? who : who.replace(/^[^<]*/, (name) => inScript(name, script));
    return noreply ? named : named.replace(/\d+\+(\w+)@users\.noreply\.github\.com/, "$1@home.net");
  };
  return {
    ...commit,
    author: plain(commit.author),
    committer: plain(commit.committer),
    offset: utcStays && commit.offset === 0 ? 0 : commit.offset + shiftMinutes,
  };
}

/** People's own names in letters of another script; what everybody has in his settings stays as it is. */
const inScript = (name: string, script: number): string =>
  /^Given/i.test(name)
    ? name.replace(/[a-z]/gi, (letter) => String.fromCharCode(script + (letter.toLowerCase().charCodeAt(0) - 97)))
    : name;

type MadeCommit = Omit<CommitRecord, "author" | "committer"> & { readonly author: string; readonly committer: string };

function commitsOf(person: number, random: Random, counted?: Changed["merges"]): readonly MadeCommit[] {
  const chance = (share: number): boolean => random.next() < share;
  const name = nameOf(person);
  const spellings = chance(0.3) ? [name, chance(0.5) ? `given${letters(person)}` : name.replace(" ", " M. ")] : [name];
  const addresses = addressesOf(person, chance);
  const keys = chance(0.29)
    ? [`openpgp:${person.toString(16).padStart(16, "0")}`, ...(chance(0.3) ? [`ssh:key-${person}`] : [])]
    : [];
  const spanDays = 180 + Math.floor(random.next() ** 2 * 2_600);
  const commitCount = 20 + Math.floor(random.next() ** 4 * 700);
  const moves = chance(0.25) ? [0, 0.3 + random.next() * 0.4] : [0];
  const places = moves.map(() => PLACES[Math.floor(random.next() * PLACES.length)] ?? PLACES[0]);
  const travels = chance(0.2);
  const newJobAt = chance(0.15) ? 0.3 + random.next() * 0.4 : 1;
  const begin = START + Math.floor(random.next() * 900) * DAY;
  const awakeFrom = 7 + Math.floor(random.next() * 8);
  const moments = Array.from({ length: commitCount }, () => {
    const day = Math.floor(random.next() * spanDays);
    const hour = chance(0.12) ? random.next() * 24 : awakeFrom + random.next() * 11;
    return begin + day * DAY + Math.floor(hour * 3_600);
  }).sort((a, b) => a - b);
  return moments.map((moment, index) => {
    const through = index / commitCount;
    const hasNewJob = through >= newJobAt;
    const home = places.findLast((_, move) => through >= (moves[move] ?? 0)) ?? PLACES[0];
    const place = hasNewJob && person % 5 === 0 ? (PLACES[person % PLACES.length] ?? home) : home;
    const offset = travels && chance(0.01) ? 540 : chance(0.04) ? 0 : minutesAt(place, moment);
    const at = moment - offset * 60;
    const used = Math.min(addresses.length - 1, Math.floor(through * addresses.length + (chance(0.1) ? 1 : 0)));
    const address = hasNewJob ? `p${person}@employer-${person % 89}.com` : addresses[used];
    const key = hasNewJob
      ? `openpgp:${(person + 2 ** 40).toString(16).padStart(16, "0")}`
      : keys[Math.floor(through * keys.length)];
    const author = seldom(person, chance) ?? `${spellings[chance(0.2) ? spellings.length - 1 : 0]} <${address}>`;
    const committer = chance(0.2)
      ? "GitHub <noreply@github.com>"
      : chance(0.06)
        ? "Main Tainer <main@example.org>"
        : author;
    const merges = at < NAMED_ON_WEB && chance(0.3);
    const late = chance(0.01) ? Math.floor(random.next() * 500) * DAY : Math.floor(random.next() * 3_600);
    return {
      author,
      committer: merges ? author : committer,
      authoredAt: at,
      committedAt: merges ? at : chance(0.0002) ? at - 40 * DAY : at + late,
      offset: merges ? SERVERS_OFFSET : offset,
      parentCount: merges ? 2 : 1,
      // Whoever replays somebody's commit takes the signature off.
      key: committer === author && keys.length > 0 ? (key ?? null) : null,
      reference: 0,
      mergedOnWeb: merges && counted !== "as_made_by_hand",
      trailers: [],
    };
  });
}

/** Whom one commit in a hundred names instead: real histories have them, and they must tie nobody to anybody. */
function seldom(person: number, chance: (share: number) => boolean): string | null {
  if (!chance(0.01)) return null;
  const [name, other] = [nameOf(person), nameOf(person + 1)];
  // A new machine, a patch by way of a list, another's name at the keyboard of two, both of them.
  if (chance(0.3)) return person % 2 === 0 ? "Your Name <you@example.com>" : "root <root@localhost.localdomain>";
  if (chance(0.3)) return `${name} via Sample Development <sample-devel@lists.example.org>`;
  return `${chance(0.5) ? other : `${name} and ${other}`} <p${person}@company-${person % 97}.org>`;
}

const nameOf = (person: number): string => `Given${letters(person)} Family${letters(person * 7 + 3)}`;

function addressesOf(person: number, chance: (share: number) => boolean): readonly string[] {
  const found = [`p${person}@company-${person % 97}.org`];
  if (chance(0.38)) found.push(`p${person}@home-${person}.net`);
  if (chance(0.3)) found.push(`${100_000 + person}+p${person}@users.noreply.github.com`);
  if (chance(0.006)) found.push(`${100_000 + person}+renamed${person}@users.noreply.github.com`);
  if (chance(0.018)) found.push(`p${person}@${chance(0.5) ? "macbook-pro" : `rare-host-${person}`}.local`);
  return found;
}

/** A number as letters: names have no digits. */
const letters = (value: number): string =>
  [...value.toString(26)].map((digit) => String.fromCharCode(97 + Number.parseInt(digit, 26))).join("");
