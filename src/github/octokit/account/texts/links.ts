import type { PublicText } from "../../../../dossier/public-texts.ts";
import { ownWords } from "./own-words.ts";
import type { LinkedRepository, Written } from "./text-shapes.ts";

/** An address on any host: owner, name, and the number of a pull request. */
const ADDRESS = /https?:\/\/[\w.:-]{1,100}\/([\w.-]{1,100})\/([\w.-]{1,100})(?:\/pull\/(\d{1,9}))?/g;

/** What an account may link to in its texts: its own repositories, and what was merged of it. */
export interface Linkable {
  readonly login: string;
  readonly owned: ReadonlyMap<string, LinkedRepository & { readonly number: number }>;
  /** Owner of the repository by `owner/name/number` of the account's merged pull requests. */
  readonly merged: ReadonlyMap<string, string>;
}

export function linkable(login: string, { owned, prs }: Written): Linkable {
  return {
    login: login.toLowerCase(),
    owned: new Map(owned.nodes.map((each, number) => [each.name.toLowerCase(), { ...each, number }])),
    merged: new Map(
      prs.nodes
        .filter(({ mergedAt }) => mergedAt != null)
        .map(({ number, repository }) => [`${repository.nameWithOwner.toLowerCase()}/${number}`, repository.owner.id]),
    ),
  };
}

/** Links of a text to what is the account's own, each once; `ownerNodeId` owns the place it stands in. */
export function linksIn(
  body: string,
  { login, owned, merged }: Linkable,
  ownerNodeId: string,
): { readonly own: NonNullable<PublicText["own"]>; readonly cites: number } {
  const repositories = new Map<number, NonNullable<PublicText["own"]>[number]>();
  const cited = new Set<string>();
  for (const [, owner = "", name = "", number] of ownWords(body).matchAll(ADDRESS)) {
    const bare = name.toLowerCase().replace(/\.git$|\.+$/, "");
    const repository = owner.toLowerCase() === login ? owned.get(bare) : undefined;
    if (repository !== undefined) {
      const { number: own, createdAt, stargazerCount: stars } = repository;
      repositories.set(own, { repository: own, createdAt, stars });
    }
    const key = `${owner.toLowerCase()}/${bare}/${number}`;
    const at = merged.get(key);
    if (at !== undefined && at !== ownerNodeId) cited.add(key);
  }
  return { own: [...repositories.values()].toSorted((a, b) => a.repository - b.repository), cites: cited.size };
}
