import type { Instant } from "../clock.ts";
import type { Problem } from "../errors.ts";
import type { AccountId } from "../ids.ts";

/** How far an entry may travel, by the Traffic Light Protocol 2.0, least bound first. */
export const TLPS = ["clear", "green", "amber", "amber+strict", "red"] as const;
export type Tlp = (typeof TLPS)[number];

/** Whom an entry of a list means. A login is whose it is today; an address is hashed as soon as it is known whose list it is. */
export type Named =
  | { readonly by: "id"; readonly id: AccountId }
  | { readonly by: "login"; readonly login: string }
  | { readonly by: "email"; readonly address: string };

/** One accusation as a list states it. */
export interface ListedEntry {
  readonly named: Named;
  /** When the list said so; null where it does not say. */
  readonly at: Instant | null;
  /** Until when, where the list says so. */
  readonly until: Instant | null;
  /** 0 to 100, as STIX counts; null where the list does not say. */
  readonly confidence: number | null;
  readonly tlp: Tlp | null;
  /** Who found it, where that is another than whose list it is. */
  readonly origin: string | null;
  /** Where it can be checked. */
  readonly reference: string | null;
  readonly reason: string | null;
  /** The place in the file, for people. */
  readonly where: string;
}

/** A list as it was read. With problems nothing of it counts. */
export interface ReadList {
  readonly format: "stix" | "csv" | "trustdown";
  readonly entries: readonly ListedEntry[];
  /** What the file holds beside entries that accuse a GitHub account, by kind. */
  readonly leftOut: readonly { readonly what: string; readonly count: number }[];
  readonly problems: readonly Problem[];
}

/** Entries of one file: further ones belong into another. */
export const MAX_ENTRIES = 20_000;
