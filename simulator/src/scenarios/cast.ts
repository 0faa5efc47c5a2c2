import { type Instant, plusDays } from "../../../src/clock.ts";
import { addBot, addOrganization, addRepository, addTeam, addUser } from "../build/build.ts";
import { addedFile, closePullRequest, commitTo, openPullRequest } from "../build/build-work.ts";
import type { Bot, Organization, PullRequest, Repository, User, World } from "../world/world.ts";
import type { BranchProtection } from "../world/world-rules.ts";
import {
  addKeys,
  buildElsewhere,
  contributeElsewhere,
  type Elsewhere,
  ownProject,
  paintedProject,
  steadyYears,
} from "./history.ts";

/** Everybody and everything the story is about. All names are invented. */
export interface Cast {
  readonly organization: Organization;
  readonly wallet: Repository;
  readonly relayer: Repository;
  readonly docs: Repository;
  readonly owner: User;
  /** Maintains and merges; gives the grant of the story. */
  readonly maintainer: User;
  readonly secondMaintainer: User;
  readonly newcomer: User;
  readonly veteran: User;
  /** Ten honest years, and a machine that somebody else got into. */
  readonly carrier: User;
  readonly returned: User;
  readonly young: User;
  /** Holds write since years and does not use it. */
  readonly quiet: User;
  readonly bot: Bot;
}

/** The organisation and its people as they are before the story begins. */
/** The first page of the guide that the newcomer corrects. */
export const GUIDE = "# Start\n";

export function buildCast(world: World, now: Instant): Cast {
  const ago = (days: number): Instant => plusDays(now, -days);
  const places = buildElsewhere(world, now);
  const person = (login: string, daysOld: number) => addUser(world, { login, createdAt: ago(daysOld) });
  const owner = person("orla-example", 4000);
  const maintainer = person("milo-example", 3600);
  const secondMaintainer = person("petra-example", 3400);
  const member = person("lena-example", 2100);
  const builder = person("octo-builder-example", 1500);
  const organization = addOrganization(world, {
    login: "octo-org",
    createdAt: ago(3000),
    owners: [owner],
    members: [maintainer, secondMaintainer, member, builder],
    publicMembers: [owner, maintainer],
  });
  const repository = (name: string, files: Readonly<Record<string, string>>, stars: number): Repository => {
    const made = addRepository(world, {
      owner: organization,
      name,
      createdAt: ago(2900),
      stars,
      language: "TypeScript",
      files,
    });
    commitTo(world, made, { by: owner, at: ago(2899), message: "Start" });
    commitTo(world, made, { by: maintainer, at: ago(9), message: "Release" });
    return made;
  };
  const wallet = repository("wallet", { "README.md": "# Wallet\n", "src/sign.ts": "export {};\n" }, 900);
  const relayer = repository("relayer", { "README.md": "# Relayer\n", "src/queue.ts": "export {};\n" }, 410);
  const docs = repository("docs", { "README.md": "# Docs\n", "guide/start.md": GUIDE }, 60);
  const cast = {
    organization,
    wallet,
    relayer,
    docs,
    owner,
    maintainer,
    secondMaintainer,
    newcomer: person("nora-example", 430),
    veteran: person("vera-example", 3300),
    carrier: person("hugo-example", 3900),
    returned: person("dora-example", 3150),
    young: person("tess-example", 50),
    quiet: person("wim-example", 3000),
    bot: addBot(world, { login: "octo-keeper[bot]", createdAt: ago(1400) }),
  };
  buildTeams(world, { ...cast, member, builder });
  buildLives(world, { cast, places, now });
  introduce(world, { ...cast, member });
  return cast;
}

/** In the order in which a visitor may want to be them. */
function introduce(world: World, cast: Cast & { readonly member: User }): void {
  const words: readonly (readonly [User, string])[] = [
    [cast.owner, "owns octo-org and sees every page"],
    [cast.maintainer, "maintains its repositories: sees reports, not the audit"],
    [cast.secondMaintainer, "maintains as well, and gave the two grants of the week"],
    [cast.member, "a member with triage on the docs"],
    [cast.newcomer, "a newcomer who mended the guide"],
    [cast.veteran, "has contributed for years"],
    [cast.carrier, "an old account whose change brought an editor task"],
    [cast.returned, "came back after almost six years, with write since today"],
    [cast.young, "seven weeks on GitHub, with write since today"],
    [cast.quiet, "holds write and has not been seen for three years"],
  ];
  for (const [{ id }, word] of words) world.introductions.set(id, word);
}

function buildTeams(world: World, cast: Cast & { readonly member: User; readonly builder: User }): void {
  const { organization, wallet, relayer, docs, owner, maintainer, secondMaintainer, member, builder } = cast;
  const maintainers = addTeam(world, organization, {
    name: "Maintainers",
    maintainers: [owner],
    members: [maintainer, secondMaintainer],
    repositories: [
      [wallet, "maintain"],
      [relayer, "maintain"],
      [docs, "maintain"],
    ],
  });
  addTeam(world, organization, {
    name: "Triage",
    parent: maintainers,
    members: [member],
    repositories: [[docs, "triage"]],
  });
  addTeam(world, organization, { name: "Release machines", members: [builder], repositories: [[wallet, "write"]] });
  addTeam(world, organization, { name: "Night watch", members: [member], repositories: [] });
  organization.settings.secrets.push({
    ...{ name: "RELAYER_KEY", visibility: "selected", repositoryIds: [relayer.id, wallet.id] },
  });
  wallet.protections.push(REVIEWED);
  relayer.direct.set(secondMaintainer.id, "admin");
  wallet.direct.set(cast.quiet.id, "write");
}

/** What guards the wallet's default branch: one approval, and nobody is exempt. */
const REVIEWED: BranchProtection = {
  ...{ nodeId: "BPR_wallet", pattern: "main", isAdminEnforced: true, requiresApprovingReviews: true },
  ...{ requiredApprovingReviewCount: 1, requiresCodeOwnerReviews: false, requireLastPushApproval: false },
  ...{ lockBranch: false, restrictsPushes: false, blocksCreations: false, mayPush: [], maySkipReview: [] },
};

interface Lives {
  readonly cast: Cast;
  readonly places: readonly Elsewhere[];
  readonly now: Instant;
}

function buildLives(world: World, { cast, places, now }: Lives): void {
  const ago = (days: number): Instant => plusDays(now, -days);
  const { newcomer, veteran, carrier, returned, young, quiet, owner, maintainer, secondMaintainer } = cast;
  for (const [person, daysOld] of [
    [owner, 4000],
    [maintainer, 3600],
    [secondMaintainer, 3400],
  ] as const)
    steadyYears(world, person, { places: places.slice(0, 4), from: ago(daysOld), to: now, everyDays: 120 });
  steadyYears(world, veteran, { places: places.slice(0, 10), from: ago(3300), to: now, everyDays: 70 });
  addKeys(world, veteran, ago(3000));
  mergedHere(world, cast, { author: veteran, days: [1900, 1600, 1200, 900, 620, 400, 210, 90, 35], now });
  steadyYears(world, carrier, { places: places.slice(3, 9), from: ago(3900), to: now, everyDays: 160 });
  addKeys(world, carrier, ago(3500));
  mergedHere(world, cast, { author: carrier, days: [1100, 800], now });
  buildNewcomer(world, { newcomer, places, now });
  buildReturned(world, { returned, places, now });
  ownProject(world, young, { name: "queue-notes", createdAt: ago(44) });
  mergedHere(world, cast, { author: young, days: [12], now });
  steadyYears(world, quiet, { places: places.slice(5, 9), from: ago(3000), to: ago(1200), everyDays: 150 });
  mergedHere(world, cast, { author: quiet, days: [2400, 2000, 1500, 1190], now });
}

/** Merged pull requests inside the organisation, by its two maintainers in turn. */
function mergedHere(
  world: World,
  { relayer, wallet, maintainer, secondMaintainer }: Cast,
  work: { readonly author: User; readonly days: readonly number[]; readonly now: Instant },
): readonly PullRequest[] {
  return work.days.map((days, turn) => {
    const at = plusDays(work.now, -days);
    const pullRequest = openPullRequest(world, turn % 2 === 0 ? relayer : wallet, {
      author: work.author,
      title: `Tidy part ${turn + 1}`,
      at,
      files: [addedFile(`notes/${work.author.login}-${turn}.md`, "A note.")],
    });
    closePullRequest(world, pullRequest, {
      at: plusDays(at, 1),
      merger: turn % 2 === 0 ? maintainer : secondMaintainer,
    });
    return pullRequest;
  });
}

function buildNewcomer(
  world: World,
  { newcomer, places, now }: { readonly newcomer: User; readonly places: readonly Elsewhere[]; readonly now: Instant },
): void {
  ownProject(world, newcomer, { name: "garden", createdAt: plusDays(now, -410) });
  ownProject(world, newcomer, { name: "recipes", createdAt: plusDays(now, -190) });
  for (const [index, days] of [300, 160, 70].entries()) {
    const place = places[index];
    const at = plusDays(now, -days);
    if (place !== undefined)
      contributeElsewhere(world, place, { author: newcomer, at, title: "Fix a link", merged: index !== 1 });
  }
}

/** Two busy years, almost six silent ones, then new keys, new repositories only, and pull requests to many owners. */
function buildReturned(
  world: World,
  { returned, places, now }: { readonly returned: User; readonly places: readonly Elsewhere[]; readonly now: Instant },
): void {
  for (const [index, place] of places.slice(0, 8).entries())
    contributeElsewhere(world, place, {
      author: returned,
      at: plusDays(now, -3050 + index * 95),
      title: `Old fix ${index + 1}`,
      merged: index % 2 === 0,
    });
  addKeys(world, returned, plusDays(now, -24));
  paintedProject(world, returned, { name: "token-tools", createdAt: plusDays(now, -23) });
  for (const [index, name] of ["bridge-kit", "audit-helper"].entries())
    ownProject(world, returned, { name, createdAt: plusDays(now, -23 + index), commitCount: 2 });
  for (const [index, place] of places.entries())
    contributeElsewhere(world, place, {
      author: returned,
      at: plusDays(now, -6 + index / 8),
      title: "Improve error handling",
      merged: false,
    });
}
