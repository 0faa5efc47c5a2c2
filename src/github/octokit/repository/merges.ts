import { z } from "zod";
import type { MergesHere } from "../../gateway.ts";
import { integer, nodesOf } from "../transport/shapes.ts";

const person = z.object({ databaseId: integer.nullish() }).nullish();
const merge = z.object({ mergedBy: person, author: person });

/** A search for merges: how many there are, and who merged the first of them. */
export const mergesShape = z.object({ issueCount: integer, nodes: nodesOf(merge).default([]) });

/** Two tell "one person merges everything" from "several people do"; fewer say nothing while some are unseen. */
const ENOUGH_MERGERS = 2;

/**
 * How many merges, by how many other people. A merge by a bot, by an account that is gone, in a hole of the answer or
 * beyond the page names nobody, and is never taken for a merge by nobody.
 */
export function mergesOf({ issueCount, nodes }: z.infer<typeof mergesShape>): MergesHere {
  const read = nodes.flatMap(({ mergedBy, author }) =>
    mergedBy?.databaseId == null || author?.databaseId == null
      ? []
      : [{ merger: mergedBy.databaseId, author: author.databaseId }],
  );
  const others = new Set(read.filter(({ merger, author }) => merger !== author).map(({ merger }) => merger));
  const unseen = issueCount > read.length;
  if (unseen && others.size < ENOUGH_MERGERS) return { mergedCount: issueCount, mergerCount: null };
  return { mergedCount: issueCount, mergerCount: others.size, ...(unseen && { mergersUnseen: true }) };
}
