import { UNPRINTABLE } from "../../../characters.ts";
import type { Instant } from "../../../clock.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import type { ImportRequest } from "../../../flows/intel.ts";
import { type ReadList, TLPS } from "../../../intel/entry.ts";
import { FORMATS, formatOf } from "../../../intel/format.ts";
import type { Reading } from "../../../intel/gathering.ts";
import { readCsv } from "../../../intel/read-csv.ts";
import { readTrustdown } from "../../../intel/read-trustdown.ts";
import { readStix } from "../../../intel/stix/read-stix.ts";
import { endOfDay } from "../../../reasons.ts";
import type { Io } from "../../command.ts";
import { parseJson, withPositions } from "../../json.ts";
import { progressLine } from "../../progress.ts";
import { show } from "../../show.ts";
import { type IntelArgs, organizationIn } from "./options.ts";
import { checkedText, importedText } from "./text.ts";

/** Twenty thousand entries with a reason each; a larger file is a mistake, and takes longer than anybody waits. */
const MAX_MIB = 8;

/** `sallyport intel import`: reads the whole file first, so that nothing is kept of a list with a mistake. */
export async function importInto(args: IntelArgs, files: readonly string[], io: Io): Promise<number> {
  const { values } = args;
  const [file, ...more] = files;
  if (file === undefined || more.length > 0)
    throw new InvalidInput([
      { where: "sallyport intel import", what: "not one file", mend: "name one, or - for standard input" },
    ]);
  const isTry = values["dry-run"] ?? false;
  const checksFile = isTry && values.organization === undefined;
  const options = optionsIn(args, { now: io.now(), checksFile });
  const list = readList(
    await io.readFile(file, MAX_MIB),
    { place: file === "-" ? "standard input" : file, now: io.now() },
    values.format,
  );
  if (checksFile) {
    if (values.json) io.stdout.write(`${JSON.stringify(importJson(list, null), null, 2)}\n`);
    else show(io.stdout, checkedText(list));
    return 0;
  }
  const organization = organizationIn(args, "import");
  const progress = progressLine(io.stderr, "entries");
  const imported = await io.services
    .importList({ organization, ...options, entries: list.entries, isTry }, progress.update)
    .finally(progress.clear);
  if (values.json) io.stdout.write(`${JSON.stringify(importJson(list, { organization, ...imported }), null, 2)}\n`);
  else show(io.stdout, importedText(list, imported, { source: options.source, isPrimary: options.isPrimary, isTry }));
  return 0;
}

const importJson = (list: ReadList, imported: object | null) => ({
  schema: "sallyport.intel-import/1",
  format: list.format,
  entries: list.entries.length,
  leftOut: list.leftOut,
  imported,
});

function readList(text: string, reading: Reading, format: string | undefined): ReadList {
  const known = FORMATS.find((each) => each === format) ?? formatOf(reading.place, text);
  const list =
    known === "stix"
      ? readStix(parseJson(text, reading.place), reading)
      : known === "csv"
        ? readCsv(text, reading)
        : readTrustdown(text, reading);
  if (list.problems.length === 0) return list;
  throw new InvalidInput(
    known === "stix" ? withPositions(list.problems, { place: reading.place, text }) : list.problems,
  );
}

const SOURCE = new RegExp(`^[^${UNPRINTABLE}]{1,60}$`, "u");

type Options = Omit<ImportRequest, "entries" | "isTry">;

/** Every problem of the options at once. */
function optionsIn(
  { values }: IntelArgs,
  { now, checksFile }: { readonly now: Instant; readonly checksFile: boolean },
): Options {
  const problems: Problem[] = [];
  const wrong = (where: string, what: string, mend: string): null => {
    problems.push({ where, what, mend });
    return null;
  };
  if (values.format !== undefined && !FORMATS.some((each) => each === values.format))
    wrong("--format", "no format", `write one of ${FORMATS.join(", ")}`);
  const source = values.source?.trim() ?? "";
  if (!checksFile && !SOURCE.test(source))
    wrong("--source", "does not say what the list is called", "write a name of at most 60 characters");
  const tlp = TLPS.find((each) => each === values.tlp?.toLowerCase()) ?? null;
  if (values.tlp !== undefined && tlp === null)
    wrong("--tlp", "no colour of the Traffic Light Protocol", `write one of ${TLPS.join(", ")}`);
  const { confidence: said } = values;
  const confidence = said !== undefined && /^\d{1,3}$/.test(said) && Number(said) <= 100 ? Number(said) : null;
  if (said !== undefined && confidence === null)
    wrong("--confidence", "no confidence", "write an integer from 0 to 100");
  const until = values.until === undefined ? null : endOfDay(values.until, now);
  if (values.until !== undefined && until === null)
    wrong("--until", "not a day within the next year", "write it as YYYY-MM-DD");
  const at = values.date === undefined ? null : dayIn(values.date, now);
  if (values.date !== undefined && at === null)
    wrong("--date", "not a day that has been, since there is GitHub", "write it as YYYY-MM-DD");
  if (problems.length > 0) throw new InvalidInput(problems);
  return { source, isPrimary: values.primary ?? false, tlp, confidence, until, at };
}

function dayIn(text: string, now: Instant): Instant | null {
  const at = /^\d{4}-\d\d-\d\d$/.test(text) ? Date.parse(`${text}T00:00:00.000Z`) : Number.NaN;
  if (Number.isNaN(at)) return null;
  const day = new Date(at).toISOString();
  return day.startsWith(text) && day >= "2008" && day <= now ? day : null;
}
