import type { ChangedFile, ChangePush } from "../../change/change.ts";
import { readingBudget } from "../../change/diff/limits.ts";
import { isUnseen } from "../../change/diff/lines.ts";
import { inPathOrder } from "../../change/diff/path-order.ts";
import { cutToDispatch } from "../../change/formats/dormant.ts";
import { type Payload, payloadsIn } from "../../change/formats/payloads.ts";
import { isRunByActions } from "../../change/formats/workflow.ts";
import type { Severity } from "../../change/severity.ts";
import { atOnce, type Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { clear, type Detection, defineSignal, type Facts } from "../signal.ts";
import { type Graded, LIST_CUT, ofChange } from "../worst.ts";

/**
 * How usual it is that workflows change here by a push: `unusual` where most come by pull requests, `usual` where they do
 * not or an App pushed, `unknown` where nobody could say.
 */
type Custom = "unusual" | "usual" | "unknown";

/** Fewer commits say nothing of a custom. */
const FEWEST_COMMITS = 5;
/** Share of pushed commits from which a push is no news. */
const USUAL_SHARE = 0.2;

type Ground = Payload | "cut_to_dispatch" | "edit";

const GROUNDS: Readonly<Record<Ground, { readonly fact: string } & Readonly<Record<Custom, Severity>>>> = {
  runs_encoded: {
    fact: "What a pushed change has Actions run is encoded, and decoded when it runs.",
    ...{ unusual: "critical", unknown: "critical", usual: "critical" },
  },
  sends_all_secrets: {
    fact: "A pushed change has Actions send all secrets, or its whole environment, away.",
    ...{ unusual: "critical", unknown: "critical", usual: "critical" },
  },
  sends_secret: {
    fact: "A pushed change has Actions send a secret away in a request.",
    ...{ unusual: "critical", unknown: "medium", usual: "medium" },
  },
  runs_fetched: {
    fact: "A pushed change has Actions run a script that is fetched when it runs.",
    ...{ unusual: "critical", unknown: "medium", usual: "medium" },
  },
  cut_to_dispatch: {
    fact: "A pushed change leaves a workflow that only whoever may start it by hand still sets off.",
    ...{ unusual: "critical", unknown: "medium", usual: "medium" },
  },
  edit: {
    fact: "A push, and no merged pull request, brought this change of what Actions run.",
    ...{ unusual: "high", unknown: "low", usual: "low" },
  },
};

export default defineSignal({
  id: "chg-direct-workflow-push",
  axis: "C",
  family: "change",
  title: "A push without a merged pull request changes what Actions run",
  version: 33,
  severity: "critical",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://blog.pypi.org/posts/2025-09-16-github-actions-token-exfiltration/",
      says: "Workflows of many repositories were changed to send the tokens that their secrets held to a server elsewhere.",
    },
    {
      url: "https://randomchaos.pages.dev/articles/your-valid-credentials-are-the-breach",
      says: "Within six hours 5,561 repositories got commits to their workflows by accounts that could push, under names of bots.",
    },
  ],
  why: "A stolen token or deploy key pushes a workflow past every reviewer, and it runs with the repository's secrets at once.",
  benign: [
    "A solo project, or one whose maintainers push workflows as a rule.",
    "An administrator who mended a build in a hurry.",
    "A release manager at work on a release branch.",
  ],
  clears: "Have whoever pushed it say so, or revert it; a ruleset on .github/workflows lets only reviewed changes in.",
  framing:
    "Only who may write to the repository can push to it, and whose account or key did it is not said: it may be stolen.",
  needs: ["change.files"],
  uses: ["change.push"],
  detect: (facts) => atOnce(inSteps(facts)),
  inSteps,
});

function* inSteps(facts: Facts<"change.files", "change.push">): Steps<Detection> {
  const { "change.files": change, "change.push": push } = facts;
  if (push === undefined) return clear;
  const custom = customOf(push);
  const short = readingBudget();
  const concerned = inPathOrder(
    change.files.filter(({ path, status }) => status !== "removed" && isRunByActions(path)),
  );
  const found: Graded[] = [];
  for (const file of concerned) {
    found.push(...(short(file) ? groundsOf(file, custom) : [ground("edit", custom, { path: file.path })]));
    yield;
  }
  const blind = change.truncated ? LIST_CUT : concerned.some(isUnseen) ? "a workflow came without its text" : null;
  const note = custom === "unknown" && found.length > 0 ? "how workflows usually change here" : null;
  return ofChange(found, { blind, note });
}

function customOf({ byApp, earlier }: ChangePush): Custom {
  if (byApp) return "usual";
  if (earlier === null || earlier.commits < FEWEST_COMMITS) return "unknown";
  return earlier.commits - earlier.byPullRequest > USUAL_SHARE * earlier.commits ? "usual" : "unusual";
}

/** The edit is said where nothing graver is. */
function groundsOf(file: ChangedFile, custom: Custom): readonly Graded[] {
  const dormant = cutToDispatch(file);
  const grave = [
    ...payloadsIn(file).map(({ payload, line }) => ground(payload, custom, { path: file.path, line })),
    ...(dormant === null ? [] : [ground("cut_to_dispatch", custom, { path: file.path, line: dormant })]),
  ];
  return grave.length > 0 ? grave : [ground("edit", custom, { path: file.path })];
}

const ground = (
  kind: Ground,
  custom: Custom,
  { path, line }: { readonly path: string; readonly line?: number },
): Graded => graded(GROUNDS[kind][custom], path, GROUNDS[kind].fact, line);
