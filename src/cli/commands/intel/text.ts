import { csvRow } from "../../../access/audit-csv.ts";
import type { Instant } from "../../../clock.ts";
import { type Imported, REFUSALS } from "../../../flows/intel.ts";
import type { ReadList } from "../../../intel/entry.ts";
import { CSV_COLUMNS } from "../../../intel/read-csv.ts";
import type { KeptIndicator } from "../../../store/store.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";

const FORMAT_WORDS: Readonly<Record<ReadList["format"], string>> = {
  stix: "a STIX bundle",
  csv: "a CSV file",
  trustdown: "a Trustdown list",
};

const counted = (count: number, one: string, many: string): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const entriesOf = (count: number): string => counted(count, "entry", "entries");

/** What a file holds, where nothing else was asked. */
export const checkedText = (list: ReadList): string =>
  [...held(list), "Nothing was asked and nothing kept.", ""].join("\n");

const held = ({ format, entries, leftOut }: ReadList): readonly string[] => [
  ...paragraph(`Read ${FORMAT_WORDS[format]} with ${entriesOf(entries.length)} against GitHub accounts.`, ""),
  ...leftOut.flatMap(({ what, count }) => paragraph(`left out: ${what} (${count.toLocaleString("en")})`, "  ")),
];

/** Refusals listed one by one. */
const MAX_LISTED = 50;

/** What taking a list in did, or would do. */
export function importedText(
  list: ReadList,
  imported: Imported,
  { source, isPrimary, isTry }: { readonly source: string; readonly isPrimary: boolean; readonly isTry: boolean },
): string {
  const { added, renewed, revoked, addresses, undated, resolved, refused } = imported;
  const did = isTry ? "would be" : added === 1 ? "was" : "were";
  const lines = [
    ...held(list),
    ...paragraph(`Of “${source}” ${entriesOf(added)} ${did} added, ${renewed.toLocaleString("en")} renewed.`, ""),
    ...said(revoked, "had been taken back here and stay so"),
    ...said(resolved.length, "named a login, which is kept as the account's number"),
    ...said(addresses, "named an address, which is kept as a hash; whose it is a scan finds"),
    ...said(
      undated,
      "had no day: if the login changed hands since, that cannot be seen; --date says when the list is from",
    ),
    ...(refused.length === 0 ? [] : ["Not taken in:"]),
    ...refused.slice(0, MAX_LISTED).flatMap(({ where, because }) => paragraph(`${where}: ${REFUSALS[because]}`, "  ")),
    ...(refused.length > MAX_LISTED ? [`  and ${(refused.length - MAX_LISTED).toLocaleString("en")} more`] : []),
    ...(isPrimary
      ? []
      : paragraph(
          "Without --primary this list counts for nothing by itself; it is shown on the pages of accounts.",
          "",
        )),
  ];
  return `${lines.join("\n")}\n`;
}

const said = (count: number, what: string): readonly string[] =>
  count === 0 ? [] : paragraph(`${entriesOf(count)} ${what}`, "  ");

/** What stands, a list after the other. */
export function listText(entries: readonly KeptIndicator[]): string {
  if (entries.length === 0) return "No list stands.\n";
  const lists = Map.groupBy(entries, ({ source }) => source);
  const lines = [...lists].flatMap(([source, of]) => [
    `${printable(source)} (${entriesOf(of.length)}${of[0]?.isPrimary ? ", primary" : ""})`,
    ...of.flatMap(entryLines),
  ]);
  return `${lines.join("\n")}\n`;
}

function entryLines(entry: KeptIndicator): readonly string[] {
  const { id, tlp, confidence, at, until, reason, reference, checked, confirmedBy } = entry;
  const state =
    confirmedBy !== null
      ? "confirmed by two"
      : checked !== null
        ? "waits for a second owner"
        : "nobody here has looked";
  const sure = confidence === null ? "" : `, confidence ${confidence}`;
  const words = `${whoOf(entry)}, of ${dayOf(at)}, until ${dayOf(until)}, TLP ${tlp}${sure}; ${state}`;
  return [
    ...paragraph(words, `${String(id).padStart(6)}  `),
    ...(reason === null ? [] : paragraph(reason, "        ")),
    ...(reference === null ? [] : paragraph(reference, "        ")),
  ];
}

function whoOf({ account, emailHash, login }: KeptIndicator): string {
  if (emailHash !== null) return account === null ? "an address" : `an address of account ${account}`;
  return `account ${account}${login === null ? "" : ` (${login} on the list)`}`;
}

const dayOf = (at: Instant): string => at.slice(0, 10);

/** What was taken back. */
export const revokedText = (entries: readonly KeptIndicator[]): string =>
  `Taken back: ${entriesOf(entries.length)}. The same list does not bring ${entries.length === 1 ? "it" : "them"} again.\n${entries.flatMap(entryLines).join("\n")}\n`;

/** In the form that `intel import` reads, each cell safe to open in a spreadsheet. */
export function* exportCsv(entries: readonly KeptIndicator[]): Generator<string> {
  yield csvRow(CSV_COLUMNS);
  for (const { account, login, at, until, confidence, tlp, origin, source, reference, reason } of entries)
    yield csvRow([
      ...[String(account), login ?? "", "", dayOf(at), dayOf(until), confidence === null ? "" : String(confidence)],
      ...[tlp, origin ?? source, reference ?? "", reason ?? ""],
    ]);
}
