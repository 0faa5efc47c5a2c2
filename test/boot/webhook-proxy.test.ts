import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { followWebhookProxy } from "../../src/boot/webhook-proxy.ts";
import { expect, test } from "../support/jest.ts";

async function listening(server: Server): Promise<string> {
  await once(server.listen(0, "127.0.0.1"), "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("webhook proxy: what comes to the channel arrives as GitHub sent it, and ends with the process", async () => {
  const body = { action: "opened", title: "ünïcode / <b> \u{1f600}" };
  const headers = { "x-github-event": "pull_request", "x-hub-signature-256": "sha256=00", host: "smee.io" };
  const channel = createServer((_request, response) => {
    response.writeHead(200, { "content-type": "text/event-stream" });
    response.write(`event: ready\ndata: {}\n\ndata: ${JSON.stringify({ ...headers, body, query: {} })}\n\n`);
  });
  const arrived = Promise.withResolvers<{ readonly request: IncomingMessage; readonly body: string }>();
  const pages = createServer(async (request, response) => {
    arrived.resolve({ request, body: await text(request) });
    response.writeHead(202).end();
  });
  const [source, webUrl] = [await listening(channel), await listening(pages)];
  const proxy = await followWebhookProxy(`${source}/channel`, webUrl);
  const { request, body: sent } = await arrived.promise;
  expect([request.url, request.headers["x-github-event"], request.headers["x-hub-signature-256"], sent]).toEqual([
    "/api/github/webhooks",
    "pull_request",
    "sha256=00",
    JSON.stringify(body),
  ]);
  await proxy.stop();
  for (const server of [channel, pages]) {
    server.closeAllConnections();
    server.close();
  }
});
