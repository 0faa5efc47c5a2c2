import { z } from "zod";
import type { ChangeCommit } from "../../../change/change.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { claimOf } from "./bot-claims.ts";

const linked = z
  .object({ databaseId: integer.nullable() })
  .nullable()
  .transform((user) => user?.databaseId ?? null);

const gitActor = z
  .object({ name: z.string().nullish(), email: z.string().nullish(), user: linked })
  .nullable()
  .transform((actor) => ({ name: actor?.name ?? null, email: actor?.email ?? null, user: actor?.user ?? null }));

/** Fragment CommitIdentity of Q1. */
export const commitShape = z.object({
  oid: z.string(),
  messageHeadline: z.string(),
  messageBody: z.string().default(""),
  authoredDate: instant,
  committedDate: instant,
  authoredByCommitter: z.boolean(),
  committedViaWeb: z.boolean(),
  author: gitActor,
  committer: gitActor,
  authors: z.object({ nodes: nodesOf(z.object({ user: linked })) }),
  parents: z.object({ nodes: nodesOf(z.object({ oid: z.string() })) }),
  signature: z
    .object({ isValid: z.boolean(), state: z.string(), wasSignedByGitHub: z.boolean(), signer: linked })
    .nullable(),
});

/** A commit without the names and e-mails it carries: what remains of them is which bot they claim to be, if any. */
export function changeCommit(commit: z.infer<typeof commitShape>): ChangeCommit {
  const { signature } = commit;
  const valid = signature?.isValid === true;
  return {
    oid: commit.oid,
    authoredAt: commit.authoredDate,
    committedAt: commit.committedDate,
    parentOids: commit.parents.nodes.map(({ oid }) => oid),
    authorAccountId: commit.author.user,
    committerAccountId: commit.committer.user,
    authorAccountIds: commit.authors.nodes.flatMap(({ user }) => (user === null ? [] : [user])),
    authoredByCommitter: commit.authoredByCommitter,
    committedViaWeb: commit.committedViaWeb,
    claims: claimOf(commit.author) ?? claimOf(commit.committer),
    committerClaims: claimOf(commit.committer) !== null,
    signature: signature === null || signature.state === "UNSIGNED" ? "none" : valid ? "valid" : "invalid",
    signedByGitHub: valid && signature.wasSignedByGitHub,
    signerAccountId: valid ? signature.signer : null,
  };
}
