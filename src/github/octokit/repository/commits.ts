import { z } from "zod";
import type { ChangeCommit } from "../../../change/change.ts";
import type { Authorship } from "../../../change/signatures.ts";
import { instant, integer, nodesOf } from "../transport/shapes.ts";
import { claimOf } from "./bot-claims.ts";

/** An account that is linked to an address, as far as its number goes. */
const linked = z
  .object({ databaseId: integer.nullable() })
  .nullable()
  .transform((user) => user?.databaseId ?? null);

const gitActor = z
  .object({
    name: z.string().nullish(),
    email: z.string().nullish(),
    user: z.object({ databaseId: integer.nullable(), id: z.string().nullish() }).nullable(),
  })
  .nullable()
  .transform((actor) => ({
    name: actor?.name ?? null,
    email: actor?.email ?? null,
    user: actor?.user?.databaseId ?? null,
    nodeId: actor?.user?.id ?? null,
  }));

/** How an account is asked for, by its number; nothing where GitHub links none. */
export const nodeIdOf = ({ user, nodeId }: z.infer<typeof gitActor>): readonly (readonly [number, string])[] =>
  user === null || nodeId === null ? [] : [[user, nodeId]];

/** Who made a commit, by its own word and by GitHub's. */
export const authorshipShape = z.object({
  oid: z.string(),
  authoredDate: instant,
  committedDate: instant,
  authoredByCommitter: z.boolean(),
  author: gitActor,
  committer: gitActor,
  parents: z.object({ nodes: nodesOf(z.object({ oid: z.string() })) }),
  signature: z
    .object({ isValid: z.boolean(), state: z.string(), wasSignedByGitHub: z.boolean(), signer: linked })
    .nullable(),
});

/** Fragment CommitIdentity of Q1. */
export const commitShape = authorshipShape.extend({
  messageHeadline: z.string(),
  messageBody: z.string().default(""),
  committedViaWeb: z.boolean(),
  authors: z.object({ nodes: nodesOf(z.object({ user: linked })) }),
});

/** What GitHub's words for a signature that it did not verify come to, where that is not `invalid`. */
const NOT_VALID: ReadonlyMap<string, ChangeCommit["signature"]> = new Map([
  ["UNSIGNED", "none"],
  ["EXPIRED_KEY", "expired"],
  ...["GPGVERIFY_ERROR", "GPGVERIFY_UNAVAILABLE", "OCSP_ERROR", "OCSP_PENDING"].map(
    (state) => [state, "unchecked"] as const,
  ),
]);

/** A commit without the names and e-mails it carries: what remains of them is which bot they claim to be, if any. */
export function authorship(commit: z.infer<typeof authorshipShape>): Authorship {
  const { signature } = commit;
  const valid = signature?.isValid === true;
  return {
    oid: commit.oid,
    authoredAt: commit.authoredDate,
    committedAt: commit.committedDate,
    parentOids: commit.parents.nodes.map(({ oid }) => oid),
    authorAccountId: commit.author.user,
    committerAccountId: commit.committer.user,
    authoredByCommitter: commit.authoredByCommitter,
    claims: claimOf(commit.author) ?? claimOf(commit.committer),
    signature: signature === null ? "none" : valid ? "valid" : (NOT_VALID.get(signature.state) ?? "invalid"),
    signedByGitHub: valid && signature.wasSignedByGitHub,
    signerAccountId: valid ? signature.signer : null,
  };
}

/** The same with what a pull request shows beside it. */
export const changeCommit = (commit: z.infer<typeof commitShape>): ChangeCommit => ({
  ...authorship(commit),
  authorAccountIds: commit.authors.nodes.flatMap(({ user }) => (user === null ? [] : [user])),
  committedViaWeb: commit.committedViaWeb,
  committerClaims: claimOf(commit.committer) !== null,
});
