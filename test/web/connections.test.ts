import { createServer, request as httpRequest, type ServerResponse } from "node:http";
import { type AddressInfo, connect, type Socket } from "node:net";
import Fastify from "fastify";
import { silentLog } from "../../src/log.ts";
import { MAX_PAGES, watchConnections } from "../../src/web/connections.ts";
import { INGEST_SERVER_OPTIONS, ingestRoutes, WEBHOOK_PATH } from "../../src/web/ingest.ts";
import { bytesOf, example, headersFor, NOW, SECRET } from "../delivery/fixtures.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterEach, expect, test } from "../support/jest.ts";
import { MemoryInbox } from "../support/memory-inbox.ts";
import { someOf } from "../support/rows.ts";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A connection that is there, or was turned away: whichever the server decided. */
function dial(port: number, localAddress: string, firstBytes = ""): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", localAddress }).on("error", () => {});
  closing.push(() => socket.destroy());
  if (firstBytes) socket.write(firstBytes);
  return new Promise((resolve) => socket.on("connect", () => resolve(socket)).on("close", () => resolve(socket)));
}

const dialMany = (count: number, port: number, addressOf: (index: number) => string, firstBytes = "") =>
  Promise.all(Array.from({ length: count }, (_, index) => dial(port, addressOf(index), firstBytes)));

async function deliveries(): Promise<{ readonly port: number; send(): Promise<number> }> {
  const app = Fastify(INGEST_SERVER_OPTIONS);
  watchConnections(app.server, ({ url }) => url !== WEBHOOK_PATH);
  await app.register(
    ingestRoutes({ inbox: new MemoryInbox(), secrets: [SECRET], clock: fixedClock(NOW), log: silentLog }),
  );
  await app.listen({ port: 0, host: "127.0.0.1" });
  closing.push(() => {
    app.server.closeAllConnections();
    return app.close();
  });
  const { port } = app.server.address() as AddressInfo;
  const body = bytesOf(example("pull_request", "opened"));
  const headers = Object.entries(headersFor("pull_request", body)).map(([key, value]) => [key, String(value)]);
  const options = { port, host: "127.0.0.1", path: WEBHOOK_PATH, method: "POST", agent: false } as const;
  return {
    port,
    send: () =>
      new Promise((resolve) => {
        const sent = httpRequest({ ...options, headers: Object.fromEntries(headers) }, (response) => {
          response.resume().on("end", () => resolve(response.statusCode ?? 0));
        });
        sent.on("error", () => resolve(0));
        sent.end(body);
      }),
  };
}

const UNFINISHED = `POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: h\r\n`;

const SENDERS: readonly (readonly [string, number, (index: number) => string, string])[] = [
  ["one address that says nothing", 600, () => "127.0.0.2", ""],
  ["one address that stops in its headers", 600, () => "127.0.0.2", UNFINISHED],
  ["a hundred addresses", 600, (index: number) => `127.0.2.${(index % 100) + 1}`, UNFINISHED],
  [
    "connections that rest after a whole request",
    600,
    (index: number) => `127.0.2.${(index % 100) + 1}`,
    "GET / HTTP/1.1\r\nHost: h\r\n\r\n",
  ],
];

test.each(someOf(SENDERS, 1))(
  "half-open connections of %s: keep out no delivery",
  async (_who, count, addressOf, firstBytes) => {
    const { port, send } = await deliveries();
    await dialMany(count, port, addressOf, firstBytes);
    const statuses: number[] = [];
    for (let index = 0; index < 14; index++) {
      statuses.push(await send());
      await dialMany(20, port, addressOf, firstBytes);
    }
    expect(statuses).toEqual(Array(14).fill(202));
  },
);

test("one address: holds at most 64 connections that never sent a whole request, and loses the oldest first", async () => {
  const { port } = await deliveries();
  const [first] = await dialMany(1, port, () => "127.0.0.2");
  const other = await dial(port, "127.0.0.3");
  const rest = await dialMany(63, port, () => "127.0.0.2");
  expect([first, ...rest].filter((socket) => socket?.closed)).toEqual([]);
  const closed = new Promise((resolve) => first?.on("close", resolve));
  await dial(port, "127.0.0.2");
  await closed;
  expect([other, ...rest].filter(({ closed }) => closed)).toEqual([]);
});

test("pages: when as many are being answered as may be, deliveries are still answered", async () => {
  const held: ServerResponse[] = [];
  const server = createServer((request, response) => {
    if (request.url === WEBHOOK_PATH) response.end("delivery");
    else held.push(response);
  });
  const connections = watchConnections(server, ({ url }) => url !== WEBHOOK_PATH);
  server.listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  closing.push(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  const page = "GET / HTTP/1.1\r\nHost: h\r\n\r\n";
  await dialMany(MAX_PAGES - 1, port, () => "127.0.0.2", page);
  while (held.length < MAX_PAGES - 1) await new Promise(setImmediate);
  expect(connections.tooManyPages()).toBe(false);
  await dial(port, "127.0.0.2", page);
  while (held.length < MAX_PAGES) await new Promise(setImmediate);
  expect(connections.tooManyPages()).toBe(true);
  expect(await (await fetch(`http://127.0.0.1:${port}${WEBHOOK_PATH}`)).text()).toBe("delivery");
  held.pop()?.end();
  while (connections.tooManyPages()) await new Promise(setImmediate);
});
