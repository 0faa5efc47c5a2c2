import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addedFile, closePullRequest, openPullRequest, pushTo } from "@sallyport/simulator/src/build/build-work.ts";
import { checkRunWebhook } from "@sallyport/simulator/src/payload/check.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { buildElsewhere, contributeElsewhere, ownProject } from "@sallyport/simulator/src/scenarios/history.ts";
import {
  createWorld,
  type PullRequest,
  type Repository,
  type User,
  type World,
} from "@sallyport/simulator/src/world/world.ts";
import type { Installation } from "@sallyport/simulator/src/world/world-apps.ts";
import type { Band } from "../../src/assessment/assessment.ts";
import { plusDays } from "../../src/clock.ts";
import { expect } from "./jest.ts";
import { BOOBY_TRAP, denounce, returnedAccount, twoHanded } from "./people.ts";
import { headOf, type RunningApp, runApp, writePolicy } from "./running-app.ts";
import { type Shown, shown } from "./shown.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const ago = (days: number): string => plusDays(NOW, -days);

/** Whom the ledger is kept for, by the band that is reached where histories are read. Each owns two repositories. */
export const KINDS = ["new", "none", "note", "review", "elevated", "high"] as const;
export type Kind = (typeof KINDS)[number];

/** What somebody does in public: the same for everybody who is compared. */
export interface Conduct {
  /** A pull request of theirs was merged here before the App came. */
  readonly knownHere: boolean;
  /** What the later changes bring; the first one is harmless. */
  readonly files: readonly ReturnType<typeof addedFile>[];
  /** More is pushed, the check is run again and a second pull request is opened, too. */
  readonly long: boolean;
}

export const NEWCOMER: Conduct = {
  knownHere: false,
  long: false,
  files: [addedFile(".vscode/tasks.json", BOOBY_TRAP)],
};
/** Nothing but prose, so that the API is asked for the histories of some and not of others. */
export const REGULAR: Conduct = { knownHere: true, long: false, files: [addedFile("docs/b.md", "Fine, too")] };

/** What others saw of somebody, and what only we know. */
export interface Seen {
  /** Step by step: when git asks shows, too. */
  readonly shown: readonly Shown[];
  readonly bands: ReadonlySet<Band>;
  /** Pages of commits that were read by the API. */
  readonly apiPages: number;
}

interface Place {
  readonly installation: Installation;
  readonly repository: Repository;
}

/** Several kinds of people who do the same under a policy; what others saw of each must be equal. */
export async function compared(
  scene: Awaited<ReturnType<typeof outside>>,
  policy: string,
  { kinds, ...conduct }: Conduct & { readonly kinds: readonly Kind[] },
): Promise<readonly Seen[]> {
  const place = await scene.install(policy);
  const seen: Seen[] = [];
  for (const kind of kinds) seen.push(await scene.live(kind, place, conduct));
  for (const { shown } of seen) expect(shown).toEqual(seen[0]?.shown);
  return seen;
}

export const bandsOf = ({ bands }: Seen): readonly Band[] => [...bands].sort();

/** How often an act was seen here. */
export const times = (seen: Seen | undefined, act: string): number =>
  seen?.shown.flatMap(({ here, own }) => [...here, ...own]).filter((said) => said.startsWith(act)).length ?? 0;

/** One App on a GitHub with people whom it finds very different and who do the same. */
export async function outside() {
  const world = createWorld();
  const places = buildElsewhere(world, NOW);
  const owner = addUser(world, { login: "olga-example", createdAt: ago(4_000) });
  const other = addUser(world, { login: "bo-example", createdAt: ago(3_000) });
  const organization = addOrganization(world, { login: "octo-org", createdAt: ago(3_900), owners: [owner] });
  const app: RunningApp = await runApp({ world, organization, owner, now: NOW, live: true });
  let now = NOW;
  let count = 0;
  /** How much had been seen at the end of each step. */
  const ends: number[] = [];

  return { app, install, live };

  async function install(policy: string): Promise<Place> {
    const made = addOrganization(world, { login: `org-${++count}`, createdAt: ago(3_900), owners: [owner] });
    const repository = addRepository(world, { owner: made, name: "wallet", createdAt: ago(3_300) });
    writePolicy(world, made, `version: 1\n${policy}\n`);
    const installation = await app.install(made, owner);
    await app.tenant(installation).setPublication("live");
    return { installation, repository };
  }

  function person(kind: Kind): User {
    const login = `${kind}-${++count}-example`;
    if (kind === "new") return owning(world, addUser(world, { login, createdAt: ago(40) }), 20);
    if (kind !== "none")
      return returnedAccount(world, {
        ...{ login, places, now: NOW },
        ...(kind === "elevated" && { project: twoHanded(other, { references: false }) }),
        ...(kind === "high" && { project: twoHanded(other, { references: true }) }),
      });
    const made = owning(world, addUser(world, { login, createdAt: ago(2_000) }), 900);
    for (const [index, place] of places.slice(0, 6).entries())
      contributeElsewhere(world, place, { author: made, at: ago(1_500 - index * 200), title: `Fix ${index}` });
    return made;
  }

  /** All that somebody can do and have done to him here; a maintainer takes every label off at once. */
  async function live(kind: Kind, { installation, repository }: Place, conduct: Conduct): Promise<Seen> {
    const author = person(kind);
    const tenant = app.tenant(installation);
    if (isListed(kind, conduct)) await denounce(tenant, author, { by: owner, now: NOW });
    if (conduct.knownHere) {
      const earlier = openPullRequest(world, repository, { author, title: "Earlier", at: ago(90) });
      closePullRequest(world, earlier, { at: ago(80), merger: owner });
    }
    const asked = app.sim.ledger.requestsOf().length;
    ends.splice(0, ends.length, app.sim.sightings.length);
    const first = await opened(author, repository, [addedFile("docs/a.md", "Fine")]);
    const pullRequests = [first];
    if (conduct.long) {
      await pushed(author, first, conduct);
      await again(first);
      pullRequests.push(await opened(author, repository, conduct.files));
    }
    repository.direct.set(author.id, "write");
    const grant = { repository, member: author, sender: owner, action: "added", to: "write" } as const;
    await told(memberWebhook(app.sim.stage, grant));
    const reports = (await tenant.recentReports(50)).filter(({ accountId }) => accountId === author.id);
    const requests = app.sim.ledger.requestsOf().slice(asked);
    return {
      shown: ends.slice(1).map((end, step) => shown(app.sim.sightings.slice(ends[step], end), author, pullRequests)),
      bands: new Set(reports.map(({ decision }) => decision.cell.persona)),
      apiPages: requests.filter(({ operation }) => operation === "graphql/CommitHistory").length,
    };
  }

  async function opened(author: User, repository: Repository, files: Conduct["files"]): Promise<PullRequest> {
    const pullRequest = openPullRequest(world, repository, { author, title: "Tidy", at: now, files });
    await told(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }), pullRequest);
    return pullRequest;
  }

  async function pushed(author: User, pullRequest: PullRequest, { files }: Conduct): Promise<void> {
    const moved = pushTo(world, pullRequest, { by: author, at: now, message: "More", files });
    const action = "synchronize" as const;
    await told(pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: author, ...moved }), pullRequest);
  }

  /** A maintainer presses "Re-run", where there is a check run to press it on. */
  async function again(pullRequest: PullRequest): Promise<void> {
    const run = [...world.checkRuns.values()].find(({ headSha }) => headSha === headOf(pullRequest));
    if (run) await told(checkRunWebhook(app.sim.stage, { run, sender: owner }), pullRequest);
  }

  async function told(webhook: Parameters<RunningApp["tell"]>[0], labelled?: PullRequest): Promise<void> {
    await app.tell(webhook);
    ends.push(app.sim.sightings.length);
    labelled?.labels.clear();
    // Past every brake, which looks back ten minutes: what waits is a matter of the queue's own tests.
    now = plusDays(now, 11 / 1_440);
    app.clock.set(now);
  }
}

/** Somebody known here has a record that takes off what the entry adds; a newcomer who is `elevated` needs none. */
const isListed = (kind: Kind, { knownHere }: Conduct): boolean =>
  kind === "review" || kind === "high" || (kind === "elevated" && knownHere === true);

/** The account with two projects of its own, made so many days ago. */
function owning(world: World, made: User, days: number): User {
  for (const [index, name] of ["tools", "notes"].entries())
    ownProject(world, made, { name, createdAt: ago(days - index) });
  return made;
}
