import type { Args } from "../../command.ts";

/** Those of all parts; `verbs` of the command says which part takes which. */
export const options = {
  "org-file": { type: "string" },
  "repo-file": { type: "string" },
  policy: { type: "string" },
  against: { type: "string" },
  stored: { type: "string" },
  json: { type: "boolean" },
} as const;

export type PolicyArgs = Args<typeof options>;
