import { CATALOG } from "../../../signals/catalog.ts";
import { counted, shorten, table, WIDTH } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { BAND_WORDS } from "../../words.ts";
import type { HistoryReport } from "./schema.ts";

type Finding = HistoryReport["findings"][number];
type Identity = HistoryReport["identities"][number];

/** A history for a terminal: what was read, what was found with its commits, who is in it. Names are never printed. */
export function historyText(
  report: HistoryReport,
  { top }: { readonly top: number; readonly refs: string; readonly rev: string | null },
): string {
  const body = report.commits === 0 ? ["No commits."] : [...found(report), "", ...people(report, top)];
  const lines = [...head(report), "-".repeat(WIDTH), "", ...body];
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function head({ repository, commits, skipped, shallow, identities, timings }: HistoryReport): readonly string[] {
  const first = identities.map((identity) => identity.first).sort()[0];
  const last = identities
    .map((identity) => identity.last)
    .sort()
    .at(-1);
  const period = first && last ? ` · ${day(first)} to ${day(last)}` : "";
  const ms = timings.cloneMs + timings.readMs + timings.identifyMs + timings.findMs;
  return [
    repository.length > WIDTH ? `…${repository.slice(1 - WIDTH)}` : repository,
    `${counted(commits, "commit")} · ${counts(identities.length)}${period} · ${(ms / 1_000).toFixed(1)} s`,
    "commits are taken as made by whom they name; git does not say who pushed them",
    ...(skipped > 0 ? [`${counted(skipped, "commit object")} could not be understood and is left out`] : []),
    ...(shallow ? ["a shallow clone: what is older than its edge was not seen"] : []),
  ];
}

const counts = (count: number): string => (count === 1 ? "1 identity" : `${count} identities`);
const day = (instant: string): string => instant.slice(0, 10);

const SIGNALS = new Map(CATALOG.map((signal) => [signal.id, signal]));
const SHOWN_FINDINGS = 20;
const SHOWN_COMMITS = 3;

function found({ findings, identities }: HistoryReport): readonly string[] {
  const looked = identities.filter(({ automated }) => !automated).length;
  if (findings.length === 0) return [`Nothing notable. ${counts(looked)} looked at.`];
  const bySignal = [...Map.groupBy(findings, ({ signal }) => signal)].sort(
    ([, a], [, b]) => strongest(b) - strongest(a),
  );
  const about = new Set(findings.map(({ identity }) => identity)).size;
  return [
    ...paragraph(
      `Something to see about ${about} of ${counts(looked)}. Facts about commits, which anybody whose work was merged may have written; a reason to look, and no more.`,
      "",
    ),
    ...bySignal.flatMap(([signal, each], index) => finding(signal, each, index)),
  ];
}

const strongest = (findings: readonly Finding[]): number => Math.max(...findings.map(({ bits }) => bits));

function finding(signal: string, findings: readonly Finding[], index: number): readonly string[] {
  const meta = SIGNALS.get(signal);
  const rows = findings
    .toSorted((a, b) => b.strength - a.strength)
    .flatMap(({ identity, strength, evidence }) => {
      const facts = [...Map.groupBy(evidence, ({ fact }) => fact)];
      return facts.flatMap(([fact, commits]) =>
        paragraph(
          `${identity} (${strength}) ${fact} ${commits
            .slice(0, SHOWN_COMMITS)
            .map(({ commit }) => commit.slice(0, 10))
            .join(" ")}`,
          "   - ",
        ),
      );
    });
  return [
    "",
    ...paragraph(meta?.title ?? signal, `${index + 1}. `),
    `   ${signal}`,
    ...shorten(rows, SHOWN_FINDINGS),
    ...paragraph(`How common: ${meta?.baseRate ?? "nobody has measured it yet"}.`, "   "),
    ...paragraph(`Innocent readings: ${meta?.benign.join(" Or: ") ?? ""}`, "   "),
  ];
}

function people({ identities }: HistoryReport, top: number): readonly string[] {
  const left = identities.length - top;
  return [
    ...table(COLUMNS, identities.slice(0, top).map(row)),
    ...(left > 0 ? [`and ${left} more (--top ${identities.length} or --json has all)`] : []),
  ];
}

const COLUMNS = [
  { title: "IDENTITY", maxWidth: 16 },
  { title: "COMMITS", maxWidth: 8, align: "right" },
  { title: "FIRST", maxWidth: 10 },
  { title: "LAST", maxWidth: 10 },
  { title: "MAILS", maxWidth: 5, align: "right" },
  { title: "KEYS", maxWidth: 4, align: "right" },
  { title: "ZONES", maxWidth: 5, align: "right" },
  { title: "SAYS", maxWidth: 16 },
] as const;

const row = ({
  id,
  commits,
  first,
  last,
  emailCount,
  keyCount,
  zonesNeeded,
  automated,
  band,
}: Identity): readonly string[] => [
  id,
  String(commits),
  day(first),
  day(last),
  String(emailCount),
  String(keyCount),
  String(zonesNeeded),
  automated ? "automation" : band === "insufficient_evidence" || band === "none" ? "" : BAND_WORDS[band],
];
