import type { Names } from "../words.ts";
import type { Can } from "./edge.ts";
import type { Became, GuardLoosened } from "./guards-loosened.ts";
import type { LoosenedDoor } from "./loosenings.ts";
import type { Who } from "./probes.ts";
import { CLOSES } from "./words.ts";

/** What became looser, without its repository: `everybody who writes can push to main now: "main" is gone`. */
export function loosenedWords(loosened: GuardLoosened, names: Pick<Names, "account">): string {
  const { who, rule, became } = loosened;
  const fact = who === null ? demandWords(loosened) : `${whoWords(who, names)} can ${doorWords(loosened)} now`;
  if (rule === null || became === null) return fact;
  const isExempt = became === "changed" && who !== null && who.kind !== "role" && who.kind !== "organization_owner";
  return `${fact}: "${rule}" ${isExempt ? "makes an exception" : BECAME_WORDS[became]}`;
}

/** The switch that closes it again, beside putting the rule back. */
export const loosenedCloses = ({ what }: Pick<GuardLoosened, "what">): string => CLOSES[CLOSED_LIKE[what]];

const CLOSED_LIKE: Readonly<Record<LoosenedDoor, Can>> = {
  push: "push",
  review_bypass: "bypass_review",
  merge: "push",
  approvals: "approve_own_change",
  code_owners: "approve_own_change",
  last_push_approval: "approve_own_change",
  create_branch: "create_branch",
  create_tag: "create_tag",
  workflow_files: "start_workflow",
  environment_reviewers: "read_secret",
  environment_branches: "read_secret",
};

const BECAME_WORDS: Readonly<Record<Became, string>> = {
  gone: "is gone",
  disabled: "is disabled",
  evaluate: "is only evaluated",
  elsewhere: "is not about it any more",
  changed: "asks for less",
};

function whoWords(who: Who, { account }: Pick<Names, "account">): string {
  if (who.kind === "account") return account(who.account);
  if (who.kind === "team") return `team ${who.team}`;
  if (who.kind === "app") return `the App ${who.app}`;
  if (who.kind === "deploy_key") return "deploy keys that may write";
  if (who.kind === "organization_owner") return "owners of the organisation";
  return who.role === "write" ? "everybody who writes" : `everybody with ${who.role} or more`;
}

function doorWords({ what, branch }: GuardLoosened): string {
  if (what === "push") return `push to ${branch}`;
  if (what === "review_bypass") return `merge into ${branch} without anybody else's yes`;
  if (what === "merge") return `merge into ${branch}`;
  if (what === "create_branch") return branch === null ? "make branches" : `make branches that fit ${branch}`;
  return what === "create_tag" ? "make release tags" : "push workflows of their own";
}

function demandWords({ what, branch, approvals }: GuardLoosened): string {
  if (what === "approvals" && approvals !== undefined) {
    const { from, to } = approvals;
    return `pull requests into ${branch} need ${to} ${to === 1 ? "approval" : "approvals"}, not ${from}`;
  }
  if (what === "code_owners") return `pull requests into ${branch} need no code owner any more`;
  if (what === "last_push_approval") return `who pushed last to a pull request into ${branch} may approve it`;
  return what === "environment_reviewers"
    ? "a deployment needs nobody's yes any more"
    : "more branches may deploy and read the environment's secrets";
}
