import type { ChangeTexts } from "../../change/change.ts";
import {
  hasControlCharacters,
  hasFileSyntax,
  hasShellSyntax,
  runningLines,
  runsInName,
  runsInProse,
} from "../../change/formats/shell.ts";
import { defineSignal } from "../signal.ts";
import { ofChange } from "../worst.ts";

export default defineSignal({
  id: "chg-metadata-injection",
  axis: "C",
  family: "change",
  title: "A name or text of the pull request would run as a command if a workflow pasted it into a shell",
  version: 49,
  severity: "critical",
  falsePositiveRisk: "low",
  baseRate:
    "None of 190,435 subjects of commits, 256,744 names of files and 190,435 names of authors, 6 of 105,297 bodies and 3 of 21,010 branches (75 repositories)",
  baseRateUpperPercent: 0.05,
  sources: [
    {
      url: "https://rulehound.com/rules/101d02",
      says: "A pull request title with a command in it was run by a workflow and led to the theft of a publishing token.",
    },
    {
      url: "https://docs.github.com/en/actions/concepts/security/script-injections",
      says: "Titles, bodies, branch names, commit messages and names of authors are untrusted input for workflows.",
    },
  ],
  why: "A workflow that pastes the text into a script would run it with the repository's token.",
  benign: [
    "A title that quotes a command because the change is about it.",
    "A generated branch name with unusual characters.",
  ],
  clears:
    "Rename the branch, file or title, or take the command out of the text; in workflows pass such values through an environment variable instead of pasting them.",
  framing:
    "Branch, title, body, commits and file names are set by whoever opens and pushes the pull request, or by maintainers. Of bodies and of names of authors only what a shell would run is kept, and it says nothing about the person.",
  needs: ["change.texts"],
  detect({ "change.texts": { texts, complete } }) {
    const found = texts.flatMap(({ field, text }) => {
      const severity = severityOf(field, text);
      return severity
        ? [{ severity, evidence: { fact: `${FIELDS[field]} ${SAYS[severity]}`, tier: "SC" as const } }]
        : [];
    });
    return ofChange(found, { blind: complete ? null : "GitHub left out some of the texts" });
  },
});

type Field = ChangeTexts["texts"][number]["field"];

const FIELDS: Readonly<Record<Field, string>> = {
  branch: "The branch name",
  title: "The title",
  body: "The body of the pull request",
  commit_subject: "The subject of a commit",
  commit_body: "The body of a commit",
  author_name: "The name of an author in a commit",
  file_name: "The name of a file",
};

const SAYS = {
  critical: "contains a complete command for a shell.",
  high: "contains characters that a shell would act on.",
  medium: "quotes a word in a way that a shell takes for a command.",
} as const;

/** A name with a whole command has no innocent reading; prose may quote one, and bodies show whole sessions. */
function severityOf(field: Field, text: string): keyof typeof SAYS | null {
  switch (field) {
    case "branch":
      if (runsInName(text)) return "critical";
      if (hasControlCharacters(text)) return "high";
      if (QUOTED_WORDS.test(text)) return "medium";
      return hasShellSyntax(text) ? "high" : null;
    case "file_name":
      if (runsInName(text)) return "critical";
      return hasControlCharacters(text) || hasFileSyntax(text) ? "high" : null;
    case "author_name":
      return runsInName(text) ? "critical" : null;
    case "body":
    case "commit_body":
      return runningLines(text).length > 0 ? "high" : null;
    case "title":
    case "commit_subject":
      return runsInProse(text) || hasControlCharacters(text) ? "high" : null;
  }
}

/** Markdown in the name of a branch: pairs of backticks around a word, and no other character of a shell. */
const QUOTED_WORDS = /^[^`$;|&]*(?:`[\w.:-]*`[^`$;|&]*)+$/;
