import { Buffer } from "node:buffer";
import type { Problem } from "./errors.ts";

/**
 * What is wrong with the webhook secrets; empty when all are good. More than one is for rotation. A start without a
 * good one must be refused: Probot itself would fall back to the word `development` and accept forged deliveries.
 */
export function checkWebhookSecrets(secrets: readonly string[]): readonly Problem[] {
  if (secrets.length === 0) return [{ where: "WEBHOOK_SECRET", what: "is missing", mend: MEND }];
  return secrets.flatMap((secret, index) => {
    const what = weakness(secret);
    const where = secrets.length === 1 ? "WEBHOOK_SECRET" : `WEBHOOK_SECRET (number ${index + 1})`;
    return what === null ? [] : [{ where, what, mend: MEND }];
  });
}

const MEND = "set 32 or more random bytes, for example from `openssl rand -hex 32`, here and in the GitHub App";
const MIN_BYTES = 32;
/** 32 random hex digits have fewer distinct ones with a chance below one in ten million. */
const MIN_DISTINCT = 8;
/** What documentation, frameworks and people in a hurry put in; counted as nothing, wherever they stand. */
const WELL_KNOWN = /development|webhook|change|secret|password|example|placeholder|default|sallyport|probot|github/gi;

function weakness(secret: string): string | null {
  const byteCount = Buffer.byteLength(secret);
  if (byteCount === 0) return "is empty";
  if (byteCount < MIN_BYTES) return `is ${byteCount} bytes long`;
  if (Buffer.byteLength(secret.replace(WELL_KNOWN, "")) < MIN_BYTES) return "is mostly well-known words";
  if (repeats(secret) || new Set(secret).size < MIN_DISTINCT) return "repeats a short pattern";
  return null;
}

/** True for `abcabc`: a text made of copies of a shorter one occurs in its double before the middle. */
const repeats = (text: string): boolean => (text + text).indexOf(text, 1) < text.length;
