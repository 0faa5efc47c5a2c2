import { collectAccount } from "../../src/dossier/collect-account.ts";
import type { SubjectKind } from "../../src/dossier/dossier.ts";
import type { DossierGateway } from "../../src/dossier/gateway.ts";
import { accountId } from "../../src/ids.ts";
import { expect, test } from "../support/jest.ts";
import { anAccount, NOW, no, playedGateway, yes } from "./played-gateway.ts";

const REPOSITORY = { owner: "example-org", name: "app" };

async function collected(
  more: Partial<Parameters<typeof collectAccount>[0]> & { readonly kind?: SubjectKind } = {},
  answers: Partial<DossierGateway> = {},
) {
  const { kind = "user", ...input } = more;
  const { gateway, asked } = playedGateway({
    accountHistory: async () => anAccount(),
    recordHere: async () => yes({ mergedCount: 1, mergerCount: 1, firstContactAt: NOW }),
    lastActivity: async () => yes({ lastActAt: NOW, searchedSince: NOW }),
    ...answers,
  });
  const account = await collectAccount({
    gateway,
    repository: REPOSITORY,
    organization: "example-org",
    account: { id: accountId(12), nodeId: "U_12", login: "ada-example", kind },
    known: {},
    asOf: NOW,
    ...input,
  });
  return { ...account, asked };
}

test("collecting an account: it, its record and its last act, one request each", async () => {
  const { dossier, asked, toCache } = await collected();
  expect(asked).toEqual(["accountHistory", "recordHere", "lastActivity"]);
  expect(dossier.subject).toEqual({ accountId: 12, kind: "user" });
  expect(dossier.sections).toMatchObject({
    "account.activity": { state: "present" },
    "access.recordHere": { value: { mergedCount: 1 } },
    "access.lastActivity": { value: { lastActAt: NOW } },
  });
  expect(toCache).not.toBeNull();
});

test.each<[string, Parameters<typeof collected>[0], readonly string[]]>([
  ["no repository is named", { repository: null }, ["accountHistory", "lastActivity"]],
  ["no organisation is named", { organization: null }, ["accountHistory", "recordHere"]],
  ["it is a bot", { kind: "bot" }, ["recordHere", "lastActivity"]],
  ["it is an organisation", { kind: "organization" }, ["recordHere", "lastActivity"]],
])("collecting an account: what is asked when %s", async (_, more, asked) => {
  const found = await collected(more);
  expect(found.asked).toEqual(asked);
  const { sections } = found.dossier;
  for (const [question, name] of [
    ["accountHistory", "account.activity"],
    ["recordHere", "access.recordHere"],
    ["lastActivity", "access.lastActivity"],
  ] as const)
    expect(sections[name]).toMatchObject(asked.includes(question) ? { state: "present" } : { reason: "not_requested" });
});

test("collecting an account: one that is known is not asked about, and nothing of it is kept anew", async () => {
  const { toCache, dossier } = await collected();
  const again = await collected({ known: toCache ?? {} });
  expect([again.asked, again.toCache]).toEqual([["recordHere", "lastActivity"], null]);
  expect(again.dossier.sections).toEqual(dossier.sections);
});

test("collecting an account: what GitHub does not answer is a missing section, and then nothing is kept", async () => {
  const { dossier, toCache } = await collected(
    {},
    {
      accountHistory: async () => anAccount({ activity: no("incomplete") }),
      recordHere: async () => no("timeout"),
      lastActivity: async () => no("forbidden"),
    },
  );
  expect(dossier.sections).toMatchObject({
    "account.profile": { state: "present" },
    "account.activity": { state: "unavailable", reason: "incomplete" },
    "access.recordHere": { state: "unavailable", reason: "timeout" },
    "access.lastActivity": { state: "unavailable", reason: "forbidden" },
  });
  expect(toCache).toBeNull();
});
