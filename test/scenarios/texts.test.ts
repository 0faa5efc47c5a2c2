import { addOrganization, addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { closeIssue, editText, rename } from "@sallyport/simulator/src/build/build-edit.ts";
import {
  addedFile,
  closePullRequest,
  comment,
  openIssue,
  openPullRequest,
} from "@sallyport/simulator/src/build/build-work.ts";
import { pullRequestWebhook } from "@sallyport/simulator/src/payload/pull-request.ts";
import { createWorld, type PullRequest, type Repository, type User } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const person = (login: string): User => addUser(world, { login, createdAt: "2018-01-01T00:00:00Z" });
const owner = person("olga-example");
const organization = addOrganization(world, { login: "octo-org", createdAt: "2019-01-01T00:00:00Z", owners: [owner] });
const wallet = addRepository(world, { owner: organization, name: "wallet", createdAt: "2019-02-01T00:00:00Z" });
/** Projects of sixty owners. */
const projects = Array.from({ length: 60 }, (_, index) => {
  const place = addRepository(world, {
    owner: person(`owner${index}-example`),
    name: `project${index}`,
    createdAt: "2019-02-01T00:00:00Z",
  });
  place.stars = 5_000;
  return place;
});

let app: RunningApp;
beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterEach(() => app.sim.expectNoViolations());
afterAll(() => app.stop());

/** What an account writes into each project, the first one an hour ago. */
function writes(
  author: User,
  text: (place: Repository, index: number) => { readonly title: string; readonly body: string },
  { count = 60, everyHours = 2.8 }: { readonly count?: number; readonly everyHours?: number } = {},
): readonly PullRequest[] {
  return projects.slice(0, count).map((place, index) => {
    const at = plusDays(NOW, -(1 + index * everyHours) / 24);
    return openPullRequest(world, place, {
      author,
      at,
      ...text(place, index),
      files: [addedFile("a.md", "One line.")],
    });
  });
}

/** The report on a pull request of an account, and what fired of its behaviour. */
async function reported(author: User) {
  await app.pass(3_600);
  const files = [addedFile("src/pay.ts", "export const fee = 2;")];
  const pullRequest = openPullRequest(world, wallet, { author, title: "Raise the fee", at: app.clock.now(), files });
  await app.tell(pullRequestWebhook(app.sim.stage, { pullRequest, action: "opened", sender: author }));
  const { assessment, dossier } = await app.reportOf(pullRequest);
  const fired = assessment.findings.filter(({ signal, outcome }) => signal.startsWith("beh-") && outcome === "fired");
  return { assessment, dossier, fired: fired.map(({ signal }) => signal) };
}

const ADDRESS = "Telegram: @beggar_of_work";
const SENTENCES = ["Mends a typo in the guide.", "Names the option as the code does.", "Says which version it needs."];
/** A small text of its own, which no other one is like. */
const own = (index: number) => ({
  title: `Small mend of part ${String.fromCodePoint(97 + (index % 26))}${index}`,
  body: `${SENTENCES[index % 3]}`,
});

test("M6, a job-beggar: the queue label, no band, and no word of what he wrote is kept", async () => {
  const beggar = person("beggar-example");
  writes(beggar, (_, index) => ({ ...own(index), body: index < 12 ? `${SENTENCES[index % 3]} ${ADDRESS}` : "Small." }));
  const { assessment, dossier, fired } = await reported(beggar);
  expect(fired).toEqual(["beh-job-contact-spam", "beh-pr-spray"]);
  expect(assessment.queue.label).toBe(true);
  expect(assessment.persona.bits).toBeLessThan(3);
  expect(JSON.stringify(dossier.sections["account.texts"])).not.toMatch(/beggar|telegram|typo|project\d|owner\d/i);
});

test("M10, one text for sixty owners: the queue label, and less than a review", async () => {
  const swarm = person("swarm-example");
  writes(swarm, ({ name }) => ({
    title: "ci: update the build configuration",
    body: `This brings the build of ${name} up to date with the newest runner, so that it keeps working next month.`,
  }));
  const { assessment, fired } = await reported(swarm);
  expect(fired).toEqual(["beh-template-duplicate-prs", "beh-pr-spray", "beh-undisclosed-automation"]);
  expect(assessment.queue.label).toBe(true);
  expect(assessment.persona.bits).toBeLessThan(5);
});

test("B8 and B9, a bounty hunter and a program that says so: no label", async () => {
  const hunter = person("hunter-example");
  for (const [index, pullRequest] of writes(
    hunter,
    (_, at) => ({ ...own(at), body: `/claim #${at + 1}\n\nPayout to 0x${"aB3".repeat(13)}1` }),
    { count: 40, everyHours: 18 },
  ).entries())
    if (index % 20 < 11) closePullRequest(world, pullRequest, { at: NOW, merger: owner });
  const hunted = await reported(hunter);
  expect(hunted.fired).toEqual(["beh-pr-spray"]);
  expect(hunted.assessment.queue.label).toBe(false);

  const agent = person("agent-example");
  const body = "Pins each action to a commit, so that nobody can change what runs. This was generated by an agent.";
  writes(agent, () => ({ title: "Pin actions", body }));
  const told = await reported(agent);
  expect(told.fired).not.toContain("beh-undisclosed-automation");
  expect(told.assessment.queue.label).toBe(false);
});

test("issues that were turned away, own repositories that are shown around, and access that is asked for", async () => {
  const farmer = person("farmer-example");
  const shiny = addRepository(world, { owner: farmer, name: "shiny", createdAt: plusDays(NOW, -20) });
  for (const place of projects.slice(0, 10)) {
    const body = `Use https://github.com/farmer-example/${shiny.name} instead. Please add me as a maintainer.`;
    const at = plusDays(NOW, -9);
    const asked = openIssue(world, place, { author: farmer, title: "Question", at, body });
    closeIssue(asked, { at: plusDays(NOW, -8), reason: "duplicate" });
    comment(world, asked, { author: owner, at: NOW, body });
  }
  const { fired, assessment } = await reported(farmer);
  expect(fired.toSorted()).toEqual(["beh-badge-bounty-farming", "beh-privilege-seeking", "beh-thin-repo-promotion"]);
  expect(assessment.persona.bits).toBeLessThanOrEqual(2);
});

test("framing: others who write about an account, quote it, edit and rename what it wrote change nothing, not a byte", async () => {
  const make = (login: string): User => {
    const made = person(login);
    writes(made, (_, index) => own(index), { count: 9, everyHours: 30 });
    return made;
  };
  const [plain, victim] = [make("plain-example"), make("victim-example")];
  for (const pullRequest of [...world.pullRequests.values()].filter(({ authorId }) => authorId === victim.id)) {
    pullRequest.body = `Please add me as a maintainer. ${ADDRESS}`;
    editText(pullRequest, { by: owner, at: NOW });
    editText(pullRequest, { by: victim, at: NOW });
    rename(pullRequest, { by: owner, at: NOW, title: "The same title everywhere, of some length and more" });
    comment(world, pullRequest, { author: owner, at: NOW, body: `@${victim.login} wrote ${ADDRESS}` });
    openIssue(world, projects[0] as Repository, {
      author: owner,
      title: "Look",
      at: NOW,
      body: `@victim-example ${ADDRESS}`,
    });
  }
  const about = async (user: User) => {
    const { dossier, assessment, fired } = await reported(user);
    return { texts: dossier.sections["account.texts"], persona: assessment.persona, queue: assessment.queue, fired };
  };
  const [other, framed] = [await about(plain), await about(victim)];
  expect(framed.fired).toEqual([]);
  expect({ ...framed, texts: null }).toEqual({ ...other, texts: null });
  const value = ({ texts }: typeof other) => (texts.state === "present" ? texts.value : null);
  const dates = (found: typeof other) => value(found)?.texts.map((text) => ({ ...text, at: null }));
  expect(dates(framed)).toEqual(dates(other));
  expect(value(framed)?.texts).toHaveLength(10);
});
