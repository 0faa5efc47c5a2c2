import { addOrganization, addUser } from "@sallyport/simulator/src/build/build.ts";
import { createWorld } from "@sallyport/simulator/src/world/world.ts";
import { TRIGGERS } from "../../src/delivery/triggers.ts";
import { EXAMPLES, headersFor, signature } from "../delivery/fixtures.ts";
import { afterAll, beforeAll, expect, test } from "../support/jest.ts";
import { NO_DEEP_SCANS, type RunningApp, runApp, WEBHOOK_SECRET } from "../support/running-app.ts";

const NOW = "2026-03-02T10:00:00.000Z";
const world = createWorld();
const owner = addUser(world, { login: "olga-example", createdAt: "2018-01-01T00:00:00Z" });
const organization = addOrganization(world, { login: "octo-org", createdAt: NOW, owners: [owner] });

let app: RunningApp;

beforeAll(async () => {
  app = await runApp({ world, organization, owner, now: NOW, policy: NO_DEEP_SCANS });
});
afterAll(() => app.stop());

const ABOUT_ACCESS = [
  ...["member", "membership", "team", "organization", "repository"],
  ...["deploy_key", "branch_protection_rule", "repository_ruleset", "personal_access_token_request"],
];
const [some] = EXAMPLES.filter(({ name }) => name === "organization");
/** The package has no body of these two; the fields are those of GitHub's schemas that are looked at. */
const MADE: Readonly<Record<string, object>> = {
  repository_ruleset: { repository_ruleset: { id: 1, name: "main" }, organization: some?.body.organization },
  personal_access_token_request: { personal_access_token_request: { id: 1 }, organization: some?.body.organization },
};

/** Bodies of an action, or of another action of the event where nobody recorded one. */
function bodiesOf(event: string, action: string): readonly object[] {
  const all = EXAMPLES.filter(({ name }) => name === event).map(({ body }) => body);
  const exact = all.filter((body) => body.action === action);
  const like = event === "organization" ? all.filter((body) => body.action === "member_added") : all.slice(0, 1);
  const found = exact.length > 0 ? exact : like;
  return found.length > 0 ? found : [MADE[event] ?? {}];
}

let count = 0;

async function post(event: string, body: object): Promise<number> {
  const bytes = Buffer.from(JSON.stringify(body));
  const guid = `00000000-0000-4000-a000-${String(++count).padStart(12, "0")}`;
  const changed = { "x-github-delivery": guid, "x-hub-signature-256": signature(bytes, WEBHOOK_SECRET) };
  const headers = Object.entries(headersFor(event, bytes, changed)).map(([name, value]): [string, string] => [
    name,
    String(value),
  ]);
  const answer = await fetch(`${app.webUrl}/api/github/webhooks`, { method: "POST", headers, body: bytes });
  return answer.status;
}

const names = TRIGGERS.filter((name) => ABOUT_ACCESS.some((event) => name.startsWith(`${event}.`)));

test("recorded: every event and action about access runs through the whole app, and what it names of others is asked for in vain", async () => {
  const answers: (readonly [string, number])[] = [];
  await app.pass(1);
  for (const name of names) {
    const [event = "", action = ""] = name.split(".");
    for (const body of bodiesOf(event, action))
      answers.push([name, await post(event, { ...body, action, installation: { id: app.installation.id } })]);
  }
  expect(answers.filter(([, status]) => status !== 202)).toEqual([]);
  expect(new Set(answers.map(([name]) => name)).size).toBe(names.length);
  await app.settle();
  await app.pass(11);
  await app.settle();
  const done = app.logged("job.finished");
  expect(new Set(done.map(({ kind }) => kind))).toContain("follow-access");
  expect(done.filter(({ outcome, because }) => outcome === "failed" || because === "unexpected error")).toEqual([]);
});

test("recorded: of what is kept of them nothing is a key's text, a rule's name or a token's owner", async () => {
  expect(await app.tenant().ruleChanges()).toMatchObject({ places: 4 });
  const kept = JSON.stringify(app.lines);
  for (const text of ["ssh-rsa", "hey-its-a-deploy-key", "basic-CI"]) expect(kept).not.toContain(text);
  const setAside = new Set(app.logged("job.discarded").map(({ because }) => because));
  expect([...setAside]).toEqual(["repository of another account"]);
});
