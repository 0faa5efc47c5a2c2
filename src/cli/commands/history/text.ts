import { counted, shorten, table, WIDTH } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { BAND_WORDS } from "../../words.ts";
import type { HistoryRequest } from "./request.ts";
import type { HistoryReport } from "./schema.ts";
import { findingLines, type Numbered, numbered } from "./text-findings.ts";

type Identity = HistoryReport["identities"][number];
type Repository = HistoryReport["repositories"][number];
type Asked = Pick<HistoryRequest, "rev" | "refs"> & { readonly top: number };

/** A history for a terminal: what was read, what was found with its commits, who is in it. Names are never printed. */
export function historyText(report: HistoryReport, asked: Asked): string {
  const found = numbered(report.findings);
  const body =
    report.commits === 0
      ? ["No commits."]
      : [...said(report, found), "", ...people(report, found, asked.top), ...owners(report, found)];
  const lines = [...head(report, asked), "-".repeat(WIDTH), "", ...body];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function head(report: HistoryReport, asked: Asked): readonly string[] {
  const { commits, identities, timings } = report;
  const first = identities.map((identity) => identity.first).sort()[0];
  const last = identities
    .map((identity) => identity.last)
    .sort()
    .at(-1);
  const period = first && last ? ` · ${day(first)} to ${day(last)}` : "";
  const ms = timings.cloneMs + timings.readMs + timings.identifyMs + timings.findMs;
  return [
    ...placeLines(report),
    `${counted(commits, "commit")} · ${countOf(identities.length)}${period} · ${(ms / 1_000).toFixed(1)} s`,
    "commits are taken as made by whom they name; git does not say who pushed them",
    ...limits(report, asked).flatMap((line) => paragraph(line, "")),
  ];
}

const SHOWN_PLACES = 20;

function placeLines({ repositories, commits }: HistoryReport): readonly string[] {
  if (repositories.length < 2) return repositories.map(({ place }) => ending(place, WIDTH));
  const rows = repositories.map((each) => {
    const count = ` · ${counted(each.commits, "commit")}`;
    return `  ${ending(each.place, WIDTH - 2 - count.length)}${count}`;
  });
  const twice = total(repositories, ({ commits: each }) => each) - commits;
  const shared = `${counted(twice, "commit")} more than once among them, counted with the first that has it`;
  return [`${repositories.length} repositories`, ...shorten(rows, SHOWN_PLACES), ...(twice > 0 ? [shared] : [])];
}

/** The end of a long path says more than its beginning. */
const ending = (place: string, width: number): string => (place.length > width ? `…${place.slice(1 - width)}` : place);

/** What was not read, and how to read it. */
function limits({ repositories, skipped, undated, shallow }: HistoryReport, { rev, refs }: Asked): readonly string[] {
  const older = total(repositories, (each) => each.older);
  const requests = total(repositories, ({ leftOut }) => leftOut.requests);
  const others = total(repositories, ({ leftOut }) => leftOut.others);
  const kinds = [
    ...(requests > 0 ? [`${counted(requests, "head")} of pull requests, which anybody can open`] : []),
    ...(others > 0 ? [`${counted(others, "reference")} of other kinds, such as notes`] : []),
  ];
  return [
    ...(kinds.length > 0 ? [`not read: ${kinds.join(", and ")}; --refs all reads ${pronoun(requests + others)}`] : []),
    ...(rev === null && refs === "all"
      ? ["all references are read, heads of pull requests too, which anybody can open"]
      : []),
    ...(older > 0 ? [`${counted(older, "commit")} from before --since ${isOrAre(older)} left out`] : []),
    ...(skipped > 0
      ? [`${counted(skipped, "commit object")} could not be understood and ${isOrAre(skipped)} left out`]
      : []),
    ...(undated > 0
      ? [
          `${counted(undated, "commit")} ${undated === 1 ? "has" : "have"} a date that is no moment, and ${isOrAre(undated)} compared by date with nothing`,
        ]
      : []),
    ...(shallow ? ["a shallow clone: what is older than its edge was not seen"] : []),
    ...unfollowed(repositories),
  ];
}

function unfollowed(repositories: readonly Repository[]): readonly string[] {
  const replaced = total(repositories, (each) => each.replaced);
  const kinds = [
    ...(replaced > 0 ? [counted(replaced, "replaced commit")] : []),
    ...(repositories.some(({ grafts }) => grafts) ? ["grafts (info/grafts)"] : []),
  ];
  return kinds.length === 0
    ? []
    : [`it has ${kinds.join(" and ")}: commits are read as they were written, without them`];
}

const total = (repositories: readonly Repository[], of: (repository: Repository) => number): number =>
  repositories.reduce((sum, each) => sum + of(each), 0);
const isOrAre = (count: number): string => (count === 1 ? "is" : "are");
const pronoun = (count: number): string => (count === 1 ? "it" : "them");
const countOf = (count: number): string => (count === 1 ? "1 identity" : `${count} identities`);
const day = (instant: string): string => instant.slice(0, 10);

function said(report: HistoryReport, found: readonly Numbered[]): readonly string[] {
  const looked = report.identities.filter(({ automated }) => !automated);
  if (found.length === 0) return [...paragraph(nothing(looked), ""), "", ...paragraph(CANNOT_SHOW, "")];
  const about = new Set(report.findings.map(({ identity }) => identity)).size;
  const intro = `Something to see about ${about} of ${countOf(looked.length + report.owners.length)}. Facts about commits, which anybody whose work was merged may have written; a reason to look, and no more.`;
  return [...paragraph(intro, ""), ...found.flatMap((each) => findingLines(each, report.repositories))];
}

function nothing(looked: readonly Identity[]): string {
  const few = looked.filter(({ band }) => band === "insufficient_evidence").length;
  const which = few === looked.length ? (few === 1 ? "" : "all ") : `${few} of them `;
  const limit = few === 0 ? "" : `, ${which}with fewer than 20 commits, too few for most questions`;
  return `Nothing notable. ${countOf(looked.length)} looked at${limit}.`;
}

const CANNOT_SHOW =
  "What commits cannot show: this history would read the same if several people worked under one name, if one person kept several names well apart, or if dates were set by hand to likely hours. It vouches for nobody, and speaks against nobody.";

function people({ identities }: HistoryReport, found: readonly Numbered[], top: number): readonly string[] {
  const left = identities.length - top;
  return [
    ...table(
      COLUMNS,
      identities.slice(0, top).map((identity) => row(identity, found)),
    ),
    ...(left > 0 ? [`and ${left} more (--top ${identities.length} or --json has all)`] : []),
  ];
}

const COLUMNS = [
  { title: "IDENTITY", maxWidth: 16 },
  { title: "COMMITS", maxWidth: 8, align: "right" },
  { title: "FIRST", maxWidth: 10 },
  { title: "LAST", maxWidth: 10 },
  { title: "MAILS", maxWidth: 5, align: "right" },
  { title: "SEE", maxWidth: 8 },
  { title: "SAYS", maxWidth: 16 },
] as const;

const row = (
  { id, commits, first, last, emailCount, automated, band }: Identity,
  found: readonly Numbered[],
): readonly string[] => [
  id,
  String(commits),
  day(first),
  day(last),
  String(emailCount),
  marks(id, found).join(" "),
  automated ? "automation" : band === "insufficient_evidence" || band === "none" ? "" : BAND_WORDS[band],
];

/** Numbers of the findings about somebody. */
const marks = (id: string, found: readonly Numbered[]): readonly number[] =>
  found.flatMap(({ number, findings }) => (findings.some(({ identity }) => identity === id) ? [number] : []));

function owners(report: HistoryReport, found: readonly Numbered[]): readonly string[] {
  if (report.owners.length === 0) return [];
  const each = report.owners.map(({ id }) => [id, ...marks(id, found).map((number) => `see ${number}`)].join(", "));
  const who = report.owners.length === 1 ? "One owner has" : `${report.owners.length} owners have`;
  const text = `${who} no commit here under an address that the account map names: ${each.join("; ")}.`;
  return ["", ...paragraph(text, "")];
}
