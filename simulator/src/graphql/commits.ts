import { broughtBy } from "../routes/pulls.ts";
import { accountIdOfEmail, accountOf, repositoryOf } from "../world/lookup.ts";
import { nodeOf } from "../world/nodes.ts";
import type { World } from "../world/world.ts";
import type { Commit, GitPerson, Signature } from "../world/world-commit.ts";
import { connection } from "./connection.ts";
import { type Args, type Fields, type GraphqlContext, text } from "./fields.ts";

const person = (who: GitPerson) => ({ person: who });

export const COMMIT: Fields<Commit> = {
  id: ({ nodeId }) => nodeId,
  oid: ({ sha }) => sha,
  message: ({ message }) => message,
  messageHeadline: ({ message }) => message.split("\n", 1)[0],
  messageBody: ({ message }) => message.split("\n").slice(1).join("\n").trim(),
  authoredDate: ({ author }) => new Date(author.date).toISOString(),
  committedDate: ({ committer }) => new Date(committer.date).toISOString(),
  authoredByCommitter: ({ author, committer }) => author.email === committer.email && author.name === committer.name,
  committedViaWeb: ({ viaWeb }) => viaWeb,
  changedFilesIfAvailable: ({ changedFiles }) => changedFiles,
  additions: ({ additions }) => additions,
  deletions: ({ deletions }) => deletions,
  author: ({ author }) => person(author),
  committer: ({ committer }) => person(committer),
  authors: (commit, args, { world }) =>
    connection([commit.author, ...coAuthors(world, commit)], args, { node: person }),
  parents: (commit, args, context) =>
    connection(commit.parents, args, { node: (sha) => parentOf(context.world, commit, sha) }),
  tree: ({ tree }) => ({ type: "Tree", oid: tree ?? NO_TREE }),
  signature: (commit) => commit.signature && { ...commit.signature, of: commit },
  associatedPullRequests: (commit, args, { world }) =>
    connection(
      [...world.pullRequests.values()].filter(
        (pull) => pull.repositoryId === commit.repositoryId && broughtBy(pull).some(({ sha }) => sha === commit.sha),
      ),
      args,
    ),
  history,
};

/** Of commits that git knows nothing of. */
const NO_TREE = "0".repeat(40);

/** Authors named by trailers: whoever writes the message decides, so they prove nothing. */
const coAuthors = (world: World, { message, author }: Commit): readonly GitPerson[] =>
  [...message.matchAll(/^Co-authored-by: (.+) <(.+)>$/gim)].map(([, name = "", email = ""]) => ({
    name,
    email,
    date: author.date,
    accountId: accountIdOfEmail(world, email),
  }));

/** The parent itself, or as much of it as its SHA tells when it lies before what the world holds. */
const parentOf = (world: World, commit: Commit, sha: string): Commit =>
  repositoryOf(world, commit.repositoryId).commits.find((found) => found.sha === sha) ?? {
    ...commit,
    sha,
    parents: [],
  };

/** From this commit back to the first; the cursors are GitHub's `<oid> <index>`. */
function history(commit: Commit, args: Args, context: GraphqlContext): unknown {
  const { commits } = repositoryOf(context.world, commit.repositoryId);
  const from = commits.slice(Math.max(0, commits.indexOf(commit)));
  const author = args.author == null ? null : Object.fromEntries(Object.entries(args.author));
  const node = author?.id == null ? null : nodeOf(context.world, text(author.id));
  const wanted = node?.type === "User" ? node.id : null;
  const under = args.path == null ? null : `${text(args.path)}/`;
  const touching = under === null ? from : from.filter(({ paths }) => paths.some((path) => path.startsWith(under)));
  const chosen =
    author === null ? touching : touching.filter((found) => wanted !== null && found.author.accountId === wanted);
  return connection(chosen, args, { cursor: (index) => `${commit.sha} ${index}` });
}

export const GIT_ACTOR: Fields<{ readonly person: GitPerson }> = {
  name: (source) => source.person.name,
  email: (source) => source.person.email,
  // GitTimestamp keeps the offset that git stored.
  date: (source) => source.person.date,
  user: (source, _, { world }) => (source.person.accountId === null ? null : accountOf(world, source.person.accountId)),
};

export const SIGNATURE: Fields<Signature & { readonly of: Commit }> = {
  isValid: ({ valid }) => valid,
  state: ({ valid }) => (valid ? "VALID" : "UNKNOWN_KEY"),
  wasSignedByGitHub: ({ byGitHub }) => byGitHub,
  verifiedAt: ({ verifiedAt }) => verifiedAt,
  signer: ({ signerId }, _, { world }) => (signerId === null ? null : accountOf(world, signerId)),
  signature: ({ key }) => key,
  payload: ({ of }, _, { world }) => payloadOf(world, of),
  keyId: ({ key, keyName }) => keyName ?? key,
  keyFingerprint: ({ key, keyName }) => keyName ?? key,
};

const SIGNATURE_HEADER = /\ngpgsig [^\n]*(?:\n [^\n]*)*/;

/** The object without its signature, as it was signed; empty for commits that git knows nothing of. */
function payloadOf({ histories }: World, { repositoryId, sha }: Commit): string {
  const text = histories.get(repositoryId)?.objects.get(sha)?.data.toString() ?? "";
  const end = text.indexOf("\n\n");
  return `${text.slice(0, end).replace(SIGNATURE_HEADER, "")}${text.slice(end)}`;
}
