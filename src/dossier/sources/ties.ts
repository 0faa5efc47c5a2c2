import type { Fetched } from "../../absence.ts";
import type { DossierGateway } from "../gateway.ts";
import { type MergeEdge, MOST_TIED, type NetworkTies, type TiedAccount } from "../network.ts";
import type { MergesOf } from "../scan-gateway.ts";

/** Steps away from the account that are followed. */
const MOST_STEPS = 5;

/**
 * The merge graph around one account, from the pull requests it opened itself to whoever merged them in a person's
 * repository, and from those on in the same way. What others seek from it leads nowhere. At most 6 requests.
 */
export async function collectTies(
  gateway: Pick<DossierGateway, "mergesOf">,
  account: { readonly nodeId: string },
): Promise<Fetched<NetworkTies>> {
  const first = await gateway.mergesOf({ nodeIds: [account.nodeId], whole: true });
  if (!first.ok) return first;
  const [subject] = first.value;
  if (subject === undefined || subject.forks === null) return { ok: false, reason: "incomplete", retryAt: null };
  const asked = new Set([account.nodeId]);
  const known: MergesOf[] = [subject];
  let newest: readonly MergesOf[] = [subject];
  for (let step = 0; step < MOST_STEPS && newest.length > 0; step++) {
    const nodeIds = mergersOf(newest, asked).slice(0, MOST_TIED - asked.size);
    if (nodeIds.length === 0) break;
    const answer = await gateway.mergesOf({ nodeIds, whole: false });
    // A part of a graph is none: who seems to merge within may merge outside.
    if (!answer.ok) return answer;
    for (const nodeId of nodeIds) asked.add(nodeId);
    newest = answer.value;
    known.push(...newest);
  }
  const unreadCount = mergersOf(known, asked).length;
  return { ok: true, value: graphOf(known, { unreadCount, forks: subject.forks, followedIds: subject.followedIds }) };
}

/** People who merged in a person's repository and were not asked about: those of most merges first, then by number. */
function mergersOf(accounts: readonly MergesOf[], asked: ReadonlySet<string>): readonly string[] {
  const found = new Map<string, { readonly id: number; count: number }>();
  for (const { id, merges } of accounts)
    for (const { by, personal } of merges) {
      if (typeof by === "string" || !personal || by.id === id || asked.has(by.nodeId)) continue;
      const one = found.get(by.nodeId) ?? { id: by.id, count: 0 };
      found.set(by.nodeId, one);
      one.count++;
    }
  return [...found].toSorted(([, a], [, b]) => b.count - a.count || a.id - b.id).map(([nodeId]) => nodeId);
}

function graphOf(
  known: readonly MergesOf[],
  more: Pick<NetworkTies, "unreadCount" | "forks" | "followedIds">,
): NetworkTies {
  const [subject, ...others] = known;
  const ordered = [...(subject ? [subject] : []), ...others.toSorted((a, b) => a.id - b.id)];
  return { accounts: ordered.map(accountOf), edges: ordered.flatMap(edgesOf), ...more };
}

function accountOf({ id, createdAt, merges }: MergesOf): TiedAccount {
  const byOthers = merges.filter(({ by }) => by === "gone" || by === "no_person" || by.id !== id);
  return { id, createdAt, mergedCount: byOthers.length, goneCount: merges.filter(({ by }) => by === "gone").length };
}

function edgesOf({ id, merges }: MergesOf): readonly MergeEdge[] {
  const edges = new Map<number, MergeEdge>();
  for (const { by, at, personal } of merges) {
    if (typeof by === "string" || !personal || by.id === id) continue;
    const edge = edges.get(by.id) ?? { author: id, merger: by.id, count: 0, firstAt: at, lastAt: at };
    edges.set(by.id, {
      ...edge,
      count: edge.count + 1,
      firstAt: at < edge.firstAt ? at : edge.firstAt,
      lastAt: at > edge.lastAt ? at : edge.lastAt,
    });
  }
  return [...edges.values()].toSorted((a, b) => a.merger - b.merger);
}
