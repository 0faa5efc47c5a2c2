import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type AppProcess, startAppProcess } from "../support/app-process.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";

/** A port that another program holds. */
let holder: Server;
let taken = "";
const dataDirectory = mkdtempSync(join(tmpdir(), "sallyport-ports-"));
let app: AppProcess;

beforeAll(async () => {
  holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, "127.0.0.1", resolve));
  const address = holder.address();
  taken = String(typeof address === "object" && address ? address.port : 0);
});
afterEach(() => app.end("SIGKILL"));
afterAll(async () => {
  await new Promise((resolve) => holder.close(resolve));
  rmSync(dataDirectory, { recursive: true, force: true });
});

/** Nobody answers as GitHub: what needs it waits. */
function start(variables: Readonly<Record<string, string | null>>): AppProcess {
  app = startAppProcess({ appId: 1, githubHost: "127.0.0.1:9", dataDirectory, variables });
  return app;
}

const NO_CREDENTIALS = {
  APP_ID: null,
  PRIVATE_KEY: null,
  WEBHOOK_SECRET: null,
  GITHUB_CLIENT_ID: null,
  GITHUB_CLIENT_SECRET: null,
};

test.each([
  ["of the pages", "PORT", {}],
  ["of operations", "OPERATIONS_PORT", {}],
  ["of the set-up page", "PORT", NO_CREDENTIALS],
])("a port in use, %s: one line with the way out, and the process ends by itself", async (_, variable, others) => {
  const { ended, errors } = start({ ...others, [variable]: taken });
  expect(await ended).toBe(2);
  expect(errors()).toBe(
    `${variable}: port ${taken} of 127.0.0.1 is in use; end the program that listens there, or set ${variable} to another port\n`,
  );
});

test("a port that is free again: the next start on the same data takes it, and SIGTERM ends it", async () => {
  const { started, ended, output } = start({});
  expect([await started, output]).toEqual([{ webUrl: expect.any(String), operationsUrl: expect.any(String) }, output]);
  void app.end("SIGTERM");
  expect(await ended).toBe(0);
});

test("SIGTERM while the set-up page waits for somebody: it closes, and the process ends", async () => {
  const { ended, printed } = start(NO_CREDENTIALS);
  expect(await printed("No credentials yet")).not.toBe(null);
  void app.end("SIGTERM");
  expect(await ended).toBe(0);
});
