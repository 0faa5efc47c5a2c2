import { createProbot } from "probot";
import { afterEach, beforeEach, expect, test } from "../../test/support/jest.ts";
import { PRIVATE_KEY, type Stand, stand } from "./stand.ts";

let scene: Stand;

beforeEach(async () => {
  scene = stand();
  await scene.simulator.listen();
});

afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

test("probot: with GHE_HOST alone it authenticates, asks GraphQL and writes a check run", async () => {
  const { simulator, app, installation, pullRequest, world } = scene;
  const probot = createProbot({
    env: {
      APP_ID: String(app.id),
      PRIVATE_KEY,
      WEBHOOK_SECRET: app.webhookSecret,
      GHE_HOST: new URL(simulator.url).host,
      GHE_PROTOCOL: "http",
      LOG_LEVEL: "silent",
    },
  });
  const octokit = await probot.auth(installation.id);
  const answer = await octokit.graphql(
    "query Title($id: ID!) { node(id: $id) { ... on PullRequest { title author { login } } } }",
    { id: pullRequest.nodeId },
  );
  expect(answer).toEqual({ node: { title: "Fix a typo", author: { login: "newcomer-example" } } });
  const { data } = await octokit.rest.checks.create({
    owner: "octo-org",
    repo: "wallet",
    name: "Sallyport",
    head_sha: pullRequest.commits[0]?.sha ?? "",
    status: "completed",
    conclusion: "neutral",
    output: { title: "Contribution triage", summary: "A note." },
  });
  expect(world.checkRuns.get(data.id)).toMatchObject({ conclusion: "neutral", output: { summary: "A note." } });
  expect(simulator.ledger.requestsOf(installation.id).map(({ operation }) => operation)).toEqual([
    "graphql/Title",
    "checks/create",
  ]);
});
