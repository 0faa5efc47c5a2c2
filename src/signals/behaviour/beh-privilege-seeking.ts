import { clear, defineSignal, fired, unknown } from "../signal.ts";
import { outside, TOO_FEW } from "../text-windows.ts";

export default defineSignal({
  id: "beh-privilege-seeking",
  axis: "P",
  family: "behaviour",
  title: "The account asked for access where it holds nothing",
  version: 12,
  weight: 1.5,
  queue: true,
  halfLifeDays: 60,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://linuxfoundation.org/blog/openssf-openjs-alert-for-social-engineering-takeovers-of-open-source-projects",
      says: "Persons who had hardly contributed asked to be made maintainers, and kept asking.",
    },
  ],
  benign: [
    "A volunteer for a project that nobody tends any more.",
    "Somebody who is asked to ask: a form for members, a programme for new maintainers.",
    "A packager who needs the right to publish for a distribution.",
  ],
  clears: "Contribute first and let the project offer the access; after some months it no longer counts.",
  framing:
    "Only the account's own words count, found by listed English phrases in what nobody else edited; what others ask for it, praise about it or quotes of it do not.",
  needs: ["account.texts", "account.pullRequests"],
  detect({ "account.texts": { texts }, "account.pullRequests": { mergedElsewhereCount } }) {
    const written = outside(texts, "pull_request", "issue", "comment");
    if (written.length === 0) return unknown(TOO_FEW);
    const asking = written.filter(({ marks = [] }) => marks.includes("asks_for_access"));
    const repositories = new Set(asking.map(({ repositoryNodeId }) => repositoryNodeId)).size;
    if (repositories === 0 || (repositories === 1 && mergedElsewhereCount > MANY_MERGES)) return clear;
    const days = new Set(asking.map(({ at }) => at.slice(0, "2026-01-01".length))).size;
    const at =
      asking
        .map((text) => text.at)
        .sort()
        .at(-1) ?? null;
    const often = repositories > 1 ? ` in ${repositories} repositories` : days > 1 ? ` on ${days} days` : "";
    const fact = `The account asked to be given access${often}, without holding a role there.`;
    const strength = repositories > 1 || days > 1 ? 1 : ONCE;
    return fired([{ fact, tier: "PL", ...(at === null ? {} : { at }) }], { strength, at });
  },
});

/** Whoever has that much merged work may ask one project. */
const MANY_MERGES = 10;
const ONCE = 0.4;
