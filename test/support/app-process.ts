import { spawn } from "node:child_process";
import { once } from "node:events";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { CLIENT_ID, CLIENT_SECRET, key, PUBLIC_URL, WEBHOOK_SECRET } from "./running-app.ts";

/** Where a process that has started listens. */
export interface Addresses {
  readonly webUrl: string;
  readonly operationsUrl: string;
}

export interface AppProcess {
  /** Resolves when it listens; null when it ended before. */
  readonly started: Promise<Addresses | null>;
  /** Resolves to its exit code when it is gone; null when a signal ended it. */
  readonly ended: Promise<number | null>;
  /** Resolves to the first line with this text on standard output; null when it ended before. */
  printed(text: string): Promise<string | null>;
  /** What it wrote, for a failed test to show. */
  readonly output: readonly string[];
  /** What it wrote to standard error, whole when it has ended. */
  readonly errors: () => string;
  /** Ends it by a signal; resolves when it is gone. */
  end(signal: "SIGKILL" | "SIGTERM"): Promise<void>;
  /** Moves its clock while it runs. */
  setAhead(ms: number): void;
}

/**
 * `sallyport serve` as people start it, on an embedded database on disk. Its clock runs `aheadMs` ahead of the
 * machine's, so that a test need not wait for the leases of a process that was killed: the machine was off that long.
 */
export function startAppProcess(options: {
  readonly appId: number;
  /** Host and port of GitHub. */
  readonly githubHost: string;
  readonly dataDirectory: string;
  readonly aheadMs?: number;
  /** Variables besides the usual ones, or instead of them; null takes one away. */
  readonly variables?: Readonly<Record<string, string | null>>;
  /** Another Node and another way in than the sources with this one. */
  readonly program?: { readonly node: string; readonly main: string };
}): AppProcess {
  const { node, main } = options.program ?? { node: process.execPath, main: SOURCES };
  const child = spawn(node, ["--import", clockAhead(options.aheadMs ?? 0), main, "serve"], {
    cwd: options.dataDirectory,
    env: environment(options),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // "close" comes after all that it wrote was read.
  const ended = once(child, "close").then(([code]: (number | null)[]) => code ?? null);
  const output: string[] = [];
  const errors: string[] = [];
  const waiting = new Set<(line: string) => void>();
  createInterface({ input: child.stdout ?? unpiped() }).on("line", (line) => {
    output.push(line);
    for (const look of waiting) look(line);
  });
  child.stderr?.on("data", (chunk) => {
    output.push(String(chunk));
    errors.push(String(chunk));
  });
  const printed = (text: string): Promise<string | null> => {
    const line = new Promise<string>((resolve) => {
      waiting.add((next) => next.includes(text) && resolve(next));
      const before = output.find((earlier) => earlier.includes(text));
      if (before !== undefined) resolve(before);
    });
    return Promise.race([line, ended.then(() => null)]);
  };
  return {
    output,
    ended,
    printed,
    errors: () => errors.join(""),
    started: printed('"service.started"').then(addressesOf),
    async end(signal) {
      child.kill(signal);
      await ended;
    },
    setAhead(ms) {
      child.send(ms);
    },
  };
}

const SOURCES = join(resolve(import.meta.dirname, "../.."), "src/main.ts");

function unpiped(): never {
  throw new Error("the process was started without a pipe");
}

function addressesOf(line: string | null): Addresses | null {
  if (line === null) return null;
  const { web, operations } = JSON.parse(line);
  return { webUrl: web, operationsUrl: operations };
}

/** A module that moves `Date`; the embedded database reads the time there too. */
const clockAhead = (ms: number): string =>
  `data:text/javascript,${encodeURIComponent(`
    const Real = Date;
    let ahead = ${ms};
    globalThis.Date = class Date extends Real {
      constructor(...given) { super(...(given.length === 0 ? [Real.now() + ahead] : given)); }
      static now() { return Real.now() + ahead; }
    };
    process.on("message", (ms) => { ahead = ms; });
    process.channel?.unref();`)}`;

function environment(options: Parameters<typeof startAppProcess>[0]): Record<string, string> {
  const all = { ...usual(options), ...options.variables };
  return Object.fromEntries(Object.entries(all).flatMap(([name, value]) => (value === null ? [] : [[name, value]])));
}

const usual = (options: Parameters<typeof startAppProcess>[0]): Record<string, string> => ({
  PATH: process.env.PATH ?? "",
  APP_ID: String(options.appId),
  PRIVATE_KEY: key.privateKey,
  WEBHOOK_SECRET,
  GITHUB_CLIENT_ID: CLIENT_ID,
  GITHUB_CLIENT_SECRET: CLIENT_SECRET,
  GHE_HOST: options.githubHost,
  GHE_PROTOCOL: "http",
  PUBLIC_URL,
  PORT: "0",
  OPERATIONS_PORT: "0",
  DATA_DIR: join(options.dataDirectory, "data"),
});
