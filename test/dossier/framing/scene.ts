import { tmpdir } from "node:os";
import { addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import {
  forcePush,
  MERGE_WAYS,
  mergePullRequest,
  openHistoryPullRequest,
} from "@sallyport/simulator/src/build/build-merge.ts";
import type { HistoryCommit, HistoryPerson } from "@sallyport/simulator/src/build/history-commit.ts";
import type { PullRequest, Repository, User } from "@sallyport/simulator/src/world/world.ts";
import { NOW, PRIVATE_KEY, type Stand, stand } from "../../../simulator/test/stand.ts";
import { assess } from "../../../src/assessment/assess.ts";
import type { Assessment } from "../../../src/assessment/assessment.ts";
import type { Instant } from "../../../src/clock.ts";
import { collectHistories, type HistorySections } from "../../../src/dossier/collect-histories.ts";
import { dossier } from "../../../src/dossier/dossier.ts";
import { makeAppGateway } from "../../../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../../../src/github/octokit/transport/client.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import { addressOf, commitsOf, irregular, type KindName, OWNER_KEY } from "./kinds.ts";

/** How a stranger's commits come to the owner: not at all, by every button, by hand, and by hand with the traces gone. */
export const WAYS = ["open", ...MERGE_WAYS, "fast_forward_rewritten", "apply_rewritten"] as const;
export type Way = (typeof WAYS)[number];

const PLACES = [0, 1, 2];

export type Scene = Awaited<ReturnType<typeof scene>>;

/** An owner who met the stranger in October and went on working in November. */
export function met(github: Scene, kinds: readonly KindName[], way: Way): Owner {
  const owner = github.newOwner();
  for (const kind of kinds) owner.receives(kind, way);
  // As many requests in any case: how many there were is GitHub's own count, and anybody's to raise.
  if (kinds.length === 0) owner.receives(null, "open");
  const as = { name: "Ada Example", email: addressOf(owner.user), at: NOW, offsetMinutes: 60 };
  const commits = ownWork(as, owner.user, 0, { from: "2026-11-01T08:00:00.000Z", count: 5 });
  owner.works(0, commits, "2026-11-10T00:00:00.000Z");
  return owner;
}

export interface Scanned {
  readonly sections: HistorySections;
  readonly assessment: Assessment;
  /** Everything but what the reading cost, with the owner's own commits called by their place. */
  readonly text: string;
}

/** A GitHub with owners who can be scanned. */
export async function scene() {
  // Each scan searches for copies of three repositories; GitHub allows thirty searches a minute.
  const github = stand({
    limits: { search: 10_000, core: 100_000, graphql: 100_000, restPointsPerMinute: 1e6, graphqlPointsPerMinute: 1e6 },
  });
  const url = await github.simulator.listen();
  const { app, clock } = github;
  const { webhookSecret } = app;
  const probot = makeProbot({ appId: app.id, privateKey: PRIVATE_KEY, webhookSecret, apiUrl: `${url}/api/v3` });
  const apps = makeAppGateway({ probot, appId: app.id, webUrl: url, clock, log: silentLog });
  const stranger = addUser(github.world, { login: "stranger-example", createdAt: "2020-01-01T00:00:00.000Z" });
  const other = addUser(github.world, { login: "bo-example", createdAt: "2019-01-01T00:00:00.000Z" });
  let count = 0;
  return {
    github,
    stranger,
    other,
    newOwner: (ownCommits = 30): Owner => owner(github, { stranger, other, number: ++count, ownCommits }),
    async scan({ user, labels }: Owner): Promise<Scanned> {
      const found = await collectHistories({
        gateway: await apps.installation(installationId(github.installation.id)),
        account: { id: accountId(user.id), nodeId: user.nodeId },
        by: "git",
        accountCreatedAt: user.createdAt,
        earlier: null,
        tools: { searchPath: process.env.PATH ?? "", temporary: tmpdir(), protocol: "http", clockMs: () => 0 },
        asOf: NOW,
      });
      const subject = { accountId: accountId(user.id), kind: "user" as const };
      const assessment = assess(dossier({ asOf: NOW, subject }, found.sections));
      const scan = found.sections["history.scan"];
      const copies = scan.state === "present" ? scan.value.copies : null;
      // Which addresses are the account's own decides whether a list that names one means it.
      const bytes = JSON.stringify([{ ...found.sections, "history.scan": copies }, assessment, found.addresses]);
      // Ids of accounts and repositories are given out in the order of building.
      const named = bytes.replace(/[0-9a-f]{40}/g, (sha) => labels().get(sha) ?? sha);
      return {
        sections: found.sections,
        assessment,
        text: named.replace(/\b1\d{6}\b/g, (id) => labels().get(id) ?? id),
      };
    },
    async stop() {
      await github.simulator.stop();
      github.simulator.expectNoViolations();
    },
  };
}

/** An owner of three repositories of ordinary signed work, and what may befall them. */
export interface Owner {
  readonly user: User;
  readonly repositories: readonly Repository[];
  /** What the owner's own commits and things are called, by id. */
  labels(): ReadonlyMap<string, string>;
  /** The owner goes on working: commits of its own, pushed by itself. */
  works(place: number, commits: readonly HistoryCommit[], at: Instant): void;
  /** The stranger's pull requests with commits of a kind, and how they end; `null` brings one ordinary commit and stays open. */
  receives(kind: KindName | null, way: Way): void;
}

function owner(
  { world }: Stand,
  about: { readonly stranger: User; readonly other: User; readonly number: number; readonly ownCommits: number },
): Owner {
  const user = addUser(world, { login: `ada-example-${about.number}`, createdAt: "2021-01-01T00:00:00.000Z" });
  const as: HistoryPerson = { name: "Ada Example", email: addressOf(user), at: NOW, offsetMinutes: 60 };
  const known = new Map<string, string>([[String(user.id), "the owner"]]);
  const repositories = PLACES.map((place) => {
    const repository = addRepository(world, {
      owner: user,
      name: `tool-${place}`,
      createdAt: "2021-02-01T00:00:00.000Z",
    });
    known.set(String(repository.id), `repository ${place}`);
    return repository;
  });
  const works: Owner["works"] = (place, commits, at) => {
    const repository = repositories[place] as Repository;
    const before = repository.commits[0]?.sha;
    for (const { sha } of addHistory(world, repository, commits)) known.set(sha, `own ${place} ${known.size}`);
    addPush(world, repository, { by: user, at, ...(before && { before }) });
  };
  for (const place of PLACES)
    works(place, ownWork(as, user, place, { count: about.ownCommits }), "2021-06-01T00:00:00.000Z");
  return {
    user,
    repositories,
    labels: () => known,
    works,
    receives(kind, way) {
      for (const [place, repository] of repositories.entries()) {
        const commits = kind === null ? [harmless(place)] : commitsOf(kind, { owner: user, other: about.other, place });
        const at = "2026-10-01T10:00:00.000Z";
        const asked = { author: about.stranger, title: `Help with ${place}`, at, branch: "help", commits };
        end(openHistoryPullRequest(world, repository, asked), way);
      }
    },
  };

  function end(pullRequest: PullRequest, way: Way): void {
    if (way === "open") return;
    const how = way === "fast_forward_rewritten" ? "fast_forward" : way === "apply_rewritten" ? "apply" : way;
    mergePullRequest(world, pullRequest, { by: user, as, at: "2026-10-05T10:00:00.000Z", way: how });
    if (how !== way) forcePush(world, pullRequest, { at: "2026-10-06T10:00:00.000Z", commits: [harmless(9)] });
  }
}

const harmless = (place: number): HistoryCommit => ({
  author: { name: "Sam Stranger", email: "sam@stranger.example", at: "2026-09-30T10:11:12.000Z", offsetMinutes: 0 },
  message: "Fix a typo",
  files: { [`typo-${place}.txt`]: "fixed\n" },
});

/** Ordinary signed commits, a few of them after the stranger came. */
export const ownWork = (
  as: HistoryPerson,
  user: User,
  place: number,
  { from = "2021-03-01T08:00:00.000Z", count }: { readonly from?: Instant; readonly count: number },
): readonly HistoryCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    author: { ...as, at: irregular(from, index, 37 + place * 14) },
    message: `Step ${index}`,
    files: { "src/tool.ts": `${from} ${place} ${index * 3}\n` },
    signature: OWNER_KEY,
    signedBy: user,
  }));
