import { execFile } from "node:child_process";
import type { Config, Environment } from "../config.ts";
import { InvalidInput } from "../errors.ts";
import { VARIABLES } from "../variables.ts";
import type { Host } from "./host.ts";

// A token is never an argument, which every process of the machine can read, and no error quotes one.

/** The token in a file that nobody else may read. Throws InvalidInput. */
export function tokenIn(path: string, host: Pick<Host, "readFile">): string {
  const file = host.readFile(path);
  if (file.state === "missing") throw wrong(path, "no such file", "give the path of a file that holds the token alone");
  if (file.state === "unreadable") throw wrong(path, `cannot be read (${file.code})`, "check who may read it");
  if (file.worldReadable) throw wrong(path, "everybody on this machine may read it", "take that away with chmod 600");
  return checked(file.text, path);
}

/**
 * The token that gh would use for this GitHub: of its variables, or what it keeps where it is installed; null when
 * there is none. github.com's variables say nothing to another server, which has no business with that token.
 */
export async function foundToken(
  { github, searchPath }: Pick<Config, "github" | "searchPath">,
  host: Pick<Host, "environment">,
): Promise<string | null> {
  const environment = host.environment();
  const name = variablesFor(github.webUrl, environment).find((candidate) => environment[candidate]);
  if (name !== undefined) return checked(environment[name] ?? "", name);
  const kept = await askGh(new URL(github.webUrl).host, { ...withoutSecrets(environment), PATH: searchPath });
  return kept === null ? null : checked(kept, "gh auth token");
}

const OF_GITHUB = ["GH_TOKEN", "GITHUB_TOKEN"] as const;
const OF_ENTERPRISE = ["GH_ENTERPRISE_TOKEN", "GITHUB_ENTERPRISE_TOKEN"] as const;

/** In a workflow GITHUB_TOKEN is the token of the server that GITHUB_SERVER_URL names. */
function variablesFor(webUrl: string, { GITHUB_SERVER_URL: server }: Environment): readonly string[] {
  if (webUrl === "https://github.com") return server === undefined || server === webUrl ? OF_GITHUB : ["GH_TOKEN"];
  return server === webUrl ? [...OF_ENTERPRISE, "GITHUB_TOKEN"] : OF_ENTERPRISE;
}

const GH_MS = 5_000;

/** Null where gh is not installed, not logged in there, or does not answer. */
const askGh = (hostname: string, env: Environment): Promise<string | null> =>
  new Promise((resolve) => {
    const options = { env: { ...env }, timeout: GH_MS, windowsHide: true };
    execFile("gh", ["auth", "token", "--hostname", hostname], options, (error, stdout) =>
      resolve(error === null && stdout.trim() !== "" ? stdout : null),
    );
  });

/** A program that is started has no business with the App's keys. */
const withoutSecrets = (environment: Environment): Environment =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !SECRETS.has(name)));

const SECRETS: ReadonlySet<string> = new Set(
  Object.entries(VARIABLES).flatMap(([name, { secret }]) => (secret ? [name] : [])),
);

/** GitHub's tokens are one word; anything else would be sent as a broken header. */
function checked(text: string, where: string): string {
  const token = text.trim();
  if (/^[\x21-\x7e]{1,4096}$/.test(token)) return token;
  throw wrong(where, "holds no token", "it must be one word, as GitHub showed it");
}

const wrong = (where: string, what: string, mend: string): InvalidInput => new InvalidInput([{ where, what, mend }]);
