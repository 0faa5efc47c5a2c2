import { type Advice, BLOCKING_RULE } from "../../../change/actions/advice.ts";
import { RULES } from "../../../change/actions/findings.ts";
import { rankOf } from "../../../change/severity.ts";
import type { Output } from "../../command.ts";
import { counted } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import type { WorkflowsReport } from "./schema.ts";

type Finding = WorkflowsReport["findings"][number];

/** The report for people: file by file, the worst first, and at the end what each kind of finding means. */
export function workflowsText(report: WorkflowsReport, strong: Output["strong"]): string {
  const { files, findings, notChecked } = report;
  const parts = [headOf(report)];
  const paths = [...new Set(findings.map(({ path }) => path))];
  for (const path of paths) {
    const here = findings.filter((finding) => finding.path === path);
    parts.push([strong(printable(path)), ...groupsOf(here).flatMap(ofGroup)]);
  }
  if (notChecked.length > 0)
    parts.push([
      strong("Not checked"),
      ...notChecked.flatMap(({ path, line, reason }) =>
        paragraph(`${path}${line === null ? "" : `, line ${line}`}: ${reason}`, "  - "),
      ),
    ]);
  if (findings.length > 0) parts.push([strong("What these mean"), ...meanings(findings)]);
  if (findings.length === 0 && files.length > 0 && notChecked.length === 0) parts.push(["Nothing found."]);
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}

function headOf({ repository, files, findings, at }: WorkflowsReport): readonly string[] {
  const count = (kind: string): number => files.filter((file) => file.kind === kind).length;
  const where = repository.name === null ? "" : `${printable(repository.name)}: `;
  const read = `${counted(count("workflow"), "workflow")} and ${counted(count("action"), "action")}`;
  return paragraph(
    `${where}${read}, ${counted(findings.length, "finding")}, by GitHub's rules of ${at.slice(0, 10)}`,
    "",
  );
}

/** Findings that say the same thing, and where. */
interface Group {
  readonly first: Finding;
  readonly places: readonly Finding[];
}

/** The same fact on several lines is told once; so are those of one rule that are low or medium. */
function groupsOf(findings: readonly Finding[]): readonly Group[] {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const { rule, severity, reachable, fact } = finding;
    const key = JSON.stringify([rule, severity, reachable, severity === "low" || severity === "medium" ? "" : fact]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  return [...groups.values()]
    .flatMap((places): Group[] => (places[0] ? [{ first: places[0], places }] : []))
    .sort((a, b) => rankOf(b.first.severity) - rankOf(a.first.severity) || a.first.line - b.first.line);
}

/** Lines named of one group; `--json` has all. */
const MAX_LINES = 8;

function ofGroup({ first, places }: Group): readonly string[] {
  const { severity, rule, reachable, fact } = first;
  const lines = [...new Set(places.map(({ line }) => line))];
  const more = lines.length > MAX_LINES ? ` and ${lines.length - MAX_LINES} more` : "";
  const where = `line${lines.length === 1 ? "" : "s"} ${lines.slice(0, MAX_LINES).join(", ")}${more}`;
  const until = reachable === "today" ? "" : `, ${reachable}`;
  const head = `${severity.padEnd(8)}  ${rule}, ${where}${until}`;
  const facts = new Set(places.map((place) => place.fact));
  return [
    ...paragraph(head, "  "),
    ...paragraph(facts.size > 1 ? `${fact} And ${facts.size - 1} more like it.` : fact, "            "),
  ];
}

function meanings(findings: readonly Finding[]): readonly string[] {
  return RULES.flatMap(({ id }) => {
    const about = findings.find(({ rule }) => rule === id);
    return about ? [...paragraph(`${id}: ${about.why}`, "  - "), ...paragraph(about.fine, "    ")] : [];
  });
}

/** What stops by the execution policy, and what to write instead. */
export function adviceText(
  advice: readonly Advice[],
  { repository, files, at }: WorkflowsReport,
  strong: Output["strong"],
): string {
  if (repository.isPublic === false)
    return "The repository is private: GitHub's default execution policy does not block its workflows.\n";
  const day = BLOCKING_RULE?.from ?? "";
  const verb = at.slice(0, 10) < day ? "stop" : "have stopped";
  const rule = `${BLOCKING_RULE?.effect ?? ""}, from ${day}.`;
  if (advice.length === 0)
    return `${paragraph(`${rule} None of ${counted(files.length, "file")} uses it.`, "").join("\n")}\n`;
  const parts = [
    paragraph(`${rule} ${counted(advice.length, "workflow")} of ${counted(files.length, "file")} ${verb}:`, ""),
    ...advice.map(({ path, line, whole, does, instead }) => [
      strong(`${printable(path)}, line ${line}`),
      ...paragraph(`${whole ? "Nothing else starts it." : "Its other events go on."} ${does}`, "  "),
      ...paragraph(instead, "  "),
    ]),
  ];
  return `${parts.map((lines) => lines.join("\n")).join("\n\n")}\n`;
}
