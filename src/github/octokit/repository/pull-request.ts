import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { SubjectKind } from "../../../dossier/dossier.ts";
import type { PullRequestFacts } from "../../../dossier/gateway.ts";
import { accountId } from "../../../ids.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { accountTerm, term } from "../transport/search-terms.ts";
import { missing, query, renewOldToken, type Session } from "../transport/session.ts";
import { instant, integer, readableNodesOf, word } from "../transport/shapes.ts";
import { type GraphqlProblem, problemAt } from "../transport/translate.ts";
import { changeCommit, commitShape, nodeIdOf } from "./commits.ts";
import { mergesOf, mergesShape } from "./merges.ts";
import { runningTexts } from "./running-texts.ts";
import { commentNode, spoken } from "./thread-comments.ts";

type Input = Parameters<InstallationGateway["pullRequest"]>[0];

/** Q1: a pull request head, its commits and its author's standing here; 1 request, 2 points; 2 after a renaming. */
export async function pullRequest(session: Session, input: Input): Promise<Fetched<PullRequestFacts>> {
  const answer = await asked(session, input);
  if (answer.ok) return renamed(answer.value, input) ? underNewName(session, input, answer) : answer;
  // A delivery named it, so it exists: perhaps the token is older than the repository's place in the installation.
  if (answer.reason !== "not_found" || !(await renewOldToken(session))) return answer;
  return asked(session, input);
}

/** Asked about one login, answered about another: what was searched for is somebody else's. */
const renamed = ({ author }: PullRequestFacts, { authorLogin }: Input): boolean =>
  author.kind !== "ghost" && author.login.toLowerCase() !== bare(authorLogin).toLowerCase();

/** The same under the login of today; what is known already stands where GitHub does not answer. */
async function underNewName(
  session: Session,
  input: Input,
  first: Fetched<PullRequestFacts> & { readonly ok: true },
): Promise<Fetched<PullRequestFacts>> {
  const { login, kind } = first.value.author;
  const again = await asked(session, { ...input, authorLogin: kind === "bot" ? `${login}[bot]` : login });
  return again.ok ? again : first;
}

async function asked(session: Session, input: Input): Promise<Fetched<PullRequestFacts>> {
  const { owner, name } = input.repository;
  const login = accountTerm(input.authorLogin);
  const answer = await query(session, "PrTriage", {
    schema: answerShape,
    variables: {
      pr: input.pullRequestNodeId,
      qHere: `repo:${term(owner)}/${term(name)} author:${login} type:pr`,
      qOrgMerged: `user:${term(owner)} author:${login} is:pr is:merged`,
    },
  });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  if (data.node === null) return missing(session, "PrTriage", problemAt(problems, ["node"]) ?? "not_found");
  const authorProblem = problemAt(problems, ["node", "author"]);
  if (authorProblem !== null) return missing(session, "PrTriage", authorProblem);
  const facts = factsOf(data.node);
  const sameLogin = facts.author.login.toLowerCase() === bare(input.authorLogin).toLowerCase();
  return {
    ok: true,
    value: {
      ...facts,
      // Commits that were answered only in part would look unsigned or unlinked: none of them is used.
      ...(problemAt(problems, ["node", "commits"]) === null
        ? {}
        : { commits: [], commitSubjects: [], authorNodeIds: new Map() }),
      ...(problemAt(problems, ["node", "latestOpinionatedReviews"]) === null ? {} : { approvals: null }),
      openedHereCount: sameLogin ? (data.here?.issueCount ?? null) : null,
      mergesInOrganization: sameLogin ? mergesInOrganization(data.orgMerged, problems) : null,
    },
  };
}

/** Merges whose mergers GitHub could not name this time would look like merges by one person. */
function mergesInOrganization(
  found: z.infer<typeof merged>,
  problems: readonly GraphqlProblem[],
): PullRequestFacts["mergesInOrganization"] {
  const merges = found ? mergesOf(found) : null;
  return merges?.mergerCount === null && problemAt(problems, ["orgMerged"]) !== null ? null : merges;
}

const merged = mergesShape.nullish().catch(null);
const searched = z.object({ issueCount: integer }).nullish().catch(null);
const author = z
  .object({
    __typename: z.string(),
    login: z.string(),
    id: z.string().optional(),
    databaseId: integer.nullish(),
    createdAt: instant.optional(),
  })
  .nullable();

const node = z.object({
  number: integer,
  state: word(["OPEN", "CLOSED", "MERGED"], "OPEN"),
  createdAt: instant,
  updatedAt: instant,
  title: z.string(),
  body: z.string().default(""),
  authorAssociation: z.string(),
  changedFiles: integer,
  additions: integer,
  deletions: integer,
  headRefName: z.string(),
  headRefOid: z.string(),
  author,
  latestOpinionatedReviews: z
    .object({
      nodes: readableNodesOf(
        z.object({ state: z.string(), submittedAt: instant, commit: z.object({ oid: z.string() }) }),
      ),
    })
    .nullish()
    .catch(null),
  timelineItems: z
    .object({ nodes: readableNodesOf(z.object({ createdAt: instant })) })
    .nullish()
    .catch(null),
  comments: z
    .object({ nodes: z.array(commentNode) })
    .nullish()
    .catch(null),
  // Null where the App may not read commits of a private repository. Dates and names in commits are the contributor's.
  commits: z
    .object({ totalCount: integer, nodes: readableNodesOf(z.object({ commit: commitShape })) })
    .nullable()
    .catch(null)
    .transform((found) => found ?? { totalCount: 0, nodes: [] }),
  files: z
    .object({ nodes: readableNodesOf(z.object({ path: z.string() })) })
    .nullable()
    .catch(null),
});

const answerShape = z.object({ here: searched, orgMerged: merged, node: node.nullable() });

const STATES = { OPEN: "open", CLOSED: "closed", MERGED: "merged" } as const;

type Facts = Omit<PullRequestFacts, "openedHereCount" | "mergesInOrganization">;

function factsOf(found: z.infer<typeof node>): Facts {
  return {
    number: found.number,
    state: STATES[found.state],
    createdAt: found.createdAt,
    updatedAt: found.updatedAt,
    headSha: found.headRefOid,
    headBranch: found.headRefName,
    title: found.title,
    authorAssociation: found.authorAssociation,
    author: authorOf(found.author),
    approvals:
      found.latestOpinionatedReviews?.nodes
        .filter(({ state }) => state === "APPROVED")
        .map(({ submittedAt: at, commit }) => ({ at, headSha: commit.oid })) ?? null,
    forcePushedAt: found.timelineItems?.nodes.at(-1)?.createdAt ?? null,
    comments: found.comments?.nodes.map(spoken) ?? null,
    commits: found.commits.nodes.map(({ commit }) => changeCommit(commit)),
    authorNodeIds: new Map(found.commits.nodes.flatMap(({ commit }) => nodeIdOf(commit.author))),
    commitSubjects: found.commits.nodes.map(({ commit }) => commit.messageHeadline),
    runningTexts: runningTexts({
      body: found.body,
      commits: found.commits.nodes.map(({ commit: { messageBody, author, committer } }) => ({
        messageBody,
        names: [author.name ?? "", committer.name ?? ""],
      })),
    }),
    commitCount: found.commits.totalCount,
    changedFileCount: found.changedFiles,
    changedLineCount: found.additions + found.deletions,
    paths: found.files?.nodes.map(({ path }) => path) ?? [],
  };
}

/** What GitHub's type word says an account is; a word not known yet is nobody we could assess. */
export const subjectKind = (type: string): SubjectKind => KINDS.get(type) ?? "ghost";

const KINDS: ReadonlyMap<string, SubjectKind> = new Map<string, SubjectKind>([
  ["User", "user"],
  ["Bot", "bot"],
  ["Organization", "organization"],
  ["Mannequin", "mannequin"],
  // A managed account of an enterprise is a person's account like any other.
  ["EnterpriseUserAccount", "user"],
]);

/** A deleted account leaves no author; one of a kind that is not known yet is nobody we could assess. */
function authorOf(found: z.infer<typeof author>): PullRequestFacts["author"] {
  if (found === null) return { id: null, nodeId: null, login: "ghost", kind: "ghost", createdAt: null };
  return {
    id: found.databaseId == null ? null : accountId(found.databaseId),
    nodeId: found.id ?? null,
    login: found.login,
    kind: KINDS.get(found.__typename) ?? "ghost",
    createdAt: found.createdAt ?? null,
  };
}

/** Bots are called `name[bot]` in REST and webhooks, `name` in GraphQL. */
const bare = (login: string): string => login.replace(/\[bot\]$/, "");
