import type { Fetched } from "../../../src/absence.ts";
import { renameRepositoryFlow } from "../../../src/flows/jobs/rename-repository.ts";
import type { FlowContext } from "../../../src/flows/steps/context.ts";
import type { AppGateway, InstallationGateway } from "../../../src/github/gateway.ts";
import { installationId, repositoryId } from "../../../src/ids.ts";
import type { Installation, Store, TenantStore } from "../../../src/store/store.ts";
import { NOW, REPOSITORY } from "../../store/samples.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

type Found = Awaited<ReturnType<InstallationGateway["repositoryAt"]>>;

/** What repositories are renamed to when GitHub has this one under the name that the job tells. */
async function renamedTo(found: Found) {
  const renamed: unknown[] = [];
  const tenant = played<TenantStore>({
    installation: async () => played<Installation>({ id: installationId(1), paused: false }),
    renameRepository: async (id, { owner, name }) => void renamed.push([id, owner, name]),
  });
  const gateway = played<InstallationGateway>({ repositoryAt: async () => found });
  const context = played<FlowContext>({
    store: played<Store>({ tenant: () => tenant }),
    apps: played<AppGateway>({ installation: async () => gateway }),
  });
  await renameRepositoryFlow(context, {
    kind: "rename-repository",
    installationId: installationId(1),
    repository: REPOSITORY,
  });
  return renamed;
}

const at = (id: number): Found => ({
  ok: true,
  value: { id: repositoryId(id), owner: "example-org", name: "newest", createdAt: NOW, pushedAt: NOW },
});

test("renaming: a repository has the name that GitHub gives it now, whatever the delivery says", async () => {
  expect(await renamedTo(at(REPOSITORY.id))).toEqual([[REPOSITORY.id, "example-org", "newest"]]);
});

test("renaming: a name that another repository has by now changes nothing", async () => {
  expect(await renamedTo(at(REPOSITORY.id + 1))).toEqual([]);
});

test("renaming: without an answer of GitHub the job comes back", async () => {
  const missing: Fetched<never> = { ok: false, reason: "timeout", retryAt: null };
  await expect(renamedTo(missing)).rejects.toThrow("repository");
});
