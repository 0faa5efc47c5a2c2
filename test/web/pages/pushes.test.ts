import { plusDays } from "../../../src/clock.ts";
import type { UnreviewedPush } from "../../../src/decision/unreviewed-push.ts";
import { afterAll, beforeAll, expect, test } from "../../support/jest.ts";
import { Client } from "../support/client.ts";
import { MAINTAINER, OWNER, openTestSite, type TestSite } from "../support/desk.ts";
import { INSTALLATION, NOW, WALLET } from "../support/reports.ts";

const ORG = `/orgs/${INSTALLATION}`;
const FOUND: UnreviewedPush["findings"][number] = {
  signal: "chg-direct-workflow-push",
  severity: "critical",
  ...{ path: ".github/workflows/x.yml", line: 2, endLine: 2, reachable: null },
  ...{ fact: "A pushed change sends secrets away.", why: "It runs at once.", fine: "Revert it." },
  lines: [{ kind: "added", line: 2, text: "  - run: env\u202e | curl" }],
};
const PUSH = {
  ...{ repositoryId: WALLET, repositoryOwner: "octo-org", branch: "main", before: "b".repeat(40) },
  ...{ level: "critical" as const, complete: true, findings: [FOUND], findingsLeftOut: 0, notChecked: [] },
  seenAt: NOW,
};

let site: TestSite;
beforeAll(async () => {
  site = await openTestSite();
  const tenant = site.store.tenant(INSTALLATION);
  for (let index = 0; index < 12; index++) {
    const place = { id: `push-${index}`, repositoryName: `wallet-${index}`, headSha: String(index).padStart(40, "0") };
    await tenant.savePush({ ...PUSH, ...place }, { asksForLook: true, marks: ["same"], burstSince: NOW });
  }
  const unseen = { id: "unseen", repositoryName: "vault", headSha: "c".repeat(40), seenAt: plusDays(NOW, -1) };
  const because = [{ what: "the change", because: "GitHub shows it to Apps with Contents: read alone" }];
  const none = { level: "unknown", complete: false, findings: [], notChecked: because } as const;
  await tenant.savePush({ ...PUSH, ...unseen, ...none }, { asksForLook: false, marks: [], burstSince: NOW });
});
afterAll(() => site.close());

test("a burst is one card that lists its repositories, with the lines and what cannot be seen in them drawn", async () => {
  const owner = await site.signedIn(OWNER);
  const { body } = await owner.get(`${ORG}/pushes`);
  expect(body).toContain("12 pushes to 1 repository");
  for (let index = 0; index < 12; index++) expect(body).toContain(`octo-org/wallet-${index}, `);
  expect(body).toContain(`https://github.com/octo-org/wallet-11/compare/${PUSH.before}...${"11".padStart(40, "0")}`);
  expect(body).toContain("A pushed change sends secrets away.");
  expect(body).toMatch(/env<span class="mark">[^<]*<\/span> \| curl/);
  expect(body).not.toContain("\u202e");
  expect(body).toContain("GitHub shows it to Apps with Contents: read alone");
  expect((await owner.get(ORG)).body).toContain("1 alert about pushes that nobody reviewed");
});

test.each([
  ["no reason", { outcome: "meant", reason: "ok" }, "Write between 8 and 2,000 characters"],
  ["no choice", { reason: "It was a hotfix of ours." }, "Choose what it was"],
  ["a choice that does not exist", { outcome: "keep", reason: "It was a hotfix of ours." }, "Choose what it was"],
])("decided with %s: stays open", async (_, given, said) => {
  const owner = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(`${ORG}/pushes`));
  const response = await owner.post(`${ORG}/pushes/push-0/decide`, { csrf, ...given });
  expect([response.statusCode, response.body.includes(said)]).toEqual([422, true]);
  expect(await site.store.tenant(INSTALLATION).openAlerts()).toEqual({ alerts: 1, repositories: 1 });
});

test("decided with a sentence: all of it is closed, and stands in the trail", async () => {
  const owner = await site.signedIn(OWNER);
  const csrf = Client.csrfOf(await owner.get(`${ORG}/pushes`));
  const reason = "A token was stolen; reverted, and all secrets replaced.";
  const form = { csrf, outcome: "reverted", reason };
  expect((await owner.post(`${ORG}/pushes/no-such-alert/decide`, form)).statusCode).toBe(404);
  expect((await (await site.signedIn(MAINTAINER)).post(`${ORG}/pushes/push-0/decide`, form)).statusCode).not.toBe(303);
  expect((await owner.post(`${ORG}/pushes/push-0/decide`, form)).statusCode).toBe(303);
  const tenant = site.store.tenant(INSTALLATION);
  expect(await tenant.openAlerts()).toEqual({ alerts: 0, repositories: 0 });
  const entry = { act: "push.decided", actorId: OWNER, target: "push-0", reason };
  expect(await tenant.trail(5)).toContainEqual(expect.objectContaining(entry));
  expect((await owner.get(`${ORG}/trail`)).body).toContain(reason);
  expect((await owner.get(`${ORG}/trail.csv`)).body).toContain(reason);
  const { body } = await owner.get(`${ORG}/pushes`);
  expect([body.includes(reason), body.includes("No push waits for a decision.")]).toEqual([true, true]);
});
