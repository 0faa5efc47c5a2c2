import type { ChangeCommit, ClaimedBot, Opener } from "../../change/change.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "chg-bot-impersonation",
  axis: "C",
  family: "change",
  title: "Commits claim to be by an automation account that did not make them",
  version: 20,
  weight: 3,
  severity: "critical",
  hard: true,
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://safeguard.sh/resources/blog/github-dependabot-token-incident-retrospective",
      says: "Commits disguised as dependency updates by an automation account carried code that sent secrets away.",
    },
  ],
  why: "Updates by an automation are read less closely, and their name is worth something to whoever wants that.",
  benign: [
    "A self-hosted update bot that runs under a person's account without signing.",
    "Commits of an automation branch that were replayed by hand.",
    "Old history, or history that was rewritten, which keeps the automation's name and loses its signature.",
  ],
  clears:
    "Open the pull request from the automation's own account, or rebase the commits so that they carry the committer who made them.",
  framing:
    "GitHub recorded who opened the pull request, and an automation is known by its account number. Only commits of the pull request count, and only against the account that opened it. Copying an automation's signed commit keeps its signature, which is then valid.",
  needs: ["change.commits", "change.texts"],
  detect({ "change.commits": { commits, opener }, "change.texts": { authorAssociation } }) {
    if (commits.length === 0) return unknown("no commit of the pull request was read");
    const posing = commits.filter((commit) => isPosing(commit, opener));
    // Maintainers replay automation branches, import and rewrite history, and may push under any name as it is.
    if (posing.length === 0 || INSIDERS.has(authorAssociation)) return clear;
    if (opener.accountId === null) return unknown("who opened the pull request is not known");
    // An App acts where owners let it in: an update bot of one's own, or one that runs in the project's workflows.
    if (opener.kind === "bot") return fired(posing.map(evidence), { severity: "low", strength: 0 });
    return posing.some(({ claims }) => claims !== null && DEPENDABLE.has(claims))
      ? fired(posing.map(evidence), { severity: "critical" })
      : fired(posing.map(evidence), { severity: "medium", strength: 0 });
  },
});

const INSIDERS = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/**
 * The two that sign or come by their own pull requests. Under GitHub Actions anybody's workflow in a fork commits
 * unsigned, and commits of the web interface were unsigned until 2018, which only their own dates could tell: hints
 * about the change, nothing about a person.
 */
const DEPENDABLE: ReadonlySet<ClaimedBot> = new Set(["dependabot", "renovate"]);

/** Account numbers of the automations on GitHub, the same under every name. */
const ACCOUNT_IDS: Readonly<Record<ClaimedBot, number>> = {
  dependabot: 49699333,
  renovate: 29139614,
  "github-actions": 41898282,
  "web-flow": 19864447,
};

/**
 * A commit whose whole identity is an automation's, unsigned, in a pull request that is not the automation's own. One
 * that was committed openly by a person, with only its author left as it was, is a cherry-pick or rebase.
 */
function isPosing({ claims, signature, authoredByCommitter, committedViaWeb }: ChangeCommit, opener: Opener): boolean {
  if (claims === null || signature === "valid") return false;
  if (opener.kind === "bot" && opener.accountId === ACCOUNT_IDS[claims]) return false;
  return claims === "web-flow" || authoredByCommitter || committedViaWeb;
}

const LABELS: Readonly<Record<NonNullable<ChangeCommit["claims"]>, string>> = {
  dependabot: "Dependabot",
  renovate: "Renovate",
  "github-actions": "GitHub Actions",
  "web-flow": "GitHub's web interface",
};

function evidence(commit: ChangeCommit): Evidence {
  const by = commit.claims ? LABELS[commit.claims] : "an automation";
  return {
    fact: `The commit says it was made by ${by}, but it carries no valid signature and the pull request is not from there.`,
    tier: "SC",
    commit: commit.oid,
  };
}
