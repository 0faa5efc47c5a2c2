import type { AccountTexts, PublicText } from "../../../../dossier/public-texts.ts";
import type { Steps } from "../../../../slices.ts";
import { contactsIn } from "./contacts.ts";
import { alikeSteps, type Comparable } from "./likeness.ts";
import { type Linkable, linkable, linksIn } from "./links.ts";
import { marksOf } from "./marks.ts";
import type { Written, WrittenIssue, WrittenPullRequest, WrittenText } from "./text-shapes.ts";

/** A text on its way: what stays of it, and what is read of it before it is dropped. */
interface Read {
  readonly kept: PublicText;
  readonly text: Comparable;
  /** Null where others may have had a hand in it. */
  readonly own: { readonly title: string; readonly body: string } | null;
}

/**
 * What the account wrote in public repositories of others, with every text dropped. Pure, in steps: texts are as long as
 * whoever writes them likes.
 */
export function* textSteps(
  written: Written,
  account: { readonly nodeId: string; readonly login: string },
): Steps<AccountTexts> {
  const mine: Mine = (actor) => actor?.id === account.nodeId;
  const isElsewhere = ({ repository }: WrittenText): boolean =>
    repository.visibility === "PUBLIC" && repository.owner.id !== account.nodeId;
  const reads = [
    ...written.prs.nodes.filter(isElsewhere).map((node) => pullRequestRead(node, mine)),
    ...written.issues.nodes.filter(isElsewhere).map((node) => issueRead(node, mine)),
    ...written.issueComments.nodes.filter(isElsewhere).map((node) => commentRead(node, mine)),
  ].sort(newestFirst);
  const alike = yield* alikeSteps(
    reads.map(({ text, own }) => (own === null ? { ...text, title: "", body: "" } : text)),
  );
  const ways = new Map<string, number>();
  const links = linkable(account.login, written);
  const texts: PublicText[] = [];
  for (const [index, read] of reads.entries()) {
    const number = alike[index] ?? null;
    texts.push({ ...read.kept, ...(number === null ? {} : { alike: number }), ...said(read, links, ways) });
    yield;
  }
  return { texts };
}

type Mine = (actor: { readonly id?: string | null | undefined } | null | undefined) => boolean;

/** Texts of one moment are in an order of their own, so that GitHub's decides nothing. */
function newestFirst(a: Read, b: Read): number {
  return compare(b.kept.at, a.kept.at) || compare(keyOf(a), keyOf(b));
}
const keyOf = ({ kept, text }: Read): string => `${kept.kind} ${text.place} ${text.title} ${text.body}`;
const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

function pullRequestRead(node: WrittenPullRequest, mine: Mine): Read {
  const { title, additions, deletions, mergedAt, closedAt } = node;
  const renamed = node.renamed.nodes.some(({ actor }) => !mine(actor));
  const outcome = mergedAt != null ? "merged" : closedAt != null ? "closed" : "open";
  return {
    kept: { kind: "pull_request", ...placeOf(node), ...ending(outcome, closedAt) },
    text: { title, body: node.body, place: node.repository.nameWithOwner, size: [additions, deletions] },
    own: isOwn(node, mine) && !renamed ? { title, body: node.body } : null,
  };
}

function issueRead(node: WrittenIssue, mine: Mine): Read {
  const { body, closedAt, stateReason } = node;
  const outcome = closedAt == null ? "open" : (ENDED[stateReason ?? ""] ?? "closed");
  // Anybody with a role can give an issue another title, so it is not read.
  const own = isOwn(node, mine) ? { title: "", body } : null;
  return {
    kept: { kind: "issue", ...placeOf(node), ...ending(outcome, closedAt) },
    text: { title: "", body, place: node.repository.nameWithOwner, size: null },
    own,
  };
}

const ENDED: Readonly<Record<string, PublicText["outcome"]>> = { NOT_PLANNED: "not_planned", DUPLICATE: "duplicate" };

function commentRead(node: WrittenText, mine: Mine): Read {
  return {
    kept: { kind: "comment", ...placeOf(node) },
    text: { title: "", body: node.body, place: node.repository.nameWithOwner, size: null },
    own: isOwn(node, mine) ? { title: "", body: node.body } : null,
  };
}

/** Never edited, or by its writer alone as far back as it goes: words of others stay in a text that he edits after them. */
function isOwn({ lastEditedAt, userContentEdits: edits }: WrittenText, mine: Mine): boolean {
  if (lastEditedAt == null) return true;
  return edits != null && edits.nodes.length === edits.totalCount && edits.nodes.every(({ editor }) => mine(editor));
}

const ending = (outcome: PublicText["outcome"], closedAt: string | null | undefined) => ({
  ...(outcome === undefined ? {} : { outcome }),
  ...(closedAt == null ? {} : { closedAt }),
});

const placeOf = ({ createdAt, repository, authorAssociation }: WrittenText) => ({
  at: createdAt,
  ownerNodeId: repository.owner.id,
  repositoryNodeId: repository.id,
  stars: repository.stargazerCount,
  ...(INSIDE.has(authorAssociation) ? { insider: true as const } : {}),
});

const INSIDE: ReadonlySet<string> = new Set(["OWNER", "MEMBER", "COLLABORATOR"]);

/** What the account's own words say; nothing of a text that others edited. */
function said({ kept, text, own }: Read, links: Linkable, ways: Map<string, number>): Partial<PublicText> {
  if (own === null) return {};
  const marks = marksOf({ ...own, kind: kept.kind }, text.place);
  const contacts = contactsIn(own.body, { asked: kept.kind === "issue" }).map((way) => numberOf(way, ways));
  const { own: repositories, cites } = linksIn(own.body, links, kept.ownerNodeId);
  return {
    ...(marks.length > 0 && { marks }),
    ...(contacts.length > 0 && { contacts }),
    ...(repositories.length > 0 && { own: repositories }),
    ...(cites > 0 && { cites }),
  };
}

function numberOf(way: string, ways: Map<string, number>): number {
  const known = ways.get(way) ?? ways.size;
  ways.set(way, known);
  return known;
}
