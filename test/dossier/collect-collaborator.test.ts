import type { Fetched } from "../../src/absence.ts";
import { collectCollaborator } from "../../src/dossier/collect.ts";
import type { DossierGateway } from "../../src/dossier/gateway.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";
import { anAccount, KNOWN, NOW, no, playedGateway, yes } from "./played-gateway.ts";

const REPOSITORY = { id: repositoryId(5), owner: "example-org", name: "app" };
async function collected(
  more: Partial<Parameters<typeof collectCollaborator>[0]> = {},
  answers: Partial<DossierGateway> = {},
) {
  const { gateway, asked } = playedGateway({
    accountHistory: async () => anAccount(),
    membership: async () => yes("none" as const),
    recordHere: async () => yes({ mergedCount: 1, mergerCount: 1, firstContactAt: NOW }),
    lastActivity: async () => yes({ lastActAt: NOW, searchedSince: NOW }),
    ...answers,
  });
  const collaborator = await collectCollaborator({
    gateway,
    repository: REPOSITORY,
    ownedByOrganization: true,
    account: { id: accountId(12), nodeId: "U_12", login: "ada-example" },
    grant: { role: "write", previousRole: "read", grantedAt: NOW },
    known: {},
    asOf: NOW,
    ...more,
  });
  return { ...collaborator, asked };
}

test.each<[string, Fetched<"owner" | "member" | "none">, object]>([
  ["a stranger", yes("none"), { value: { via: "outside", role: "write", previousRole: "read", repositoryId: 5 } }],
  ["a member", yes("member"), { value: { via: "direct" } }],
  ["an owner", yes("owner"), { value: { via: "direct" } }],
  ["nobody knows whom", no("forbidden"), { state: "unavailable", reason: "forbidden" }],
])("collecting: a grant to %s", async (_, standing, grant) => {
  const { dossier } = await collected({}, { membership: async () => standing });
  expect(dossier.sections["access.grant"]).toMatchObject(grant);
});

test("collecting: on a personal account's repository nobody is asked about an organisation", async () => {
  const { dossier, asked } = await collected({ ownedByOrganization: false });
  expect(asked).toEqual(["accountHistory", "recordHere"]);
  expect(dossier.sections["access.grant"]).toMatchObject({ value: { via: "direct" } });
  expect(dossier.sections["access.lastActivity"]).toMatchObject({ state: "unavailable", reason: "not_requested" });
});

test("collecting: a known account costs three requests, and nothing of it is kept anew", async () => {
  const { asked, toCache } = await collected({ known: KNOWN });
  expect([asked, toCache]).toEqual([["membership", "recordHere", "lastActivity"], null]);
  expect((await collected()).toCache).not.toBeNull();
});

test("collecting: what GitHub does not answer is a missing section, each for itself", async () => {
  const { dossier } = await collected(
    {},
    { recordHere: async () => no("timeout"), lastActivity: async () => no("incomplete") },
  );
  expect(dossier.sections).toMatchObject({
    "access.grant": { state: "present" },
    "access.recordHere": { state: "unavailable", reason: "timeout" },
    "access.lastActivity": { state: "unavailable", reason: "incomplete" },
  });
});
