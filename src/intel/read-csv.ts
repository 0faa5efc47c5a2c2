import { type CsvRow, csvRows } from "./csv-rows.ts";
import type { Named, ReadList } from "./entry.ts";
import {
  addressIn,
  confidenceIn,
  idIn,
  loginIn,
  MOST_ORIGIN,
  MOST_REASON,
  momentIn,
  referenceIn,
  textIn,
  tlpIn,
} from "./fields.ts";
import { type Gathering, gathering, type Reading } from "./gathering.ts";

/** Columns by name, in any order. Each row has an `account_id`, a `login` or an `email`; all else may be empty. */
export const CSV_COLUMNS = [
  "account_id",
  "login",
  "email",
  "date",
  "until",
  "confidence",
  "tlp",
  "origin",
  "reference",
  "reason",
] as const;
type Column = (typeof CSV_COLUMNS)[number];

/** A list as CSV with a first line that names its columns. */
export function readCsv(text: string, reading: Reading): ReadList {
  const to = gathering(reading.place, true);
  const rows = csvRows(text, reading.place, to);
  const head = rows.next().value;
  const columns = head ? columnsOf(head, reading.place, to) : to.problem(reading.place, "empty", HEADER);
  if (columns !== null)
    for (const row of rows) {
      if (to.isOver()) break;
      rowOf(row, { columns, reading }, to);
    }
  return to.result("csv");
}

const HEADER = `begin with a line of column names: ${CSV_COLUMNS.join(",")}`;

function columnsOf({ cells, line }: CsvRow, place: string, to: Gathering): readonly Column[] | null {
  const columns: Column[] = [];
  for (const cell of cells) {
    const name = CSV_COLUMNS.find((known) => known === cell.toLowerCase());
    if (name === undefined) return to.problem(`${place}:${line}`, unknownColumn(cell), HEADER);
    if (columns.includes(name)) return to.problem(`${place}:${line}`, `two columns are called ${name}`, HEADER);
    columns.push(name);
  }
  return columns;
}

const unknownColumn = (cell: string): string =>
  /[;\t]/.test(cell)
    ? "columns that are not parted by commas"
    : `no column is called ${JSON.stringify(cell.slice(0, 40))}`;

interface Around {
  readonly columns: readonly Column[];
  readonly reading: Reading;
}

function rowOf({ cells, line }: CsvRow, { columns, reading: { place, now } }: Around, to: Gathering): void {
  const where = `${place}:${line}`;
  if (cells.length !== columns.length) {
    to.problem(
      where,
      `${cells.length} cells for ${columns.length} columns`,
      "give each column a cell, and quote cells with commas",
    );
    return;
  }
  const cell = (name: Column): string => cells[columns.indexOf(name)] ?? "";
  const formula = columns.find((name) => isFormula(cell(name)));
  if (formula !== undefined) {
    to.problem(`${where} ${formula}`, "a cell that a spreadsheet would calculate", "put ' in front of it");
    return;
  }
  const read = <T>(name: Column, of: (text: string, where: string) => T | null): T | null => {
    const text = unguarded(cell(name));
    return text === "" ? null : of(text, `${where} ${name}`);
  };
  const named = namedIn(read, where, to);
  const entry = {
    at: read("date", (text, at) => momentIn(text, { where: at, now, mayComeYet: false }, to)),
    until: read("until", (text, at) => momentIn(text, { where: at, now, mayComeYet: true }, to)),
    confidence: read("confidence", (text, at) => confidenceIn(text, at, to)),
    tlp: read("tlp", (text, at) => tlpIn(text, at, to)),
    origin: read("origin", (text, at) => textIn(text, { where: at, most: MOST_ORIGIN }, to)),
    reference: read("reference", (text, at) => referenceIn(text, at, to)),
    reason: read("reason", (text, at) => textIn(text, { where: at, most: MOST_REASON }, to)),
    where,
  };
  if (entry.at !== null && entry.until !== null && entry.until <= entry.at)
    to.problem(`${where} until`, "ends before it begins", "give a later day");
  if (named !== null) to.add({ named, ...entry });
}

/** The number counts where there is one; a login beside it is a label. */
function namedIn(
  read: <T>(name: Column, of: (text: string, where: string) => T | null) => T | null,
  where: string,
  to: Gathering,
): Named | null {
  let found: Named | null = null;
  let isNamed = false;
  const take = <T>(
    name: Column,
    of: (text: string, where: string, to: Gathering) => T | null,
    as: (value: T) => Named,
  ): void => {
    const value = read(name, (text, at) => {
      isNamed = true;
      return of(text, at, to);
    });
    if (value !== null) found ??= as(value);
  };
  take("account_id", idIn, (id) => ({ by: "id", id }));
  take("login", loginIn, (login) => ({ by: "login", login }));
  take("email", addressIn, (address) => ({ by: "email", address }));
  if (!isNamed) to.problem(where, "names nobody", "fill in account_id, login or email");
  return found;
}

/** What spreadsheets take for a formula at the start of a cell. */
const isFormula = (cell: string): boolean => /^[=+\-@\t\r＝＋－＠]/u.test(cell);
/** A quote in front of one keeps it from being calculated, as our own exports write it. */
const unguarded = (cell: string): string => (cell.startsWith("'") && isFormula(cell.slice(1)) ? cell.slice(1) : cell);
