import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { createWorld, type PullRequest, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Clock } from "../../src/clock.ts";
import type { Report, Store, TenantStore } from "../../src/store/store.ts";
import {
  CLIENT_ID,
  CLIENT_SECRET,
  headOf,
  key,
  PERMISSIONS,
  WEBHOOK_SECRET,
  writePolicy,
} from "../support/running-app.ts";

/** How much of what GitHub has is not known to a store. */
export interface Missing {
  readonly checks: number;
  readonly reports: number;
  readonly stillOpen: number;
  readonly grants: number;
}

export type Town = ReturnType<typeof makeTown>;

/** Two organisations with the App, people who open pull requests, and what there should be known of them. */
export function makeTown(clock: Clock) {
  const world = createWorld();
  const now = clock.now();
  const person = (login: string): User => addUser(world, { login, createdAt: "2019-05-01T00:00:00Z" });
  /** Enough that no author's brake holds anything back. */
  const authors = Array.from({ length: 40 }, (_, index) => person(`author-${index}-example`));
  const app = registerApp(world, {
    slug: "sallyport",
    owner: person("ada-example"),
    publicKey: key.publicKey,
    clientId: CLIENT_ID,
    clientSecret: CLIENT_SECRET,
    webhookSecret: WEBHOOK_SECRET,
    createdAt: now,
    permissions: PERMISSIONS,
  });
  const places = ["wallet", "relayer"].map((name, index) => {
    const owner = person(`owner-${index}-example`);
    const about = { login: `org-${index}`, createdAt: "2016-01-01T00:00:00Z", owners: [owner] };
    const organization = addOrganization(world, about);
    const repository = addRepository(world, { owner: organization, name, createdAt: "2017-01-01T00:00:00Z" });
    writePolicy(world, organization, "version: 1\nmode: live\n");
    const installation = installApp(world, app, { account: organization, at: now });
    installation.singleFilePaths = [".github/sallyport.yml"];
    return { owner, repository, installation };
  });
  const pullRequests: PullRequest[] = [];
  const granted: { readonly person: User; readonly place: number }[] = [];
  const at = (place: number) => places[place] ?? fail();
  const placeOf = ({ repositoryId }: PullRequest) =>
    places.findIndex(({ repository }) => repository.id === repositoryId);
  const tenantOf = (from: Store, place: number): TenantStore => from.tenant(at(place).installation.id as never);
  const open = () => pullRequests.filter(({ state }) => state === "open");

  async function reportsOn(from: Store, pullRequest: PullRequest, sha: string): Promise<readonly Report[]> {
    const reports = await tenantOf(from, placeOf(pullRequest)).reportsOfHead(pullRequest.repositoryId as never, sha);
    return reports.filter((report) => report.pullRequest?.number === pullRequest.number);
  }

  return {
    world,
    app,
    places,
    pullRequests,
    granted,
    at,
    tenantOf,
    reportsOn,
    authorOf: ({ authorId }: PullRequest): User => authors.find(({ id }) => id === authorId) ?? fail(),
    anyOpen: (turn: number): PullRequest => open()[(turn * 7) % open().length] ?? fail(),
    openIn(place: number): PullRequest {
      const author = authors[pullRequests.length % authors.length] ?? fail();
      const made = openPullRequest(world, at(place).repository, { author, title: "Tidy", at: clock.now() });
      pullRequests.push(made);
      return made;
    },
    /** Gives somebody new write access. */
    grantIn(place: number): User {
      const member = person(`member-${granted.length}-example`);
      at(place).repository.direct.set(member.id, "write");
      granted.push({ person: member, place });
      return member;
    },
    /** What GitHub has, held against what is known of it. */
    async missing(from: Store): Promise<Missing> {
      const runs = new Set([...world.checkRuns.values()].map(({ headSha }) => headSha));
      const reports: number[] = [];
      const stillOpen: number[] = [];
      const grants: number[] = [];
      for (const pullRequest of open())
        if ((await reportsOn(from, pullRequest, headOf(pullRequest))).length === 0) reports.push(pullRequest.number);
      for (const place of places.keys())
        for (const { number } of await tenantOf(from, place).openPullRequests())
          if (!open().some((one) => placeOf(one) === place && one.number === number)) stillOpen.push(number);
      for (const { person: holder, place } of granted)
        if ((await tenantOf(from, place).latestReportOf(holder.id as never)) === null) grants.push(holder.id);
      return {
        checks: open().filter((pullRequest) => !runs.has(headOf(pullRequest))).length,
        ...{ reports: reports.length, stillOpen: stillOpen.length, grants: grants.length },
      };
    },
  };
}

function fail(): never {
  throw new Error("the town has no such place or person");
}
