import type { Source } from "./contract.ts";

/** Prefixes of npm's short forms and the hosts they stand for. */
const SHORT_HOSTS: ReadonlyMap<string, string> = new Map([
  ["github", "github.com"],
  ["gitlab", "gitlab.com"],
  ["bitbucket", "bitbucket.org"],
  ["gist", "gist.github.com"],
]);

const GIT_HOST = /^(?:www\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|gist\.github\.com|git\.sr\.ht)$/;
/** Longest address that is read; a longer one is cut before, so that it stays an address of the same host. */
const MAX_SPEC_CHARS = 2_000;

const source = (more: Partial<Source> & Pick<Source, "kind" | "spec">): Source => ({
  host: null,
  owner: null,
  plain: false,
  ...more,
});

/** From the ecosystem's own registry, as far as the file says. */
export const REGISTRY: Source = source({ kind: "registry", spec: "" });
export const WORKSPACE: Source = source({ kind: "workspace", spec: "" });

/**
 * Where a written source leads: an address, a short form of a git host, a path, or, for anything else, the registry.
 * Credentials and line breaks are left out. `git` says that the address is one of a git repository.
 */
export function sourceOf(written: string, as: "git" | "any" = "any"): Source {
  const spec = written.trim().slice(0, MAX_SPEC_CHARS);
  const short = /^(github|gitlab|bitbucket|gist):([^/\s#]+)(?:\/([^\s#]+))?/i.exec(spec);
  if (short) {
    const owner = (short[2] ?? "").toLowerCase();
    return source({ kind: "git", host: SHORT_HOSTS.get((short[1] ?? "").toLowerCase()) ?? null, owner, spec });
  }
  if (/^(?:workspace|catalog):/i.test(spec)) return { ...WORKSPACE, spec };
  if (/^(?:file|link|portal|patch|exec):/i.test(spec) || /^(?:\.{0,2}[/\\]|\.{1,2}$|~\/|[a-z]:[/\\])/i.test(spec))
    return source({ kind: "path", spec });
  const scp = /^(?:git\+)?(?:ssh:\/\/)?[\w.-]+@([\w.-]+):(?!\d+\/)\/?([^/\s]+)\//.exec(spec);
  if (scp) return source({ kind: "git", host: hostOf(scp[1] ?? ""), owner: (scp[2] ?? "").toLowerCase(), spec });
  return addressOf(spec, as) ?? source({ kind: as === "git" ? "git" : "registry", spec });
}

/** An address with a scheme; null for anything else. */
export function addressOf(given: string, as: "git" | "any" = "any"): Source | null {
  const written = given.slice(0, MAX_SPEC_CHARS);
  if (!/^[a-z][a-z0-9+.-]{0,20}:\/\//i.test(written)) return null;
  const isGit = /^(?:git|ssh|hg|svn|bzr)[+:]/i.test(written);
  const bare = written.replace(/^(?:git|hg|svn|bzr|registry|sparse)\+/i, "");
  // A colon in place of the first slash, as in the short form of ssh, is what npm and git put up with.
  const url = URL.parse(bare.replace(/^([a-z]+:\/\/(?:[^/@]*@)?[^/:]+):(?=[^/\d])/i, "$1/"));
  if (url === null || url.hostname === "")
    return source({ kind: as === "git" || isGit ? "git" : "url", spec: written });
  const host = hostOf(url.hostname);
  const [first = "", second = ""] = url.pathname.split("/").filter((part) => part !== "");
  const isCode = host === "codeload.github.com";
  const git = as === "git" || isGit || isCode || /\.git(?:#|$)/.test(bare) || isRepository(host, url.pathname);
  const onGitHost = GIT_HOST.test(host) || isCode || host === "raw.githubusercontent.com";
  const owner = onGitHost || git ? first : host === "api.github.com" && first === "repos" ? second : "";
  return source({
    kind: git ? "git" : "url",
    host,
    owner: owner === "" ? null : owner.toLowerCase(),
    plain: /^(?:http|git|ftp):$/.test(url.protocol),
    spec: `${url.protocol}//${url.host}${url.pathname}${url.hash}`,
  });
}

/** On a git host two parts of a path are a repository, more are something that it serves. */
const isRepository = (host: string, path: string): boolean =>
  GIT_HOST.test(host) && path.split("/").filter((part) => part !== "").length === 2;

const hostOf = (written: string): string =>
  written
    .toLowerCase()
    .replace(/\.$/, "")
    .replace(/^www\./, "");

/** The same source as one of the ecosystem's registry: what an address of a package file on it means. */
export const asRegistry = (found: Source): Source => ({ ...found, kind: "registry" });

/** Whose repository a source is: the host with the account on it. */
export const ownerOf = ({ host, owner }: Source): string => `${host}/${owner}`;

/** A registry's address. */
export const registryAt = (url: string): Source =>
  asRegistry(addressOf(url.trim()) ?? source({ kind: "registry", spec: url.trim() }));

export const gitAt = (url: string): Source => sourceOf(url, "git");
