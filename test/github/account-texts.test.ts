import fc from "fast-check";
import type { PublicText } from "../../src/dossier/public-texts.ts";
import { textSteps } from "../../src/github/octokit/account/texts/account-texts.ts";
import { contactsIn } from "../../src/github/octokit/account/texts/contacts.ts";
import { marksOf } from "../../src/github/octokit/account/texts/marks.ts";
import type {
  Written,
  WrittenIssue,
  WrittenPullRequest,
  WrittenText,
} from "../../src/github/octokit/account/texts/text-shapes.ts";
import { atOnce } from "../../src/slices.ts";
import { describe, expect, test } from "../support/jest.ts";

const ME = { nodeId: "U_12", login: "Ada-Example" };
const THEN = "2026-03-01T00:00:00.000Z";

/** A repository of another owner, by the owner's number. */
const place = (owner: number, more: Partial<WrittenText["repository"]> = {}): WrittenText["repository"] => ({
  ...{ id: `R_${owner}`, nameWithOwner: `octo${owner}/project${owner}`, visibility: "PUBLIC", stargazerCount: 7 },
  owner: { id: `O_${owner}` },
  ...more,
});
const text = (body: string, owner = 1, more: Partial<WrittenText> = {}): WrittenText => ({
  ...{ createdAt: THEN, body, authorAssociation: "NONE", lastEditedAt: null, userContentEdits: null },
  repository: place(owner),
  ...more,
});
const pull = (body: string, owner = 1, more: Partial<WrittenPullRequest> = {}): WrittenPullRequest => ({
  ...text(body, owner),
  ...{ number: 5, title: "Mend the build", renamed: { nodes: [] }, additions: 3, deletions: 1 },
  ...{ closedAt: null, mergedAt: null },
  ...more,
});
const issue = (body: string, owner = 1, more: Partial<WrittenIssue> = {}): WrittenIssue => ({
  ...text(body, owner),
  ...{ closedAt: null, stateReason: null },
  ...more,
});

interface Given {
  readonly prs?: readonly WrittenPullRequest[];
  readonly issues?: readonly WrittenIssue[];
  readonly comments?: readonly WrittenText[];
  readonly owned?: Written["owned"]["nodes"];
}
function textsOf({ prs = [], issues = [], comments = [], owned = [] }: Given): readonly PublicText[] {
  const written = { prs: { nodes: [...prs] }, issues: { nodes: [...issues] }, issueComments: { nodes: [...comments] } };
  return atOnce(textSteps({ ...written, owned: { nodes: [...owned] } }, ME)).texts;
}

const BODY = "This keeps the build from reading a setting that the newest version of the tool does not know any more.";
/** Numbers of likeness, in the order of the owners. */
const likeness = (prs: readonly WrittenPullRequest[]) =>
  textsOf({ prs })
    .toSorted((a, b) => (a.ownerNodeId < b.ownerNodeId ? -1 : 1))
    .map(({ alike }) => alike ?? null);

/** A text that was edited by these, one after the other. */
const editedBy = (...editors: readonly ({ id?: string } | null)[]) => ({
  lastEditedAt: THEN,
  userContentEdits: { totalCount: editors.length, nodes: editors.map((editor) => ({ editor })) },
});

describe("what the account wrote elsewhere", () => {
  test("of each text stay the place, the time and what it says of itself; words, names and addresses do not", () => {
    const body = `${BODY} Write to ada.private@mail.test or see https://github.com/ada-example/shiny`;
    const texts = textsOf({
      prs: [pull(body, 1, { mergedAt: THEN, closedAt: THEN, authorAssociation: "MEMBER" }), pull(body, 2)],
      issues: [issue("/attempt #7", 3, { closedAt: THEN, stateReason: "DUPLICATE" })],
      comments: [text("Thanks", 4)],
      owned: [{ name: "Shiny", createdAt: THEN, stargazerCount: 2 }],
    });
    const own = [{ repository: 0, createdAt: THEN, stars: 2 }];
    const kept = (owner: number) => ({ at: THEN, ownerNodeId: `O_${owner}`, repositoryNodeId: `R_${owner}`, stars: 7 });
    expect(texts).toEqual([
      { kind: "comment", ...kept(4) },
      { kind: "issue", ...kept(3), outcome: "duplicate", closedAt: THEN, marks: ["claims", "bounty"] },
      {
        ...{ kind: "pull_request", ...kept(1), insider: true, outcome: "merged", closedAt: THEN },
        ...{ alike: 0, contacts: [0], own },
      },
      { kind: "pull_request", ...kept(2), outcome: "open", alike: 0, contacts: [0], own },
    ]);
    expect(JSON.stringify(texts)).not.toMatch(/private|mail|shiny|octo|build|Thanks|ada/i);
  });

  test("own and private repositories are left out", () => {
    const mine = pull(BODY, 1, { repository: place(1, { owner: { id: ME.nodeId } }) });
    expect(textsOf({ prs: [mine, pull(BODY, 2, { repository: place(2, { visibility: "PRIVATE" }) })] })).toEqual([]);
  });

  test("framing: of a text that somebody else edited or renamed nothing is read, whoever it was", () => {
    const body = "Please give me write access. Telegram: @ada_example. https://github.com/ada-example/shiny";
    const owned = [{ name: "shiny", createdAt: THEN, stargazerCount: 0 }];
    for (const editor of [{ id: "U_99" }, {}, null]) {
      const edited = editedBy({ id: ME.nodeId }, editor, { id: ME.nodeId });
      const texts = textsOf({
        prs: [pull(body, 1, edited), pull(body, 2, edited), pull(body, 3, { renamed: { nodes: [{ actor: editor }] } })],
        issues: [issue(body, 4, edited)],
        comments: [text(body, 5, edited)],
        owned,
      });
      expect(texts).toHaveLength(5);
      for (const each of texts) {
        expect(each).not.toHaveProperty("alike");
        expect(each).not.toHaveProperty("marks");
        expect(each).not.toHaveProperty("contacts");
        expect(each).not.toHaveProperty("own");
      }
    }
    const byItself = editedBy({ id: ME.nodeId }, { id: ME.nodeId });
    const further = { lastEditedAt: THEN, userContentEdits: { ...byItself.userContentEdits, totalCount: 12 } };
    expect(textsOf({ prs: [pull(body, 1, further)], owned })[0]).not.toHaveProperty("marks");
    expect(textsOf({ prs: [pull(body, 1, byItself)], owned })[0]).toMatchObject({
      marks: ["asks_for_access"],
      contacts: [0],
    });
  });
});

describe("what the account wrote elsewhere: order, links and length", () => {
  test("order: the same texts give the same, however GitHub lists them", () => {
    const prs = [1, 2, 3, 4, 5].map((owner) =>
      pull(owner < 4 ? BODY : `${BODY} And nothing else of it ${owner}.`, owner),
    );
    const comments = [text("Telegram: @ada_example", 6), text("Telegram: @bob_example", 7)];
    const owned = [{ name: "shiny", createdAt: THEN, stargazerCount: 0 }];
    const expected = textsOf({ prs, comments, owned });
    fc.assert(
      fc.property(
        fc.shuffledSubarray(prs, { minLength: 5 }),
        fc.shuffledSubarray(comments, { minLength: 2 }),
        (a, b) => {
          expect(textsOf({ prs: a, comments: b, owned })).toEqual(expected);
        },
      ),
    );
  });

  test("own repositories by their links, and merges elsewhere that are cited", () => {
    const owned = ["shiny", "other"].map((name) => ({ name, createdAt: THEN, stargazerCount: 0 }));
    const merged = [11, 12, 13].map((number) => pull("Small.", 8, { number, mergedAt: THEN, title: `Part ${number}` }));
    const cites = merged.map(({ number }) => `https://github.com/octo8/project8/pull/${number}`).join(" ");
    const body = `See https://github.com/ADA-EXAMPLE/other.git and ${cites}, https://github.com/octo8/project8/pull/99`;
    const [first] = textsOf({ prs: merged, issues: [issue(body, 2), issue(body, 8)], owned });
    expect(first).toMatchObject({ own: [{ repository: 1 }], cites: 3 });
    const there = textsOf({ prs: merged, issues: [issue(body, 8)], owned }).find(({ kind }) => kind === "issue");
    expect(there).not.toHaveProperty("cites");
    const quoted = textsOf({ issues: [issue("> https://github.com/ada-example/shiny", 2)], owned })[0];
    expect(quoted).not.toHaveProperty("own");
  });

  test("texts as long as GitHub lets them be are read within two seconds", () => {
    const long = (owner: number) => `${owner} `.repeat(9_000) + "a@b.c ".repeat(9_000) + "give me ".repeat(9_000);
    const prs = Array.from({ length: 100 }, (_, owner) => pull(long(owner), owner));
    const hard = Array.from({ length: 50 }, (_, owner) =>
      text(`${"# contact\n".repeat(6_000)}${"<!--".repeat(9_000)}`, owner),
    );
    const started = performance.now();
    expect(textsOf({ prs, comments: hard })).toHaveLength(150);
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe("nearly equal texts", () => {
  test("one text in three repositories that it names", () => {
    const named = (owner: number) => pull(`${BODY} Seen in octo${owner}/project${owner}, line ${owner}.`, owner);
    expect(
      likeness([named(1), named(2), named(3), pull("Something else that somebody wrote for this place.", 4)]),
    ).toEqual([...[0, 0, 0, null]]);
  });

  test("a word in ten makes another text, one in a hundred does not", () => {
    const long = Array.from({ length: 100 }, (_, index) => `word${String.fromCodePoint(97 + (index % 26))}${index}x`);
    const changedAt = (step: number) => long.map((word, index) => (index % step === 5 ? `${word}y` : word)).join(" ");
    expect(likeness([pull(long.join(" "), 1), pull(changedAt(100), 2)])).toEqual([0, 0]);
    expect(likeness([pull(long.join(" "), 1), pull(changedAt(10), 2)])).toEqual([null, null]);
  });

  test("what a template left, and what is quoted, makes nothing alike", () => {
    const template = ["<!-- Please describe what you changed and why you changed it, thank you -->", "## What it does"];
    const filled = (own: string, owner: number) =>
      pull(
        [...template, own, "- [x] I have read the rules of this project and will keep to them", `> ${BODY}`].join("\n"),
        owner,
      );
    expect(
      likeness([filled("Sorts names by their number.", 1), filled("Draws the map again after a resize.", 2)]),
    ).toEqual([...[null, null]]);
  });

  test("short ones are alike where a change of the same size, and of some, comes with them", () => {
    const short = (owner: number, additions: number) =>
      pull("", owner, { title: "Update README.md", additions, deletions: 1 });
    expect(likeness([short(1, 1), short(2, 1), short(3, 1)])).toEqual([null, null, null]);
    expect(likeness([short(1, 40), short(2, 40), short(3, 41)])).toEqual([0, 0, null]);
  });

  test("a script that puts no space between words is neither quicker nor slower alike", () => {
    const short = "\u66F4\u65B0\u8BF4\u660E\u6587\u4EF6";
    const long = `${short}\uFF0C\u4F7F\u65B0\u7248\u672C\u7684\u5DE5\u5177\u80FD\u591F\u8BFB\u53D6\u8BBE\u7F6E\u3002\u8FD9\u6837\u5C31\u4E0D\u4F1A\u51FA\u9519\u3002`;
    expect(likeness([pull(short, 1, { title: "" }), pull(short, 2, { title: "" })])).toEqual([null, null]);
    expect(likeness([pull(long, 1, { title: "" }), pull(long, 2, { title: "" })])).toEqual([0, 0]);
  });
});

const ASKS: readonly string[] = [
  "Could you please give me write access to this repository?",
  "Please add me as a maintainer.",
  "Can I become a co-maintainer?",
  "I\u2019d love to become a maintainer of this project.",
  "Can I get publish rights on npm?",
  "Grant me the npm publish token access please, so that I can make releases. Grant me publish access.",
  "Please transfer ownership to me.",
  "Let me take over the package.",
  "make me admin",
];
const ASKS_NOTHING: readonly string[] = [
  "The workflow needs write access to packages.",
  "I don't have write access, so somebody else must merge this.",
  "Please give me a hint where to look.",
  "> Please add me as a maintainer.\nThat is not for me to decide.",
  "`add me as a maintainer` is what the bot answers to",
  "<!-- Can I become a maintainer? Read the rules first. -->",
  "The maintainer gave me good advice.",
  "Can I be assigned to this?",
  "The token grants the app write permission.",
  "Somebody should become a maintainer of this.",
];

describe("marks", () => {
  const marks = (body: string) => marksOf({ title: "", body, kind: "issue" }, "octo1/project1");
  test("whoever answers an offer asks for nothing", () => {
    const said = (kind: PublicText["kind"]) =>
      marksOf({ title: "", body: "I would love to become a maintainer!", kind }, "o/p");
    expect([said("comment"), said("issue")]).toEqual([[], ["asks_for_access"]]);
  });
  test.each(ASKS)("asks for access: %s", (body) => expect(marks(body)).toContain("asks_for_access"));
  test.each(ASKS_NOTHING)("asks for nothing: %s", (body) => expect(marks(body)).not.toContain("asks_for_access"));
  test("a claim, a bounty, a campaign and a program", () => {
    expect(marks("/claim #12")).toEqual(["claims", "bounty"]);
    expect(marks("The bounty goes to the address below.")).toEqual(["bounty"]);
    expect(marks("Part of https://github.com/octo9/pins/issues/4")).toEqual(["campaign"]);
    expect(marks("Part of octo9/pins#4")).toEqual(["campaign"]);
    expect(marks("Fixes https://github.com/Octo1/Project1/issues/4 and #9")).toEqual([]);
    expect(marks("Generated with a script, reviewed by me.")).toEqual(["automation"]);
    expect(marks("Co-authored-by: renovate[bot] <bot@example.org>")).toEqual(["automation"]);
    expect(marks("Adds automated tests for the agent's settings.")).toEqual([]);
  });
});

const WAYS: readonly (readonly [string, readonly string[]])[] = [
  ["Write to Ada.Example@mail.test", ["ada.example@mail.test"]],
  ["https://t.me/ada_example", ["t.me/ada_example"]],
  ["Telegram: @ada_example", ["telegram:@ada_example"]],
  ["discord \uFF1A ada#1234", ["discord\uFF1Aada#1234"]],
  [`0x${"aB3".repeat(13)}1`, [`0x${"ab3".repeat(13)}1`]],
  [`bc1q${"xy4z".repeat(9)}`, [`bc1q${"xy4z".repeat(9)}`]],
  ["Signed-off-by: Ada <ada@mail.test>", []],
  ["12+ada@users.noreply.github.com", []],
  ["git@github.com:octo/app.git", []],
  ["user@example.com", []],
  [`0x${"0".repeat(40)}`, []],
  [`https://etherscan.io/address/0x${"aB3".repeat(13)}1`, []],
  ["`ada@mail.test`", []],
  ["> ada@mail.test", []],
  ["Telegram: works as before", []],
  [`1${"AbCd3fG7hJ".repeat(3)}`, [`1${"AbCd3fG7hJ".repeat(3)}`.toLowerCase()]],
  [`T${"AbCd3fG7hJk".repeat(3)}`, [`T${"AbCd3fG7hJk".repeat(3)}`.toLowerCase()]],
  ["TestNamesTakesEachWayThatStandsThere, 1s9zw4c8abcdef2xyzw7abcdef2x, modprobe@fuse.service", []],
  ["Needs lodash@4.17.21, next@14.2.0-canary.next and actions/checkout@v4.1.1", []],
  ["signal: SIG_INT, matrix:os, session:start_2", []],
  ["### Contact Details\n\nada@mail.test\n\n### What happened?\nIt stops.", []],
];

test.each(WAYS)("ways to reach or pay somebody: %s", (body, expected) => {
  expect(contactsIn(body, { asked: true })).toEqual(expected);
});

test("ways to reach somebody: a heading excuses where a form stands, in issues", () => {
  const body = "### Contact\n\nada@mail.test";
  expect(contactsIn(body, { asked: false })).toEqual(["ada@mail.test"]);
});
