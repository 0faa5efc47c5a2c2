import { csvRow } from "../../../access/audit-csv.ts";
import type { AccountId } from "../../../ids.ts";
import { aboutWords, nobodyWords, reasonOf, type ShownEntry } from "./view.ts";

const COLUMNS = ["number", "at", "account", "login", "act", "target", "about", "about account", "reason"];

export const trailHeader = (): string => csvRow(COLUMNS);

/** One entry; what Sallyport did by itself has no account. */
export const trailRow = (entry: ShownEntry, logins: ReadonlyMap<AccountId, string>): string =>
  csvRow([
    String(entry.seq),
    entry.at,
    entry.actorId === null ? "" : String(entry.actorId),
    entry.actorId === null ? nobodyWords(entry.act) : (logins.get(entry.actorId) ?? ""),
    entry.act,
    entry.target,
    aboutWords(entry, logins) ?? "",
    entry.about === null ? "" : String(entry.about),
    reasonOf(entry) ?? "",
  ]);
