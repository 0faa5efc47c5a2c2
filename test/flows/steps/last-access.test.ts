import { heldOn } from "../../../src/access/effective.ts";
import { keyOf } from "../../../src/access/keys.ts";
import { lastAccess } from "../../../src/flows/steps/last-access.ts";
import { accountId, repositoryId } from "../../../src/ids.ts";
import type { TenantStore } from "../../../src/store/store.ts";
import { octoOrg } from "../../access/graphs.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

test("last access: what the newest audit gives the account, and null before the first one", async () => {
  const asked: unknown[] = [];
  const of = (snapshot: ReturnType<typeof octoOrg> | null) =>
    lastAccess(
      played<TenantStore>({
        rolesOf: async (...question) => {
          asked.push(question);
          return snapshot;
        },
        settingsOn: async (repositories) => ({ rulesUnread: repositories.map(keyOf) }),
      }),
      accountId(4),
      repositoryId(11),
    );
  expect(await of(null)).toBeNull();
  const access = await of(octoOrg());
  expect(access && heldOn(access, keyOf(accountId(4)), keyOf(repositoryId(11)))?.role).toBe("maintain");
  expect(access?.snapshot.rulesUnread).toEqual(octoOrg().repositories.map(({ id }) => id));
  expect(asked).toEqual([
    [accountId(4), repositoryId(11)],
    [accountId(4), repositoryId(11)],
  ]);
});
