import { type StoredLook, storedLooks } from "../../src/flows/stored-looks.ts";
import { repositoryId } from "../../src/ids.ts";
import type { Report, ReportPlace, TenantStore } from "../../src/store/store.ts";
import { expect, test } from "../support/jest.ts";
import { report } from "../web/support/reports.ts";
import { played } from "./played.ts";
import { readNow } from "./scene.ts";

const HERE = repositoryId(101);

/** A tenant with so many reports; asks for them are written down. */
function tenantWith(reports: readonly Report[]) {
  const asked: number[] = [];
  const tenant = played<TenantStore>({
    policy: async () => readNow({ mode: "live" }),
    repositoryPolicies: async () => new Map([[HERE, readNow({ triage: { deep_scan: "always" } })]]),
    recentPlaces: async (limit) => reports.slice(0, limit).map((one): ReportPlace => one),
    reports: async (ids) => {
      asked.push(ids.length);
      return reports.filter(({ id }) => ids.includes(id));
    },
    rolesOf: async () => null,
  });
  return { tenant, asked };
}

test("storedLooks: shows each report with the files in force where it belongs, and reads few at a time", async () => {
  const reports = Array.from({ length: 45 }, (_, at) => report({ id: `rep-${at}`, repositoryId: HERE }));
  const { tenant, asked } = tenantWith(reports);
  const looks: StoredLook[] = [];
  expect(await storedLooks(tenant, "shadow", (look) => looks.push(look))).toBe(45);
  expect(looks).toHaveLength(45);
  expect(asked).toEqual([20, 20, 5]);
  expect(looks[0]).toMatchObject({
    ...{ organization: { mode: "live" }, repository: { triage: { deep_scan: "always" } }, switched: "shadow" },
    recorded: { dossier: reports[0]?.dossier, role: null },
  });
});

test("storedLooks: gives no dossier for a report whose evidence is erased", async () => {
  const { tenant } = tenantWith([report({ evidenceErased: true })]);
  const looks: StoredLook[] = [];
  await storedLooks(tenant, "shadow", (look) => looks.push(look));
  expect(looks[0]?.recorded.dossier).toBeNull();
});
