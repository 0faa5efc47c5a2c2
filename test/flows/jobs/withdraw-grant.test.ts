import { plusDays } from "../../../src/clock.ts";
import { withdrawGrantFlow } from "../../../src/flows/jobs/assess-collaborator.ts";
import { installationId } from "../../../src/ids.ts";
import { no, yes } from "../../dossier/played-gateway.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { ACCOUNT, expectNothingCaught, type Given, NOW, scene } from "../scene.ts";

const given = (more: Given): Given => ({
  ...more,
  gateway: { loginOf: async () => yes("ada-example"), ...more.gateway },
  tenant: { closeFlagsOfGrant: async () => 1, forgetGrant: async () => {} },
});

const WITHDRAWN = {
  kind: "withdraw-grant",
  ...{ installationId: installationId(1), repository: REPOSITORY },
  ...{ accountId: ACCOUNT.id, at: plusDays(NOW, -2) },
} as const;

async function withdrawn(more: Given) {
  const stage = scene(given(more));
  const outcome = await withdrawGrantFlow(stage.context, WITHDRAWN);
  return { ...stage, outcome, closed: stage.did("closeFlagsOfGrant") };
}

test.each<[string, Given["gateway"], closes: boolean, forgets: boolean]>([
  ["no role", { role: async () => yes(null) }, true, true],
  ["less than write", { role: async () => yes("triage") }, true, false],
  ["write, by a team or anew", { role: async () => yes("write") }, false, false],
  ["a repository that is gone", { role: async () => no("not_found") }, true, true],
])("withdrawn: flags close by the role in force: %s", async (_, gateway, closes, forgets) => {
  const { closed, outcome, did } = await withdrawn({ gateway });
  expect(outcome).toEqual({ kind: "completed" });
  expect(did("role")).toEqual([[{ repository: REPOSITORY, login: "ada-example" }]]);
  expect(closed).toEqual(closes ? [[REPOSITORY.id, ACCOUNT.id, WITHDRAWN.at]] : []);
  const pair = { account: ACCOUNT.id, repository: REPOSITORY.id };
  expect(did("forgetGrant")).toEqual(forgets ? [[pair, WITHDRAWN.at]] : []);
});

test("withdrawn: of an account that is gone no role is asked for", async () => {
  const { closed, asked } = await withdrawn({ gateway: { loginOf: async () => no("not_found") } });
  expect(closed).toHaveLength(1);
  expect(asked).toEqual(["loginOf"]);
});

test.each<[string, Given["gateway"]]>([
  ["the account", { loginOf: async () => no("timeout") }],
  ["the role", { role: async () => no("timeout") }],
])("withdrawn: without an answer about %s the job waits, and the flag stays", async (_, gateway) => {
  const stage = scene(given({ gateway }));
  await expect(withdrawGrantFlow(stage.context, WITHDRAWN)).rejects.toMatchObject({ code: "timeout" });
  expect(stage.did("closeFlagsOfGrant")).toEqual([]);
});

test("withdrawn: nothing is done for an installation that is gone", async () => {
  const { outcome, asked, closed } = await withdrawn({ installation: null });
  expect([outcome.kind, asked, closed]).toEqual(["cancelled", [], []]);
});

test("withdrawn: whatever fails ends the job with its error", async () => {
  await expectNothingCaught((fails) => withdrawn({ gateway: { role: async () => yes(null) }, fails }));
});
