import { hkdfSync } from "node:crypto";
import { parseEnv } from "node:util";
import { InvalidInput, type Problem } from "./errors.ts";
import { type GitHubAddresses, githubAddresses } from "./github-addresses.ts";
import { type Parsed, privateKey } from "./variable-parsers.ts";
import { REFUSED_VARIABLES, VARIABLES, type VariableName } from "./variables.ts";
import { checkWebhookSecrets } from "./webhook-secrets.ts";

/** Everything an operator can set, checked. Secrets are in here: never log it. */
export interface Config {
  /** Null before the first start: no credentials at all, so only the set-up page can run. */
  readonly app: AppCredentials | null;
  readonly github: GitHubAddresses;
  /** Where programs, which is to say git, are looked for. */
  readonly searchPath: string;
  readonly web: {
    readonly host: string;
    readonly port: number;
    /** Origin without a trailing slash; `http://localhost:PORT` when unset. */
    readonly publicUrl: string;
    readonly trustedProxyHops: number;
    /** Mail or web address; null when the operator gave none. */
    readonly privacyContact: string | null;
  };
  /** For development: where GitHub sends events that are fetched from there; null when it sends them to `publicUrl`. */
  readonly webhookProxyUrl: string | null;
  readonly operations: { readonly host: string; readonly port: number };
  readonly store: { readonly databaseUrl: string | null; readonly dataDirectory: string };
  /** The file of who is told outside the pages, as it was read; null when none is named. */
  readonly notify: { readonly path: string; readonly text: string } | null;
  readonly logLevel: string;
}

export interface AppCredentials {
  readonly id: number;
  /** PEM with line ends. */
  readonly privateKey: string;
  /** Current one first. */
  readonly webhookSecrets: readonly string[];
  readonly clientId: string;
  readonly clientSecret: string;
  readonly sessionSecret: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/** How configuration reads files; `cli/config-files.ts` makes the real one. */
export type ReadFile = (path: string) => FileRead;
export type FileRead =
  | { readonly state: "read"; readonly text: string; readonly worldReadable: boolean }
  | { readonly state: "missing" }
  | { readonly state: "unreadable"; readonly code: string };

/**
 * The process's variables over those of a `.env` file, which may be missing. Throws InvalidInput when the file cannot
 * be read, or holds secrets and everybody on the machine may read it.
 */
export function readEnvironment(path: string, readFile: ReadFile): Environment {
  const file = readFile(path);
  if (file.state === "missing") return process.env;
  if (file.state === "unreadable")
    throw new InvalidInput([{ where: path, what: `cannot be read (${file.code})`, mend: "check who may read it" }]);
  const values = parseEnv(file.text);
  const holdsSecret = Object.entries(VARIABLES).some(([name, { secret }]) => secret && values[name]);
  if (holdsSecret && file.worldReadable) throw new InvalidInput([worldReadable(path)]);
  return { ...values, ...process.env };
}

/** The process's own variables, for what must be known before anything is read. */
export const processEnvironment = (): Environment => process.env;

/**
 * What is wrong with what we believe of the proxies in front of us; null when nothing is. We speak no TLS ourselves, so
 * https means a proxy; a request that says it was `forwarded` may have made that up.
 */
export function proxyProblem({ publicUrl, trustedProxyHops }: Config["web"], forwarded = false): Problem | null {
  const https = publicUrl.startsWith("https:");
  if (trustedProxyHops > 0 || !(https || forwarded)) return null;
  const why = https ? "although PUBLIC_URL is https" : "although a request came with X-Forwarded-For or Forwarded";
  const mend = "set it to the number of proxies in front of Sallyport, usually 1; each has to add X-Forwarded-For";
  return {
    where: "TRUSTED_PROXY_HOPS",
    what: `is 0 ${why}: behind a proxy all people together have the 20 sign-ins a minute of its one address`,
    mend: https ? mend : `${mend}. Where no proxy stands, somebody made that header up, and nothing is wrong`,
  };
}

/** True from the first credential on; false means a first start. */
export function hasCredentials(env: Environment): boolean {
  return Boolean(env.APP_ID || env.PRIVATE_KEY || env.PRIVATE_KEY_PATH);
}

/** The configuration; throws InvalidInput with every problem at once. Problems never quote a value. */
export function readConfig(env: Environment, readFile: ReadFile): Config {
  const problems: Problem[] = refusedVariables(env);
  const read = reader(env, problems);
  const config: Config = {
    app: hasCredentials(env) ? credentials(read, readFile, problems) : null,
    github: githubAddresses(read("GHE_HOST"), read("GHE_PROTOCOL") ?? "https", problems),
    web: {
      host: read("HOST") ?? "",
      port: read("PORT") ?? 0,
      publicUrl: read("PUBLIC_URL") ?? `http://localhost:${read("PORT")}`,
      trustedProxyHops: read("TRUSTED_PROXY_HOPS") ?? 0,
      privacyContact: read("PRIVACY_CONTACT"),
    },
    webhookProxyUrl: webhookProxy(env, read, problems),
    operations: { host: read("OPERATIONS_HOST") ?? "", port: read("OPERATIONS_PORT") ?? 0 },
    store: { databaseUrl: read("DATABASE_URL"), dataDirectory: read("DATA_DIR") ?? "" },
    notify: notifyFile(read, readFile, problems),
    logLevel: read("LOG_LEVEL") ?? "",
    searchPath: env.PATH ?? "",
  };
  if (problems.length > 0) throw new InvalidInput(distinct(problems));
  return config;
}

type ValueOf<Name extends VariableName> =
  Extract<ReturnType<(typeof VARIABLES)[Name]["parse"]>, { ok: true }> extends { readonly value: infer Value }
    ? Value
    : never;
type Read = <Name extends VariableName>(name: Name) => ValueOf<Name> | null;

/** Reads by the table; null for what is unset without a fallback, and for what went to `problems`. */
function reader(env: Environment, problems: Problem[]): Read {
  return <Name extends VariableName>(name: Name) => {
    const text = env[name] || VARIABLES[name].fallback;
    if (text === null) return null;
    // The table's entry of a name parses to that name's type; TypeScript cannot follow the index.
    const parsed = VARIABLES[name].parse(text) as Parsed<ValueOf<Name>>;
    if (parsed.ok) return parsed.value;
    problems.push({ where: name, what: parsed.what, mend: parsed.mend });
    return null;
  };
}

function credentials(read: Read, readFile: ReadFile, problems: Problem[]): AppCredentials {
  const required = (name: "WEBHOOK_SECRET" | "GITHUB_CLIENT_ID" | "GITHUB_CLIENT_SECRET"): string => {
    const value = read(name);
    if (value === null) problems.push({ where: name, what: "not set", mend: "copy it from the App's settings page" });
    return value ?? "";
  };
  const id = read("APP_ID");
  if (id === null) problems.push({ where: "APP_ID", what: "not set", mend: "copy it from the App's settings page" });
  const key = keyFrom(read, readFile, problems);
  const webhookSecret = required("WEBHOOK_SECRET");
  const previous = read("WEBHOOK_SECRET_PREVIOUS");
  problems.push(...weakSecret("WEBHOOK_SECRET", webhookSecret), ...weakSecret("WEBHOOK_SECRET_PREVIOUS", previous));
  return {
    id: id ?? 0,
    privateKey: key,
    webhookSecrets: previous === null ? [webhookSecret] : [webhookSecret, previous],
    clientId: required("GITHUB_CLIENT_ID"),
    clientSecret: required("GITHUB_CLIENT_SECRET"),
    sessionSecret: read("SESSION_SECRET") ?? derivedSessionSecret(key),
  };
}

const weakSecret = (where: VariableName, secret: string | null): readonly Problem[] =>
  secret === null ? [] : checkWebhookSecrets([secret]).map(({ what, mend }) => ({ where, what, mend }));

function keyFrom(read: Read, readFile: ReadFile, problems: Problem[]): string {
  const given = read("PRIVATE_KEY");
  const path = read("PRIVATE_KEY_PATH");
  if (given !== null || path === null) {
    if (given === null)
      problems.push({ where: "PRIVATE_KEY", what: "not set", mend: "give the App's private key, or PRIVATE_KEY_PATH" });
    return given ?? "";
  }
  const where = "PRIVATE_KEY_PATH";
  const text = secretFile(
    { where, path, mend: "give the path of the key that GitHub let you download" },
    readFile,
    problems,
  );
  if (text === null) return "";
  const parsed = privateKey(text);
  if (!parsed.ok) problems.push({ where, what: parsed.what, mend: parsed.mend });
  return parsed.ok ? parsed.value : "";
}

function notifyFile(read: Read, readFile: ReadFile, problems: Problem[]): Config["notify"] {
  const path = read("NOTIFY_FILE");
  if (path === null) return null;
  const text = secretFile(
    { where: "NOTIFY_FILE", path, mend: "give the path of such a file, or unset it" },
    readFile,
    problems,
  );
  return text === null ? null : { path, text };
}

/** The text of a file that holds secrets; null, with the problem, when it cannot be read. */
function secretFile(
  { where, path, mend }: { readonly where: VariableName; readonly path: string; readonly mend: string },
  readFile: ReadFile,
  problems: Problem[],
): string | null {
  const file = readFile(path);
  if (file.state !== "read") {
    const what = file.state === "missing" ? "no such file" : `cannot be read (${file.code})`;
    problems.push({ where, what, mend });
    return null;
  }
  if (file.worldReadable) problems.push(worldReadable(where));
  return file.text;
}

/** One secret less to keep, and equal on every machine; a new private key ends all sessions, which is as it should be. */
function derivedSessionSecret(key: string): string {
  return Buffer.from(hkdfSync("sha256", key, "", "sallyport.session/1", 32)).toString("hex");
}

function webhookProxy(env: Environment, read: Read, problems: Problem[]): string | null {
  const channel = read("WEBHOOK_PROXY_URL");
  if (channel !== null && env.NODE_ENV === "production") {
    const what = "set in production: deliveries would pass through a third party's server";
    problems.push({ where: "WEBHOOK_PROXY_URL", what, mend: "unset it, and let GitHub send them to PUBLIC_URL" });
  }
  return channel;
}

const refusedVariables = (env: Environment): Problem[] =>
  Object.entries(REFUSED_VARIABLES)
    .filter(([name]) => env[name])
    .map(([where, what]) => ({ where, what, mend: "unset it" }));

const worldReadable = (where: string): Problem => ({
  where,
  what: "everybody on this machine may read it",
  mend: "take that away with chmod 600",
});

/** One problem per variable: what is malformed need not be called missing as well. */
const distinct = (problems: readonly Problem[]): readonly Problem[] =>
  problems.filter((problem, index) => problems.findIndex(({ where }) => where === problem.where) === index);
