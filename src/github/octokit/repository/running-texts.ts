import type { ChangeTexts } from "../../../change/change.ts";
import { runningLines, runsInName } from "../../../change/formats/shell.ts";

interface Written {
  readonly body: string;
  readonly commits: readonly { readonly messageBody: string; readonly names: readonly string[] }[];
}

/**
 * Of the bodies of a pull request and its commits, and of the names in its commits, what a shell would run if a workflow
 * pasted it into one. All else of them is dropped here.
 */
export const runningTexts = ({ body, commits }: Written): ChangeTexts["texts"] => [
  ...runningLines(body).map((text) => ({ field: "body" as const, text })),
  ...commits.flatMap(({ messageBody, names }) => [
    ...runningLines(messageBody).map((text) => ({ field: "commit_body" as const, text })),
    ...[...new Set(names)].filter(runsInName).map((text) => ({ field: "author_name" as const, text })),
  ]),
];
