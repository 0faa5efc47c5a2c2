import { effectiveAccess } from "../../../access/effective.ts";
import type { AccessSettings, AccessSnapshot } from "../../../access/grant.ts";
import { CANS, type Can, type ReachEdge } from "../../../access/reach/edge.ts";
import { type ReachQuestion, reachEdges, unreadRules } from "../../../access/reach/reach.ts";
import { CLOSES, canWords, reasonWords } from "../../../access/reach/words.ts";
import { type Html, html } from "../../html.ts";

/** Ways that one page lists; `sallyport access` has all. */
const SHOWN_COUNT = 40;
/** Names beside one way. */
const SHOWN_NAMES = 6;
/** Edges that one page reads: of a repository of 1,000 accounts a tenth of a second. */
const MAX_EDGES = 20_000;

/** What write lets an account do, or whoever writes to one repository: a sentence, and the switch that closes it. */
export function reachSection(
  roles: AccessSnapshot,
  settings: AccessSettings | null,
  asked: ReachQuestion,
): Html | null {
  // An audit that read nothing beside roles says so under "not checked".
  if (settings === null || Object.keys(settings).length === 0) return null;
  const snapshot = { ...settings, ...roles };
  const ways = waysOf(snapshot, asked);
  const gaps = unreadRules(snapshot);
  return html`<section aria-labelledby="reach">
    <h2 id="reach">What that reaches</h2>
    ${
      ways.length === 0
        ? html`<p class="blank">Nothing that rules and settings leave open, as far as they were read.</p>`
        : html`<ul class="rows">${ways.slice(0, SHOWN_COUNT).map(row)}</ul>`
    }
    ${ways.length > SHOWN_COUNT ? html`<p class="muted small">The first ${SHOWN_COUNT} of ${ways.length}; <code>sallyport access</code> prints all.</p>` : null}
    ${
      gaps.length === 0
        ? null
        : html`<p class="muted small">Not looked at: ${gaps.map(({ what, opensWith }) => `${what}${opensWith ? ` (${opensWith})` : ""}`).join("; ")}.</p>`
    }
  </section>`;
}

/** One thing that can be done: by an account where, or in a repository by whom. */
interface Way {
  readonly edge: ReachEdge;
  readonly names: Set<string>;
}

/** Ways in the order of what they let do, each with the repositories of an account or the accounts of a repository. */
function waysOf(snapshot: AccessSnapshot, asked: ReachQuestion): readonly Way[] {
  const logins = new Map(snapshot.accounts.map(({ id, login }) => [id, login]));
  const names = new Map(snapshot.repositories.map(({ id, name }) => [id, name]));
  const ways = new Map<string, Way>();
  for (const edge of reachEdges(effectiveAccess(snapshot), asked).take(MAX_EDGES)) {
    const { repository, can, branch, reason, target, account } = edge;
    const key = JSON.stringify([can, branch, reason, target]);
    const way = ways.get(key) ?? { edge, names: new Set<string>() };
    ways.set(key, way);
    const who = account === null ? "every member" : (logins.get(account) ?? account);
    way.names.add(asked.account === null ? who : (names.get(repository) ?? repository));
  }
  const place = (can: Can): number => CANS.indexOf(can);
  return [...ways.values()].sort((a, b) => place(a.edge.can) - place(b.edge.can));
}

function row({ edge, names }: Way): Html {
  const shown = [...names].slice(0, SHOWN_NAMES);
  const more = names.size - shown.length;
  return html`<li>
    <div>
      <span class="title">can ${canWords(edge)}</span>
      <span class="muted small">${reasonWords(edge)}</span>
      <p>${shown.map((name) => html`<bdi class="name">${name}</bdi> `)}${more > 0 ? `and ${more} more` : ""}</p>
      <p class="muted small">Closes by: ${withCode(CLOSES[edge.can])}.</p>
    </div>
  </li>`;
}

/** Names of settings stand between backticks in our own sentences. */
const withCode = (sentence: string): readonly (Html | string)[] =>
  sentence.split("`").map((part, at) => (at % 2 === 1 ? html`<code>${part}</code>` : part));
