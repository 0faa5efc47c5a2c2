import type { HistoryCommit, HistoryPerson } from "@sallyport/simulator/src/build/history-commit.ts";
import type { User } from "@sallyport/simulator/src/world/world.ts";
import { type Instant, plusDays } from "../../../src/clock.ts";
import { pgpHeader } from "../../support/made-repository.ts";

/** Armour without the header's own name, as the simulator takes it. */
export const armour = (keyId: string): string =>
  pgpHeader(keyId)
    .replace(/^gpgsig /, "")
    .replaceAll("\n ", "\n")
    .trim();

export const OWNER_KEY = armour("00112233aabbccdd");
export const OTHER_KEY = armour("ffeeddcc99887766");

/** Whom commits name, and when they say they were made. */
export interface Pinned {
  readonly owner: User;
  /** Somebody with an account who has nothing to do with it. */
  readonly other: User;
  /** Number of the owner's repository, from 0: texts differ from one to the next. */
  readonly place: number;
}

export const addressOf = ({ id, login }: User): string => `${id}+${login}@users.noreply.github.com`;

/** Never the same minute twice, on the hours people keep. */
export const irregular = (from: Instant, index: number, step = 37): Instant =>
  plusDays(from, index + ((index * index * step + index * 11) % 397) / 1_000);

const person = (name: string, email: string, at: Instant, offsetMinutes = 60): HistoryPerson => ({
  name,
  email,
  at,
  offsetMinutes,
});

const NAMES = ["Ada Example", "Bo Sample", "Cleo Muster", "Dov Specimen", "Eli Exemplar"];

/** Commits that look like one trick each: what anybody can write, and what an account can do with its own pushes. */
interface Kind {
  /** What a single commit says; `index` counts from 0. */
  readonly commit: (about: Pinned, index: number) => Omit<HistoryCommit, "files">;
  readonly count: number;
  /** Every second commit has the content of the one before. */
  readonly again?: true;
  /** Commits of its own that the account has in each repository; thirty when nobody says. */
  readonly ownCommits?: number;
  /** Signals that must fire where the account itself pushed the commits; none where nothing can come of it. */
  readonly reaches: readonly string[];
}

const START = "2023-03-01T08:00:00.000Z";

/** The account's own address and name, so that only what a kind changes is remarkable. */
const asOwner = ({ owner }: Pinned, index: number, from: Instant = START): HistoryPerson =>
  person("Ada Example", addressOf(owner), irregular(from, index));

const plain = (author: HistoryPerson, message = "Work"): Omit<HistoryCommit, "files"> => ({ author, message });

/** One moment of the day for years before there was an account. */
const painted = (about: Pinned, index: number): HistoryPerson =>
  person("Ada Example", addressOf(about.owner), plusDays("2017-01-01T12:00:00.000Z", index * 12 + about.place));

export const KINDS = {
  copied_signature: {
    count: 6,
    commit: (_, index) => ({
      author: person("Bo Sample", "bo@sample.example", irregular(START, index)),
      message: "Work",
      signature: OWNER_KEY,
    }),
    reaches: [],
  },
  one_key_two_accounts: {
    // The key was the other account's before: GitHub goes on calling its signatures good.
    count: 6,
    commit: ({ owner, other }, index) => {
      const by = index % 2 === 0 ? owner : other;
      const name = index % 2 === 0 ? "Ada Example" : "Bo Sample";
      return { ...plain(person(name, addressOf(by), irregular(START, index))), signature: OTHER_KEY, signedBy: by };
    },
    reaches: ["id-signing-key-shared"],
  },
  several_names: {
    count: 20,
    commit: (about, index) => plain({ ...asOwner(about, index), name: NAMES[index % 5] ?? "" }),
    reaches: ["id-name-rotation"],
  },
  other_logins: {
    count: 12,
    commit: (about, index) => {
      const email = `${about.owner.id}+other-${index % 4}@users.noreply.github.com`;
      return plain({ ...asOwner(about, index), email });
    },
    reaches: ["id-rename-trace"],
  },
  impossible_dates: {
    count: 12,
    commit: (about, index) => {
      const author = asOwner(about, index);
      return { author: { ...author, at: plusDays(author.at, 90) }, committer: author, message: "Work" };
    },
    reaches: ["hist-impossible-timestamps"],
  },
  foreign_references: {
    count: 12,
    commit: (about, index) => plain(asOwner(about, index), `Handle case ${index} (#${9_000 + index})`),
    reaches: ["hist-foreign-merge-residue"],
  },
  branch_with_a_number: {
    count: 12,
    commit: (about, index) => plain(asOwner(about, index), `Merge branch '(#${9_000 + index})' of example.org:x/y`),
    reaches: [],
  },
  other_machine: {
    count: 12,
    commit: (_, index) => {
      const name = index % 2 === 0 ? "Bo Sample" : "Ada Example";
      return plain(person(name, `${index % 2 === 0 ? "bo" : "ada"}@anvil-forge-77.local`, irregular(START, index)));
    },
    reaches: ["id-machine-identity-shared"],
  },
  painted_dates: {
    count: 80,
    // As most programs that paint leave it: the committer's clock is the one at which they ran.
    commit: (about, index) => {
      const author = painted(about, index);
      return { ...plain(author), committer: { ...author, at: plusDays(START, index / 1_440) } };
    },
    reaches: [
      "hist-author-dates-in-one-sitting",
      "hist-synthetic-cadence",
      "hist-commits-predate-account",
      "hist-backdated-batch-push",
    ],
  },
  other_account: {
    count: 8,
    commit: ({ other }, index) => plain(person("Bo Sample", addressOf(other), irregular(START, index))),
    reaches: ["id-email-bridge"],
  },
  many_authors: {
    count: 60,
    ownCommits: 2,
    commit: (_, index) =>
      plain(
        person(
          `Member ${"abcdefghijklmnopqrstuvwxyz"[index % 26]}`,
          `m${index % 26}@crowd.example`,
          irregular(START, index),
        ),
      ),
    reaches: ["hist-mirror-credit"],
  },
  jumping_clock: {
    count: 30,
    commit: (about, index) => {
      const at = plusDays(START, Math.floor(index / 2) * 3 + (index % 2) / 1_000);
      return plain(person("Ada Example", addressOf(about.owner), at, index % 2 === 0 ? 120 : 540));
    },
    reaches: ["id-tz-fast-flip"],
  },
  another_hand: {
    count: 40,
    commit: (about, index) => {
      // Within three weeks of the account's own last commits (`ownWork`).
      const at = irregular("2021-04-05T08:00:00.000Z", index);
      const email = `${about.owner.id}+another@users.noreply.github.com`;
      return { ...plain(person("Ada Example", email, at, 540)), signature: OTHER_KEY };
    },
    reaches: ["life-handover-changepoint"],
  },
  written_again: {
    count: 40,
    again: true,
    ownCommits: 2,
    commit: (about, index) => {
      const at = irregular(START, index - (index % 2));
      if (index % 2 === 0) return plain(person("Cleo Muster", "cleo@muster.example", at));
      const author = { ...asOwner(about, index), at };
      return { ...plain(author), committer: { ...author, at: plusDays(at, 1 / 24) } };
    },
    reaches: ["hist-author-rewrite-copy"],
  },
  quiet_years: {
    // Between the two times at which the account itself did anything (`ownWork`).
    count: 60,
    commit: (about, index) => plain(asOwner(about, index)),
    reaches: ["life-commits-without-events"],
  },
  nobodys_address: {
    count: 30,
    ownCommits: 0,
    commit: (_, index) => plain(person("Ada Example", "ada@nobody.example", irregular(START, index))),
    reaches: ["id-unlinked-author-email"],
  },
  trailers: {
    count: 30,
    commit: (about, index) =>
      plain(
        person("Bo Sample", "bo@sample.example", irregular(START, index)),
        `Work\n\nCo-authored-by: Cleo Muster <${addressOf(about.owner)}>\nSigned-off-by: Ada Example <ada@x.example>`,
      ),
    reaches: [],
  },
} as const satisfies Readonly<Record<string, Kind>>;

export type KindName = keyof typeof KINDS;

/** The commits of a kind, each of which changes one file of its own. */
export function commitsOf(name: KindName, about: Pinned): readonly HistoryCommit[] {
  const { count, commit, again }: Kind = KINDS[name];
  return Array.from({ length: count }, (_, index) => ({
    ...commit(about, index),
    files: { [`${name}.txt`]: `${about.place} ${again ? index - (index % 2) : index}\n` },
  }));
}

/** Commits of its own that the account has beside those of the kind. */
export const ownCommitsBeside = (name: KindName): number => {
  const { ownCommits = 30 }: Kind = KINDS[name];
  return ownCommits;
};
