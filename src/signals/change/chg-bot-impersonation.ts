import { type ChangeCommit, type ClaimedBot, type Opener, vouchedFor } from "../../change/change.ts";
import { isWorkflowFile } from "../../change/formats/workflow.ts";
import type { Severity } from "../../change/severity.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";
import { worstOf } from "../worst.ts";

export default defineSignal({
  id: "chg-bot-impersonation",
  axis: "C",
  family: "change",
  title: "Commits claim to be by an automation account that did not make them",
  version: 54,
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
    "GitHub recorded who opened the pull request, and an automation is known by its account number; a name without an account says nothing about a person and adds nothing to one. Only commits of the pull request count, and only against the account that opened it. Copying an automation's signed commit keeps its signature, which is then valid.",
  needs: ["change.commits", "change.texts"],
  uses: ["change.files"],
  detect({ "change.commits": { commits, opener }, "change.texts": { authorAssociation }, "change.files": changed }) {
    if (commits.length === 0) return unknown("no commit of the pull request was read");
    const runsThere = changed?.files.some(({ path }) => isWorkflowFile(path)) ?? false;
    const found = commits.flatMap((commit): readonly Posing[] => {
      const severity = severityOf(commit, opener, runsThere);
      return severity === null ? [] : [{ commit, severity }];
    });
    // Maintainers replay automation branches, import and rewrite history, and may push under any name as it is.
    if (found.length === 0 || INSIDERS.has(authorAssociation)) return clear;
    if (opener.accountId === null) return unknown("who opened the pull request is not known");
    const byBot = opener.kind === "bot";
    // An App acts where owners let it in: an update bot of one's own, or one that runs in the project's workflows.
    const graded = byBot ? found.map((each): Posing => ({ ...each, severity: "low" })) : found;
    const proves =
      !byBot && found.some(({ commit }) => isDependable(commit) && isWhole(commit) && bearsItsNumber(commit));
    const [facts, more] = worstOf(graded.map(({ commit, severity }) => ({ severity, evidence: evidence(commit) })));
    return fired(facts, { ...more, strength: proves ? 1 : 0 });
  },
});

interface Posing {
  readonly commit: ChangeCommit;
  readonly severity: Severity;
}

const INSIDERS = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** Account numbers of the automations on GitHub, the same under every name. */
const ACCOUNT_IDS: Readonly<Partial<Record<ClaimedBot, number>>> = {
  dependabot: 49699333,
  renovate: 29139614,
  "github-actions": 41898282,
  "web-flow": 19864447,
};

/**
 * How grave a claim is whose whole identity is the automation's, and one whose committer is somebody else who made it
 * in the same moment. Dependabot and Renovate sign or come by their own pull requests; in those of others anybody's
 * workflow commits unsigned under GitHub Actions, the web interface did not sign until 2018, guests push to branches of
 * anybody, and machines of one's own have any name: hints about the change, nothing about a person.
 */
const GRADES: Readonly<Record<ClaimedBot, readonly [whole: Severity, sameMoment: Severity | null]>> = {
  dependabot: ["critical", "high"],
  renovate: ["critical", "high"],
  "look-alike": ["critical", "high"],
  "github-actions": ["medium", "low"],
  "web-flow": ["medium", "medium"],
  automation: ["medium", "low"],
  machine: ["medium", "low"],
  guest: ["low", null],
};

const isDependable = ({ claims }: ChangeCommit): boolean => claims === "dependabot" || claims === "renovate";

/** GitHub shows it under the automation's account; a name alone shows nothing and says nothing about who wrote it. */
const bearsItsNumber = ({ claims, authorAccountId, committerAccountId }: ChangeCommit): boolean => {
  const own = claims === null ? undefined : ACCOUNT_IDS[claims];
  return own !== undefined && (authorAccountId === own || committerAccountId === own);
};

const isWhole = ({ authoredByCommitter, committedViaWeb, committerClaims }: ChangeCommit): boolean =>
  authoredByCommitter || committedViaWeb || committerClaims;

/** A replay keeps the date of the commit that it replays; who writes a name for it gets the date of the moment. */
const MOMENT_MS = 60_000;
const inOneMoment = ({ authoredAt, committedAt }: ChangeCommit): boolean =>
  Math.abs(Date.parse(committedAt) - Date.parse(authoredAt)) <= MOMENT_MS;

/**
 * Null for a commit that claims nothing, that the automation signed, that is in its own pull request. One
 * that a person committed openly and later is a cherry-pick or rebase.
 */
function severityOf(commit: ChangeCommit, opener: Opener, runsThere: boolean): Severity | null {
  const { claims, authorAccountId } = commit;
  if (claims === null || isItsOwn(commit, claims)) return null;
  const own = ACCOUNT_IDS[claims];
  if (opener.kind === "bot" && opener.accountId !== null && opener.accountId === (own ?? authorAccountId)) return null;
  const [whole, sameMoment] = GRADES[claims];
  const severity = isWhole(commit) || claims === "web-flow" ? whole : inOneMoment(commit) ? sameMoment : null;
  // Under the opener's own account, which GitHub shows beside it, the name is a label.
  if (
    severity === "critical" &&
    authorAccountId !== null &&
    authorAccountId === opener.accountId &&
    !bearsItsNumber(commit)
  )
    return "medium";
  // Pushed by somebody else under the name of a machine that has no account: how workflows were planted in thousands of repositories.
  return claims === "machine" && severity === "medium" && runsThere ? "high" : severity;
}

/** Signed by GitHub for it, or with its own key; a key of somebody else says who that is, and no more. */
const isItsOwn = (commit: ChangeCommit, claims: ClaimedBot): boolean =>
  vouchedFor(commit, ACCOUNT_IDS[claims] ?? commit.authorAccountId);

const LABELS: Readonly<Record<ClaimedBot, string>> = {
  dependabot: "by Dependabot",
  renovate: "by Renovate",
  "github-actions": "by GitHub Actions",
  "web-flow": "by GitHub's web interface",
  guest: "by an automation",
  automation: "by an automation",
  "look-alike": "under a name that is written to be read as a known automation's",
  machine: "by a machine that has no account",
};

function evidence(commit: ChangeCommit): Evidence {
  const by = LABELS[commit.claims ?? "automation"];
  return {
    fact: `The commit says it was made ${by}, but it carries no valid signature and the pull request is not from there.`,
    tier: "SC",
    commit: commit.oid,
  };
}
