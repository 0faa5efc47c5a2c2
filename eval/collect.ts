import { tmpdir } from "node:os";
import type { Stage } from "@sallyport/simulator/src/payload/common.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { createSimulator } from "@sallyport/simulator/src/server.ts";
import type { Account, PullRequest, User } from "@sallyport/simulator/src/world/world.ts";
import { deliveryOf } from "../src/delivery/delivery.ts";
import { trimEvent } from "../src/delivery/trim.ts";
import { collectPullRequest, type KnownSections } from "../src/dossier/collect.ts";
import { collectHistories } from "../src/dossier/collect-histories.ts";
import { type Dossier, dossier, present } from "../src/dossier/dossier.ts";
import { required } from "../src/errors.ts";
import { makeAppGateway } from "../src/github/octokit/app-gateway.ts";
import { makeProbot } from "../src/github/octokit/transport/client.ts";
import type { Reader } from "../src/history/traces/scan.ts";
import { accountId, installationId } from "../src/ids.ts";
import { plan } from "../src/job/plan.ts";
import { silentLog } from "../src/log.ts";
import { ago, KEYS, NOW, type Town } from "./town/town.ts";

/** What a story leaves to be looked at. */
export interface Story {
  readonly pullRequest: PullRequest;
  /** What our own store would know, beside what GitHub says. */
  readonly known?: KnownSections;
  /** Whom the author of the pull request gave write here, ten days ago: GitHub's events tell it. */
  readonly letIn?: readonly User[];
}

/** Nobody waits here for GitHub's limits: a variation is one organisation's hour. */
const LIMITS = {
  search: 10_000,
  core: 100_000,
  graphql: 100_000,
  restPointsPerMinute: 1e6,
  graphqlPointsPerMinute: 1e6,
};

/**
 * The dossier of a story, read from a local GitHub by the code that reads the real one: first the pull request and its
 * author, then the histories of the author's own repositories, and the pull request again with what they held.
 */
export async function collect(
  town: Town,
  { pullRequest, known = {}, letIn = [] }: Story,
  by: Reader = "api",
): Promise<Dossier> {
  const simulator = createSimulator({
    world: town.world,
    clock: { now: () => NOW },
    random: { bytes: countedBytes() },
    limits: LIMITS,
  });
  const url = await simulator.listen();
  try {
    const { id, webhookSecret } = town.app;
    const probot = makeProbot({ appId: id, privateKey: KEYS.privateKey, webhookSecret, apiUrl: `${url}/api/v3` });
    const apps = makeAppGateway({ probot, appId: id, webUrl: url, clock: { now: () => NOW }, log: silentLog });
    const gateway = await apps.installation(installationId(town.installation.id));
    const author = town.world.accounts.get(pullRequest.authorId ?? 0);
    if (author === undefined) throw new Error("a story's pull request has an author");
    const account = { id: accountId(author.id), nodeId: author.nodeId };
    const histories =
      author.type === "User"
        ? await collectHistories({
            ...{ gateway, account, by, accountCreatedAt: author.createdAt, earlier: null, asOf: NOW },
            tools: { searchPath: process.env.PATH ?? "", temporary: tmpdir(), protocol: "http", clockMs: () => 0 },
          })
        : { sections: {} };
    const collected = required(
      "pull request",
      await collectPullRequest({
        gateway,
        repository: addressOf(town),
        pullRequest: {
          nodeId: pullRequest.nodeId,
          number: pullRequest.number,
          headSha: pullRequest.commits.at(-1)?.sha ?? "",
          updatedAt: pullRequest.updatedAt,
        },
        author: { id: author.id, login: author.login },
        known: {},
        isSensitive: () => false,
        looks: NEVER_LOOKED,
        secretHash: () => "0".repeat(16),
        asOf: NOW,
      }),
    );
    if (collected.behind) throw new Error("the local GitHub is never behind");
    simulator.expectNoViolations();
    const { asOf, subject, sections } = collected.dossier;
    const beside = {
      "account.snapshots": present({ snapshots: [] }, NOW),
      "intel.localList": present({ entries: [] }, NOW),
      "access.referrals": present(
        { letIn: letIn.flatMap((member) => toldOf(town, simulator.stage, member, author)) },
        NOW,
      ),
    };
    return dossier({ asOf, subject }, { ...sections, ...beside, ...histories.sections, ...known });
  } finally {
    await simulator.stop();
  }
}

/** What is kept of a grant that an event tells of, when this account gave it. */
function toldOf({ app, repository }: Town, stage: Stage, member: User, sender: Account) {
  const grant = { repository, member, sender, action: "added", to: "write" } as const;
  const { event: name, payload } = memberWebhook(stage, grant);
  const event = trimEvent(name, payload);
  if (event === null) throw new Error("the local GitHub tells of a member as GitHub does");
  const jobs = plan(deliveryOf(event, `guid-of-${member.id}`, ago(10)), { appId: app.id });
  return jobs.flatMap((job) =>
    job.kind === "assess-collaborator" && job.givenBy?.id === sender.id
      ? [{ accountId: accountId(member.id), at: job.grantedAt }]
      : [],
  );
}

const NEVER_LOOKED = { of: async () => null, toCompare: async () => null, lately: async () => null };

function addressOf({ world, repository }: Town): { readonly owner: string; readonly name: string } {
  const owner = world.accounts.get(repository.ownerId);
  return { owner: owner?.login ?? "", name: repository.name };
}

function countedBytes(): (count: number) => Uint8Array {
  let next = 0;
  return (count) => {
    next += 1;
    const bytes = new Uint8Array(count);
    new DataView(bytes.buffer).setUint16(count - 2, next);
    return bytes;
  };
}
