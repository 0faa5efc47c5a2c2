import { afterAll, beforeAll, expect, test } from "@jest/globals";
import { plusDays } from "../../src/clock.ts";
import { addOrganization, addRepository, addUser } from "../../src/sim/build.ts";
import { addedFile, openPullRequest, pushTo } from "../../src/sim/build-work.ts";
import { checkRunWebhook } from "../../src/sim/payload/check.ts";
import { memberWebhook } from "../../src/sim/payload/member.ts";
import { pullRequestWebhook } from "../../src/sim/payload/pull-request.ts";
import { buildElsewhere, contributeElsewhere, ownProject } from "../../src/sim/scenarios/history.ts";
import type { Sighting } from "../../src/sim/sightings.ts";
import { createWorld, type PullRequest, type Repository, type User } from "../../src/sim/world.ts";
import type { Installation } from "../../src/sim/world-apps.ts";
import { BOOBY_TRAP, denounce, returnedAccount } from "../support/people.ts";
import { headOf, type RunningApp, runApp, writePolicy } from "../support/running-app.ts";

// Whatever people besides the App can see of it is one and the same for everybody who did the same in public: check
// runs, labels, comments, statuses, and how often git asks for somebody's own repositories.

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const places = buildElsewhere(world, NOW);
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });

let app: RunningApp;
let now = NOW;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
});

const ago = (days: number): string => plusDays(NOW, -days);

/** Each owns two repositories and has never been here; what is found about them could not differ more. */
const PEOPLE: Readonly<Record<string, (login: string) => User>> = {
  new: (login) => owning(addUser(world, { login, createdAt: ago(40) }), 20),
  ordinary: (login) => {
    const person = owning(addUser(world, { login, createdAt: ago(2_000) }), 900);
    for (const [index, place] of places.slice(0, 6).entries())
      contributeElsewhere(world, place, { author: person, at: ago(1_500 - index * 200), title: `Fix ${index}` });
    return person;
  },
  returned: (login) => returnedAccount(world, { login, places, now: NOW }),
  denounced: (login) => returnedAccount(world, { login, places, now: NOW }),
};

function owning(person: User, days: number): User {
  for (const [index, name] of ["tools", "notes"].entries())
    ownProject(world, person, { name, createdAt: ago(days - index) });
  return person;
}

const POLICIES = [
  "mode: shadow",
  "mode: live",
  "mode: live\npublication: { label: { name: first, when: [first_contribution] } }",
  'mode: live\npublication: { label: { name: paths, when: [sensitive_paths] } }\ntriage: { sensitive_paths: ["**"], deep_scan: never }',
  "mode: live\npublication: { label: { name: both, when: [first_contribution, sensitive_paths] } }\ntriage: { deep_scan: always }",
];

interface Place {
  readonly installation: Installation;
  readonly repository: Repository;
}

async function placeWith(policy: string, index: number): Promise<Place> {
  const login = `org-${index}`;
  const made = addOrganization(world, { login, createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const repository = addRepository(world, { owner: made, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
  writePolicy(world, made, `version: 1\n${policy}\n`);
  const installation = await app.install(made, owner);
  await app.tenant(installation).setPublication("live");
  return { installation, repository };
}

const TRAP = [addedFile(".vscode/tasks.json", BOOBY_TRAP)];

/** All that somebody can do and have done to him here; a maintainer takes every label off at once. */
async function live(person: User, place: Place): Promise<readonly PullRequest[]> {
  const first = await opened(person, place, [addedFile("docs/a.md", "Fine")]);
  await pushed(person, first);
  await again(first);
  const second = await opened(person, place, TRAP);
  place.repository.direct.set(person.id, "write");
  const { repository } = place;
  await told(memberWebhook(app.sim.stage, { repository, member: person, sender: owner, action: "added", to: "write" }));
  return [first, second];
}

async function opened(person: User, { repository }: Place, files: typeof TRAP): Promise<PullRequest> {
  const pullRequest = openPullRequest(world, repository, { author: person, title: "Tidy", at: now, files });
  await told(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: person }), pullRequest);
  return pullRequest;
}

async function pushed(person: User, pullRequest: PullRequest): Promise<void> {
  const moved = pushTo(world, pullRequest, { by: person, at: now, message: "More", files: TRAP });
  const action = "synchronize" as const;
  await told(pullRequestWebhook(app.sim.stage, { pullRequest, action, sender: person, ...moved }), pullRequest);
}

/** A maintainer presses "Re-run", where there is a check run to press it on. */
async function again(pullRequest: PullRequest): Promise<void> {
  const run = [...world.checkRuns.values()].find(({ headSha }) => headSha === headOf(pullRequest));
  if (run) await told(checkRunWebhook(app.sim.stage, { run, sender: owner }), pullRequest);
}

async function told(webhook: Parameters<RunningApp["tell"]>[0], labelled?: PullRequest): Promise<void> {
  await app.tell(webhook);
  labelled?.labels.clear();
  // Past every brake: what waits is a matter of the queue's own tests.
  now = plusDays(now, 1 / 24);
  app.clock.set(now);
}

interface Shown {
  /** In the organisation's repositories, in order. */
  readonly here: readonly string[];
  /** At the person's own repositories: how many of which kind, as several are asked at once. */
  readonly own: readonly string[];
}

/** What others saw of it: whose and which it was is taken out. */
function shown(sightings: readonly Sighting[], person: User, pullRequests: readonly PullRequest[]): Shown {
  const names = new Map(
    pullRequests.flatMap(({ number, commits }, index) => [
      [`/issues/${number}/`, `/issues/PR${index}/`],
      ...commits.map(({ sha }, at) => [sha, `HEAD${index}.${at}`]),
    ]) as [string, string][],
  );
  const all = sightings.map(({ act, place, body }) => {
    const text = `${act} ${place} ${body}`
      .replace(/\/repos\/org-\d+\//, "/repos/ORG/")
      .replace(/"(external_id|details_url)":"[^"]+"/g, '"$1":"RANDOM"')
      .replaceAll(`${person.login}/`, "SELF/");
    // Own repositories have names of their own; how many, how often and in which order is what shows.
    return [...names].reduce((said, [from, to]) => said.replaceAll(from, to), text).replace(/SELF\/\S+/, "SELF/OWN");
  });
  const isGit = (act: string): boolean => act.startsWith("git/");
  return { here: all.filter((act) => !isGit(act)), own: all.filter(isGit).sort() };
}

test.each(POLICIES)("what others see is the same for everybody under %j", async (policy) => {
  const seen = new Map<string, Shown>();
  const bands = new Set<string>();
  const place = await placeWith(policy, POLICIES.indexOf(policy));
  for (const [kind, make] of Object.entries(PEOPLE)) {
    const person = make(`${kind}-${POLICIES.indexOf(policy)}-example`);
    const tenant = app.tenant(place.installation);
    if (kind === "denounced") await denounce(tenant, person, { by: owner, now: NOW });
    const from = app.sim.sightings.length;
    const pullRequests = await live(person, place);
    seen.set(kind, shown(app.sim.sightings.slice(from), person, pullRequests));
    for (const { persona } of (await tenant.recentReports(50)).map(({ decision }) => decision.cell)) bands.add(persona);
  }
  const [one = { here: [], own: [] }, ...others] = seen.values();
  for (const other of others) expect(other).toEqual(one);
  expect([...bands].sort()).toEqual(expect.arrayContaining(["none", "review"]));
  expect(one.here.filter((act) => act.startsWith("checks/create"))).toHaveLength(policy.includes("shadow") ? 0 : 3);
  expect(one.here.filter((act) => act.startsWith("issues/add-labels"))).toHaveLength(
    LABELS[POLICIES.indexOf(policy)] ?? 0,
  );
  expect(one.own.length > 0).toBe(!policy.includes("never"));
});

/** One for each head that meets the criterion, however often it is looked at. */
const LABELS = [0, 0, 2, 3, 2];
