import type { Instant } from "../clock.ts";
import type { NetworkTies } from "../dossier/network.ts";
import type { OwnKey } from "../dossier/own-keys.ts";
import type { AccountId } from "../ids.ts";
import { ringAround } from "../signals/merge-graph.ts";

/**
 * What can join two accounts: acts of both that GitHub recorded. Machine names, contents of repositories and lists can be
 * copied or written by others, so they join nobody.
 */
export const TIE_KINDS = ["key", "ring"] as const;
export type TieKind = (typeof TIE_KINDS)[number];

/** When it was seen first and last, and how often. */
interface Seen {
  /** Commits that GitHub verified, of those it was asked about; or merges. */
  readonly count: number;
  readonly firstAt: Instant;
  readonly lastAt: Instant;
}

/** What one reading of an account's own repositories showed: a key that is its own, or a merge within a ring around it. */
export type Tie =
  | (Seen & { readonly kind: "key"; readonly mark: string })
  | (Seen & { readonly kind: "ring"; readonly authorId: AccountId; readonly mergerId: AccountId });

/** Two accounts and the one hard fact between them. */
export interface TieEdge extends Seen {
  readonly kind: TieKind;
  readonly between: readonly [AccountId, AccountId];
}

/** Fewer verified commits are no habit: as many as id-signing-key-shared asks for. */
const MIN_VERIFIED = 3;

/** What an account's reading ties it by; `markOf` makes of a key what is kept of it. */
export function tiesIn(
  { keys, network }: { readonly keys: readonly OwnKey[]; readonly network: NetworkTies | null },
  subject: AccountId,
  markOf: (key: string) => string,
): readonly Tie[] {
  const ring = network === null ? null : ringAround(network, subject);
  return [
    ...keys
      .filter(({ verifiedCount }) => verifiedCount >= MIN_VERIFIED)
      .map(({ key, verifiedCount, firstAt, lastAt }): Tie => {
        return { kind: "key", mark: markOf(key), count: verifiedCount, firstAt, lastAt };
      }),
    ...(ring?.edges ?? []).map(({ author, merger, count, firstAt, lastAt }): Tie => {
      return { kind: "ring", authorId: author, mergerId: merger, count, firstAt, lastAt };
    }),
  ];
}

/** Who used a key, of the accounts that were read. */
export interface KeyUse extends Seen {
  readonly mark: string;
  readonly accountId: AccountId;
}

/** Accounts under one key that are joined: more are a team's, a service's or a release's. */
export const MOST_SHARING = 8;

/** Every two accounts under one key; a key of more than `MOST_SHARING` joins nobody. */
export const keyEdges = (uses: readonly KeyUse[]): readonly TieEdge[] =>
  [...Map.groupBy(uses, ({ mark }) => mark).values()]
    .filter(({ length }) => length <= MOST_SHARING)
    .flatMap((users) =>
      users.flatMap((one, at) =>
        users.slice(at + 1).map((other): TieEdge => {
          return { kind: "key", between: pairOf(one.accountId, other.accountId), ...together(one, other) };
        }),
      ),
    );

type Merges = Extract<Tie, { readonly kind: "ring" }>;

/** Merges within rings, both directions of a pair as one edge. A ring that several accounts' readings saw counts once. */
export function ringEdges(merges: readonly Merges[]): readonly TieEdge[] {
  const directed = new Map<string, Merges>();
  for (const merge of merges) {
    const way = `${merge.authorId} ${merge.mergerId}`;
    if ((directed.get(way)?.count ?? 0) < merge.count) directed.set(way, merge);
  }
  const edges = new Map<string, TieEdge>();
  for (const merge of directed.values()) {
    const between = pairOf(merge.authorId, merge.mergerId);
    const known = edges.get(between.join(" "));
    edges.set(between.join(" "), { kind: "ring", between, ...(known ? together(known, merge) : seenOf(merge)) });
  }
  return [...edges.values()];
}

const seenOf = ({ count, firstAt, lastAt }: Seen): Seen => ({ count, firstAt, lastAt });

const together = (one: Seen, other: Seen): Seen => ({
  count: one.count + other.count,
  firstAt: one.firstAt < other.firstAt ? one.firstAt : other.firstAt,
  lastAt: one.lastAt > other.lastAt ? one.lastAt : other.lastAt,
});

const pairOf = (a: AccountId, b: AccountId): readonly [AccountId, AccountId] => (a < b ? [a, b] : [b, a]);
