import { Buffer } from "node:buffer";
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/**
 * The floor that ingest is measured against: node:http, HMAC over the body, JSON.parse, 202. Nothing is validated,
 * nothing is kept. Run as a child process with the secret as its argument; sends its port to the parent.
 */
const secret = process.argv[2] ?? "";

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.on("end", () => {
    const body = Buffer.concat(chunks);
    const given = Buffer.from(String(request.headers["x-hub-signature-256"]).slice("sha256=".length), "hex");
    const computed = createHmac("sha256", secret).update(body).digest();
    const genuine = given.length === computed.length && timingSafeEqual(given, computed);
    if (genuine) JSON.parse(body.toString("utf8"));
    response.writeHead(genuine ? 202 : 401, { "content-length": 2, "content-type": "application/json" }).end("{}");
  });
});
server.listen(0, "127.0.0.1", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("disconnect", () => process.exit(0));
