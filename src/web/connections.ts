import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";

/** Below `MAX_CONNECTIONS`: from here on the oldest that waits for its sender makes room for a new one. */
const CROWDED = 480;
/** Connections of one address that have not sent a whole request yet. Honest ones send it within milliseconds. */
const MAX_NEW_OF_ADDRESS = 64;
/** Pages being answered at once; deliveries keep the rest. */
export const MAX_PAGES = 256;

export interface Connections {
  /** True when as many pages as may be are being answered; the caller then answers at once, without work. */
  tooManyPages(): boolean;
}

/**
 * Watches over a server's connections, so that those who send nothing, or half of something, shut nobody out: of the
 * connections that wait for their sender the oldest is dropped first, one that never sent a whole request before one
 * that rests between two.
 * @param isPage tells pages from deliveries
 */
export function watchConnections(server: Server, isPage: (request: IncomingMessage) => boolean): Connections {
  /** Never sent a whole request, and rest between two: both oldest first. */
  const fresh = new Set<Socket>();
  const resting = new Set<Socket>();
  const all = new Set<Socket>();
  let pageCount = 0;

  server.on("connection", (socket: Socket) => {
    all.add(socket);
    fresh.add(socket);
    socket.once("close", () => {
      for (const set of [all, fresh, resting]) set.delete(socket);
    });
    const ofAddress = [...fresh].filter(({ remoteAddress }) => remoteAddress === socket.remoteAddress);
    if (ofAddress.length > MAX_NEW_OF_ADDRESS) drop(ofAddress[0]);
    if (all.size > CROWDED) drop([...fresh, ...resting].find((one) => one !== socket));
  });

  server.on("request", (request: IncomingMessage, response: ServerResponse) => {
    const { socket } = request;
    const whole = (): void => {
      fresh.delete(socket);
      resting.delete(socket);
    };
    if (hasBody(request)) request.once("end", whole);
    else whole();
    const page = isPage(request);
    if (page) pageCount += 1;
    response.once("close", () => {
      if (page) pageCount -= 1;
      if (!socket.destroyed && !fresh.has(socket)) resting.add(socket);
    });
  });

  /** Forgotten at once: the event of its end comes later. */
  function drop(socket: Socket | undefined): void {
    if (socket === undefined) return;
    for (const set of [all, fresh, resting]) set.delete(socket);
    socket.destroy();
  }

  return { tooManyPages: () => pageCount >= MAX_PAGES };
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
