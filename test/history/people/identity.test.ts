import { type Identities, identityKey, identitySteps, keyedIds } from "../../../src/history/people/identity.ts";
import { parseMailmap } from "../../../src/history/people/mailmap.ts";
import { peopleOf } from "../../../src/history/people/person.ts";
import { atOnce } from "../../../src/slices.ts";
import { describe, expect, test } from "../../support/jest.ts";

interface Given {
  readonly mailmap?: string;
  /** Commits of each person; one each when nothing is said. */
  readonly uses?: readonly number[];
  readonly accounts?: Parameters<typeof identitySteps>[1]["accounts"];
}

function identified(people: readonly string[], { mailmap = "", accounts = [], uses }: Given = {}): Identities {
  const statements = { accounts, mailmap: parseMailmap(mailmap) };
  return atOnce(identitySteps(peopleOf(people), statements, uses ?? people.map(() => 1)));
}

/** Which of the people are together, as groups of indices. */
const groups = (people: readonly string[], given: Given = {}): readonly (readonly number[])[] =>
  identified(people, given).list.map(({ members }) => members);

const automated = (people: readonly string[], given: Given = {}): readonly boolean[] =>
  identified(people, given).list.map((identity) => identity.automated);

describe("identity", () => {
  test("equal addresses are one, whatever their case", () => {
    expect(groups(["Ada <A@Example.org>", "Ada E <a@example.org>", "Bo <b@example.org>"])).toEqual([[0, 1], [2]]);
  });

  test("an account id in a noreply address joins its logins, and the older form by the login", () => {
    const people = [
      "Ada <77+ada-example@users.noreply.github.com>",
      "Ada <77+ada-renamed@users.noreply.github.com>",
      "Ada <ada-example@users.noreply.github.com>",
      "Bo <78+bo-example@users.noreply.github.com>",
    ];
    expect(groups(people, { uses: [3, 1, 1, 1] })).toEqual([[0, 1, 2], [3]]);
  });

  test("a login that two accounts had joins neither", () => {
    const people = [
      "A <77+ada-example@users.noreply.github.com>",
      "B <78+ada-example@users.noreply.github.com>",
      "C <ada-example@users.noreply.github.com>",
    ];
    expect(groups(people)).toEqual([[0], [1], [2]]);
  });

  test("long handles are joined, to each other and to the name that they are, but nothing that many may be called", () => {
    const handles = ["ada-example7 <a@one.org>", "adaexample <a@two.org>"];
    expect(groups(handles)).toEqual([[0, 1]]);
    expect(groups([...handles, "Ada Example <a@three.org>"], { uses: [1, 1, 2] })).toEqual([[0, 1, 2]]);
    for (const name of ["exampla", "Christopher", "yourname", "dependabot[bot]", "GitHub Actions"])
      expect(groups([`${name} <a@one.org>`, `${name} <a@two.org>`])).toEqual([[0], [1]]);
  });

  test("spellings of the usual name join as it does, another name on the same address does not", () => {
    const people = ["Jess Example <a@one.org>", "Jessica M. Example <a@one.org>", "Bo Example <a@one.org>"];
    const others = ["Jessica Example <a@two.org>", "Bo Example <b@one.org>"];
    expect(groups([...people, ...others], { uses: [5, 3, 3, 2, 2] })).toEqual([[0, 1, 2, 3], [4]]);
  });

  test("equal full names are joined, short handles and first names are not", () => {
    expect(groups(["Ada Example <a@one.org>", "ada example <a@two.org>"])).toEqual([[0, 1]]);
    expect(groups(["ada <a@one.org>", "ada <a@two.org>"])).toEqual([[0], [1]]);
  });

  test("a name does not join two accounts", () => {
    const people = [
      "Ada Example <77+ada-example@users.noreply.github.com>",
      "Ada Example <78+ada-two@users.noreply.github.com>",
    ];
    expect(groups(people)).toEqual([[0], [1]]);
  });
});

describe("identity: whom a name joins, and whom not", () => {
  test("nor do two names of one person join two accounts", () => {
    const people = ["Jess Example <a@one.org>", "Jessica Example <a@one.org>"];
    const accounts = [
      "Jess Example <77+jess@users.noreply.github.com>",
      "Jessica Example <78+j@users.noreply.github.com>",
    ];
    expect(groups([...people, ...accounts], { uses: [9, 9, 1, 1] })).toEqual([[0, 1, 2], [3]]);
  });

  test("a name does not join two whom the mailmap lists apart", () => {
    const people = ["Ada Example <a@one.org>", "Ada Example <a@two.org>", "Ada Example <a@three.org>"];
    expect(groups(people, { mailmap: "Ada Example <a@one.org>", uses: [3, 2, 1] })).toEqual([[0, 1, 2]]);
    const mailmap = "Ada Example <a@one.org>\nAda Example <a@two.org>";
    expect(groups(people, { mailmap, uses: [3, 2, 1] })).toEqual([[0, 2], [1]]);
  });

  test("a name that many addresses carry joins none of them", () => {
    const many = Array.from({ length: 9 }, (_, index) => `Ada Example <a${index}@example.org>`);
    expect(groups(many)).toHaveLength(9);
  });

  test("a name joins only where it is the usual one of both sides", () => {
    const people = [
      "Ada Example <a@one.org>",
      "Ada Example <b@one.org>",
      "Bo Sample <b@one.org>",
      "Bo Sample <b@two.org>",
    ];
    expect(groups(people, { uses: [9, 1, 9, 9] })).toEqual([[0], [1, 2, 3]]);
    // Two names of equal weight: neither is usual.
    expect(groups(people, { uses: [9, 5, 5, 9] })).toEqual([[0], [1, 2], [3]]);
    // What the addresses of one account are called counts together.
    const one = ["Ada Example <7+a@users.noreply.github.com>", "Bo Sample <7+b@users.noreply.github.com>"];
    expect(groups([...one, "Bo Sample <b@two.org>"], { uses: [9, 1, 9] })).toEqual([[0, 1], [2]]);
  });

  test("one commit under somebody's login does not give it to another account", () => {
    const people = [
      "Ada <ada@users.noreply.github.com>",
      "Bo <78+bo@users.noreply.github.com>",
      "Bo <78+ada@users.noreply.github.com>",
    ];
    expect(groups(people, { uses: [5, 5, 1] })).toEqual([[0], [1, 2]]);
  });

  test("of two accounts with one name the busier joins what has no account", () => {
    const people = [
      "Ada Example <1+out@users.noreply.github.com>",
      "Ada Example <77+ada@users.noreply.github.com>",
      "Ada Example <a@one.org>",
    ];
    expect(groups(people, { uses: [1, 4, 4] })).toEqual([[0], [1, 2]]);
  });
});

describe("identity: placeholders, mailmaps and the caller's word", () => {
  test("placeholders and GitHub's own commits tie nobody to anybody", () => {
    for (const address of [
      "root@localhost",
      "you@example.com",
      "?@?",
      "nobody@one.org",
      "GitHub",
      "noreply@github.com",
    ])
      expect(groups([`ada <${address}>`, `bo <${address}>`])).toEqual([[0], [1]]);
    for (const name of ["Your Name", "Test User", "First Last", "user.name", "John Doe", "Your Full Name"])
      expect(groups([`${name} <a@one.org>`, `${name} <b@one.org>`])).toEqual([[0], [1]]);
  });

  test("the mailmap may say whose placeholder it is", () => {
    const people = ["Ada <a@one.org>", "ada <root@localhost>", "bo <root@localhost>"];
    expect(groups(people, { mailmap: "Ada <a@one.org> ada <root@localhost>" })).toEqual([[0, 1], [2]]);
  });

  test("the project's mailmap joins, and says that it did", () => {
    const people = ["Ada <a@one.org>", "adx <a@two.org>", "Bo <b@two.org>"];
    const mailmap = "# ours\nAda Example <a@one.org> <A@Two.org>\nBad line\nOnly Name <b@one.org>\n";
    const { list } = identified(people, { mailmap });
    expect(list.map(({ members }) => members)).toEqual([[0, 1], [2]]);
    expect(list.map(({ joinedBy }) => joinedBy)).toEqual([["mailmap"], []]);
  });

  test("a line of the mailmap that says a name splits an address, and wins over the line of the address", () => {
    const people = ["Ada <a@one.org>", "ADA <shared@two.org>", "Bo <shared@two.org>", "Bo <b@one.org>"];
    const byName = "A <a@one.org> Ada <shared@two.org>\n";
    expect(groups(people, { mailmap: byName })).toEqual([[0, 1], [2], [3]]);
    for (const mailmap of [`${byName}B <b@one.org> <shared@two.org>`, `B <b@one.org> <shared@two.org>\n${byName}`])
      expect(groups(people, { mailmap })).toEqual([
        [0, 1],
        [2, 3],
      ]);
  });

  test("addresses of one proper address meet where that one never committed", () => {
    const mailmap = "Ada <a@home.org> <a@one.org>\nAda <a@home.org> adx <a@two.org>";
    expect(groups(["Ada <a@one.org>", "adx <a@two.org>"], { mailmap })).toEqual([[0, 1]]);
  });

  test("a commit under a name that the mailmap splits off does not bring the account of the address along", () => {
    const people = [
      "Ada <77+ada@users.noreply.github.com>",
      "Bo <77+ada@users.noreply.github.com>",
      "Bo <b@one.org>",
      "Ada <77+adx@users.noreply.github.com>",
    ];
    const given = { mailmap: "Bo <b@one.org> Bo <77+ada@users.noreply.github.com>", uses: [5, 1, 5, 2] };
    expect(groups(people, given)).toEqual([
      [0, 3],
      [1, 2],
    ]);
  });

  test("the caller's word joins the addresses of an account", () => {
    const people = ["Ada <a@one.org>", "adx <a@two.org>", "x <77+ada-example@users.noreply.github.com>"];
    const accounts = [{ id: 77, emails: ["A@one.org", "a@two.org"] }];
    expect(groups(people, { accounts })).toEqual([[0, 1, 2]]);
  });
});

describe("identity: automations and ids", () => {
  test("automations are known by their addresses", () => {
    const machines = [
      "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      "anything <41898282+github-actions@users.noreply.github.com>",
      "x <renovate[bot]@users.noreply.github.com>",
      "x <77+example-bot@users.noreply.github.com>",
      "CI <ci@example.org>",
      "GitHub Action <action@github.com>",
      "Travis CI <travis@travis-ci.org>",
      "Ada Example via Sample Development <sample-devel@lists.example.org>",
    ];
    expect(automated(machines)).toEqual(machines.map(() => true));
  });

  test("a name decides nothing about automation", () => {
    const people = [
      "Travis Example <t@example.org>",
      "travis <travis@example.org>",
      "Robot Example <robert@example.org>",
      "renovate[bot] <ada@example.org>",
      "github-actions <bo@example.org>",
      "Ada Example <github@lists.example.org>",
    ];
    expect(automated(people)).toEqual(people.map(() => false));
  });

  test("an identity is automated when more than half of its commits are", () => {
    const people = ["Ada <a@one.org>", "Ada <77+ada[bot]@users.noreply.github.com>"];
    const mailmap = "Ada <a@one.org> <77+ada[bot]@users.noreply.github.com>";
    const of = (...uses: number[]) => automated(people, { mailmap, uses });
    expect([of(9, 1), of(5, 5), of(5, 6)]).toEqual([[false], [false], [true]]);
  });

  test("an id is the same for the same key and another for another, and shows nothing of the address", () => {
    const people = peopleOf(["Ada <a@one.org>"]);
    const [identity] = atOnce(identitySteps(people, { accounts: [], mailmap: [] }, [1])).list;
    const text = identity ? identityKey(identity, people) : "";
    expect(keyedIds("one")(text)).toBe(keyedIds("one")(text));
    expect(keyedIds("one")(text)).not.toBe(keyedIds("two")(text));
    expect(keyedIds("one")(text)).toMatch(/^[0-9a-f]{16}$/);
  });
});
