/**
 * The sealed check run: all that the public ever sees. A constant: nothing here may depend on the author, the
 * change or the assessment, so there is nothing to compute it from.
 */
export const SEALED_CHECK = {
  name: "Sallyport",
  status: "completed",
  conclusion: "neutral",
  output: {
    title: "Contribution triage",
    summary:
      "Maintainers of this repository can open the private page behind this note. " +
      "Every contribution gets this same note, whoever sent it and whatever it contains; " +
      "the page's address also tells contributors what is stored about them and how to ask about it.",
  },
  actions: [
    { label: "Mark reviewed", description: "Note that a maintainer has looked", identifier: "mark_reviewed" },
    { label: "Re-run", description: "Read the pull request again", identifier: "rerun" },
  ],
} as const;
