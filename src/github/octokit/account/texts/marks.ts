import type { PublicText, TextMark } from "../../../../dossier/public-texts.ts";
import { ownProse } from "./own-words.ts";

const ACCESS = "(?:commit|write|push|merge|publish(?:ing)?|admin|maintainer|owner|npm|pypi|secrets?)";
const RIGHT = "(?:access|rights?|permissions?|role|credentials?|tokens?|keys?)";
const OFFICE = "(?:maintainers?|collaborators?|committers?|owners?|admins?|administrators?)";

/**
 * Phrases by which somebody asks for access for himself, in English alone, as `pressing-phrases.ts` is and for the same
 * reason. What is asked for somebody else, or for a workflow, is none of them.
 */
const ASKS: readonly RegExp[] = [
  new RegExp(`\\b(?:give|grant|provide|send) me\\b[^.?!]{0,40}\\b${ACCESS} ${RIGHT}\\b`),
  new RegExp(
    `\\b(?:can|could|may|might) i (?:please )?(?:get|have|receive|be given|be granted)\\b[^.?!]{0,30}\\b${ACCESS} ${RIGHT}\\b`,
  ),
  new RegExp(
    `\\b(?:add|make|promote|appoint) me (?:in |to be |as |to )?(?:(?:an?|the|your|new|co|another)[ -]){0,2}${OFFICE}\\b`,
  ),
  new RegExp(
    `\\b(?:can|could|may|might) i (?:please )?(?:become|be|join as) (?:(?:an?|the|your|new|co|another)[ -]){0,2}${OFFICE}\\b`,
  ),
  /\b(?:transfer|hand over|hand) (?:the |this |your )?(?:ownership|repository|repo|package|project|maintenance|maintainership)(?: [^.?!]{0,20})? to me\b/,
  /\blet me take over (?:the |this |your )?(?:repository|repo|package|project|maintenance|maintainership)\b/,
];

/** By the same words somebody says yes who was asked, so that they count where nobody can have asked before. */
const OFFERS: readonly RegExp[] = [
  new RegExp(
    `\\bi (?:would like|would love|want|wish|am happy|am willing|am ready|volunteer) to (?:become|be|join as) (?:(?:an?|the|your|new|co|another)[ -]){0,2}${OFFICE}\\b`,
  ),
];

/** A claim to a bounty, as the services that pay them have it: a command on a line of its own. */
const CLAIM = /^\s*\/(?:attempt|claim)\b/m;
const BOUNTY =
  /\bbount(?:y|ies)\b|\bpayouts?\b|\u{1F48E}|\u{1F4B0}|\b(?:algora\.io|gitcoin\.co|onlydust\.(?:com|xyz)|opire\.dev|issuehunt\.io|boss\.dev)\b/iu;

/** How tools and their users say that a program wrote it. */
const AUTOMATION: readonly RegExp[] = [
  /\b(?:generated|created|opened|submitted|written|authored|made|posted|prepared)(?: automatically)? (?:by|with|using)\b[^.?!\n]{0,40}\b(?:bot|agent|script|tool|automation|ai|llm|claude|copilot|codex|cursor|devin|gemini)\b/i,
  /\b(?:automated|auto-generated|automatically (?:generated|created|opened)) (?:pull request|pr|issue|change|update|comment|message)\b/i,
  /\bi(?:'m| am) (?:a bot|an? (?:ai|automated|autonomous) (?:agent|assistant|account))\b/i,
  /^\s*(?:co-authored-by|assisted-by|generated-by):.*(?:\[bot\]|bot\b|agent|copilot|claude|codex|cursor|devin|gemini)/im,
  /\u{1F916}/u,
];

/** An issue or a discussion, by address or as `owner/name#1`. */
const ISSUE_LINK =
  /https?:\/\/[\w.:-]+\/([\w.-]{1,100}\/[\w.-]{1,100})\/(?:issues|discussions)\/\d+|(?<![\w/.-])([\w.-]{1,39}\/[\w.-]{1,100})#\d+/g;

/** What a text says of itself; `place` is the repository it stands in, as owner and name. */
export function marksOf(
  text: { readonly title: string; readonly body: string; readonly kind: PublicText["kind"] },
  place: string,
): readonly TextMark[] {
  const prose = ownProse(text.body);
  const whole = `${text.title}\n${prose}`;
  const claims = CLAIM.test(prose);
  const holds: Readonly<Record<TextMark, boolean>> = {
    asks_for_access: asksForAccess(whole, text.kind === "comment" ? ASKS : [...ASKS, ...OFFERS]),
    claims,
    bounty: claims || BOUNTY.test(whole),
    campaign: linksElsewhere(prose, place),
    automation: AUTOMATION.some((phrase) => phrase.test(whole)),
  };
  return (Object.keys(holds) as readonly TextMark[]).filter((mark) => holds[mark]);
}

function asksForAccess(text: string, phrases: readonly RegExp[]): boolean {
  const plain = text
    .replace(/[\u2018\u2019]/g, "'")
    .replace(/\bi'd\b/gi, "I would")
    .replace(/\bi'm\b/gi, "I am")
    .replace(/\s+/g, " ")
    .toLowerCase();
  return phrases.some((phrase) => phrase.test(plain));
}

/** A campaign is told of in one place that its pull requests lead to, which is not the one they are for. */
const linksElsewhere = (prose: string, place: string): boolean =>
  [...prose.matchAll(ISSUE_LINK)].some(
    ([, address, short]) => (address ?? short ?? "").toLowerCase() !== place.toLowerCase(),
  );
