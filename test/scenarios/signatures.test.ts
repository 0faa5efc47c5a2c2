import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { pushToBranch } from "@sallyport/simulator/src/build/build-push.ts";
import { addedFile, type CommitInput, commitTo, openPullRequest } from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { checkSuiteRequestedWebhook } from "@sallyport/simulator/src/payload/push.ts";
import { type ChangedFile, createWorld, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import type { Signature } from "@sallyport/simulator/src/world/world-commit.ts";
import { plusDays } from "../../src/clock.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const SIGNAL = "chg-signature-dropped";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const [owner, signer, casual, stranger] = ["olga", "sid", "cora", "stan"].map((name) => person(`${name}-example`)) as [
  User,
  User,
  User,
  User,
];
const organization = addOrganization(world, { login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner] });

const signed = (by: User | null, more: Partial<Signature> = {}): Signature => ({
  ...{ type: "GpgSignature", key: "k", valid: true, byGitHub: by === null, signerId: by?.id ?? null, verifiedAt: NOW },
  ...more,
});

/** A repository in which one account signs every commit, and another one none. */
function repositoryNamed(name: string, commits = 12): Repository {
  const made = addRepository(world, { owner: organization, name, createdAt: "2019-02-01T00:00:00Z" });
  for (let index = 0; index < commits; index++) {
    const about = { at: plusDays(NOW, index - 40), message: "Work" };
    commitTo(world, made, { by: signer, ...about, signature: signed(signer) });
    commitTo(world, made, { by: casual, ...about });
  }
  return made;
}
const wallet = repositoryNamed("wallet");

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterEach(() => {
  app.sim.faults.clear();
  app.sim.expectNoViolations();
});
afterAll(() => app.stop());

const CODE = addedFile("src/pay.ts", "export const fee = 2;");
const WORKFLOW = addedFile(
  ".github/workflows/ci.yml",
  "on: push\njobs: { a: { runs-on: ubuntu-latest, steps: [{ run: ls }] } }",
);

/** A pull request of somebody's own fork with this commit, as the report has it. */
async function reported(
  commit: Partial<CommitInput> & { readonly by: User },
  { files = [CODE], place = wallet }: { readonly files?: readonly ChangedFile[]; readonly place?: Repository } = {},
) {
  // Pull requests of one account in a row are held back.
  await app.pass(3_600);
  const at = app.clock.now();
  const pullRequest = openPullRequest(world, place, {
    author: stranger,
    title: "Change the fee",
    at,
    files,
    commits: [{ at, message: "Change the fee", files, ...commit }],
  });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: stranger }));
  const { assessment } = await app.reportOf(pullRequest);
  const finding = assessment.findings.find(({ signal }) => signal === SIGNAL);
  return { assessment, finding, said: [finding?.outcome, finding?.severity, assessment.change.level] };
}

test("a commit that names somebody who always signs, and is not signed, is said; nobody is the worse for it", async () => {
  const planted = await reported({ by: signer });
  expect(planted.said).toEqual(["fired", "high", "high"]);
  const other = await reported({ by: casual });
  expect(planted.assessment.persona).toEqual(other.assessment.persona);
  expect(planted.finding?.bits).toBe(0);
  expect(JSON.stringify(planted.finding)).not.toMatch(/sid-example|stan-example/);
  const signature = signed(null, { valid: false, byGitHub: false });
  expect((await reported({ by: signer, signature })).said).toEqual(["fired", "high", "high"]);
});

test("with a workflow, or with code that is hidden from a reader, it is critical", async () => {
  expect((await reported({ by: signer }, { files: [CODE, WORKFLOW] })).said).toEqual(["fired", "critical", "critical"]);
  const hidden = addedFile("src/load.ts", 'eval(Buffer.from(text, "base64").toString());');
  const [, , alone] = (await reported({ by: casual }, { files: [hidden] })).said;
  expect([alone, ...(await reported({ by: signer }, { files: [hidden] })).said]).toEqual([
    ...["high", "fired", "high", "critical"],
  ]);
});

const GITHUB = { name: "GitHub", email: "noreply@github.com" };
test.each<[string, Partial<CommitInput> & { readonly by: User }]>([
  ["it is signed as ever", { by: signer, signature: signed(signer) }],
  ["it was made on GitHub", { by: signer, committer: GITHUB, signature: signed(null) }],
  ["a maintainer rebased it", { by: signer, committer: { name: "Cora", email: "c@x.example", account: casual } }],
  ["its author never signs", { by: casual }],
  ["its author never committed here", { by: stranger }],
])("nothing is said where %s", async (_, commit) => {
  expect((await reported(commit)).said).toEqual(["clear", null, "low"]);
});

test("nine signed commits are no habit; a history that GitHub does not show is not known, and no risk", async () => {
  expect((await reported({ by: signer }, { place: repositoryNamed("young", 9) })).said).toEqual(["clear", null, "low"]);
  app.sim.faults.add("graphql/SignedBefore", { kind: "status", status: 502 });
  expect((await reported({ by: signer })).said).toEqual(["unknown", null, "unknown"]);
});

test("a push past every pull request is looked at by the same rule, against what was there before it", async () => {
  const place = repositoryNamed("pushed");
  const about = { author: signer, by: casual, files: [CODE], message: "Change the fee" };
  const found = async (signature?: Signature) => {
    const push = pushToBranch(world, place, { ...about, at: app.clock.now(), ...(signature && { signature }) });
    await app.tell(checkSuiteRequestedWebhook(app.sim.stage, push));
    await app.pass(21);
    await app.settle();
    const alert = (await app.tenant().alertedPushes()).find(({ headSha }) => headSha === push.after);
    return alert?.findings.map(({ signal, severity }) => [signal, severity]);
  };
  expect(await found(signed(signer))).toBeUndefined();
  expect(await found()).toEqual([[SIGNAL, "high"]]);
  // From now on there is an unsigned one among the last.
  expect(await found()).toBeUndefined();
});
