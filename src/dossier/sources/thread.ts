import type { Fetched } from "../../absence.ts";
import { type ChangeThread, PRESSURE_HOURS, type Pressing } from "../../change/thread.ts";
import type { Instant } from "../../clock.ts";
import type { DossierGateway, PullRequestFacts, SaidInThread, ThreadComment } from "../gateway.ts";

/** Comments whose texts are read, the newest ones. */
const MOST_READ = 20;

/**
 * What is pressed for on a pull request by accounts without a tie to its repository. Cost: nothing, and 1 request where
 * two of them spoke within three days.
 */
export async function changeThread(
  gateway: Pick<DossierGateway, "threadComments">,
  { comments, author }: Pick<PullRequestFacts, "comments" | "author">,
): Promise<Fetched<ChangeThread>> {
  if (comments === null) return { ok: false, reason: "incomplete", retryAt: null };
  const outside = outsiders(comments, author);
  if (!outside.some((comment) => isJoined(comment, outside))) return { ok: true, value: { pressing: [], unread: 0 } };
  const read = outside.slice(-MOST_READ);
  const answer = await gateway.threadComments(read.map(({ nodeId }) => nodeId));
  if (!answer.ok) return answer;
  const said = new Map(answer.value.map((each) => [each.nodeId, each]));
  const accounts = [...Map.groupBy(read, ({ accountId }) => accountId).values()];
  return {
    ok: true,
    value: {
      pressing: accounts.flatMap((theirs) => pressingOf(theirs, said, outside)),
      unread: outside.length - read.filter(({ nodeId }) => said.has(nodeId)).length,
    },
  };
}

/** Whether outsiders may press there by what was said after a moment: one of two who spoke within three days did then. */
export function pressedSince(
  comments: readonly ThreadComment[],
  author: { readonly id: number | null } | null,
  since: Instant,
): boolean {
  const outside = outsiders(comments, author);
  return outside.some((comment) => Date.parse(comment.at) > Date.parse(since) && isJoined(comment, outside));
}

const outsiders = (
  comments: readonly ThreadComment[],
  author: { readonly id: number | null } | null,
): readonly ThreadComment[] =>
  comments.filter((comment) => isOutside(comment) && comment.accountId !== (author?.id ?? null));

/** People of whom GitHub says that they never committed here and hold nothing here. */
const isOutside = ({ accountId, association }: ThreadComment): boolean => accountId !== null && NO_TIE.has(association);

const NO_TIE: ReadonlySet<string> = new Set(["NONE", "FIRST_TIMER", "FIRST_TIME_CONTRIBUTOR"]);

/** Fewer than two such accounts at a time press nobody, whatever they say: nothing is asked. */
const isJoined = (comment: ThreadComment, others: readonly ThreadComment[]): boolean =>
  others.some(
    (other) =>
      other.accountId !== comment.accountId &&
      Math.abs(Date.parse(other.at) - Date.parse(comment.at)) <= PRESSURE_HOURS * 3_600_000,
  );

function pressingOf(
  theirs: readonly ThreadComment[],
  said: ReadonlyMap<string, SaidInThread>,
  outside: readonly ThreadComment[],
): readonly Pressing[] {
  const comments = theirs.flatMap(({ nodeId, at }) => {
    const { link, pressesFor = [] } = said.get(nodeId) ?? {};
    return link !== undefined && pressesFor.length > 0 ? [{ at, link, pressesFor }] : [];
  });
  if (comments.length === 0) return [];
  const acts = theirs.flatMap(({ nodeId }) => said.get(nodeId)?.acts ?? []).at(-1);
  // What it says here is no act from before.
  const here = outside.filter(({ accountId }) => accountId === theirs[0]?.accountId).length;
  return [{ priorActs: acts === undefined ? null : Math.max(0, acts - here), comments }];
}
