import type { Fetched } from "../../absence.ts";
import type { Clock } from "../../clock.ts";
import { OperatingError } from "../../errors.ts";

/** Answers kept at once; the oldest go first. */
const MAX_ANSWER_COUNT = 10_000;

export interface Memory<T> {
  /** Asks what was not asked lately; who asks for the same at once shares one answer. Only answers are kept. */
  answer(key: string, freshness: Freshness, ask: () => Promise<Fetched<T>>): Promise<Fetched<T>>;
  /** What was answered lately, without asking. */
  known(key: string): T | undefined;
}

/** Answers of GitHub, each for as long as `keptMs` says. */
export function remembering<T>(clock: Clock, keptMs: (value: T, freshness: Freshness) => number): Memory<T> {
  const answers = new Map<string, { readonly value: T; readonly at: number }>();
  const asking = new Map<string, Promise<Fetched<T>>>();
  const now = (): number => Date.parse(clock.now());
  const fresh = (key: string, freshness: Freshness): { readonly value: T } | undefined => {
    const found = answers.get(key);
    return found && now() - found.at < keptMs(found.value, freshness) ? found : undefined;
  };
  return {
    known: (key) => fresh(key, "recent")?.value,
    async answer(key, freshness, ask) {
      const at = now();
      const known = freshness === "live" ? undefined : fresh(key, freshness);
      if (known) return { ok: true, value: known.value };
      const shared = freshness === "live" ? undefined : asking.get(key);
      if (shared !== undefined) return shared;
      answers.delete(key);
      const asked = askedSafely(ask);
      asking.set(key, asked);
      const answer = await asked;
      asking.delete(key);
      if (answer.ok) answers.set(key, { value: answer.value, at });
      if (answers.size > MAX_ANSWER_COUNT) answers.delete(answers.keys().next().value ?? key);
      return answer;
    },
  };
}

async function askedSafely<T>(ask: () => Promise<Fetched<T>>): Promise<Fetched<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OperatingError) return { ok: false, reason: "upstream_error", retryAt: error.retryAt };
    throw error;
  }
}

/**
 * `live` asks GitHub now and is for actions, unless a no is known; `recent` may use an answer up to 60 seconds old and
 * is for looking; `listing` may use a no up to ten minutes old besides, and is for pages that ask about many places at
 * once. No answer outlives an event that may have changed it (`Installation.rightsGeneration`).
 */
export type Freshness = "live" | "recent" | "listing";
