import { Buffer } from "node:buffer";
import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { type AddressInfo, connect } from "node:net";
import Fastify, { type FastifyInstance } from "fastify";
import type { Delivery } from "../../src/delivery/delivery.ts";
import { MAX_BODY_BYTES } from "../../src/delivery/receive.ts";
import { type LogEvent, makeLog } from "../../src/log.ts";
import { INGEST_SERVER_OPTIONS, ingestRoutes, MAX_CONNECTIONS, WEBHOOK_PATH } from "../../src/web/ingest.ts";
import { bytesOf, example, GUID, headersFor, NOW, SECRET, signature } from "../delivery/fixtures.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterEach, describe, expect, test } from "../support/jest.ts";
import { MemoryInbox } from "../support/memory-inbox.ts";

const opened = bytesOf(example("pull_request", "opened"));
const OTHER_GUID = "00000000-0000-4000-8000-000000000001";

let server: FastifyInstance | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

interface HttpResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

/** A listening server with the routes, an inbox, and every line it logs. */
async function start(
  accept?: (delivery: Delivery) => Promise<"stored" | "duplicate">,
  limits: object = INGEST_SERVER_OPTIONS,
) {
  const inbox = new MemoryInbox();
  const lines: string[] = [];
  const clock = fixedClock(NOW);
  const log = makeLog("info", { write: (line) => void lines.push(line) });
  const app = Fastify({ ...limits, genReqId: () => "r-1", forceCloseConnections: true });
  server = app;
  await app.register(ingestRoutes({ inbox: accept ? { accept } : inbox, secrets: [SECRET], clock, log }));
  await app.listen({ host: "127.0.0.1", port: 0 });
  const { port } = app.server.address() as AddressInfo;
  return { app, inbox, lines, clock, port };
}

/** Sends a body as given: with its content length, or chunked when `headers` has none. */
function post(port: number, headers: object, body: Buffer | readonly Buffer[], method = "POST"): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const options = { host: "127.0.0.1", port, path: WEBHOOK_PATH, method, headers: { ...headers }, agent: false };
    const request = httpRequest(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    request.on("error", reject);
    for (const part of Buffer.isBuffer(body) ? [body] : body) request.write(part);
    request.end();
  });
}

const send = (port: number, body = opened, changed: object = {}): Promise<HttpResponse> =>
  post(port, headersFor("pull_request", body, changed as never), body);

const without = (headers: object, name: string): object =>
  Object.fromEntries(Object.entries(headers).filter(([key, value]) => key !== name && value !== undefined));

describe("ingest: what happens when a delivery is genuine", () => {
  test("it is answered with 202 once it is stored, with the request's id and nothing else", async () => {
    const { inbox, port } = await start();
    const answer = await send(port);
    expect(answer.status).toBe(202);
    expect(answer.text).toBe('{"id":"r-1"}');
    expect(inbox.stored.map(({ guid }) => guid)).toEqual([GUID]);
  });

  test("no answer leaves before the inbox says that the delivery is on disk", async () => {
    const { promise: disk, resolve: reached } = Promise.withResolvers<"stored">();
    const { promise: asked, resolve: ask } = Promise.withResolvers<void>();
    const { port } = await start(() => {
      ask();
      return disk;
    });
    let answered = false;
    const answer = send(port).then((value) => {
      answered = true;
      return value;
    });
    await asked;
    await new Promise(setImmediate);
    expect(answered).toBe(false);
    reached("stored");
    expect((await answer).status).toBe(202);
  });

  test("a hundred copies at once are one delivery and a hundred times 202 (T2, F24)", async () => {
    const { inbox, port, lines } = await start();
    const answers = await Promise.all(Array.from({ length: 100 }, () => send(port)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));
    expect(inbox.stored).toHaveLength(1);
    expect(lines.filter((line) => line.includes('"outcome":"duplicate"'))).toHaveLength(99);
  });

  test("its log line has ids and sizes, under 1 % of the body, and no name", async () => {
    const { port, lines } = await start();
    await send(port);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThan(opened.length / 100);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ event: "delivery.received", guid: GUID, bytes: opened.length });
    expect(lines[0]).not.toMatch(/Codertocat|Hello-World/);
  });

  test("a chunked body is read like any other", async () => {
    const { inbox, port } = await start();
    const headers = without(headersFor("pull_request", opened), "content-length");
    expect((await post(port, headers, [opened.subarray(0, 7), opened.subarray(7)])).status).toBe(202);
    expect(inbox.stored).toHaveLength(1);
  });
});

describe("ingest: what happens when a request is refused", () => {
  const wrong = `sha256=${"0".repeat(64)}`;
  const cases: readonly (readonly [string, number, object, Buffer])[] = [
    ["a forged signature", 401, { "x-hub-signature-256": wrong }, opened],
    ["no signature", 401, { "x-hub-signature-256": undefined }, opened],
    ["two signature headers", 401, { "x-hub-signature-256": [signature(opened), signature(opened)] }, opened],
    ["a form", 415, { "content-type": "application/x-www-form-urlencoded" }, opened],
    ["no content type", 415, { "content-type": undefined }, opened],
    ["a content type that is none", 415, { "content-type": ";;" }, opened],
    ["an encoded body", 415, { "content-encoding": "gzip" }, opened],
    ["no JSON", 400, {}, Buffer.from("{")],
    ["an empty body", 400, {}, Buffer.alloc(0)],
    ["another event's body", 422, { "x-github-event": "member" }, opened],
    ["a GUID that is none", 400, { "x-github-delivery": "1" }, opened],
  ];

  test.each(cases)("%s: %i, a constant body, nothing stored", async (_what, status, changed, body) => {
    const { inbox, port, lines } = await start();
    const headers = Object.fromEntries(
      Object.entries(headersFor("pull_request", body, changed as never)).filter(([, value]) => value !== undefined),
    );
    const answer = await post(port, headers, body);
    expect([answer.status, answer.text]).toEqual([status, '{"id":"r-1"}']);
    expect(inbox.stored).toEqual([]);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThanOrEqual(400);
  });

  test("ping and other events are acknowledged, not stored and not logged", async () => {
    const { inbox, port, lines } = await start();
    for (const name of ["ping", "fork", "star"])
      expect((await send(port, opened, { "x-github-event": name })).status).toBe(202);
    expect(inbox.stored).toEqual([]);
    expect(lines).toEqual([]);
  });

  test("the next request on the same connection is served", async () => {
    const { port } = await start();
    const head = (headers: object): string =>
      `POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: h\r\n${Object.entries(headers)
        .map(([key, value]) => `${key}: ${value}\r\n`)
        .join("")}\r\n`;
    const socket = connect(port, "127.0.0.1");
    socket.write(head(headersFor("pull_request", opened, { "x-hub-signature-256": "none" })));
    socket.write(opened);
    socket.write(head({ ...headersFor("pull_request", opened), connection: "close" }));
    socket.write(opened);
    let text = "";
    for await (const chunk of socket) text += chunk;
    expect(text.match(/HTTP\/1\.1 \d+/g)).toEqual(["HTTP/1.1 401", "HTTP/1.1 202"]);
  });

  test("a body that stops half-way is no delivery", async () => {
    const { inbox, port, lines } = await start();
    const socket = connect(port, "127.0.0.1");
    const head = Object.entries(headersFor("pull_request", opened)).map(([key, value]) => `${key}: ${value}\r\n`);
    socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: h\r\n${head.join("")}\r\n`);
    socket.end(opened.subarray(0, opened.length - 1));
    await new Promise((resolve) => socket.on("close", resolve).resume());
    while (lines.length === 0) await new Promise(setImmediate);
    expect(lines[0]).toMatch(/"reason":"aborted"/);
    expect(inbox.stored).toEqual([]);
  });
});

describe("ingest: what happens when bodies are huge (T4)", () => {
  const chunk = Buffer.alloc(64 * 1024, 0x20);
  const signed = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };

  test("25 MB by content length: 413 before a byte of it is sent", async () => {
    const { port } = await start();
    const headers = headersFor("pull_request", opened, { ...signed, "content-length": String(25 * 1024 * 1024) });
    const outgoing = Object.fromEntries(Object.entries(headers).map(([key, value]) => [key, String(value)]));
    const status = await new Promise((resolve, reject) => {
      const options = { host: "127.0.0.1", port, path: WEBHOOK_PATH, method: "POST", headers: outgoing, agent: false };
      const request = httpRequest(options, (response) => {
        resolve(response.statusCode);
        request.destroy();
      });
      request.on("error", reject);
      request.flushHeaders();
    });
    expect(status).toBe(413);
  });

  test("a client that sends 25 MB without looking can still read the 413", async () => {
    const { port } = await start();
    const url = `http://127.0.0.1:${port}${WEBHOOK_PATH}`;
    const answer = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: Buffer.alloc(25 * 1024 * 1024, 0x20),
    });
    expect([answer.status, await answer.text()]).toEqual([413, '{"id":"r-1"}']);
  });

  test("chunked without end: 413 past the cap, and the connection is cut", async () => {
    const { app, port, inbox } = await start();
    const socket = connect(port, "127.0.0.1");
    const head = Object.entries(without(headersFor("pull_request", opened, signed), "content-length"));
    socket.write(`POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n`);
    socket.write(`${head.map(([key, value]) => `${key}: ${value}\r\n`).join("")}\r\n`);
    let text = "";
    socket.on("data", (data) => (text += data)).on("error", () => {});
    const closed = new Promise((resolve) => socket.on("close", resolve));
    const pump = setInterval(() => {
      socket.write("10000\r\n");
      socket.write(chunk);
      socket.write("\r\n");
    }, 1);
    await closed;
    clearInterval(pump);
    expect(text).toMatch(/^HTTP\/1\.1 413 /);
    expect(inbox.stored).toEqual([]);
    expect(await new Promise((resolve) => app.server.getConnections((_error, count) => resolve(count)))).toBe(0);
  });

  test("a delivery is taken while sixteen large bodies are being thrown", async () => {
    const { port, inbox } = await start();
    const large = Buffer.alloc(MAX_BODY_BYTES + 1, 0x20);
    const headers = headersFor("pull_request", opened, { ...signed, "content-length": String(large.length) });
    const thrown = Array.from({ length: 16 }, () => post(port, headers, large).catch(() => null));
    expect((await send(port)).status).toBe(202);
    for (const answer of await Promise.all(thrown)) if (answer) expect(answer.status).toBe(413);
    expect(inbox.stored).toHaveLength(1);
  });

  test("the server is made with time-outs that Node enforces each second, and a limit of connections", async () => {
    const { app } = await start();
    const { headersTimeout, requestTimeout, maxConnections } = app.server;
    expect({ headersTimeout, requestTimeout, maxConnections }).toEqual({
      headersTimeout: 10_000,
      requestTimeout: 15_000,
      maxConnections: MAX_CONNECTIONS,
    });
    expect(INGEST_SERVER_OPTIONS.http.connectionsCheckingInterval).toBe(1_000);
  });
});

describe("ingest: what happens when a sender takes its time", () => {
  /** A twentieth of what the server is made with; the order of the two limits is the same. */
  const HASTY = { requestTimeout: 750, http: { headersTimeout: 500, connectionsCheckingInterval: 50 } };
  const headers = headersFor("pull_request", opened);
  const lines = (named: object): string =>
    Object.entries(named)
      .map(([key, value]) => `${key}: ${value}\r\n`)
      .join("");
  const request = `POST ${WEBHOOK_PATH} HTTP/1.1\r\nHost: h\r\n`;
  const chunked = `${lines(without(headers, "content-length"))}transfer-encoding: chunked\r\n\r\n`;

  test.each([
    ["says nothing", "", ""],
    ["drips its headers", request, "x: y\r\n"],
    ["drips its body", `${request}${lines(headers)}\r\n`, " "],
    ["drips chunks", `${request}${chunked}`, "1\r\n \r\n"],
    ["drips what was refused", `${request}${lines({ ...headers, "content-type": "text/plain" })}\r\n`, " "],
  ])("whoever %s: the connection is closed, and nothing is stored", async (_who, first, drop) => {
    const { port, inbox } = await start(undefined, HASTY);
    const socket = connect(port, "127.0.0.1");
    if (first) socket.write(first);
    const drip = drop ? setInterval(() => socket.write(drop), 40) : undefined;
    await new Promise((resolve) =>
      socket
        .on("error", () => {})
        .on("close", resolve)
        .resume(),
    );
    clearInterval(drip);
    expect(inbox.stored).toEqual([]);
  });
});

describe("ingest: what happens to the log under a flood (T5)", () => {
  test("a thousand refusals in one second are one line, and the next says how many were left out", async () => {
    const { port, lines, clock } = await start();
    const forged = { "x-hub-signature-256": `sha256=${"0".repeat(64)}` };
    for (let round = 0; round < 20; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => send(port, opened, forged)));
    expect(lines).toHaveLength(1);
    clock.set("2026-11-23T12:00:01.000Z");
    await send(port, opened, forged);
    expect(lines.map((line) => JSON.parse(line).suppressed_count)).toEqual([0, 999]);
    expect(lines.map((line) => JSON.parse(line).event as LogEvent)).toEqual(["delivery.refused", "delivery.refused"]);
  });

  test("a megabyte that looks like log lines is one line of at most 400 bytes, of valid JSON", async () => {
    const { port, lines } = await start();
    const body = Buffer.from('\n{"level":60,"event":"service.stopped"}\n'.repeat(25_000));
    await send(port, body, { "x-hub-signature-256": undefined, "x-github-delivery": '\t{"level":60}' }).catch(
      () => null,
    );
    const unsigned = without(headersFor("pull_request", body), "x-hub-signature-256");
    await post(port, { ...unsigned, "x-github-delivery": '","level":60,"x":"', "x-github-event": "a\tb" }, body);
    expect(lines).toHaveLength(1);
    expect(lines[0]?.length).toBeLessThanOrEqual(400);
    expect(JSON.parse(lines[0] ?? "")).toMatchObject({ level: 40, event: "delivery.refused", guid: null, status: 401 });
  });

  test("one kind of refusal does not hide another", async () => {
    const { port, lines } = await start();
    await send(port, opened, { "x-hub-signature-256": "none" });
    await send(port, opened, { "content-type": "text/plain" });
    expect(lines.map((line) => JSON.parse(line).reason)).toEqual(["signature_missing", "content_type"]);
  });
});

describe("ingest: what happens when the store fails (T6, F9)", () => {
  test.each([
    ["rejects", () => Promise.reject(new Error("ada-example scored 91 on disk 3"))],
    [
      "throws",
      () => {
        throw new Error("ada-example scored 91 on disk 3");
      },
    ],
  ])("503 and no word of the error, in answer or log, when it %s", async (_how, accept) => {
    const { port, lines } = await start(accept);
    const answer = await send(port);
    expect([answer.status, answer.text]).toEqual([503, '{"id":"r-1"}']);
    expect(JSON.stringify([answer, lines])).not.toMatch(/ada-example|scored|disk 3/);
    expect(lines).toHaveLength(1);
  });

  test("the same delivery is stored when GitHub is asked to send it again", async () => {
    const inbox = new MemoryInbox();
    let down = true;
    const { port } = await start((delivery) => (down ? Promise.reject(new Error("down")) : inbox.accept(delivery)));
    expect((await send(port)).status).toBe(503);
    down = false;
    expect((await send(port)).status).toBe(202);
    expect((await send(port, opened, { "x-github-delivery": OTHER_GUID })).status).toBe(202);
    expect(inbox.stored.map(({ guid }) => guid)).toEqual([GUID, OTHER_GUID]);
  });
});
