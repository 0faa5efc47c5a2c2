import type { Instant } from "../../clock.ts";
import type { RepositoryAddress } from "../../ids.ts";
import type { DossierGateway } from "../gateway.ts";

/** Of a hundred commits each. */
const MOST_PAGES = 3;

/**
 * Whether a repository of somebody else held a snapshot before a moment. When GitHub made the repository says nothing of
 * that: one that was old and empty can be filled afterwards. Either nobody has pushed there since, or the head that its
 * activity log shows for the time before leads to the snapshot. At most 8 requests, none where nobody has pushed since.
 */
export async function hadBefore(
  gateway: Pick<DossierGateway, "pushes" | "commitHistory">,
  place: RepositoryAddress & { readonly pushedAt: Instant | null },
  { treeSha, moment }: { readonly treeSha: string; readonly moment: Instant },
): Promise<boolean | "unanswered"> {
  const { owner, name, pushedAt } = place;
  if (pushedAt === null) return "unanswered";
  if (pushedAt < moment) return true;
  const log = await gateway.pushes({ owner, name });
  if (!log.ok) return "unanswered";
  const before = log.value.pushes.filter(({ at }) => at < moment).toSorted((a, b) => (a.at > b.at ? -1 : 1));
  const [last] = before;
  if (last === undefined) return log.value.complete ? false : "unanswered";
  let cursor: string | null = null;
  for (let page = 0; page < MOST_PAGES; page++) {
    const part: Awaited<ReturnType<typeof gateway.commitHistory>> = await gateway.commitHistory({
      ...{ owner, name, headSha: last.after, cursor },
    });
    if (!part.ok) return "unanswered";
    if (part.value.commits.some(({ treeOid }) => treeOid === treeSha)) return true;
    cursor = part.value.next;
    if (cursor === null) return false;
  }
  return "unanswered";
}
