import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { generateKeyPairSync, randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

export interface StartFigures {
  readonly freshSeconds: number;
  readonly existingSeconds: number;
  readonly idleMiB: number;
}

const IDLE_MS = 8_000;
const GIVE_UP_MS = 60_000;
const root = resolve(import.meta.dirname, "..");

/** Builds the package, and starts its `serve` twice on one database, from nothing and again; memory is read when it has been idle. */
export async function benchStart(databaseUrl: string | null): Promise<StartFigures> {
  execFileSync(process.execPath, [join(root, "tools/build-package.ts")], { stdio: "inherit" });
  const directory = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  const fresh = await start(directory, databaseUrl);
  await stop(fresh.child);
  const existing = await start(directory, databaseUrl);
  await pause(IDLE_MS);
  const idleMiB = residentMiB(existing.child.pid ?? 0);
  await stop(existing.child);
  rmSync(directory, { recursive: true });
  return { freshSeconds: fresh.seconds, existingSeconds: existing.seconds, idleMiB };
}

async function start(directory: string, databaseUrl: string | null): Promise<{ child: ChildProcess; seconds: number }> {
  const begun = performance.now();
  const child = spawn(process.execPath, [join(root, "dist/main.js"), "serve"], {
    cwd: directory,
    env: environment(directory, databaseUrl),
    stdio: ["ignore", "pipe", "inherit"],
  });
  const giveUp = setTimeout(() => child.kill("SIGKILL"), GIVE_UP_MS);
  for await (const line of createInterface({ input: child.stdout })) {
    if (line.includes('"service.started"')) break;
  }
  clearTimeout(giveUp);
  child.stdout.resume();
  if (child.exitCode !== null || child.signalCode !== null) throw new Error("serve ended before it had started");
  return { child, seconds: (performance.now() - begun) / 1_000 };
}

async function stop(child: ChildProcess): Promise<void> {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  await ended;
}

let key: string | null = null;

function environment(directory: string, databaseUrl: string | null): NodeJS.ProcessEnv {
  key ??= generateKeyPairSync("rsa", { modulusLength: 2_048 })
    .privateKey.export({ type: "pkcs1", format: "pem" })
    .toString();
  return {
    PATH: process.env.PATH,
    APP_ID: "1",
    PRIVATE_KEY: key,
    WEBHOOK_SECRET: randomBytes(32).toString("hex"),
    GITHUB_CLIENT_ID: "Iv1.bench",
    GITHUB_CLIENT_SECRET: randomBytes(20).toString("hex"),
    // Nobody listens there: what is measured is our own start, not GitHub's answer.
    GHE_HOST: "127.0.0.1:9",
    GHE_PROTOCOL: "http",
    PORT: "0",
    OPERATIONS_PORT: "0",
    DATA_DIR: join(directory, "data"),
    ...(databaseUrl === null ? {} : { DATABASE_URL: databaseUrl }),
  };
}

function residentMiB(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1] ?? 0) / 1_024;
}
