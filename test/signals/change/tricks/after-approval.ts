import { commit, daysAgo, file } from "../../given.ts";
import { code, edit, further, picture, type Row, type TwoHeads } from "./two-heads.ts";

const PATH = ".github/workflows/ci.yml";
const STEP = edit(PATH, " steps:", "+  - run: make", " other:", " steps:");
const is = (...files: TwoHeads["is"]): TwoHeads => ({ was: [STEP], is: files });
const high = (when: string, heads: TwoHeads): Row => [when, heads, "high"];
const fine = (when: string, heads: TwoHeads): Row => [when, heads, null];
const RENOVATE = { accountId: 29139614, kind: "bot" } as const;
const manifest = (version: string): TwoHeads["is"][number] =>
  edit("package.json", ' "dependencies": {', '-    "a": "1.0.0"', `+    "a": "${version}"`);
const renewed = (more: Parameters<typeof commit>[0] = {}): Partial<TwoHeads> => ({
  opener: RENOVATE,
  isCommits: [commit({ authorAccountId: RENOVATE.accountId, signature: "valid", signedByGitHub: true, ...more })],
});
const OF_A_PERSON = { signedByGitHub: false, signerAccountId: 4711 };

/** What is put in after somebody looked. */
const PUT_IN: readonly Row[] = [
  high("a step more", is(edit(PATH, " steps:", "+  - run: make", "+  - run: curl x", " other:", " steps:"))),
  high("one word of a step", is(edit(PATH, " steps:", "+  - run: make ", " other:", " steps:"))),
  high("a letter that looks the same", is(edit(PATH, " steps:", "+  - run: m\u0430ke", " other:", " steps:"))),
  high("a step that moves to another job", is(edit(PATH, " steps:", " other:", " steps:", "+  - run: make"))),
  high("one that moves between the same words, in a file read whole", {
    was: [{ ...edit(PATH, " a:", " {", "+x", " }", " b:", " {", " }"), texts: { before: "", after: "1" } }],
    is: [{ ...edit(PATH, " a:", " {", " }", " b:", " {", "+x", " }"), texts: { before: "", after: "2" } }],
  }),
  high("a step that is indented otherwise", is(edit(PATH, " steps:", "+    - run: make", " other:", " steps:"))),
  high("a line of rights that goes", is(edit(PATH, "-permissions: {}", " steps:", "+  - run: make", " other:"))),
  high("a second workflow", is(STEP, file(".github/workflows/b.yml", ["+on: push"]))),
  high("an action of the repository", is(STEP, file(".github/actions/a/index.js", ["+run()"]))),
  high("owners of code", is(STEP, edit(".github/CODEOWNERS", "-* @octo-org/all"))),
  high("a manifest with a hook", is(STEP, edit("package.json", '+    "postinstall": "node x.js",'))),
  high("a manifest of a package inside", is(STEP, edit("packages/a/b/package.json", '+    "x": "1"'))),
  high("an image that is built", is(STEP, edit("Dockerfile", "+RUN curl x | sh"))),
  high("a script of a release", is(STEP, edit("scripts/release/sign.sh", "-verify"))),
  high("line ends of another system", {
    was: [edit("Dockerfile", "+RUN make")],
    is: [edit("Dockerfile", "+RUN make\r")],
  }),
  high("a sensitive line among a thousand others", {
    was: [code(1000), STEP],
    is: [code(1000), edit(PATH, " steps:", "+  - run: make x", " other:", " steps:")],
  }),
];

/** How it is brought in. */
const BROUGHT: readonly Row[] = [
  high("the edit is taken back", is()),
  high("a guard that the change put in is gone again", {
    was: [edit(PATH, "+    if: github.actor == 'x'", " steps:", "+  - run: make")],
    is: [edit(PATH, " steps:", "+  - run: make")],
  }),
  high("the file gets another name", is({ ...STEP, status: "renamed", previousPath: ".github/workflows/a.yml" })),
  high(
    "a file moves to where Actions look",
    is(STEP, file(".github/workflows/x.yml", [], { status: "renamed", previousPath: "x.yml" })),
  ),
  high("a copy of a workflow", is(STEP, file(".github/workflows/x.yml", [], { status: "copied", previousPath: PATH }))),
  high("a new file in place of an edit", is(file(PATH, ["+  - run: make"]))),
  high("a program of other content", {
    was: [picture(".github/actions/a/run.bin", "1")],
    is: [picture(".github/actions/a/run.bin", "2")],
  }),
  high("a text too long to be shown, of as many lines", {
    was: [{ ...picture(".github/actions/a/dist.js", "1"), additions: 9000 }],
    is: [{ ...picture(".github/actions/a/dist.js", "2"), additions: 9000 }],
  }),
  high("a text that is too long to be shown now", is({ ...STEP, hunks: null })),
  high("the same lines in another order", {
    was: [edit(PATH, "+  - run: check", "+  - run: push")],
    is: [edit(PATH, "+  - run: push", "+  - run: check")],
  }),
  high("commits of the same words", {
    ...is(edit(PATH, " steps:", "+  - run: make it", " other:", " steps:")),
    wasCommits: [commit({ oid: "1" })],
    isCommits: [commit({ oid: "2" })],
  }),
  high("somebody else's commit in an automation's branch", {
    ...{ was: [manifest("2.0.0")], is: [manifest("2.0.0-x")] },
    ...renewed({ authorAccountId: 4711 }),
  }),
  high("an unsigned one under its name", {
    ...{ was: [manifest("2.0.0")], is: [manifest("2.0.0-x")] },
    ...renewed({ signature: "none", signedByGitHub: false }),
  }),
  high("one under its name that a person signed", {
    ...{ was: [manifest("2.0.0")], is: [manifest("2.0.0-x")] },
    ...renewed(OF_A_PERSON),
  }),
  high("one of a person after its own", {
    ...{ was: [manifest("2.0.0")], is: [manifest("2.0.0-x")] },
    opener: RENOVATE,
    isCommits: [...(renewed().isCommits ?? []), commit({ signature: "valid", signerAccountId: 4711 })],
  }),
];

/** What people do after an approval on every day. */
const ORDINARY: readonly Row[] = [
  fine("the branch on a newer base", is(further(STEP))),
  fine("the base merged into it", { ...is(further(STEP, 3)), isCommits: [commit({ parentOids: ["1", "2"] })] }),
  fine("a line of the base two lines away", is(edit(PATH, " new", " steps:", "+  - run: make", " other:", " new"))),
  fine("a line of the base above", is(edit(PATH, " new", " steps:", "+  - run: make", " other:", " steps:"))),
  fine("files in another order", { was: [STEP, code(3)], is: [code(3), STEP] }),
  fine("several commits made one", {
    ...is(STEP),
    wasCommits: [commit({ oid: "1" }), commit({ oid: "2" })],
    isCommits: [commit({ oid: "3" })],
  }),
  fine("commits in another order", {
    ...is(STEP),
    wasCommits: [commit({ oid: "1" }), commit({ oid: "2" })],
    isCommits: [commit({ oid: "3" }), commit({ oid: "4" })],
  }),
  fine("other words for a commit", { ...is(STEP), isCommits: [commit({ oid: "3", authoredAt: daysAgo(9) })] }),
  fine("another author for the same", { ...is(STEP), isCommits: [commit({ authorAccountId: 99 })] }),
  fine("a correction in code", is(STEP, code(20))),
  fine("a word in a text", { was: [STEP, edit("README.md", "+teh")], is: [STEP, edit("README.md", "+the")] }),
  fine("ten lines written anew", {
    was: [code(10)],
    is: [edit("src/a.ts", ...Array.from({ length: 10 }, (_, at) => `+line  ${at}`))],
  }),
  fine("a test that the review asked for", is(STEP, code(18, "test/a.test.ts"))),
  fine("a picture as it was", { was: [picture("logo.png", "1")], is: [picture("logo.png", "1")] }),
  fine("another picture", { was: [picture("logo.png", "1")], is: [picture("logo.png", "2")] }),
  fine("a file that was only renamed, on a newer base", {
    was: [{ ...picture(".github/b.md", "1"), status: "renamed", previousPath: ".github/a.md" }],
    is: [{ ...picture(".github/b.md", "2"), status: "renamed", previousPath: ".github/a.md" }],
  }),
  fine(
    "names that only look like sensitive ones",
    is(STEP, edit("docs/Dockerfile.md", "+x"), edit("my-package.json", "+x")),
  ),
  ["one line more than a correction", is(STEP, code(21)), "low"],
  ["a correction in each of many files", is(STEP, code(15, "a.ts"), code(15, "b.ts")), "low"],
  [
    "a file formatted anew",
    { was: [code(30)], is: [edit("src/a.ts", ...Array.from({ length: 30 }, (_, at) => `+  line ${at}`))] },
    "low",
  ],
  ["a part of the change that is dropped", { was: [STEP, code(60)], is: [STEP] }, "low"],
  [
    "an automation that renews its branch",
    { ...{ was: [manifest("2.0.0")], is: [manifest("2.0.1")] }, ...renewed() },
    "low",
  ],
  [
    "one that signs with a key of its own",
    {
      ...{ was: [manifest("2.0.0")], is: [manifest("2.0.1")] },
      ...renewed({ signedByGitHub: false, signerAccountId: RENOVATE.accountId }),
    },
    "low",
  ],
];

export const AFTER_APPROVAL: readonly Row[] = [...PUT_IN, ...BROUGHT, ...ORDINARY];
