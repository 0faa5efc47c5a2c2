import { isIP } from "node:net";

/**
 * Why GitHub cannot send anything to an address, as far as the address itself tells (no name is looked up); null when it
 * may well. A GitHub server of one's own stands in one's own network: only what means "this machine" is out of its reach,
 * and nothing when it runs here itself. Both are origins.
 */
export function outOfReach(publicUrl: string, githubUrl: string): string | null {
  const [ours, theirs] = [new URL(publicUrl), new URL(githubUrl)];
  const host = bare(ours.hostname);
  if (isThisMachine(host)) return isThisMachine(bare(theirs.hostname)) ? null : "it means this machine";
  if (!/(^|\.)(github|ghe)\.com$/.test(theirs.hostname)) return null;
  if (ours.protocol !== "https:") return "it is not https";
  if (isIP(host) !== 0) return isPrivateAddress(host) ? "it is an address of a private network" : null;
  return isPrivateName(host) ? "it is a name that the internet does not know" : null;
}

/** A host without the dot at its end, or the brackets around IPv6. */
const bare = (hostname: string): string => hostname.replace(/^\[|\]$|\.$/g, "").toLowerCase();

const isThisMachine = (host: string): boolean =>
  /^(localhost|.*\.localhost|127\.[\d.]+|0\.0\.0\.0|::1?|::ffff:7f.*)$/.test(host);

/** RFC 1918, shared and link-local IPv4, unique local and link-local IPv6; `URL` has written all of them one way. */
const isPrivateAddress = (host: string): boolean =>
  /^(10\.|192\.168\.|172\.(1[6-9]|2\d|3[01])\.|169\.254\.|100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\.|f[cd][\da-f]{2}:|fe[89ab][\da-f]:)/.test(
    host,
  );

/** Names without a dot, and the ends that are set aside for networks at home and at work, for examples and for tests. */
const isPrivateName = (host: string): boolean =>
  !host.includes(".") || /\.(local|internal|lan|home|corp|home\.arpa|test|invalid|example)$/.test(host);
