import type { Instant } from "../clock.ts";
import type { LocalList } from "./facts.ts";

/** What holds at a moment: every entry begins and ends. */
export const inForce = ({ entries }: LocalList, asOf: Instant): LocalList["entries"] =>
  entries.filter(({ at, until }) => at <= asOf && asOf < until);
