import { type Rule, reachableBy } from "../finding.ts";
import type { Ambiguity } from "../workflow.ts";

/** The file says one thing to GitHub and another to who reads it. */
export const ambiguousYaml: Rule = {
  id: "ambiguous-yaml",
  title: "Readers of the file do not agree on what it says",
  ofFile: ({ ambiguities, path }, around) =>
    ambiguities.map(({ what, line, endLine }) => ({
      ...{ rule: "ambiguous-yaml", path, job: null, line, endLine },
      ...{ severity: "high", confidence: "high", reachable: reachableBy([], around) },
      fact: FACTS[what],
      why: "What reviewers and tools see need not be what runs.",
      fine: FINE[what],
    })),
};

const FACTS: Readonly<Record<Ambiguity["what"], string>> = {
  line_breaks: "A character that ends a line for some readers of YAML and not for others hides part of the file.",
  documents: "The file holds a second document, which GitHub refuses or some reader takes instead of the first.",
};
const FINE: Readonly<Record<Ambiguity["what"], string>> = {
  line_breaks: "End lines with line feeds, and take the character out.",
  documents: "Keep one document to a file.",
};
