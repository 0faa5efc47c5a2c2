import { historySections } from "../../../src/cli/commands/assess/example-histories.ts";
import { plusDays } from "../../../src/clock.ts";
import type { CollectedHistories } from "../../../src/dossier/collect-histories.ts";
import { addressHashOf, readSince, tieAddresses } from "../../../src/flows/steps/tie-addresses.ts";
import { accountId, installationId } from "../../../src/ids.ts";
import type { TenantStore } from "../../../src/store/store.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";
import { NOW } from "../scene.ts";

const ADA = accountId(11);
const ROOM = installationId(11);

test("addresses: the same one is one hash, whatever its letters, and another one in each installation and by each key", () => {
  const hash = addressHashOf("key", ROOM);
  expect(hash("Ada@Example.com")).toBe(hash("ada@example.com"));
  const others = [hash("bo@example.com"), addressHashOf("key", installationId(12))("ada@example.com")];
  expect(new Set([hash("ada@example.com"), ...others, addressHashOf("other", ROOM)("ada@example.com")]).size).toBe(4);
});

test("addresses: those of an account are asked for as hashes, and nothing is asked where there are none", async () => {
  const asked: unknown[] = [];
  const tenant = played<TenantStore>({
    tieAddresses: async (...about) => {
      asked.push(about);
      return 1;
    },
  });
  const about = { tenant, hashKey: "key", installation: ROOM };
  await tieAddresses(about, ADA, { addresses: [], now: NOW });
  await tieAddresses(about, ADA, { addresses: ["ada@example.com"], now: NOW });
  expect(asked).toEqual([[ADA, [addressHashOf("key", ROOM)("ada@example.com")], NOW]]);
});

const earlier: CollectedHistories & { readonly at: string } = { heads: "1:a", sections: historySections(NOW), at: NOW };

test.each([true, false])(
  "addresses: histories that were read stand while no list with addresses came since: %s",
  async (came) => {
    const asked: unknown[] = [];
    const tenant = played<TenantStore>({
      addressesCameSince: async (...about) => {
        asked.push(about);
        return came;
      },
    });
    expect(await readSince(tenant, earlier, plusDays(NOW, 1))).toBe(came ? null : earlier);
    expect(await readSince(tenant, null, NOW)).toBeNull();
    expect(asked).toEqual([[NOW, plusDays(NOW, 1)]]);
  },
);
