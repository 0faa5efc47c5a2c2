import { labelPullRequestFlow } from "../../../src/flows/jobs/label-pull-request.ts";
import type { FlowContext } from "../../../src/flows/steps/context.ts";
import type { AppGateway, InstallationGateway } from "../../../src/github/gateway.ts";
import { installationId } from "../../../src/ids.ts";
import type { Installation, Store, TenantStore } from "../../../src/store/store.ts";
import { REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const JOB = {
  kind: "label-pull-request",
  ...{ installationId: installationId(1), repository: REPOSITORY },
  ...{ pullRequestNumber: 7, headSha: "a".repeat(40), name: "to review" },
} as const;

function context(installation: Pick<Installation, "id" | "paused"> | null) {
  const labelled: unknown[] = [];
  const gateway = played<InstallationGateway>({
    addLabel: async ({ repository, number, name }) => void labelled.push([repository.name, number, name]),
  });
  const tenant = played<TenantStore>({
    installation: async () => installation && played<Installation>(installation),
  });
  const flow = played<FlowContext>({
    store: played<Store>({ tenant: () => tenant }),
    apps: played<AppGateway>({ installation: async () => gateway, installations: async () => [] }),
  });
  return { flow, labelled };
}

test("label: one request, with the name that the policy gave", async () => {
  const { flow, labelled } = context({ id: installationId(1), paused: false });
  expect(await labelPullRequestFlow(flow, JOB)).toEqual({ kind: "completed" });
  expect(labelled).toEqual([[REPOSITORY.name, 7, "to review"]]);
});

test("label: nothing while the installation is suspended; the job comes back", async () => {
  const { flow, labelled } = context({ id: installationId(1), paused: true });
  await expect(labelPullRequestFlow(flow, JOB)).rejects.toMatchObject({ code: "installation_suspended" });
  expect(labelled).toEqual([]);
});
