import { daysBetween } from "../../clock.ts";
import type { PublicText } from "../../dossier/public-texts.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";
import { outside, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-thin-repo-promotion",
  axis: "P",
  family: "behaviour",
  title: "The account brings its own new repository, or its merges elsewhere, up with several owners",
  version: 12,
  weight: 1.5,
  queue: true,
  halfLifeDays: 60,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/microsoft/agent-governance-toolkit",
      says: "Its contributor check counts the spread of links to an own young repository, and merges that are shown around as credentials.",
    },
    {
      url: "https://awesomeagents.ai/news/github-bans-500-agent-prs-72-hours/",
      says: "An automated account cited the merges that it had got as references with others.",
    },
  ],
  benign: [
    "An honest new tool whose author shows it to projects that it works with.",
    "One example that shows the same bug in several projects.",
    "A list of earlier work that a project asked for.",
  ],
  clears: "Leave the links out of further contributions, or let the repository find users; it no longer counts then.",
  framing:
    "Only links that the account itself wrote count, in issues and pull requests that nobody else edited. Stars that others give can only take away from this.",
  needs: ["account.texts"],
  detect({ "account.texts": { texts } }) {
    const opened = outside(texts, "pull_request", "issue");
    if (opened.length < MIN_TEXTS) return unknown(TOO_FEW);
    const promoting = spreadOf(promotions(opened));
    const citing = spreadOf(opened.filter(({ cites = 0 }) => cites >= MIN_CITED));
    const found = [
      ...(promoting === null ? [] : [evidence(promoting, PROMOTED)]),
      ...(citing === null ? [] : [evidence(citing, CITED)]),
    ];
    if (found.length === 0) return clear;
    const spread = [promoting, citing].flatMap((each) => each ?? []);
    const count = Math.max(...spread.map(({ textCount }) => textCount));
    const at =
      spread
        .map((each) => each.at)
        .sort()
        .at(-1) ?? null;
    return fired(found, { strength: LEAST + ((1 - LEAST) * (count - MIN_TEXTS)) / (FULL_TEXTS - MIN_TEXTS), at });
  },
});

const MIN_TEXTS = 3;
const FULL_TEXTS = 8;
const MIN_OWNERS = 2;
const LEAST = 0.4;
/** Whoever links one or two merges says where else something was mended. */
const MIN_CITED = 3;
const MAX_AGE_DAYS = 60;
const MAX_STARS = 4;

const PROMOTED = "link a repository of its own that was less than 60 days old and has fewer than 5 stars";
const CITED = "list three or more of its pull requests that others merged";

interface Spread {
  readonly textCount: number;
  readonly ownerCount: number;
  readonly at: string;
}

/**
 * Texts that link a thin repository which other owners were shown, too. One that stands in a single place is mostly an
 * example of a bug, which projects ask for.
 */
function promotions(opened: readonly PublicText[]): readonly PublicText[] {
  const byRepository = new Map<number, PublicText[]>();
  for (const text of opened)
    for (const { repository, createdAt, stars } of text.own ?? [])
      if (stars <= MAX_STARS && daysBetween(createdAt, text.at) < MAX_AGE_DAYS)
        byRepository.set(repository, [...(byRepository.get(repository) ?? []), text]);
  const shown = [...byRepository.values()].filter((texts) => ownerCount(texts) >= MIN_OWNERS);
  return [...new Set(shown.flat())];
}

const ownerCount = (texts: readonly PublicText[]): number => new Set(texts.map(({ ownerNodeId }) => ownerNodeId)).size;

function spreadOf(texts: readonly PublicText[]): Spread | null {
  const owners = ownerCount(texts);
  if (texts.length < MIN_TEXTS || owners < MIN_OWNERS) return null;
  const at =
    texts
      .map((text) => text.at)
      .sort()
      .at(-1) ?? "";
  return { textCount: texts.length, ownerCount: owners, at };
}

const evidence = ({ textCount, ownerCount, at }: Spread, what: string): Evidence => ({
  fact: `${textCount} issues or pull requests of the account, with ${ownerCount} owners, ${what}.`,
  tier: "PL",
  at,
});
