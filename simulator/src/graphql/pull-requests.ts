import { authorAssociation, effectiveRole } from "../world/access.ts";
import { accountOf, fullName, headSha, repositoryOf } from "../world/lookup.ts";
import type { Comment, Issue, PullRequest, Repository, World } from "../world/world.ts";
import { connection } from "./connection.ts";
import { type Fields, forbidden, type GraphqlContext, many, text, Unsimulated } from "./fields.ts";
import { isReadable, isVisible, seesMembers } from "./see.ts";

const account = ({ world }: GraphqlContext, id: number | null) => (id === null ? null : accountOf(world, id));
const sum = ({ files }: PullRequest, key: "additions" | "deletions"): number =>
  files.reduce((total, file) => total + file[key], 0);

/** What is said of edits, alike for whatever can be edited. The first of them is the text as it was written. */
const EDITED: Fields<PullRequest | Issue | Comment> = {
  lastEditedAt: ({ edits }) => edits.at(-1)?.at ?? null,
  userContentEdits: ({ edits, authorId, createdAt }, args, context) =>
    connection(edits.length === 0 ? [] : [{ at: createdAt, byId: authorId }, ...edits], args, {
      node: ({ at, byId }) => ({ editedAt: at, editor: account(context, byId) }),
    }),
};

export const PULL_REQUEST: Fields<PullRequest> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  number: ({ number }) => number,
  title: ({ title }) => title,
  body: ({ body }) => body ?? "",
  state: ({ state }) => state.toUpperCase(),
  isDraft: ({ draft }) => draft,
  isInMergeQueue: () => false,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  closedAt: ({ closedAt }) => closedAt,
  mergedAt: ({ mergedAt }) => mergedAt,
  mergedBy: ({ mergedById }, _, context) => account(context, mergedById),
  author: ({ authorId }, _, context) => account(context, authorId),
  mergeCommit: ({ mergeCommit }) => mergeCommit,
  ...EDITED,
  timelineItems: ({ forcedOver, renamed }, args) => {
    const kinds = many(args.itemTypes) ?? [];
    if (kinds.length === 1 && kinds[0] === "RENAMED_TITLE_EVENT")
      return connection(renamed, args, { node: (event) => ({ type: "RenamedTitleEvent", ...event }) });
    if (kinds.length !== 1 || kinds[0] !== "HEAD_REF_FORCE_PUSHED_EVENT")
      throw new Unsimulated(`timelineItems(itemTypes: ${kinds})`);
    return connection(forcedOver, args, { node: (event) => ({ type: "HeadRefForcePushedEvent", ...event }) });
  },
  authorAssociation: (pull, _, context) =>
    authorAssociation(context.world, pull, seesMembers(context, pull.repositoryId)),
  isCrossRepository: ({ head, repositoryId }) => head.repositoryId !== repositoryId,
  maintainerCanModify: ({ maintainerCanModify }) => maintainerCanModify,
  changedFiles: ({ files }) => files.length,
  additions: (pull) => sum(pull, "additions"),
  deletions: (pull) => sum(pull, "deletions"),
  baseRefName: ({ base }) => base,
  headRefName: ({ head }) => head.branch,
  headRefOid: (pull) => headSha(pull),
  repository: ({ repositoryId }, _, { world }) => repositoryOf(world, repositoryId),
  headRepository: ({ head }, _, context) => {
    const repository = head.repositoryId === null ? undefined : context.world.repositories.get(head.repositoryId);
    return repository !== undefined && isVisible(context, repository) ? repository : null;
  },
  labels: ({ labels }, args) =>
    connection(
      [...labels].map((name) => ({ name })),
      args,
    ),
  // The list is the pull request's, each commit the repository's: without `contents` a private one is a hole of its own.
  commits: ({ commits }, args, context) =>
    connection(commits, args, { node: (commit) => ({ commit: isReadable(context, commit) ? commit : forbidden() }) }),
  comments: ({ id }, args, { world }) =>
    connection(
      world.comments.filter(({ issueId }) => issueId === id),
      args,
    ),
  files: ({ files }, args) =>
    connection(files, args, {
      node: ({ path, status, additions, deletions }) => ({ path, additions, deletions, changeType: CHANGE[status] }),
    }),
  reviews: ({ reviews }, args, { world }) => {
    const wanted = args.author == null ? null : text(args.author).toLowerCase();
    const chosen = reviews.filter(
      ({ reviewerId }) => wanted === null || accountOf(world, reviewerId).login.toLowerCase() === wanted,
    );
    return connection(chosen, args, { node: ({ at }) => ({ submittedAt: at }) });
  },
  latestOpinionatedReviews: ({ reviews, repositoryId }, args, context) => {
    const { world } = context;
    const { writersOnly } = args;
    const repository = repositoryOf(world, repositoryId);
    const opinions = reviews.filter(({ state }) => state !== "COMMENTED");
    const newest = [...new Map(opinions.map((review) => [review.reviewerId, review])).values()];
    const heard = newest.filter(({ reviewerId }) => !writersOnly || mayWrite(world, repository, reviewerId));
    return connection(heard, args, {
      node: ({ at, state, commit }) => ({
        submittedAt: at,
        state,
        get commit() {
          if (isReadable(context, commit)) return commit;
          throw forbidden();
        },
      }),
    });
  },
};

const mayWrite = (world: World, repository: Repository, account: number): boolean =>
  ["write", "maintain", "admin"].includes(effectiveRole(world, repository, account) ?? "");

export const FORCE_PUSH: Fields<PullRequest["forcedOver"][number]> = {
  createdAt: ({ at }) => at,
  beforeCommit: ({ before }) => before,
};

export const RENAME: Fields<PullRequest["renamed"][number]> = {
  createdAt: ({ at }) => at,
  actor: ({ byId }, _, context) => account(context, byId),
};

const CHANGE = { added: "ADDED", modified: "MODIFIED", removed: "DELETED", renamed: "RENAMED" } as const;

export const ISSUE: Fields<Issue> = {
  id: ({ nodeId }) => nodeId,
  databaseId: ({ id }) => id,
  number: ({ number }) => number,
  title: ({ title }) => title,
  createdAt: ({ createdAt }) => createdAt,
  updatedAt: ({ updatedAt }) => updatedAt,
  closedAt: ({ closedAt }) => closedAt,
  body: ({ body }) => body,
  ...EDITED,
  // Whoever does not ask for duplicates by name is told that they were not planned.
  stateReason: ({ closedAt, stateReason }, { enableDuplicate }) => {
    if (closedAt === null) return null;
    const reason = stateReason ?? "completed";
    return (reason === "duplicate" && enableDuplicate !== true ? "not_planned" : reason).toUpperCase();
  },
  author: ({ authorId }, _, context) => account(context, authorId),
  authorAssociation: (issue, _, context) =>
    authorAssociation(context.world, issue, seesMembers(context, issue.repositoryId)),
  repository: ({ repositoryId }, _, { world }) => repositoryOf(world, repositoryId),
};

export const ISSUE_COMMENT: Fields<Comment> = {
  id: ({ nodeId }) => nodeId,
  body: ({ body }) => body,
  ...EDITED,
  url: ({ id, issueId, repositoryId }, _, { world, urls }) => {
    const pull = world.pullRequests.get(issueId);
    const number = pull?.number ?? world.issues.get(issueId)?.number;
    const place = `${urls.html}/${fullName(world, repositoryOf(world, repositoryId))}`;
    return `${place}/${pull ? "pull" : "issues"}/${number}#issuecomment-${id}`;
  },
  author: ({ authorId }, _, context) => account(context, authorId),
  createdAt: ({ createdAt }) => createdAt,
  authorAssociation: (comment, _, context) =>
    authorAssociation(context.world, comment, seesMembers(context, comment.repositoryId)),
  repository: ({ repositoryId }, _, { world }) => repositoryOf(world, repositoryId),
  // A comment on a pull request hangs on the issue that carries it; only its author is asked for.
  issue: ({ issueId }, _, { world }) => world.issues.get(issueId) ?? world.pullRequests.get(issueId),
};
