import { generateKeyPairSync } from "node:crypto";
import { addOrganization, addRepository, addUser, takeId } from "@sallyport/simulator/src/build/build.ts";
import { installApp, registerApp } from "@sallyport/simulator/src/build/build-app.ts";
import { addedFile, closePullRequest, commitTo, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import {
  createWorld,
  type PullRequest,
  type Repository,
  type User,
  type World,
} from "@sallyport/simulator/src/world/world.ts";
import type { App, Installation } from "@sallyport/simulator/src/world/world-apps.ts";
import { type Random, seededNumbers } from "../../bench/seeded-numbers.ts";
import { type Instant, plusDays } from "../../src/clock.ts";
import { type Costume, makeCostume } from "./costume.ts";

export const NOW: Instant = "2026-06-01T12:00:00.000Z";
export const ago = (days: number): Instant => plusDays(NOW, -days);

/** The key of the App that reads every made world; its worth is nothing. */
export const KEYS = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

/** A person with an account, as its git is set up. */
export interface Person {
  readonly user: User;
  readonly name: string;
  readonly address: string;
  readonly offsetMinutes: number;
}

/** A world with one organisation that installed the App, and what stories need to fill it. */
export interface Town {
  readonly world: World;
  readonly app: App;
  readonly installation: Installation;
  readonly costume: Costume;
  readonly repository: Repository;
  readonly owner: Person;
  readonly maintainers: readonly Person[];
  /** Between `from` and `to`, both included. */
  whole(from: number, to: number): number;
  /** Between `from` and `to`. */
  between(from: number, to: number): number;
  person(ageDays: number): Person;
  /** A project of another organisation, each time a new one; made `ageDays` ago. */
  elsewhere(ageDays?: number): { readonly repository: Repository; readonly keeper: Person };
  /** The pull request that is looked at, with an ordinary change unless told otherwise. */
  opens(author: Person, change?: Partial<Parameters<typeof openPullRequest>[2]>): PullRequest;
  /** A pull request to somebody else's project, merged by its keeper unless told otherwise. */
  contributes(
    author: Person,
    place: { readonly repository: Repository; readonly keeper: Person },
    work: {
      readonly daysAgo: number;
      readonly title?: string;
      readonly body?: string;
      readonly end?: "open" | "closed";
    },
  ): PullRequest;
}

/** `story` decides what happens, `costume` what it is called: the same story can be told in another costume. */
export function makeTown(seeds: { readonly story: number; readonly costume: number }): Town {
  const random: Random = seededNumbers(seeds.story);
  const costume = makeCostume(seededNumbers(seeds.costume));
  const world = createWorld();
  const between: Town["between"] = (from, to) => from + random.next() * (to - from);
  const whole: Town["whole"] = (from, to) => Math.floor(between(from, to + 1));
  const person: Town["person"] = (ageDays) => {
    const user = addUser(world, { login: costume.login(), createdAt: ago(ageDays) });
    return { user, name: costume.name(), address: noreply(user), offsetMinutes: 60 + costume.shiftMinutes };
  };
  const elsewhere: Town["elsewhere"] = (ageDays = 2_500) => {
    const keeper = person(ageDays + 400);
    const owner = addOrganization(world, {
      login: costume.login(),
      createdAt: ago(ageDays + 1),
      owners: [keeper.user],
    });
    const repository = addRepository(world, { owner, name: costume.word(), createdAt: ago(ageDays), stars: 400 });
    commitTo(world, repository, { by: keeper.user, at: ago(ageDays - 1), message: "Start" });
    return { repository, keeper };
  };
  const owner = person(4_200);
  const maintainers = [person(3_000), person(2_400)];
  const organization = addOrganization(world, {
    login: costume.login(),
    createdAt: ago(4_000),
    owners: [owner.user],
    members: maintainers.map(({ user }) => user),
  });
  const repository = addRepository(world, { owner: organization, name: costume.word(), createdAt: ago(3_000) });
  for (const { user } of maintainers) repository.direct.set(user.id, "write");
  commitTo(world, repository, { by: owner.user, at: ago(2_990), message: "Start" });
  const app = registerApp(world, {
    ...{ slug: "sallyport-eval", owner: owner.user, publicKey: KEYS.publicKey, createdAt: ago(100) },
    ...{ clientId: "Iv23eval", clientSecret: "client-secret", webhookSecret: "webhook-secret-of-thirty-two-bytes" },
  });
  const installation = installApp(world, app, { account: organization, at: ago(90) });
  return {
    ...{ world, app, installation, costume, repository, owner, maintainers, whole, between, person, elsewhere },
    opens: (author, change = {}) =>
      openPullRequest(world, repository, {
        ...{ author: author.user, title: "Lower the fee of a transfer", at: ago(0), body: "As agreed." },
        files: [addedFile(`src/${costume.word()}.ts`, "export const fee = 2;\n")],
        ...change,
      }),
    contributes(author, place, { daysAgo, title = "Handle an empty list", body, end }) {
      const at = ago(daysAgo);
      const files = [addedFile(`notes/${takeId(world)}.md`, title)];
      const work = { author: author.user, title, at, files, ...(body !== undefined && { body }) };
      const made = openPullRequest(world, place.repository, work);
      const closedAt = plusDays(at, Math.min(2, daysAgo));
      if (end === "closed") closePullRequest(world, made, { at: closedAt });
      if (end === undefined) closePullRequest(world, made, { at: closedAt, merger: place.keeper.user });
      return made;
    },
  };
}

export const noreply = ({ id, login }: User): string => `${id}+${login}@users.noreply.github.com`;
