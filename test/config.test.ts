import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import {
  type Environment,
  type FileRead,
  hasCredentials,
  proxyProblem,
  readConfig,
  readEnvironment,
} from "../src/config.ts";
import { InvalidInput } from "../src/errors.ts";
import { VARIABLES } from "../src/variables.ts";
import { environmentExample, referenceFiles } from "../tools/generate-references.ts";
import { expect, test } from "./support/jest.ts";

const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const PEM = privateKey.export({ type: "pkcs1", format: "pem" }).toString();
const PKCS8 = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const SECRET = "9f2c41d7e8b06a53c4d1f7a2b9e08c635d14a7f0";

const APP: Environment = {
  APP_ID: "4711",
  PRIVATE_KEY: PEM,
  WEBHOOK_SECRET: SECRET,
  GITHUB_CLIENT_ID: "Iv1.example",
  GITHUB_CLIENT_SECRET: "client-secret-of-the-app",
};

const missing = (): FileRead => ({ state: "missing" });
const file =
  (text: string, worldReadable = false) =>
  (): FileRead => ({ state: "read", text, worldReadable });

function problems(run: () => unknown): readonly string[] {
  try {
    run();
  } catch (error) {
    if (error instanceof InvalidInput) return error.problems.map(({ where, what }) => `${where}: ${what}`);
    throw error;
  }
  return [];
}

test("readConfig: has an answer for everything and no credentials when nothing is set", () => {
  expect(readConfig({}, missing)).toEqual({
    app: null,
    github: {
      webUrl: "https://github.com",
      apiUrl: "https://api.github.com",
      graphqlUrl: "https://api.github.com/graphql",
    },
    web: {
      host: "127.0.0.1",
      port: 3000,
      publicUrl: "http://localhost:3000",
      trustedProxyHops: 0,
      privacyContact: null,
    },
    webhookProxyUrl: null,
    operations: { host: "127.0.0.1", port: 9464 },
    store: { databaseUrl: null, dataDirectory: ".data" },
    notify: null,
    logLevel: "info",
    searchPath: "",
  });
  expect(readConfig({ PORT: "", LOG_LEVEL: "" }, missing)).toEqual(readConfig({}, missing));
});

test("readConfig: reads the file of who is told, and refuses one that everybody may read", () => {
  const named = { NOTIFY_FILE: "notify.yml" };
  expect(readConfig(named, file("destinations: []")).notify).toEqual({ path: "notify.yml", text: "destinations: []" });
  expect(problems(() => readConfig(named, missing))).toEqual(["NOTIFY_FILE: no such file"]);
  expect(problems(() => readConfig(named, file("", true)))).toEqual([
    "NOTIFY_FILE: everybody on this machine may read it",
  ]);
});

test("readConfig: takes a mail or web address for questions about what is stored, and nothing else", () => {
  for (const contact of ["privacy@example.org", "https://example.org/privacy"])
    expect(readConfig({ PRIVACY_CONTACT: contact }, missing).web.privacyContact).toBe(contact);
  for (const contact of ["ask us", "javascript:alert(1)", "a@b@c", "https://"])
    expect(problems(() => readConfig({ PRIVACY_CONTACT: contact }, missing))).toEqual([
      "PRIVACY_CONTACT: neither a mail nor a web address",
    ]);
});

test("readConfig: gives the credentials when they are all there", () => {
  expect(readConfig({ ...APP, WEBHOOK_SECRET_PREVIOUS: `${SECRET}0` }, missing).app).toMatchObject({
    id: 4711,
    privateKey: PEM,
    webhookSecrets: [SECRET, `${SECRET}0`],
    clientId: "Iv1.example",
    clientSecret: "client-secret-of-the-app",
  });
});

test.each([
  ["several lines", PEM],
  ["\\n for line ends", PEM.replaceAll("\n", "\\n")],
  ["base64", Buffer.from(PEM).toString("base64")],
  ["carriage returns around it", `\r\n${PEM}\r\n`],
])("readConfig: takes the private key when it comes with %s", (_, PRIVATE_KEY) => {
  expect(readConfig({ ...APP, PRIVATE_KEY }, missing).app?.privateKey).toBe(PEM);
});

test("readConfig: takes the private key from a file, PKCS#8 too", () => {
  const env = { ...APP, PRIVATE_KEY: "", PRIVATE_KEY_PATH: "app.pem" };
  expect(readConfig(env, file(PKCS8)).app?.privateKey).toBe(PKCS8);
});

test.each<[string, Environment, () => FileRead, string]>([
  [
    "everybody may read it",
    { PRIVATE_KEY_PATH: "k" },
    file(PEM, true),
    "PRIVATE_KEY_PATH: everybody on this machine may read it",
  ],
  ["there is none", { PRIVATE_KEY_PATH: "k" }, missing, "PRIVATE_KEY_PATH: no such file"],
  [
    "it may not be read",
    { PRIVATE_KEY_PATH: "k" },
    () => ({ state: "unreadable", code: "EACCES" }),
    "PRIVATE_KEY_PATH: cannot be read (EACCES)",
  ],
  ["it holds something else", { PRIVATE_KEY_PATH: "k" }, file("hello"), "PRIVATE_KEY_PATH: not a private key in PEM"],
  ["neither form is given", {}, missing, "PRIVATE_KEY: not set"],
  ["the text is no key", { PRIVATE_KEY: "aGVsbG8=" }, missing, "PRIVATE_KEY: not a private key in PEM"],
  ["the key is cut off", { PRIVATE_KEY: PEM.slice(0, 400) }, missing, "PRIVATE_KEY: not a private key in PEM"],
])("readConfig: refuses the private key when %s", (_, given, readFile, expected) => {
  expect(problems(() => readConfig({ ...APP, PRIVATE_KEY: "", ...given }, readFile))).toEqual([expected]);
});

test("readConfig: lists every problem at once, one per variable, and quotes no value", () => {
  const env = {
    APP_ID: "hunter2",
    WEBHOOK_SECRET: "development",
    PORT: "99999",
    LOG_LEVEL: "chatty",
    PUBLIC_URL: "http://sallyport.example",
    GHE_HOST: "ghe.example",
    GHE_PROTOCOL: "http",
    DATABASE_URL: "mysql://root:hunter2@db/x",
    SESSION_SECRET: "hunter2",
    REDIS_URL: "redis://hunter2",
  };
  const found = problems(() => readConfig(env, missing));
  expect(found.map((line) => line.split(":")[0])).toEqual([
    "REDIS_URL",
    "APP_ID",
    "PRIVATE_KEY",
    "WEBHOOK_SECRET",
    "GITHUB_CLIENT_ID",
    "GITHUB_CLIENT_SECRET",
    "SESSION_SECRET",
    "GHE_PROTOCOL",
    "PORT",
    "PUBLIC_URL",
    "DATABASE_URL",
    "LOG_LEVEL",
  ]);
  expect(found.join()).not.toContain("hunter2");
});

test.each(["development", "changeme", SECRET.slice(0, 31), "a".repeat(64)])(
  "readConfig: refuses to start when a webhook secret is %j",
  (secret) => {
    expect(problems(() => readConfig({ ...APP, WEBHOOK_SECRET: secret }, missing))).toHaveLength(1);
    const rotating = { ...APP, WEBHOOK_SECRET_PREVIOUS: secret };
    expect(problems(() => readConfig(rotating, missing))[0]).toMatch(/^WEBHOOK_SECRET_PREVIOUS: /);
  },
);

test("readConfig: takes events from a channel in development, and refuses it in production", () => {
  const WEBHOOK_PROXY_URL = "https://smee.io/AbCdEf";
  expect(readConfig({ WEBHOOK_PROXY_URL }, missing).webhookProxyUrl).toBe(WEBHOOK_PROXY_URL);
  expect(problems(() => readConfig({ WEBHOOK_PROXY_URL, NODE_ENV: "production" }, missing))).toEqual([
    "WEBHOOK_PROXY_URL: set in production: deliveries would pass through a third party's server",
  ]);
  expect(problems(() => readConfig({ WEBHOOK_PROXY_URL: "http://smee.io/AbCdEf" }, missing))).toEqual([
    "WEBHOOK_PROXY_URL: not an https URL",
  ]);
});

test.each(["REDIS_URL", "SENTRY_DSN"])("readConfig: refuses %s and says why", (name) => {
  expect(problems(() => readConfig({ [name]: "x" }, missing))).toEqual([expect.stringMatching(`^${name}: .{40}`)]);
});

test.each([
  ["https://sallyport.example", "https://sallyport.example"],
  ["https://sallyport.example/", "https://sallyport.example"],
  ["http://localhost:3000", "http://localhost:3000"],
  ["http://127.0.0.1:3000", "http://127.0.0.1:3000"],
  ["http://[::1]:3000", "http://[::1]:3000"],
  ["http://localhost.evil.example", null],
  ["https://sallyport.example/app", null],
  ["https://user@sallyport.example", null],
  ["javascript:alert(1)", null],
  ["sallyport.example", null],
])("readConfig: reads the public address %j as %j", (PUBLIC_URL, expected) => {
  if (expected === null) expect(problems(() => readConfig({ PUBLIC_URL }, missing))).toHaveLength(1);
  else expect(readConfig({ PUBLIC_URL }, missing).web.publicUrl).toBe(expected);
});

test("readConfig: asks an enterprise with data residency at the address of its API, whichever of its hosts is given", () => {
  for (const host of ["octo.ghe.com", "OCTO.ghe.com", "api.octo.ghe.com"])
    expect(readConfig({ GHE_HOST: host }, missing).github).toEqual({
      webUrl: "https://octo.ghe.com",
      apiUrl: "https://api.octo.ghe.com",
      graphqlUrl: "https://api.octo.ghe.com/graphql",
    });
  expect(problems(() => readConfig({ GHE_HOST: "octo.ghe.com", GHE_PROTOCOL: "http" }, missing))).toEqual([
    "GHE_PROTOCOL: http to another machine",
  ]);
  expect(readConfig({ GHE_HOST: "ghe.com.example" }, missing).github.apiUrl).toBe("https://ghe.com.example/api/v3");
});

test("readConfig: follows GHE_HOST, and lets only this machine be reached without TLS", () => {
  expect(readConfig({ GHE_HOST: "ghe.example" }, missing).github).toEqual({
    webUrl: "https://ghe.example",
    apiUrl: "https://ghe.example/api/v3",
    graphqlUrl: "https://ghe.example/api/graphql",
  });
  expect(readConfig({ GHE_HOST: "127.0.0.1:4000", GHE_PROTOCOL: "http" }, missing).github.webUrl).toBe(
    "http://127.0.0.1:4000",
  );
  expect(problems(() => readConfig({ GHE_HOST: "https://ghe.example/x" }, missing))).toEqual(["GHE_HOST: not a host"]);
});

test.each(["-1", "65536", "3000.5", "0x10", "1e3", " 80", "80 "])("readConfig: takes no port when it is %j", (PORT) => {
  expect(problems(() => readConfig({ PORT }, missing))).toEqual(["PORT: not such a number"]);
});

test("readConfig: derives one and the same session secret from the private key until one is set", () => {
  const derived = readConfig(APP, missing).app?.sessionSecret;
  expect(derived).toMatch(/^[0-9a-f]{64}$/);
  expect(readConfig(APP, missing).app?.sessionSecret).toBe(derived);
  expect(readConfig({ ...APP, PRIVATE_KEY: PKCS8 }, missing).app?.sessionSecret).not.toBe(derived);
  expect(readConfig({ ...APP, SESSION_SECRET: SECRET }, missing).app?.sessionSecret).toBe(SECRET);
});

test("hasCredentials: is true from the first credential on", () => {
  expect(
    [{}, { APP_ID: "" }, { WEBHOOK_SECRET: SECRET }, { APP_ID: "1" }, { PRIVATE_KEY_PATH: "k" }].map(hasCredentials),
  ).toEqual([false, false, false, true, true]);
});

test("readEnvironment: lets the process win over the file", () => {
  const env = readEnvironment(".env", file("PATH=from-file\nSALLYPORT_TEST_ONLY='a b'\n"));
  expect(env.SALLYPORT_TEST_ONLY).toBe("a b");
  expect(env.PATH).not.toBe("from-file");
});

test("readEnvironment: refuses a .env that everybody may read only when a secret is in it", () => {
  expect(problems(() => readEnvironment(".env", file(`WEBHOOK_SECRET=${SECRET}\n`, true)))).toEqual([
    ".env: everybody on this machine may read it",
  ]);
  expect(problems(() => readEnvironment(".env", file("PORT=3000\nWEBHOOK_SECRET=\n", true)))).toEqual([]);
});

test("readEnvironment: goes on without a file, and says so when it may not read one", () => {
  expect(readEnvironment(".env", missing).PATH).toBeDefined();
  expect(problems(() => readEnvironment(".env", () => ({ state: "unreadable", code: "EACCES" })))).toEqual([
    ".env: cannot be read (EACCES)",
  ]);
});

test("references: .env.example and docs/policy.md say what the code says", () => {
  for (const { path, text } of referenceFiles())
    expect([path, readFileSync(path, "utf8") === text]).toEqual([path, true]);
});

test("references: .env.example has every variable once, and the one of Compose, and sets none", () => {
  const names = [...environmentExample().matchAll(/^#([A-Z_]+)=/gm)].map(([, name]) => name);
  expect([...names].sort()).toEqual([...Object.keys(VARIABLES), "POSTGRES_PASSWORD"].sort());
  expect(environmentExample()).not.toMatch(/^[^#\n]/m);
});

test.each([
  ["https://sallyport.example", 0, "TRUSTED_PROXY_HOPS"],
  ["https://sallyport.example", 1, undefined],
  ["http://localhost:3000", 0, undefined],
])("proxies: %s behind %i trusted ones", (publicUrl, trustedProxyHops, where) => {
  const web = { host: "", port: 3000, publicUrl, trustedProxyHops, privacyContact: null };
  expect(proxyProblem(web)?.where).toBe(where);
});
