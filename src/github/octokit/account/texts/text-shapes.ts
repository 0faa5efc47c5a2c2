import { z } from "zod";
import { instant, integer, readableNodesOf } from "../../transport/shapes.ts";

const byId = z.object({ id: z.string().nullish() }).nullish();

const place = z.object({
  id: z.string(),
  nameWithOwner: z.string(),
  visibility: z.string(),
  stargazerCount: integer,
  owner: z.object({ id: z.string() }),
});

const written = z.object({
  createdAt: instant,
  body: z.string(),
  authorAssociation: z.string(),
  lastEditedAt: instant.nullish(),
  userContentEdits: z.object({ totalCount: integer, nodes: readableNodesOf(z.object({ editor: byId })) }).nullish(),
  repository: place,
});

const pullRequest = written.extend({
  number: integer,
  title: z.string(),
  renamed: z.object({ nodes: readableNodesOf(z.object({ actor: byId })) }),
  additions: integer,
  deletions: integer,
  closedAt: instant.nullish(),
  mergedAt: instant.nullish(),
});

const issue = written.extend({
  closedAt: instant.nullish(),
  stateReason: z.string().nullish(),
});

const owned = z.object({ name: z.string(), createdAt: instant, stargazerCount: integer });

/** Of Q2's answer what the account wrote, and the repositories that it may link to. */
export const writtenShape = z.object({
  prs: z.object({ nodes: readableNodesOf(pullRequest) }),
  issues: z.object({ nodes: readableNodesOf(issue) }),
  issueComments: z.object({ nodes: readableNodesOf(written) }),
  owned: z.object({ nodes: readableNodesOf(owned) }),
});

export type Written = z.infer<typeof writtenShape>;
export type WrittenText = z.infer<typeof written>;
export type WrittenPullRequest = z.infer<typeof pullRequest>;
export type WrittenIssue = z.infer<typeof issue>;
export type LinkedRepository = z.infer<typeof owned>;
