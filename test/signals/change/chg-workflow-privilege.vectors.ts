// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and shells are what is tested
import { changed, file, filesOf } from "../given.ts";
import type { Vector } from "../vector.ts";

const path = ".github/workflows/ci.yml";
const edit = (...lines: readonly string[]) => ({ "change.files": filesOf(file(path, lines)) });
const PIN = "a".repeat(40);

export default [
  {
    kind: "fires",
    when: "a workflow gets a privileged trigger",
    given: edit("on:", "-  pull_request:", "+  pull_request_target:"),
    expect: {
      outcome: "fired",
      severity: "critical",
      line: 2,
      fact: "The change adds the trigger pull_request_target, which runs with the repository's own token and secrets.",
    },
  },
  {
    kind: "fires",
    when: "the trigger is written with escapes in a flow list",
    given: { "change.files": changed({ [path]: ['"on": [push, "pull\\u005frequest_target"]'] }) },
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "an unclosed quote above would swallow the line",
    given: edit('          echo "unbalanced', "+permissions: write-all"),
    expect: {
      outcome: "fired",
      severity: "critical",
      line: 2,
      fact: "The change gives the workflow's token write permission on everything.",
    },
  },
  {
    kind: "fires",
    when: "the token may mint identities",
    given: edit("permissions:", "+  id-token: write"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The change gives the workflow's token write permission on id-token.",
    },
  },
  {
    kind: "fires",
    when: "all secrets are handed on",
    given: edit("    uses: ./.github/workflows/x.yml", "+    secrets: inherit"),
    expect: { outcome: "fired", severity: "critical", fact: "The change hands all secrets on." },
  },
  {
    kind: "fires",
    when: "a script uses a secret",
    given: edit("      - run: |", "+          deploy ${{ secrets.DEPLOY_KEY }}"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The change uses a secret that the lines around it did not use before.",
    },
  },
  {
    kind: "fires",
    when: "a job moves to a self-hosted runner",
    given: edit("-    runs-on: ubuntu-latest", "+    runs-on: [self-hosted, linux]"),
    expect: { outcome: "fired", severity: "high", fact: "The change runs a job on a self-hosted runner." },
  },
  {
    kind: "fires",
    when: "a pinned action of others is unpinned",
    given: edit(`-      - uses: acme/build@${PIN}`, "+      - uses: acme/build@main"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The change calls somebody else's action by a tag or branch that can be moved later.",
    },
  },
  {
    kind: "fires",
    when: "a file is moved to where workflows run from",
    given: { "change.files": filesOf(file(path, [], { status: "renamed", previousPath: "docs/ci.txt", hunks: [] })) },
    expect: {
      outcome: "fired",
      severity: "high",
      line: 1,
      fact: "A file was moved to where workflows run from; the diff does not show all of it.",
    },
  },
  {
    kind: "fires",
    when: "a workflow is longer than what is read",
    given: { "change.files": changed({ [path]: ["a: b ".repeat(20_000)] }) },
    expect: { outcome: "fired", severity: "high", line: 1, fact: "The workflow is longer than what is read here." },
  },
  {
    kind: "look_alike",
    when: "the trigger is only named in a comment",
    given: edit("on:", "+  # never pull_request_target here", "  pull_request:"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "documentation shows a workflow",
    given: { "change.files": changed({ "docs/ci.md": ["on: pull_request_target"] }) },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a pinned action is bumped",
    given: edit(`-      - uses: acme/build@${PIN}`, `+      - uses: acme/build@${"b".repeat(40)}`),
    expect: { outcome: "fired", severity: "medium", fact: "The change edits a workflow without adding rights to it." },
  },
  {
    kind: "look_alike",
    when: "an unpinned action stays unpinned",
    given: edit("-      - uses: acme/build@v1", "+      - uses: acme/build@v2"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a permission moves within the file",
    given: edit("-  contents: write", "permissions:", "+  contents: write"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a workflow is deleted",
    given: { "change.files": filesOf(file(path, ["-on: push"], { status: "removed" })) },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "the token may read",
    given: edit("permissions:", "+  contents: read"),
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "boundary",
    when: "the token may write",
    given: edit("permissions:", "+  contents: write"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The change gives the workflow's token write permission on contents.",
    },
  },
  {
    kind: "unknown",
    when: "the workflow came without its text",
    given: { "change.files": filesOf(file(path, [], { hunks: null, additions: 3 })) },
    expect: { outcome: "unknown", unseen: "a workflow came without its text" },
  },
  {
    kind: "boundary",
    when: "several edits that add no right are one fact",
    given: edit("+name: a", "+on: push", "+jobs: {}"),
    expect: { outcome: "fired", severity: "medium", evidenceCount: 1, line: 1 },
  },
] satisfies readonly Vector[];
