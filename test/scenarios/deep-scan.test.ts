import { readdirSync } from "node:fs";
import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { addedFile, closePullRequest, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import type { HistoryCommit } from "@sallyport/simulator/src/build/history-commit.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import type { Section } from "../../src/dossier/dossier.ts";
import type { Report } from "../../src/store/store.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { armour, BOOBY_TRAP } from "../support/people.ts";
import { type RunningApp, runApp } from "../support/running-app.ts";
import { ownTemporary } from "../support/temporary.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const ago = (days: number): string => plusDays(NOW, -days);
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
const author = addUser(world, { login: "ada-example", createdAt: "2021-01-01T00:00:00Z" });
const other = addUser(world, { login: "bo-example", createdAt: "2020-01-01T00:00:00Z" });

let app: RunningApp;
/** A folder of this test alone, so that what is left in it is ours. */
const temporary = ownTemporary("scan");
const clones = (): readonly string[] => readdirSync(temporary).filter((name) => name.startsWith("sallyport-history-"));

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true });
});
afterAll(() => app.stop());

const person = (name: string, email: string, index: number) => ({
  name,
  email,
  at: plusDays(ago(400), index + ((index * index * 37) % 400) / 1_000),
  offsetMinutes: 60,
});

/** One key that GitHub verified for the account, and before for another whose name is unrelated, in turn. */
const twoNames = (count: number, by: User = author): readonly HistoryCommit[] =>
  Array.from({ length: count }, (_, index) => ({
    author:
      index % 2 === 0
        ? person("Ada Example", `${by.id}+${by.login}@users.noreply.github.com`, index)
        : person("Bo Sample", `${other.id}+bo-example@users.noreply.github.com`, index),
    message: `Change ${index}\n`,
    files: { [`src/${index}.txt`]: `${index}\n` },
    signature: armour("00112233aabbccdd"),
    signedBy: index % 2 === 0 ? by : other,
  }));

function ownRepository(name: string, commits: readonly HistoryCommit[], by: User = author): Repository {
  const repository = addRepository(world, { owner: by, name, createdAt: ago(420) });
  const made = addHistory(world, repository, commits);
  if (made.length > 0) addPush(world, repository, { by, at: ago(2) });
  return repository;
}

async function triaged(grave: boolean, by: User = author): Promise<Report> {
  const files = grave ? [addedFile(".vscode/tasks.json", BOOBY_TRAP)] : [addedFile("docs/a.md", "Fine")];
  const pullRequest: PullRequest = openPullRequest(world, wallet, { author: by, title: "Tidy", at: ago(0), files });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: by }));
  return app.reportOf(pullRequest);
}

const operations = (): readonly string[] => app.sim.ledger.requestsOf().map(({ operation }) => operation);
const section = <Name extends keyof Report["dossier"]["sections"]>(report: Report, name: Name) =>
  report.dossier.sections[name];

const contentOf = (found: Section<unknown> | undefined) => (found?.state === "present" ? found.value : "missing");

const sharedKeys = ({ assessment }: Report) =>
  assessment.findings.filter(({ outcome, signal }) => outcome === "fired" && signal.startsWith("id-"));

test("deep scan: however grave the change of somebody known here, git never asks; the API reads the same", async () => {
  const regular = addUser(world, { login: "rita-example", createdAt: "2021-01-01T00:00:00Z" });
  for (const title of ["One", "Two"])
    closePullRequest(world, openPullRequest(world, wallet, { author: regular, title, at: ago(90) }), {
      at: ago(80),
      merger: owner,
    });
  ownRepository("regular", twoNames(101, regular), regular);
  const quiet = await triaged(false, regular);
  expect(section(quiet, "history.scan")).toMatchObject({ state: "unavailable", reason: "not_requested" });
  const report = await triaged(true, regular);
  expect(report.assessment.change.level).toBe("critical");
  expect(section(report, "history.scan")).toMatchObject({
    state: "present",
    value: { by: "api", repositories: [{ state: "read", commitCount: 101, attested: true }], copies: [] },
  });
  expect(sharedKeys(report)).toMatchObject([{ strength: 1, evidence: [{ tier: "PL" }, {}] }]);
  expect(operations().filter((operation) => operation === "graphql/CommitHistory")).toHaveLength(2);
  expect(app.sim.sightings.filter(({ act }) => act.startsWith("git/"))).toEqual([]);
  expect(app.sim.sightings.filter(({ act }) => act.startsWith("checks/"))).toHaveLength(2);

  // What the API has read counts for nothing where write is given, and git asks as of anybody.
  app.clock.set(plusDays(NOW, 0.01));
  wallet.direct.set(regular.id, "write");
  const grant = { repository: wallet, member: regular, sender: owner, action: "added", to: "write" } as const;
  await app.tell(memberWebhook(app.sim.stage, grant));
  const given = await app.tenant().latestReportOf(regular.id as never);
  const [api, git] = [report, given].map((each) => each?.dossier.sections);
  expect(git?.["history.scan"]).toMatchObject({ value: { by: "git", repositories: [{ commitCount: 101 }] } });
  for (const name of ["identity", "dates", "origin", "continuity", "pictures"] as const)
    expect(contentOf(git?.[`history.${name}`])).toEqual(contentOf(api?.[`history.${name}`]));
});

test("deep scan: what the API does not give byte for byte is not read, and nothing was found there is not said", async () => {
  const regular = addUser(world, { login: "rolf-example", createdAt: "2021-01-01T00:00:00Z" });
  closePullRequest(world, openPullRequest(world, wallet, { author: regular, title: "One", at: ago(90) }), {
    at: ago(80),
    merger: owner,
  });
  const [odd, ...rest] = twoNames(30, regular);
  if (odd)
    ownRepository(
      "odd",
      [{ ...odd, headers: ["encoding ISO-8859-1"], signature: undefined, signedBy: undefined } as never, ...rest],
      regular,
    );
  ownRepository("even", [{ author: person("Rolf", "rolf@example.org", 0), message: "Start" }], regular);
  const report = await triaged(true, regular);
  expect(section(report, "history.scan")).toMatchObject({
    value: { by: "api", repositories: [{ because: "incomplete" }, { state: "read", commitCount: 1 }] },
  });
  const history = report.assessment.findings.filter(({ signal }) =>
    /^(id-signing-key-shared|hist-mirror-credit)$/.test(signal),
  );
  expect(history).toMatchObject([{ outcome: "unknown" }, { outcome: "unknown" }]);
});

test("deep scan: a first contribution has the account's own histories read, and the report made again with them", async () => {
  ownRepository("two-names", twoNames(30));
  ownRepository("empty", []);
  const report = await triaged(false);
  expect(section(report, "history.scan")).toMatchObject({
    state: "present",
    value: {
      repositories: expect.arrayContaining([
        expect.objectContaining({ state: "read", commitCount: 30, attested: true, cached: false }),
        expect.objectContaining({ state: "skipped", because: "empty" }),
      ]),
      copies: [],
    },
  });
  expect(sharedKeys(report)).toMatchObject([
    { signal: "id-signing-key-shared", strength: 1, hard: false, evidence: [{ tier: "PL" }, {}] },
  ]);
  expect(section(report, "history.pictures")).toMatchObject({
    state: "present",
    value: { identities: expect.any(Array) },
  });
  expect(clones()).toEqual([]);
});

/** The same files, commit by commit, under other names. */
const sameFiles = (who: { readonly name: string; readonly email: string }): readonly HistoryCommit[] =>
  Array.from({ length: 30 }, (_, index) => ({
    author: person(who.name, who.email, index),
    message: `Step ${index}\n`,
    files: { [`lib/${index}.txt`]: `${index} of ${index * 7}\n` },
  }));

test("deep scan: older copies in repositories of others are found, and are not known when the search does not answer", async () => {
  const [first, second] = ["cora-example", "dan-example"].map((login) =>
    addUser(world, { login, createdAt: "2021-01-01T00:00:00Z" }),
  ) as [User, User];
  const older = addRepository(world, { owner: second, name: "origin", createdAt: ago(900) });
  addHistory(world, older, sameFiles({ name: "Dov Specimen", email: "dov@specimen.example" }));
  const copied = ownRepository("mine", sameFiles({ name: "Cora Example", email: "cora@example.org" }), first);
  const report = await triaged(true, first);
  expect(section(report, "history.scan")).toMatchObject({
    value: { copies: [{ repository: copied.id, equalTreeCount: 5, reauthoredCount: 5, foreignRepository: older.id }] },
  });
  expect(report.assessment.findings).toContainEqual(
    expect.objectContaining({ signal: "hist-author-rewrite-copy", outcome: "fired", strength: 0.5, hard: true }),
  );
  app.sim.faults.add("search/commits", { kind: "status", status: 503 });
  expect(section(await triaged(true, second), "history.scan")).toMatchObject({
    state: "present",
    value: { copies: null },
  });
  app.sim.faults.clear();
});

test("deep scan: costs are said, and stay below thirty requests", async () => {
  const scan = section(await triaged(true), "history.scan");
  expect(scan.state === "present" && scan.value.requests).toBeGreaterThan(2);
  expect(scan.state === "present" && scan.value.requests).toBeLessThanOrEqual(27);
});

test("deep scan: within the week nothing is fetched again; a head that moved is seen after it", async () => {
  const asked = operations().filter((operation) => operation === "graphql/OwnedRepositories").length;
  await triaged(true);
  expect(operations().filter((operation) => operation === "graphql/OwnedRepositories")).toHaveLength(asked);
  app.clock.set(plusDays(NOW, 8));
  // Write that is given is a public reason to look again.
  wallet.direct.set(author.id, "write");
  const grant = { repository: wallet, member: author, sender: owner, action: "added", to: "write" } as const;
  await app.tell(memberWebhook(app.sim.stage, grant));
  const unchanged = await app.tenant().latestReportOf(author.id as never);
  expect(unchanged?.dossier.sections["history.scan"]).toMatchObject({
    value: { requests: 1, repositories: expect.arrayContaining([expect.objectContaining({ cached: true })]) },
  });
});

test("deep scan: nothing of it reaches the public, and the simulator saw no request that GitHub would refuse", () => {
  // Ids are random letters, and may spell anything.
  for (const { externalId, detailsUrl, ...run } of world.checkRuns.values())
    expect(JSON.stringify(run)).not.toMatch(/history|key|ada-example/i);
  app.sim.expectNoViolations();
});
