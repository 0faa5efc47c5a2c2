import { Buffer } from "node:buffer";
import { createHmac } from "node:crypto";
import { createRequire } from "node:module";
import type { Headers } from "../../src/delivery/receive.ts";

/** A GitHub event as the npm package @octokit/webhooks-examples has it: contributed, real, made anonymous. */
export interface Example {
  readonly name: string;
  readonly source: string;
  readonly body: Readonly<Record<string, unknown>> & { readonly action?: string };
}

const require = createRequire(import.meta.url);
const SOURCES = ["api.github.com", "ghes-31", "ghes-32", "ghes-33", "ghes-34", "ghes-35"];

/** All 726 bodies: github.com and five versions of GitHub Enterprise Server. */
export const EXAMPLES: readonly Example[] = SOURCES.flatMap((source) => {
  const index: readonly { name: string; examples: readonly Example["body"][] }[] = require(
    `@octokit/webhooks-examples/${source}/index.json`,
  );
  return index.flatMap(({ name, examples }) => examples.map((body) => ({ name, source, body })));
});

/** The first example of an event and action. */
export function example(name: string, action: string): Example["body"] {
  const found = EXAMPLES.find((candidate) => candidate.name === name && candidate.body.action === action);
  if (!found) throw new Error(`no example of ${name}.${action}`);
  return found.body;
}

export const SECRET = "5f1e0c6d9b7a48235f1e0c6d9b7a4823fedcba98";
export const GUID = "72d3162e-cc78-11e3-81ab-4c9367dc0958";
export const NOW = "2026-11-23T12:00:00.000Z";

export const bytesOf = (body: unknown): Buffer => Buffer.from(JSON.stringify(body));

export const signature = (body: Buffer, secret = SECRET): string =>
  `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;

/** The headers GitHub sends with a body; `changed` overrides them. */
export function headersFor(name: string, body: Buffer, changed: Headers = {}): Headers {
  return {
    "content-type": "application/json",
    "content-length": String(body.length),
    "x-github-event": name,
    "x-github-delivery": GUID,
    "x-hub-signature-256": signature(body),
    ...changed,
  };
}
