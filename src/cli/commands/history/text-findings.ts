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

/** One fact about one identity. */
interface Fact {
  readonly identity: string;
  readonly fact: string;
  readonly evidence: Finding["evidence"];
}

/** What people share where one thing stands behind the facts about several of them. */
const SHARED: Readonly<Record<string, string>> = {
  "id-signing-key-shared": "signing key",
  "id-machine-identity-shared": "rare name of a machine",
};

/**
 * Facts that are told together: those about one identity, or about people who share a thing. Of such a thing the
 * evidence is a commit of each of its users, so that facts whose evidence meets are about the same.
 */
function groupsOf(signal: string, findings: readonly Finding[]): readonly (readonly Fact[])[] {
  const ordered = findings.toSorted((a, b) => b.strength - a.strength).map(factsOf);
  if (SHARED[signal] === undefined) return ordered;
  let groups: readonly (readonly Fact[])[] = [];
  for (const fact of ordered.flat()) {
    const near = groups.filter((group) => group.some((other) => commonCount(other, fact) > 0));
    groups = [...groups.filter((group) => !near.includes(group)), [...near.flat(), fact]];
  }
  return groups;
}

const factsOf = ({ identity, evidence }: Finding): readonly Fact[] =>
  [...Map.groupBy(evidence, ({ fact }) => fact)].map(([fact, each]) => ({ identity, fact, evidence: each }));

const commonCount = (a: Fact, b: Fact): number =>
  a.evidence.filter(({ commit }) => b.evidence.some((other) => other.commit === commit)).length;

function groupLines(group: readonly Fact[], signal: string, repositories: readonly Repository[]): readonly string[] {
  const evidence = group.flatMap((fact) => fact.evidence);
  const ids = [...new Set(group.map(({ identity }) => identity))];
  const text = ids.length > 1 ? sharing(ids, group, signal) : `${ids[0]}: ${group.map(({ fact }) => fact).join(" ")}`;
  return [...paragraph(text, "   - "), ...commands(evidence, repositories)];
}

/** Some share one thing with one and another thing with somebody else. */
function sharing(ids: readonly string[], group: readonly Fact[], signal: string): string {
  const isOne = group.every((fact) => group.every((other) => commonCount(fact, other) === fact.evidence.length));
  const thing = SHARED[signal] ?? "thing";
  return `${ids.length} identities share ${isOne ? `one ${thing}` : `more than one ${thing}`}: ${ids.join(", ")}.`;
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
