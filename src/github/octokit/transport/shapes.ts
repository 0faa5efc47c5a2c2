import { z } from "zod";
import { UNPRINTABLE } from "../../../characters.ts";

/**
 * Shapes of GitHub's answers, read tolerantly: only what is used, null where GitHub may hide, and a stand-in for words
 * that do not exist yet. What is missing stays missing; nothing here turns an absence into a zero.
 */

/** A count or id; octokit hands very large integers over as bigint, and some servers send digits as text. */
export const integer = z
  .union([z.number(), z.bigint(), z.string().regex(/^\d{1,15}$/)])
  .transform(Number)
  .pipe(z.number().int().nonnegative().max(Number.MAX_SAFE_INTEGER));

/** A moment, brought to UTC with milliseconds. */
export const instant = z
  .string()
  .refine((text) => !Number.isNaN(Date.parse(text)))
  .transform((text) => new Date(text).toISOString());

/** Nodes of a connection; GitHub puts null where the token may not look, and the caller compares with the total. */
export const nodesOf = <T>(item: z.ZodType<T>) =>
  z.array(item.nullable()).transform((items) => items.filter((entry): entry is T => entry !== null));

/**
 * Nodes of a connection as far as they can be read: one that another person filled with something unreadable is left
 * out like a hidden one, and takes nothing else away.
 */
export const readableNodesOf = <T>(item: z.ZodType<T>) =>
  z
    .array(item.nullable().catch(null))
    .nullable()
    .transform((items) => (items ?? []).filter((entry): entry is T => entry !== null));

/** A connection of which only the size is read. */
export const total = z.object({ totalCount: integer });

export const pageInfo = z.object({ hasNextPage: z.boolean(), endCursor: z.string().nullable() });

/** One of the words, or the stand-in for a word this version does not know. */
export const word = <const Words extends readonly [string, ...string[]], const Else>(words: Words, otherwise: Else) =>
  z
    .string()
    .nullish()
    .transform((text): Words[number] | Else => words.find((known) => known === text) ?? otherwise);

/** Text that somebody chose, as a label that every file may carry: one line of at most 255 characters. */
export const labelOf = (text: string): string =>
  text.toWellFormed().replaceAll(UNPRINTABLE_TOO, "\uFFFD").slice(0, 255) || "(no name)";

const UNPRINTABLE_TOO = new RegExp(`[${UNPRINTABLE}]`, "gu");
