import type { AccessSnapshot } from "../grant.ts";
import type { RepositoryKey } from "../keys.ts";
import type { Can, ReachEdge } from "./edge.ts";

/**
 * Whether an edge leads to where a repository publishes, by what is known of that: a secret or an environment that is
 * called after it, or a workflow that publishes and waits for nobody. Whoever would have to change an environment first
 * is not on it.
 */
export function onReleasePath({ actions = [] }: AccessSnapshot): (edge: ReachEdge) => boolean {
  const publishing = new Set<RepositoryKey>(
    actions.flatMap(({ repository, publishes }) => (publishes === true ? [repository] : [])),
  );
  // One secret is an edge for everybody who writes.
  const told = new Map<string, boolean>();
  const publishes = (target: string): boolean => {
    const known = told.get(target) ?? target.split("/").some(publishesByName);
    told.set(target, known);
    return known;
  };
  return ({ can, reason, target, repository }) =>
    can === "read_secret"
      ? reason !== "admin" && target !== null && publishes(target)
      : AS_REPOSITORY.has(can) && publishing.has(repository);
}

/** What a publishing workflow is started by, or has for its proof. */
const AS_REPOSITORY: ReadonlySet<Can> = new Set<Can>(["mint_oidc", "publish_package", "create_tag"]);

/** Whether a secret or an environment is called after a registry, a release or the key that signs one. */
export function publishesByName(name: string): boolean {
  const words = name.toLowerCase().split(/[^a-z0-9]+/);
  return words.some((word) => PUBLISHING.has(word)) && !words.some((word) => ELSEWHERE.has(word));
}

const PUBLISHING: ReadonlySet<string> = new Set([
  ...["npm", "npmjs", "jsr", "pypi", "twine", "conda", "anaconda", "crates", "cargo", "rubygems", "gem", "nuget"],
  ...["maven", "ossrh", "sonatype", "clojars", "packagist", "hex", "cocoapods", "pub", "vsce", "ovsx", "marketplace"],
  ...["docker", "dockerhub", "ghcr", "quay", "chocolatey", "snapcraft", "homebrew", "winget", "flathub"],
  ...["gpg", "pgp", "cosign", "codesign", "signing", "release", "releases", "releasing", "publish", "publishing"],
]);

/** Of a secret that only reads or names something, and of places where nothing is for others. */
const ELSEWHERE: ReadonlySet<string> = new Set([
  ...["test", "testing", "testpypi", "staging", "stage", "dev", "development", "sandbox", "read", "readonly", "pull"],
  ...["user", "username", "email", "url", "host", "registry", "id", "cache"],
]);
