import { identityKey, identitySteps, keyedIds } from "../../../src/history/people/identity.ts";
import { parseMailmap } from "../../../src/history/people/mailmap.ts";
import { peopleOf } from "../../../src/history/people/person.ts";
import { atOnce } from "../../../src/slices.ts";
import { describe, expect, test } from "../../support/jest.ts";

interface Given {
  readonly mailmap?: string;
  readonly accounts?: Parameters<typeof identitySteps>[1]["accounts"];
}

/** Which of the people are together, as groups of indices. */
function groups(
  people: readonly string[],
  { mailmap = "", accounts = [] }: Given = {},
): readonly (readonly number[])[] {
  return atOnce(identitySteps(peopleOf(people), { accounts, mailmap: parseMailmap(mailmap) })).list.map(
    ({ members }) => members,
  );
}

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
    expect(groups(people)).toEqual([[0, 1, 2], [3]]);
  });

  test("a login that two accounts had joins neither", () => {
    const people = [
      "A <77+ada-example@users.noreply.github.com>",
      "B <78+ada-example@users.noreply.github.com>",
      "C <ada-example@users.noreply.github.com>",
    ];
    expect(groups(people)).toEqual([[0], [1], [2]]);
  });

  test("equal full names are joined, handles and first names are not", () => {
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

  test("a name that many addresses carry joins none of them", () => {
    const many = Array.from({ length: 9 }, (_, index) => `Ada Example <a${index}@example.org>`);
    expect(groups(many)).toHaveLength(9);
  });

  test("placeholders and GitHub's own commits tie nobody to anybody", () => {
    expect(groups(["ada <root@localhost>", "bo <root@localhost>"])).toEqual([[0], [1]]);
    expect(groups(["GitHub <noreply@github.com>", "Bo Sample <noreply@github.com>"])).toEqual([[0], [1]]);
  });

  test("the project's mailmap joins, and says that it did", () => {
    const people = ["Ada <a@one.org>", "Ada <a@two.org>", "Bo <a@two.org>"];
    const mailmap = "# ours\nAda Example <a@one.org> Ada <a@two.org>\nBad line\nOnly Name <b@one.org>\n";
    const { list } = atOnce(identitySteps(peopleOf(people), { accounts: [], mailmap: parseMailmap(mailmap) }));
    expect(list.map(({ members }) => members)).toEqual([[0, 1, 2]]);
    expect(list[0]?.joinedBy).toEqual(["mailmap"]);
  });

  test("the caller's word joins the addresses of an account", () => {
    const people = ["Ada <a@one.org>", "adx <a@two.org>", "x <77+ada-example@users.noreply.github.com>"];
    const accounts = [{ id: 77, emails: ["A@one.org", "a@two.org"] }];
    expect(groups(people, { accounts })).toEqual([[0, 1, 2]]);
  });

  test("automations are marked, and people whose name only begins like one are not", () => {
    const people = [
      "dependabot[bot] <49699333+dependabot[bot]@users.noreply.github.com>",
      "Robot Example <robert@example.org>",
      "CI <ci@example.org>",
    ];
    const { list } = atOnce(identitySteps(peopleOf(people), { accounts: [], mailmap: [] }));
    expect(list.map(({ automated }) => automated)).toEqual([true, false, true]);
  });

  test("an id is the same for the same key and another for another, and shows nothing of the address", () => {
    const people = peopleOf(["Ada <a@one.org>"]);
    const [identity] = atOnce(identitySteps(people, { accounts: [], mailmap: [] })).list;
    const text = identity ? identityKey(identity, people) : "";
    expect(keyedIds("one")(text)).toBe(keyedIds("one")(text));
    expect(keyedIds("one")(text)).not.toBe(keyedIds("two")(text));
    expect(keyedIds("one")(text)).toMatch(/^[0-9a-f]{16}$/);
  });
});
