import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "../support/jest.ts";
import { inCampaigns } from "../support/rows.ts";
import { gatewayAt, INSTALLATION } from "./support/gateway.ts";

const MAX_BYTES = 100_000;
/** What ends for another reason has all the time there is. */
const PATIENT_MS = 600_000;
const repository = { owner: "octo-example", name: "app" };
let server: Server | undefined;

afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A GitHub that makes tokens and then does this. */
async function asked(answer: (response: ServerResponse) => void, timeoutMs = PATIENT_MS) {
  server = createServer((request, response) => {
    if (!request.url?.endsWith("/access_tokens")) return answer(response);
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify({ token: "ghs_example", expires_at: "2099-01-01T00:00:00Z", permissions: {} }));
  });
  await new Promise<void>((done) => server?.listen(0, "127.0.0.1", done));
  const { port } = server.address() as AddressInfo;
  const gateway = await gatewayAt(`http://127.0.0.1:${port}`, {
    limits: { timeoutMs, maxBytes: MAX_BYTES },
  }).installation(INSTALLATION);
  return gateway.pullRequestFiles({ repository, number: 7 });
}

const absent = (reason: string) => ({ ok: false, reason, retryAt: null });

inCampaigns("slow answer: timeout when no header arrives in time", async () => {
  expect(await asked(() => {}, 3_000)).toEqual(absent("timeout"));
});

inCampaigns("slow answer: timeout when the body stalls, and never an empty list", async () => {
  const stalled = await asked((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.write("[");
  }, 3_000);
  expect(stalled).toEqual(absent("timeout"));
});

test("endless answer: upstream_error when it passes the size limit", async () => {
  const endless = await asked((response) => {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(`["${"x".repeat(MAX_BYTES)}"]`);
  });
  expect(endless).toEqual(absent("upstream_error"));
});

test("cut answer: upstream_error when the connection breaks inside the body", async () => {
  const cut = await asked((response) => {
    response.writeHead(200, { "content-type": "application/json", "content-length": "100" });
    response.write("[");
    setImmediate(() => response.destroy());
  });
  expect(cut).toEqual(absent("upstream_error"));
});
