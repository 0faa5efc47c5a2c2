import { CATALOG } from "../../../signals/catalog.ts";
import { paragraph } from "../../paragraph.ts";
import type { HistoryReport } from "./schema.ts";
import { commandLines } from "./shell.ts";

type Finding = HistoryReport["findings"][number];
type Repository = HistoryReport["repositories"][number];

/** What one signal found, under the number that the page gives it. */
export interface Numbered {
  readonly number: number;
  readonly signal: string;
  readonly findings: readonly Finding[];
}

/** Findings by signal, the weightiest first. */
export function numbered(findings: readonly Finding[]): readonly Numbered[] {
  const strongest = (each: readonly Finding[]): number => Math.max(...each.map(({ bits }) => bits));
  return [...Map.groupBy(findings, ({ signal }) => signal)]
    .sort(([, a], [, b]) => strongest(b) - strongest(a))
    .map(([signal, each], index) => ({ number: index + 1, signal, findings: each }));
}

const SIGNALS = new Map(CATALOG.map((signal) => [signal.id, signal]));
const SHOWN_GROUPS = 8;

/** Facts with the command that shows them, how common they are, how they come about innocently, and what clears them. */
export function findingLines(
  { number, signal, findings }: Numbered,
  repositories: readonly Repository[],
): readonly string[] {
  const meta = SIGNALS.get(signal);
  const groups = groupsOf(signal, findings);
  const left = groups.length - SHOWN_GROUPS;
  return [
    "",
    ...paragraph(meta?.title ?? signal, `${number}. `),
    `   ${signal}`,
    ...groups.slice(0, SHOWN_GROUPS).flatMap((group) => groupLines(group, signal, repositories)),
    ...(left > 0 ? [`   and ${left} more (--json has all)`] : []),
    ...paragraph(`Innocent readings: ${meta?.benign.join(" Or: ") ?? ""}`, "   "),
    ...paragraph(`How common: ${meta?.baseRate ?? "nobody has measured it yet"}.`, "   "),
    ...paragraph(`What clears it: ${meta?.clears ?? ""}`, "   "),
  ];
}

/** What people of one finding share, where one thing stands behind the findings about several of them. */
const SHARED: Readonly<Record<string, string>> = {
  "id-signing-key-shared": "one signing key",
  "id-machine-identity-shared": "the rare name of one machine",
};

/**
 * Findings that are told together: of what people share the evidence is a commit of each of them, so that those whose
 * evidence meets are one group.
 */
function groupsOf(signal: string, findings: readonly Finding[]): readonly (readonly Finding[])[] {
  const ordered = findings.toSorted((a, b) => b.strength - a.strength);
  if (SHARED[signal] === undefined) return ordered.map((finding) => [finding]);
  let groups: readonly (readonly Finding[])[] = [];
  for (const finding of ordered) {
    const near = groups.filter((group) => group.some((other) => meet(other, finding)));
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), finding]];
  }
  return groups;
}

const meet = (a: Finding, b: Finding): boolean =>
  a.evidence.some(({ commit }) => b.evidence.some((other) => other.commit === commit));

function groupLines(group: readonly Finding[], signal: string, repositories: readonly Repository[]): readonly string[] {
  const evidence = group.flatMap((finding) => finding.evidence);
  const ids = group.map(({ identity }) => identity);
  const facts = [...new Set(evidence.map(({ fact }) => fact))].join(" ");
  const text =
    group.length > 1 ? `${ids.length} identities share ${SHARED[signal]}: ${ids.join(", ")}.` : `${ids[0]}: ${facts}`;
  return [...paragraph(text, "   - "), ...commands(evidence, repositories)];
}

const SHOWN_COMMITS = 6;
const SHORT_ID = 10;

/** One command for each repository that the commits stand in. */
function commands(evidence: Finding["evidence"], repositories: readonly Repository[]): readonly string[] {
  return [...Map.groupBy(evidence, ({ repository }) => repository)].flatMap(([at, each]) => {
    const commits = [...new Set(each.map(({ commit }) => commit.slice(0, SHORT_ID)))].slice(0, SHOWN_COMMITS);
    const folder = folderOf(repositories[at]?.place ?? ".");
    return commandLines(["git", "-C", folder, "show", "-s", "--format=fuller", ...commits], "     ");
  });
}

/** Of an address the folder into which git clones it. */
const folderOf = (place: string): string =>
  /^https:/i.test(place) ? (/([^/]+?)(\.git)?\/*$/.exec(place)?.[1] ?? ".") : place;
