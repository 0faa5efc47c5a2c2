import { randomBytes } from "node:crypto";
import { checkWebhookSecrets } from "../src/webhook-secrets.ts";
import { expect, test } from "./support/jest.ts";

const good = "5f1e0c6d9b7a48235f1e0c6d9b7a4823fedcba98";

test("checkWebhookSecrets: none is a problem that says how to mend it", () => {
  expect(checkWebhookSecrets([])).toEqual([
    { where: "WEBHOOK_SECRET", what: "is missing", mend: expect.stringContaining("openssl rand -hex 32") },
  ]);
});

test.each([
  ["", "is empty"],
  ["development", "is 11 bytes long"],
  ["0123456789abcdef0123456789abcde", "is 31 bytes long"],
  ["developmentdevelopmentdevelopment", "is mostly well-known words"],
  ["your-github-webhook-secret-change-me-please", "is mostly well-known words"],
  ["a".repeat(64), "repeats a short pattern"],
  ["0123456789".repeat(4), "repeats a short pattern"],
  ["abcabbcaabbccabcaabbccabbcabcaabcc", "repeats a short pattern"],
])("checkWebhookSecrets: %p is refused", (secret, what) => {
  expect(checkWebhookSecrets([secret])).toMatchObject([{ where: "WEBHOOK_SECRET", what }]);
});

test("checkWebhookSecrets: random ones pass, in hex, base64 and 32 raw bytes", () => {
  for (let round = 0; round < 1_000; round += 1) {
    const bytes = randomBytes(32);
    expect(checkWebhookSecrets([bytes.toString("hex"), bytes.toString("base64url")])).toEqual([]);
  }
});

test("checkWebhookSecrets: every weak one of several is named by its place, none by its text", () => {
  const problems = checkWebhookSecrets([good, "weak-but-mine", "b".repeat(40)]);
  expect(problems.map(({ where }) => where)).toEqual(["WEBHOOK_SECRET (number 2)", "WEBHOOK_SECRET (number 3)"]);
  expect(JSON.stringify(problems)).not.toContain("weak-but-mine");
});
