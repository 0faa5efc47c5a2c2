import { createServer, type IncomingHttpHeaders } from "node:http";
import { listening } from "./listening.ts";

export interface Posted {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

export interface WebhookServer {
  /** `http://127.0.0.1:PORT`. */
  readonly url: string;
  readonly posted: readonly Posted[];
  close(): Promise<void>;
}

export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A server that keeps what is posted and answers by the path; null for a path that hangs. */
export async function webhookServer(
  answer: (path: string) => Answer | null = () => ({ status: 204 }),
): Promise<WebhookServer> {
  const posted: Posted[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on("data", (chunk: Buffer) => chunks.push(chunk));
    request.on("end", () => {
      const path = request.url ?? "";
      posted.push({ path, headers: request.headers, body: Buffer.concat(chunks).toString() });
      const said = answer(path);
      if (said) response.writeHead(said.status, said.headers).end("Never read, and never logged.");
    });
  });
  const { port, close } = await listening(server);
  return { url: `http://127.0.0.1:${port}`, posted, close };
}
