import type { Authorship } from "../../../change/signatures.ts";
import type { ComparedCommit } from "../transport/endpoints.ts";
import { claimOf } from "./bot-claims.ts";

/** A commit as a comparison shows it, without names and addresses; nothing of one whose dates cannot be read. */
export function pushedCommit({ sha, commit, author, committer, parents }: ComparedCommit): readonly Authorship[] {
  if (!commit.author || !commit.committer) return [];
  const hands = [
    { name: commit.author.name ?? null, email: commit.author.email ?? null, user: author?.id ?? null },
    { name: commit.committer.name ?? null, email: commit.committer.email ?? null, user: committer?.id ?? null },
  ] as const;
  const [writer, maker] = hands;
  return [
    {
      oid: sha,
      authoredAt: commit.author.date,
      committedAt: commit.committer.date,
      parentOids: parents.map((parent) => parent.sha),
      // GraphQL links bots to nobody.
      authorAccountId: author?.type === "Bot" ? null : writer.user,
      committerAccountId: maker.user,
      authoredByCommitter: writer.name === maker.name && writer.email === maker.email,
      claims: claimOf(writer) ?? claimOf(maker),
      signature: signatureOf(commit.verification),
      // Not said here; a valid signature is one whoever made it.
      signedByGitHub: false,
      signerAccountId: null,
    },
  ];
}

/** Nobody's whose key is unknown is told from nobody's at all; what GitHub did not look at is neither. */
function signatureOf(verification: ComparedCommit["commit"]["verification"]): Authorship["signature"] {
  if (!verification) return "unchecked";
  if (verification.verified) return "valid";
  return REASONS.get(verification.reason) ?? "invalid";
}

const REASONS: ReadonlyMap<string, Authorship["signature"]> = new Map([
  ["unsigned", "none"],
  ["expired_key", "expired"],
  ...["gpgverify_error", "gpgverify_unavailable", "ocsp_error", "ocsp_pending"].map(
    (reason) => [reason, "unchecked"] as const,
  ),
]);

/** How the account that a commit names as its author is asked for; nothing of a bot. */
export const authorNodeId = ({ author }: ComparedCommit): readonly (readonly [number, string])[] =>
  author && author.type !== "Bot" ? [[author.id, author.node_id]] : [];
