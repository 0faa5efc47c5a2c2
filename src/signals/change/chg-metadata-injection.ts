import type { ChangeTexts } from "../../change/change.ts";
import { hasControlCharacters, hasShellSyntax, runsInName, runsInProse } from "../../change/formats/shell.ts";
import { defineSignal, type Severity } from "../signal.ts";
import { ofChange } from "../worst.ts";

export default defineSignal({
  id: "chg-metadata-injection",
  axis: "C",
  family: "change",
  title: "A name or title of the pull request would run as a command if a workflow pasted it into a shell",
  version: 17,
  severity: "critical",
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://rulehound.com/rules/101d02",
      says: "A pull request title with a command in it was run by a workflow and led to the theft of a publishing token.",
    },
    {
      url: "https://docs.github.com/en/actions/concepts/security/script-injections",
      says: "Titles, branch names and commit messages are untrusted input for workflows.",
    },
  ],
  why: "A workflow that pastes the text into a script would run it with the repository's token.",
  benign: [
    "A title that quotes a command because the change is about it.",
    "A generated branch name with unusual characters.",
  ],
  clears:
    "Rename the branch, file or title; in workflows pass such values through an environment variable instead of pasting them.",
  framing:
    "Branch, title, commits and file names are set by whoever opens and pushes the pull request, or by maintainers.",
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
  commit_subject: "The subject of a commit",
  file_name: "The name of a file",
};

const SAYS = {
  critical: "contains a complete command for a shell.",
  high: "contains characters that a shell would act on.",
} as const;

/**
 * A name with a whole command has no innocent reading; prose may quote one. File names of templates hold `${...}` and
 * routes hold brackets, so there syntax alone is nothing.
 */
function severityOf(field: Field, text: string): Extract<Severity, "high" | "critical"> | null {
  if (field === "branch" || field === "file_name") {
    if (runsInName(text)) return "critical";
    return hasControlCharacters(text) || (field === "branch" && hasShellSyntax(text)) ? "high" : null;
  }
  return runsInProse(text) || hasControlCharacters(text) ? "high" : null;
}
