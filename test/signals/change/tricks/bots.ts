import type { Severity } from "../../../../src/change/severity.ts";
import { changeCommit, commitShape } from "../../../../src/github/octokit/repository/commits.ts";
import { daysAgo, filesOf, openedBy, SUBJECT, texts } from "../../given.ts";
import { added } from "../../tricks.ts";
import type { Vector } from "../../vector.ts";

type Actor = readonly [name: string, email: string, account?: number];

/** A commit as GitHub answers it: who it says it is by, and who opened the pull request. */
interface Made {
  readonly author: Actor;
  /** The author when absent. */
  readonly committer?: Actor;
  readonly signature?: "github" | number;
  /** Days between the date of the author and that of the committer. */
  readonly daysLater?: number;
  readonly viaWeb?: true;
  readonly opener?: { readonly accountId: number; readonly kind: "user" | "bot" };
  readonly association?: string;
  readonly path?: string;
}

export function bots(made: Made): Vector["given"] {
  const { author, committer = author, signature, daysLater = 0 } = made;
  const actor = ([name, email, account]: Actor) => ({
    name,
    email,
    user: account === undefined ? null : { databaseId: account },
  });
  const signed = { isValid: true, state: "VALID", wasSignedByGitHub: signature === "github" };
  const commit = changeCommit(
    commitShape.parse({
      oid: "c0ffee",
      messageHeadline: "Bump a",
      authoredDate: daysAgo(9),
      committedDate: daysAgo(9 - daysLater),
      authoredByCommitter: author.join() === committer.join(),
      committedViaWeb: made.viaWeb ?? false,
      author: actor(author),
      committer: actor(committer),
      authors: { nodes: [] },
      parents: { nodes: [] },
      signature:
        signature === undefined
          ? null
          : { ...signed, signer: signature === "github" ? null : { databaseId: signature } },
    }),
  );
  return {
    "change.commits": openedBy(made.opener ?? { accountId: SUBJECT, kind: "user" }, commit),
    "change.texts": texts([], made.association ?? "NONE"),
    "change.files": filesOf(added(made.path ?? "package.json", "x")),
  };
}

type Row = readonly [when: string, made: Made, level: Severity | null];

const ME: Actor = ["a", "a@x.example", SUBJECT];
const DEPENDABOT: Actor = ["dependabot[bot]", "49699333+dependabot[bot]@users.noreply.github.com", 49699333];
const RENOVATE: Actor = ["renovate[bot]", "29139614+renovate[bot]@users.noreply.github.com", 29139614];
const nobody = (name: string): Made => ({ author: [name, `${name.length}@x.invalid`] });
const app = (name: string, account = 77): Actor => [
  `${name}[bot]`,
  `${account}+${name}[bot]@users.noreply.github.com`,
  account,
];

const named = (level: Severity | null, ...names: readonly string[]): readonly Row[] =>
  names.map((name) => [`the name ${JSON.stringify(name)}, no account`, nobody(name), level]);

export const POSING: readonly Row[] = [
  ["all Dependabot's, unsigned", { author: DEPENDABOT }, "critical"],
  ["all Renovate's, unsigned", { author: RENOVATE }, "critical"],
  ["Dependabot by its older name", nobody("dependabot-preview[bot]"), "critical"],
  ["Dependabot by its address alone", { author: ["x", "support@dependabot.com"] }, "critical"],
  ["written for Dependabot in one moment, committed openly", { author: DEPENDABOT, committer: ME }, "high"],
  ["the same, signed with a key of one's own", { author: DEPENDABOT, committer: ME, signature: SUBJECT }, "high"],
  [
    "written for Renovate in one moment, signed with a key of one's own",
    { author: RENOVATE, committer: ME, signature: SUBJECT },
    "high",
  ],
  ["all Dependabot's, signed with another key", { author: DEPENDABOT, signature: SUBJECT }, "critical"],
  ["committed by Dependabot, written by somebody", { author: ME, committer: DEPENDABOT }, "critical"],
  ["committed by Renovate, written by nobody", { author: ["x", "x@x.invalid"], committer: RENOVATE }, "critical"],
  [
    "Dependabot's through the web interface, unsigned",
    { author: DEPENDABOT, committer: ["GitHub", "noreply@github.com"], viaWeb: true },
    "critical",
  ],
  ...named(
    "critical",
    "dependab0t[bot]",
    "dependabot\u200b[bot]",
    "depend\u0430bot[bot]",
    "d\u0435pendabot",
    "ren0vate[bot]",
    "renov\u0430te[bot]",
    "github-acti0ns[bot]",
    "\uff44ependabot[bot]x".slice(0, 15).replace("\uff44", "\u0501"),
    "dependabo7[bot]",
    "w3b-flow",
    "g\u0456thub-actions[bot]",
  ),
  [
    "a look-alike written in one moment, committed openly",
    { author: ["dependab0t[bot]", "x@x.invalid"], committer: ME },
    "high",
  ],
  ...named(
    "medium",
    "ci-bot",
    "build-bot",
    "auto-ci",
    "pipeline-bot",
    "Release Bot",
    "deploy-bot",
    "jenkins",
    "automation",
    "security-bot[bot]",
    "Renovate Bot",
    "CI Runner",
    "dependabot",
    "GitHub",
    "dependabot(bot)",
    "Mend Renovate",
    "svc-deploy",
    "buildbot",
    "Automated Commit",
  ),
  [
    "Dependabot's name under the opener's own account",
    { author: ["dependabot[bot]", "a@x.example", SUBJECT] },
    "medium",
  ],
  [
    "Dependabot by an address without its number",
    { author: ["x", "dependabot[bot]@users.noreply.github.com"] },
    "critical",
  ],
  ["a machine without an account edits a workflow", { ...nobody("ci-bot"), path: ".github/workflows/ci.yml" }, "high"],
  ["an invented App edits a workflow", { ...nobody("security-updates[bot]"), path: ".github/workflows/a.yml" }, "high"],
  [
    "GitHub Actions, unsigned",
    { author: ["github-actions[bot]", "41898282+github-actions[bot]@users.noreply.github.com", 41898282] },
    "medium",
  ],
  ["the web interface, unsigned", { author: ME, committer: ["GitHub", "noreply@github.com"], viaWeb: true }, "medium"],
  ...[
    "mergify",
    "snyk-bot",
    "greenkeeper",
    "imgbot",
    "semantic-release-bot",
    "scala-steward",
    "weblate",
    "depfu",
    "release-please",
    "step-security-bot",
  ].map((name): Row => [`${name} in somebody's pull request`, { author: app(name) }, "medium"]),
  [
    "Dependabot's commit in Renovate's pull request",
    { author: DEPENDABOT, opener: { accountId: 29139614, kind: "bot" } },
    "low",
  ],
];

export const ORDINARY_COMMITS: readonly Row[] = [
  ["Dependabot's own", { author: DEPENDABOT, signature: "github", opener: { accountId: 49699333, kind: "bot" } }, null],
  ["Dependabot's own, its signature lost", { author: DEPENDABOT, opener: { accountId: 49699333, kind: "bot" } }, null],
  ["Dependabot's signed commit, copied", { author: DEPENDABOT, signature: "github" }, null],
  ["a replay of Dependabot's commit, days later", { author: DEPENDABOT, committer: ME, daysLater: 3 }, null],
  [
    "the same, signed by who replayed it",
    { author: DEPENDABOT, committer: ME, daysLater: 1, signature: SUBJECT },
    null,
  ],
  ["a member's replay", { author: DEPENDABOT, association: "MEMBER" }, null],
  [
    "a bot of the project under its own App",
    { author: app("mergify", 91), opener: { accountId: 91, kind: "bot" } },
    null,
  ],
  ["a machine user's own account", { author: ["ci-bot", "ci@x.example", SUBJECT] }, null],
  ["a machine user of somebody else", { author: ["build-bot", "ci@x.example", 815] }, null],
  ["a person whose name has a bot in it", nobody("Abbot Example"), null],
  ["a person who is called like a tool", nobody("Jen Kins"), null],
  ["a person named after a release", nobody("Release Please Me"), null],
  ["a person of whom GitHub knows no account", nobody("Ada Example"), null],
  ["a robotics team", nobody("Robotics Lab"), null],
  ["pre-commit.ci in somebody's pull request", { author: app("pre-commit-ci") }, "low"],
  ["an agent in the pull request of who asked it", { author: app("copilot-swe-agent") }, "low"],
  [
    "a person's commit, merged in the web interface",
    { author: ME, committer: ["GitHub", "noreply@github.com"], viaWeb: true, signature: "github" },
    null,
  ],
  ["a person's own signed commit", { author: ME, signature: SUBJECT }, null],
];

/** Known and not seen: a date of the author that was set back, which looks like a replay, and a name of another kind. */
export const UNCAUGHT: readonly Row[] = [
  ["written for Dependabot with an older date", { author: DEPENDABOT, committer: ME, daysLater: 2 }, "high"],
  ["a machine called like a project", nobody("wallet-sync-job"), "medium"],
];
