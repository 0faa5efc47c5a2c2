import { type ChildProcess, spawn } from "node:child_process";
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
  /** What it wrote, for a failed test to show. */
  readonly output: readonly string[];
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
  readonly aheadMs: number;
}): AppProcess {
  const main = join(resolve(import.meta.dirname, "../.."), "src/main.ts");
  const child = spawn(process.execPath, ["--import", clockAhead(options.aheadMs), main, "serve"], {
    cwd: options.dataDirectory,
    env: environment(options),
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  const gone = once(child, "exit");
  const output: string[] = [];
  child.stderr?.on("data", (chunk) => output.push(String(chunk)));
  return {
    output,
    started: Promise.race([listening(child, output), gone.then(() => null)]),
    async end(signal) {
      child.kill(signal);
      await gone;
    },
    setAhead(ms) {
      child.send(ms);
    },
  };
}

function listening({ stdout }: ChildProcess, output: string[]): Promise<Addresses> {
  const found = Promise.withResolvers<Addresses>();
  if (stdout === null) throw new Error("the process was started without a pipe");
  createInterface({ input: stdout }).on("line", (line) => {
    output.push(line);
    if (!line.includes('"service.started"')) return;
    const { web, operations } = JSON.parse(line);
    found.resolve({ webUrl: web, operationsUrl: operations });
  });
  return found.promise;
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

const environment = (options: Parameters<typeof startAppProcess>[0]): Record<string, string> => ({
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
