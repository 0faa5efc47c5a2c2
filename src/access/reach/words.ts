import type { Can, ReachEdge, Reason } from "./edge.ts";

type Told = Pick<ReachEdge, "can" | "branch" | "reason" | "target">;

/** What can be done. */
export function canWords({ can, branch, target }: Told): string {
  const on = branch ?? "a new branch";
  const words: Readonly<Record<Can, string>> = {
    push: `push to ${on}`,
    create_branch: branch === null ? "make branches" : `make branches that fit ${branch}`,
    edit_protection: `change what guards ${on}`,
    bypass_review: `merge into ${on} without the reviews it asks for`,
    approve_own_change: `get code of its own into ${on} without anybody else's yes`,
    create_tag: "make release tags",
    start_workflow: `start workflows of its own on ${on}`,
    read_secret: `read the secret ${target}`,
    use_runner: `run code on the self-hosted runner ${target}`,
    mint_oidc: "get the identity (OIDC token) that other services trust",
    publish_package: "publish packages as the repository",
    write_cache: `fill the build cache that ${on} uses`,
    approve_fork_run: "let workflows of forks run",
  };
  return words[can];
}

/** Why it can be done. */
export function reasonWords({ reason, branch, target, can }: Told): string {
  const rule = target === null ? "the rule" : `"${target}"`;
  const words: Readonly<Record<Reason, string>> = {
    no_protection: "no rule stands before it",
    admin: can === "read_secret" ? "an admin can change the environment" : `${rule} lets admins pass`,
    bypass_branch_protection: `the role passes ${rule}`,
    bypass_pr_allowance: `${rule} names it among those who need no review`,
    push_protected_branch: `the role may push where ${rule} keeps others out`,
    push_allowance: `${rule} names it among those who may push`,
    ruleset_bypass: `${rule} has it on its bypass list`,
    edit_repo_protections: `the role may change rules such as ${rule}`,
    organization_owner: `owners may change ${rule}`,
    no_review_required: `${rule} asks for no approval`,
    last_push_approval_off: `${rule} lets an approver push last, to somebody else's pull request`,
    create_branch:
      branch === null ? "it can make a branch with a workflow" : `it can make a branch that fits ${branch}`,
    push: `it can push to ${branch ?? "a branch"}`,
    write_role: "everybody who writes can",
    start_agent: "everybody who writes can start an agent, which has it",
  };
  return words[reason];
}

/** The switch that closes it. */
export const CLOSES: Readonly<Record<Can, string>> = {
  push: "protect the branch: a pull request with an approval, and nobody on its bypass lists",
  create_branch:
    "a ruleset for all branches that restricts creations, or `restrict pushes` with `block creations` for *",
  edit_protection: "fewer admins; rules of the organisation instead of the repository",
  bypass_review: "`do not allow bypassing`, shorter bypass lists",
  approve_own_change: "at least one approval, and `require approval of the most recent push`",
  create_tag: "a tag ruleset for release tags that restricts creations and updates",
  start_workflow: "a push ruleset for .github/workflows, or no right to make branches",
  read_secret: "move the secret into an environment with reviewers",
  use_runner: "a runner group for the repositories that need it, without those that many write to",
  mint_oidc: "bind the trust to a protected environment or branch, not to the repository",
  publish_package: "publish from an environment with reviewers",
  write_cache: "protect the default branch",
  approve_fork_run: "lower the role of those who need not decide this",
};
