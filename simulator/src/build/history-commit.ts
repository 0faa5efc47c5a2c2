import type { Instant } from "../../../src/clock.ts";

/** Who a commit says made it, by its own clock. */
export interface HistoryPerson {
  readonly name: string;
  /** GitHub maps `ID+login@users.noreply.github.com` to the account; every other address to nobody. */
  readonly email: string;
  readonly at: Instant;
  /** Minutes east of UTC. */
  readonly offsetMinutes: number;
}

export interface HistoryCommit {
  readonly author: HistoryPerson;
  /** Left out: the author. */
  readonly committer?: HistoryPerson;
  readonly message: string;
  /** Files this commit writes over those of its first parent; left out, the tree stays the parent's. */
  readonly files?: Readonly<Record<string, string>>;
  /** Places in the repository's whole history, earlier calls included; left out, the commit before; `[]` is a root. */
  readonly parents?: readonly number[];
  /** Raw headers behind the committer that GraphQL does not name, such as an encoding or a mergetag. */
  readonly headers?: readonly string[];
  /** Armoured text, as it stands under `gpgsig`. */
  readonly signature?: string;
  /** The account whose key made the signature; left out, GitHub cannot verify it. */
  readonly signedBy?: { readonly id: number; readonly login: string };
  /** How GitHub names that key; left out, by the text of the signature. */
  readonly signingKey?: string;
}
