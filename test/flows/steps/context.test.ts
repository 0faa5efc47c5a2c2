import { DONE, enterTenancy, INSTALLATION_UNKNOWN } from "../../../src/flows/steps/context.ts";
import { installationId } from "../../../src/ids.ts";
import { expect, test } from "../../support/jest.ts";
import { expectNothingCaught, type Given, INSTALLATION, scene } from "../scene.ts";

const enter = (given: Given = {}) => {
  const stage = scene(given);
  return { ...stage, entered: enterTenancy(stage.context, INSTALLATION.id) };
};

const listed = (id: number, suspended: boolean): Given["apps"] => ({
  installations: async () => [
    {
      ...{ id: installationId(id), suspended, permissions: {} },
      ...{ accountId: INSTALLATION.accountId, accountLogin: INSTALLATION.accountLogin, accountType: "Organization" },
    },
  ],
});

test("tenancy: an installation that is known is entered, and GitHub's list is not read for it", async () => {
  const { entered, tenancy, calls } = enter();
  expect((await entered)?.installation).toEqual(INSTALLATION);
  expect((await entered)?.tenant).toBe(tenancy.tenant);
  expect((await entered)?.gateway).toBe(tenancy.gateway);
  expect(calls.map(([name]) => name)).toEqual(["installation"]);
});

test("tenancy: of one that GitHub does not list either there is none", async () => {
  const { entered, jobs } = enter({ installation: null, apps: listed(2, false) });
  expect([await entered, jobs()]).toEqual([null, []]);
});

test.each([
  [false, ["bootstrap-installation"]],
  [true, ["bootstrap-installation", "set-installation-paused"]],
])(
  "tenancy: one that only GitHub knows, suspended %s, is set up, and the job comes back after that",
  async (suspended, kinds) => {
    const { entered, jobs } = enter({ installation: null, apps: listed(1, suspended) });
    await expect(entered).rejects.toMatchObject({ code: "conflict" });
    expect(jobs().map(({ kind }) => kind)).toEqual(kinds);
  },
);

test("tenancy: while one is suspended nothing is asked for it, and the job waits", async () => {
  const { entered, jobs } = enter({
    installation: { paused: true },
    apps: { installation: () => Promise.reject(new Error("nobody should ask for a token")) },
  });
  await expect(entered).rejects.toMatchObject({ code: "installation_suspended" });
  expect(jobs()).toEqual([]);
});

test("tenancy: whatever fails ends the job with its error", async () => {
  await expectNothingCaught(async (fails) => {
    const { entered, calls } = enter({ fails });
    await entered;
    return { calls };
  });
});

test("tenancy: a job of an installation that is gone has nothing left to do, which is no failure", () => {
  expect([DONE.kind, INSTALLATION_UNKNOWN.kind]).toEqual(["completed", "cancelled"]);
});
