import type { Account, Comment, Issue, PullRequest, Repository, Team, World } from "./world.ts";
import type { Commit } from "./world-commit.ts";

export type WorldNode = Account | Team | Repository | PullRequest | Issue | Comment | Commit;

const PREFIX = {
  User: "U",
  Bot: "BOT",
  Organization: "O",
  OrganizationInvitation: "OI",
  Team: "T",
  Repository: "R",
  PullRequest: "PR",
  Issue: "I",
  IssueComment: "IC",
  Commit: "C",
  App: "A",
  CheckRun: "CR",
  CheckSuite: "CS",
  Push: "PSH",
} as const;

export type NodeKind = keyof typeof PREFIX;

/** The global node id of a thing: opaque to clients, stable for the thing's life. */
export const nodeId = (kind: NodeKind, id: number | string): string =>
  `${PREFIX[kind]}_kgDO${Buffer.from(String(id)).toString("base64url")}`;

/** The thing behind a node id, or null when nothing has it. */
export function nodeOf(world: World, id: string): WorldNode | null {
  const [prefix, rest] = id.split("_kgDO");
  if (prefix === undefined || rest === undefined) return null;
  const key = Buffer.from(rest, "base64url").toString();
  const found = lookUp(world, prefix, key);
  return found?.nodeId === id ? found : null;
}

function lookUp(world: World, prefix: string, key: string): WorldNode | null {
  const id = Number(key);
  switch (prefix) {
    case PREFIX.User:
    case PREFIX.Bot:
    case PREFIX.Organization:
      return world.accounts.get(id) ?? null;
    case PREFIX.Repository:
      return world.repositories.get(id) ?? null;
    case PREFIX.PullRequest:
      return world.pullRequests.get(id) ?? null;
    case PREFIX.Issue:
      return world.issues.get(id) ?? null;
    case PREFIX.IssueComment:
      return world.comments.find((comment) => comment.id === id) ?? null;
    case PREFIX.Team:
      return allTeams(world).find((team) => team.id === id) ?? null;
    case PREFIX.Commit:
      return allCommits(world).find((commit) => commit.sha === key) ?? null;
    default:
      return null;
  }
}

const allTeams = (world: World): readonly Team[] =>
  [...world.accounts.values()].flatMap((account) => (account.type === "Organization" ? account.teams : []));

/** Commits of default branches and of pull requests; a commit merged unchanged is listed twice. */
export const allCommits = (world: World): readonly Commit[] => [
  ...[...world.repositories.values()].flatMap((repository) => repository.commits),
  ...[...world.pullRequests.values()].flatMap((pullRequest) => pullRequest.commits),
];
