import type { Instant } from "../../../clock.ts";
import type { ReadingProgress } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { exact } from "../../time.ts";

/** How far the audit has come that is not done yet; null where none is being read. */
export function readingBanner(reading: ReadingProgress | null, now: Instant): Html | null {
  if (reading === null) return null;
  const { repositories, ofRepositories, startedAt, pausedUntil } = reading;
  const paused = pausedUntil !== null && pausedUntil > now ? pausedUntil : null;
  const count = (found: number): string => found.toLocaleString("en-US");
  const far =
    ofRepositories === null ? null : html`: read ${count(repositories)} of ${count(ofRepositories)} repositories`;
  return html`<p class="banner" role="status">
    The next audit is being read since ${exact(startedAt)}${far}.
    ${
      paused
        ? html`Less than 30 % of what GitHub allows this installation in an hour is left, and pull requests come first: it
          goes on at ${exact(paused)}.`
        : "Whatever stops it, it goes on from there for six hours."
    }
  </p>`;
}
