import type { Problem } from "./errors.ts";
import { isLoopback } from "./variable-parsers.ts";

/** Origins and API roots without a trailing slash. */
export interface GitHubAddresses {
  readonly webUrl: string;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
}

/** Those of github.com, or of the host of an enterprise; what is wrong with that host goes to `problems`. */
export function githubAddresses(host: string | null, protocol: string, problems: Problem[]): GitHubAddresses {
  if (host === null) return { webUrl: "https://github.com", ...withApiAt("https://api.github.com") };
  if (protocol === "http" && !isLoopback(host))
    problems.push({ where: "GHE_PROTOCOL", what: "http to another machine", mend: "write https" });
  // An enterprise with data residency has its API at an address of its own, as github.com has, and not below its pages.
  const [, residence] = /^(?:api\.)?([\w-]+\.ghe\.com)$/.exec(host.toLowerCase()) ?? [];
  if (residence !== undefined) return { webUrl: `https://${residence}`, ...withApiAt(`https://api.${residence}`) };
  const webUrl = `${protocol}://${host}`;
  return { webUrl, apiUrl: `${webUrl}/api/v3`, graphqlUrl: `${webUrl}/api/graphql` };
}

const withApiAt = (apiUrl: string) => ({ apiUrl, graphqlUrl: `${apiUrl}/graphql` });
