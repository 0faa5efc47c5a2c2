import type { Random } from "../../bench/seeded-numbers.ts";

// What must not matter: how accounts, repositories and people are called, where their mail lives, what their clocks are
// set to. Everything here is drawn by a number of its own, so that one story can be told in many costumes.

/** Syllables of two letters, in scripts of no costume more than one; the names that come out of them are nobody's. */
const SCRIPTS = [
  "ba ko ri mu ta ne so li da po ve ra lo me tu ki za no fe ga wi ho nu ex".split(" "),
  "ры ли да но во за ти ко ма ру се ни ла по вэ жу".split(" "),
  "ñe çu øl åb éd ïk ôm žu şa ğo ñi çe ål øn éz žo".split(" "),
  "אב גד הז חט כל מנ סע פצ קר שת בג דה זח טי כמ נס".split(" "),
  "ات بج حد خر زس شص طع غف قك لم نه وي تر دق سل".split(" "),
  "明子 川木 山田 林石 金水 火土 月日 春夏 秋冬 南北 東西 白青 赤黒 花鳥 風雨 空海".split(" "),
];
const PROVIDERS = ["mail.example", "post.example.org", "users.example.net", "box.example.com", "krüge.example"];
const HOSTS = "anvil beacon cinder drift ember fathom gantry hearth isthmus jetty keel lantern".split(" ");
/** Minutes by which every clock of a story is shifted alike; none is UTC afterwards, and none that no place has. */
const SHIFTS = [0, 60, 90, 120, 210, 240, -30, -90, -120, -210];

export interface Costume {
  /** Minutes by which every local clock is shifted. */
  readonly shiftMinutes: number;
  /** A name that shares no part with another of the same costume. */
  name(): string;
  login(): string;
  /** An address at an ordinary provider. */
  address(): string;
  /** What a machine calls itself. */
  host(): string;
  /** What a repository or a file is called. */
  word(): string;
}

export function makeCostume(random: Random): Costume {
  const used = new Set<string>();
  const below = (most: number): number => Math.floor(random.next() * most);
  const pick = (list: readonly string[]): string => list[below(list.length)] ?? "";
  /** One that was not given before. */
  function fresh(make: () => string): string {
    for (;;) {
      const made = make();
      if (used.has(made)) continue;
      used.add(made);
      return made;
    }
  }
  const script = SCRIPTS[below(SCRIPTS.length)] ?? [];
  // All of one length: a part of a name that begins another may be short for it.
  const part = (): string => fresh(() => Array.from({ length: 3 }, () => pick(script)).join(""));
  const latin = (): string => fresh(() => Array.from({ length: 3 }, () => pick(SCRIPTS[0] ?? [])).join(""));
  return {
    shiftMinutes: SHIFTS[below(SHIFTS.length)] ?? 0,
    name: () => `${part()} ${part()}`,
    login: () => `${latin()}${below(3) === 0 ? `-${below(9_999)}` : ""}-example`,
    address: () => `${latin()}@${pick(PROVIDERS)}`,
    host: () => `${pick(HOSTS)}-${latin()}-${below(900) + 100}`,
    word: () => latin(),
  };
}
