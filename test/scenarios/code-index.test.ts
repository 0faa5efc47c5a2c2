import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import { addedFile, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import { hashKeyOf } from "../../src/boot/hash-key.ts";
import { indexLines, readIndex } from "../../src/change/code-index/index-file.ts";
import { codeKey } from "../../src/change/code-index/key.ts";
import { buildIndex } from "../../src/cli/commands/code-index/build.ts";
import { plusDays } from "../../src/clock.ts";
import { keepCodeIndex } from "../../src/flows/code-index/keep.ts";
import { noticeSchema } from "../../src/notification/render/signed.ts";
import type { Report } from "../../src/store/store.ts";
import { eventually } from "../store/eventually.ts";
import { someFiles, workingRepository } from "../support/git/working-repository.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { key as appKey, type RunningApp, runApp } from "../support/running-app.ts";
import { type WebhookServer, webhookServer } from "../support/webhook-server.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const ago = (days: number): string => plusDays(NOW, -days);
const SECRET = `whsec_${Buffer.alloc(32, 7).toString("base64")}`;
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2015-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: "2016-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2017-01-01T00:00:00Z" });

/** What the organisation keeps to itself: begun with a template, and written by its people after that. */
const TEMPLATE = someFiles(40, "template");
const PRIVATE = someFiles(30, "ledger");
const PUBLISHED = someFiles(25, "published");

let app: RunningApp;
let web: WebhookServer;

beforeAll(async () => {
  web = await webhookServer(() => ({ status: 204 }));
  const notify = `destinations:
  - { name: siem, organization: "*", kind: webhook, url: "${web.url}/siem", secret: ${SECRET} }
`;
  app = await runApp({ world, organization, owner, now: NOW, live: true, notify });
  await importIndex();
});
afterAll(async () => {
  app.sim.expectNoViolations();
  await Promise.all([app.stop(), web.close()]);
});

/** As an administrator does it: on a clone, then where the App runs. */
async function importIndex(): Promise<void> {
  const ours = workingRepository();
  ours.commit(TEMPLATE);
  ours.git("checkout", "--quiet", "-b", "work");
  ours.commit(PRIVATE);
  ours.commit(PUBLISHED);
  const key = codeKey(new Uint8Array(32).fill(9));
  const built = await buildIndex(
    { paths: [ours.path], publicPaths: [], countFirstCommits: false },
    { key, settings: { searchPath: process.env.PATH ?? "" }, onRepository() {} },
  );
  expect(built.repositories).toMatchObject([{ blobCount: 95, smallCount: 0, sharedCount: 0, missingCount: 0 }]);
  const content = readIndex(indexLines({ madeAt: NOW }, { hashes: built.hashes, key }), { key, where: "index" });
  if ("mend" in content) throw new Error(content.what);
  const random = { bytes: (count: number) => new Uint8Array(count).fill(3) };
  const hashKey = hashKeyOf({ privateKey: appKey.privateKey });
  const context = {
    installation: { id: app.installation.id as never },
    tenant: app.tenant(),
    hashKey,
    random,
    now: NOW,
  };
  expect(await keepCodeIndex(context, { kind: "import", content, key })).toMatchObject([{ count: 95 }]);
}

const person = (who: User, index: number) => ({
  ...{ name: who.login, email: `${who.id}+${who.login}@users.noreply.github.com` },
  ...{ at: plusDays(ago(200), index), offsetMinutes: 60 },
});

/** A public repository of an account that wrote these files, commit by commit. */
function repositoryOf(
  who: User,
  commits: readonly Readonly<Record<string, string>>[],
  { by = who, parent }: { readonly by?: User; readonly parent?: Repository } = {},
): Repository {
  const about = { owner: who, name: `portfolio-${commits.length}`, createdAt: ago(220), ...(parent && { parent }) };
  const repository = addRepository(world, about);
  addHistory(
    world,
    repository,
    commits.map((files, index) => ({ author: person(who, index), message: `Step ${index}\n`, files })),
  );
  addPush(world, repository, { by, at: ago(2) });
  return repository;
}

const newcomer = (login: string): User => addUser(world, { login, createdAt: "2021-01-01T00:00:00Z" });

async function triaged(by: User): Promise<Report> {
  const files = [addedFile("docs/a.md", "Fine")];
  const pullRequest = openPullRequest(world, wallet, { author: by, title: "Tidy", at: NOW, files });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: by }));
  return app.reportOf(pullRequest);
}

const findingOf = ({ assessment }: Report) =>
  assessment.findings.find(({ signal }) => signal === "sec-org-code-republished");
const matchesOf = ({ dossier }: Report) => dossier.sections["code.matches"];
const urgent = () =>
  web.posted.map(({ body }) => noticeSchema.parse(JSON.parse(body))).filter(({ type }) => type === "flags.urgent");

test("code index: whoever pushed thirty private files is found, with paths, and owners are told in counts and a link", async () => {
  const leaker = newcomer("lea-example");
  const repository = repositoryOf(leaker, [someFiles(10, "own"), PRIVATE]);
  const report = await triaged(leaker);
  expect(matchesOf(report)).toMatchObject({
    state: "present",
    value: {
      repositories: [
        {
          ...{ repository: repository.id, blobCount: 40, matchedCount: 30, pushedCount: 30, begunWithCount: 0 },
          published: false,
          refs: [{ commit: repository.commits[0]?.sha, attested: true }],
        },
      ],
      ...{ comparedCount: 1, uncomparedCount: 0, countedCount: 30 },
    },
  });
  expect(findingOf(report)).toMatchObject({ outcome: "fired", strength: 0.6, bits: 2.4, hard: true });
  expect(findingOf(report)?.evidence.map(({ fact }) => fact)).toEqual([
    expect.stringMatching(/^30 of the 40 different files .* \(75 %\)/),
    expect.stringMatching(/^The same content: ledger\/part-0\.ts, ledger\/part-1\.ts, /),
    expect.stringMatching(/^The same content: ledger\//),
  ]);
  expect(report.decision.actions).toContain("tell_owners_of_our_code");
  await app.pass(61);
  await app.settle();
  await eventually(() => urgent().length === 1);
  const [notice] = urgent();
  expect(notice).toMatchObject({ data: { code: { accounts: 1 }, flags: { open: 0 }, pushes: { alerts: 0 } } });
  expect(JSON.stringify(notice)).not.toMatch(/lea-example|ledger|portfolio/);
});

test.each<[string, number, (who: User) => void]>([
  ["holds five of the files", 5, (who) => void repositoryOf(who, [{}, someFiles(5, "ledger")])],
  ["began with the template that the organisation began with", 40, (who) => void repositoryOf(who, [TEMPLATE])],
  ["got them from somebody else's push", 30, (who) => void repositoryOf(who, [{}, PRIVATE], { by: owner })],
  ["has work of its own", 0, (who) => void repositoryOf(who, [someFiles(60, "own")])],
])("code index: an account whose repository %s is not found", async (what, matched, make) => {
  const who = newcomer(`ada-${what.length}-${matched}`);
  make(who);
  const report = await triaged(who);
  const found = matchesOf(report);
  expect(found.state === "present" && found.value.repositories.map(({ matchedCount }) => matchedCount)).toEqual(
    matched === 0 ? [] : [matched],
  );
  expect(findingOf(report)).toMatchObject({ outcome: "clear", bits: 0 });
  expect(report.decision.actions).not.toContain("tell_owners_of_our_code");
});

test("code index: what the organisation published since is its own doing, as a fork and as a copy", async () => {
  const published = addRepository(world, { owner: organization, name: "published", createdAt: ago(50) });
  const history = [{}, PUBLISHED].map((files, index) => ({
    ...{ author: person(owner, index), message: `Step ${index}\n`, files },
  }));
  addHistory(world, published, history);
  const [copier, forker] = [newcomer("cora-example"), newcomer("fay-example")];
  repositoryOf(copier, [{}, PUBLISHED]);
  repositoryOf(forker, [{}, PUBLISHED], { parent: published });
  const [copied, forked] = [await triaged(copier), await triaged(forker)];
  expect(matchesOf(copied)).toMatchObject({
    value: { repositories: [{ matchedCount: 25, published: true }], countedCount: 0 },
  });
  expect(findingOf(copied)).toMatchObject({ outcome: "clear" });
  expect(matchesOf(forked)).toMatchObject({ value: { repositories: [], comparedCount: 0 } });
});

test("code index: where nobody could say whether it is public nothing is said, and it is asked again", async () => {
  const who = newcomer("una-example");
  repositoryOf(who, [{}, PRIVATE]);
  app.sim.faults.add("search/commits", { kind: "status", status: 503 });
  const report = await triaged(who);
  app.sim.faults.clear();
  expect(findingOf(report)).toMatchObject({ outcome: "unknown" });
  expect(matchesOf(report)).toMatchObject({ value: { repositories: [{ published: null }], countedCount: 0 } });
  expect((await app.tenant().historiesOf(who.id as never, "git"))?.heads).toMatch(/ unasked$/);
});

test("code index: without an index nothing is compared, and coverage does not suffer", async () => {
  const [kept] = await app.tenant().codeIndexes();
  expect(await app.tenant().removeCodeIndex(kept?.key ?? "")).toBe(true);
  const who = newcomer("noa-example");
  repositoryOf(who, [{}, PRIVATE]);
  const report = await triaged(who);
  expect(matchesOf(report)).toMatchObject({ state: "unavailable", reason: "not_requested" });
  expect(report.dossier.sections["history.scan"]).toMatchObject({ state: "present" });
  expect(report.assessment.coverage.families.secrets).toBeUndefined();
});
