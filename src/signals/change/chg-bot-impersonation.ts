import type { ChangeCommit } from "../../change/change.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "chg-bot-impersonation",
  axis: "C",
  family: "change",
  title: "Commits claim to be by an automation account that did not make them",
  status: "stable",
  version: 1,
  core: false,
  weight: 3,
  severity: "critical",
  hard: true,
  queue: false,
  halfLifeDays: null,
  falsePositiveRisk: "low",
  baseRate: null,
  baseRateUpperPercent: null,
  sources: [
    {
      url: "https://safeguard.sh/resources/blog/github-dependabot-token-incident-retrospective",
      says: "Commits disguised as dependency updates by an automation account carried code that sent secrets away.",
    },
  ],
  benign: [
    "A self-hosted update bot that runs under a person's account without signing.",
    "Commits of an automation branch that were replayed by hand.",
  ],
  clears:
    "Open the pull request from the automation's own account, or rebase the commits so that they carry the committer who made them.",
  framing:
    "Only commits of the pull request count, and only against the account that opened it. Copying an automation's signed commit keeps its signature, which is then valid.",
  needs: ["change.commits", "change.texts"],
  detect({ "change.commits": { commits }, "change.texts": { authorAssociation } }) {
    const posing = commits.filter(isPosing);
    if (commits.length === 0) return unknown("no commit of the pull request was read");
    if (posing.length === 0) return clear;
    // Maintainers replay automation branches, and their own workflows commit as automation with their token.
    if (INSIDERS.has(authorAssociation)) return fired(posing.map(evidence), { severity: "low", strength: 0 });
    const dependable = posing.some(({ claims }) => claims !== "github-actions");
    // Anybody's workflow in a fork commits unsigned under this one: a hint about the change, nothing about a person.
    return dependable
      ? fired(posing.map(evidence), { severity: "critical" })
      : fired(posing.map(evidence), { severity: "medium", strength: 0 });
  },
});

const INSIDERS = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** GitHub signs every commit made in its web interface since 2018; before that an unsigned one proves nothing. */
const WEB_SIGNING_SINCE = "2018-01-01";

/**
 * A commit whose whole identity is an automation's, unsigned. One that was committed openly by a person, with only its
 * author left as it was, is a cherry-pick or rebase.
 */
function isPosing(commit: ChangeCommit): boolean {
  if (commit.claims === null || commit.signature === "valid") return false;
  if (commit.claims === "web-flow") return commit.committedAt >= WEB_SIGNING_SINCE;
  return commit.authoredByCommitter || commit.committedViaWeb;
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
