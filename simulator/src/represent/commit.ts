import type { Urls } from "../http/request.ts";
import { fullName, repositoryOf } from "../world/lookup.ts";
import type { World } from "../world/world.ts";
import type { Commit, GitPerson } from "../world/world-commit.ts";
import { nullableUser } from "./account.ts";

type View = Readonly<Record<string, unknown>>;

/** A commit as lists show it. `keepOffset` is commit search; everything else in REST answers in UTC. */
export function commitView(urls: Urls, world: World, shown: { commit: Commit; keepOffset: boolean }): View {
  const { commit, keepOffset } = shown;
  const name = fullName(world, repositoryOf(world, commit.repositoryId));
  const url = `${urls.api}/repos/${name}/commits/${commit.sha}`;
  const treeSha = commit.tree ?? commit.sha;
  const tree = { sha: treeSha, url: `${urls.api}/repos/${name}/git/trees/${treeSha}` };
  return {
    url,
    sha: commit.sha,
    node_id: commit.nodeId,
    html_url: `${urls.html}/${name}/commit/${commit.sha}`,
    comments_url: `${url}/comments`,
    commit: {
      url: `${urls.api}/repos/${name}/git/commits/${commit.sha}`,
      author: person(commit.author, keepOffset),
      committer: person(commit.committer, keepOffset),
      message: commit.message,
      comment_count: 0,
      tree,
      verification: verification(commit),
    },
    author: nullableUser(urls, world, commit.author.accountId),
    committer: nullableUser(urls, world, commit.committer.accountId),
    parents: commit.parents.map((sha) => ({
      sha,
      url: `${urls.api}/repos/${name}/commits/${sha}`,
      html_url: `${urls.html}/${name}/commit/${sha}`,
    })),
  };
}

const person = ({ name, email, date }: GitPerson, keepOffset: boolean): View => ({
  name,
  email,
  date: keepOffset ? date : new Date(date).toISOString(),
});

const verification = ({ signature }: Commit): View => ({
  verified: signature?.valid ?? false,
  reason: signature === null ? "unsigned" : signature.valid ? "valid" : "unknown_key",
  signature: signature?.key ?? null,
  payload: null,
  verified_at: signature?.verifiedAt ?? null,
});
