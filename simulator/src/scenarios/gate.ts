import { type Instant, plusDays } from "../../../src/clock.ts";
import { addRepository } from "../build/build.ts";
import { installApp, registerApp } from "../build/build-app.ts";
import { addedFile, commitTo, editedFile, openPullRequest, type PullRequestInput } from "../build/build-work.ts";
import { installationWebhook } from "../payload/installation.ts";
import { pullRequestWebhook } from "../payload/pull-request.ts";
import { createWorld, type Repository, type World } from "../world/world.ts";
import type { App, Installation } from "../world/world-apps.ts";
import { buildCast, type Cast, GUIDE } from "./cast.ts";
import { grant, push, teamGrant } from "./doors.ts";
import { EDITOR_TASK } from "./prepared-changes.ts";
import { NOTHING, type Step } from "./step.ts";

/** A week at the gate of one organisation, ready to be played. */
export interface Gate {
  readonly world: World;
  readonly app: App;
  readonly installation: Installation;
  readonly cast: Cast;
  readonly steps: readonly Step[];
}

/** Builds the world and the App as GitHub knows it; the caller keeps the secrets and the private key. */
export function createGate(
  input: Omit<Parameters<typeof registerApp>[1], "owner" | "createdAt" | "slug"> & {
    readonly now: Instant;
    /** The organisation's policy, put into its `.github` repository. */
    readonly policy?: string;
  },
): Gate {
  const { now, policy, ...credentials } = input;
  const world = createWorld();
  const cast = buildCast(world, now);
  const { organization, owner } = cast;
  const app = registerApp(world, {
    slug: "sallyport-demo",
    owner: organization,
    createdAt: plusDays(now, -1),
    ...credentials,
  });
  const installation = installApp(world, app, { account: organization, at: plusDays(now, -1) });
  installation.singleFilePaths = [".github/sallyport.yml"];
  if (policy !== undefined) {
    const files = { ".github/sallyport.yml": policy };
    const settings = addRepository(world, {
      owner: organization,
      name: ".github",
      createdAt: plusDays(now, -2000),
      files,
    });
    commitTo(world, settings, { by: owner, at: plusDays(now, -1), message: "Add the policy" });
  }
  return { world, app, installation, cast, steps: stepsOf(cast, installation, now) };
}

const stepsOf = (cast: Cast, installation: Installation, now: Instant): readonly Step[] => [
  {
    id: "install",
    title: "The owner installs the App",
    tells: "octo-org gives Sallyport its three repositories.",
    async play(simulator) {
      const webhook = installationWebhook(simulator.stage, { installation, action: "created", sender: cast.owner });
      return { ...NOTHING, delivery: await simulator.deliver(webhook) };
    },
  },
  contribution(cast.docs, {
    id: "newcomer",
    title: "A newcomer mends the guide",
    tells: "Somebody nobody here knows corrects one sentence of the documentation.",
    input: {
      author: cast.newcomer,
      title: "Correct the first step of the guide",
      files: [editedFile("guide/start.md", { from: GUIDE, to: GUIDE.replace("# Start", "# Getting started") })],
    },
  }),
  contribution(cast.wallet, {
    id: "veteran",
    title: "A contributor of many years adds a check",
    tells: "Nine merged pull requests here, signing keys from eight years ago, an ordinary change.",
    input: {
      author: cast.veteran,
      title: "Refuse an empty message before signing",
      files: [addedFile("src/refuse-empty.ts", EMPTY_CHECK)],
    },
  }),
  contribution(cast.relayer, {
    id: "editor-task",
    title: "A trusted account brings an editor task along",
    tells: "A good fix from an honest old account, and a file that runs a download when the folder is opened.",
    input: {
      author: cast.carrier,
      title: "Retry when the node is busy",
      files: [addedFile("src/retry.ts", RETRY), addedFile(".vscode/tasks.json", EDITOR_TASK)],
    },
  }),
  contribution(cast.relayer, {
    id: "returned",
    title: "An account comes back after almost six years",
    tells:
      "New keys, no repository from before, pull requests to forty-four owners within a week, and now one here, made " +
      "of commits that carry another account and impossible dates.",
    input: {
      author: cast.returned,
      title: "Improve error handling of the queue",
      files: [addedFile("src/queue-errors.ts", QUEUE_ERRORS)],
      commits: borrowedCommits(cast, now),
    },
  }),
  grant(cast.young, cast, {
    id: "thin-grant",
    title: "A young account gets write",
    tells: "One merged pull request, seven weeks on GitHub, and from today it can push to the relayer.",
  }),
  grant(cast.returned, cast, {
    id: "returned-grant",
    title: "The account that came back gets write as well",
    tells: "A busy maintainer lets it merge its own work. What the gate saw and the open door now meet.",
  }),
  teamGrant(cast),
  push(cast),
  {
    id: "audit",
    title: "The week ends: who can write?",
    tells: "Teams, direct grants, a machine account, an outside account that has not been seen for three years.",
    play: async () => ({ ...NOTHING, repository: null }),
  },
  {
    id: "what-if",
    title: "What would close if the account that came back were taken out?",
    tells: "Nobody is taken out: this is what the audit's graph says would go, and what would stay.",
    play: async () => ({ ...NOTHING, accountId: cast.returned.id }),
  },
];

/** A pull request from the author's fork. */
function contribution(
  repository: Repository,
  step: Pick<Step, "id" | "title" | "tells"> & { readonly input: Omit<PullRequestInput, "at" | "from"> },
): Step {
  const { input, ...words } = step;
  return {
    ...words,
    async play(simulator, now) {
      const { world, stage } = simulator;
      const { author } = input;
      const fork = addRepository(world, {
        owner: author,
        name: repository.name,
        createdAt: plusDays(now, -1),
        parent: repository,
      });
      fork.commits.push(...repository.commits);
      const pullRequest = openPullRequest(world, repository, { ...input, at: now, from: fork });
      const webhook = pullRequestWebhook(stage, { pullRequest, action: "opened", sender: author });
      return { repository, pullRequest, accountId: author.id, delivery: await simulator.deliver(webhook) };
    },
  };
}

/** Work under the young account's address, each commit written days after it was committed. */
function borrowedCommits({ young }: Cast, now: Instant): NonNullable<PullRequestInput["commits"]> {
  return Array.from({ length: 12 }, (_, index) => ({
    by: young,
    at: plusDays(now, -9 + index / 24),
    authoredAt: plusDays(now, -5 + index / 24),
    message: `Handle case ${index + 1} of the queue`,
  }));
}

const EMPTY_CHECK = `export function refuseEmpty(message: string): void {
  if (message.length === 0) throw new Error("nothing to sign");
}
`;

const RETRY = `export const busy = (status: number): boolean => status === 429 || status === 503;
`;

const QUEUE_ERRORS = `export class QueueError extends Error {}
`;
