/** How column values arrive, the same from both clients. Keys are PostgreSQL's type ids. */
export const PARSERS: Readonly<Record<number, (text: string) => unknown>> = {
  // int8: ids and counts, all below 2^53.
  20: Number,
  // timestamptz: an Instant. Sessions run in UTC, so the text ends in +00.
  1184: (text) => new Date(`${text.replace(" ", "T")}:00`).toISOString(),
};

/** Text as it will be stored: the database holds neither NUL nor half a surrogate pair. */
export const storable = (text: string): string => text.toWellFormed().replaceAll("\0", "\u{fffd}");
