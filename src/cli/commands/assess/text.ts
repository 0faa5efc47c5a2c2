import { UNAVAILABLE_REASONS } from "../../../absence.ts";
import { type Alike, alike } from "../../../assessment/alike.ts";
import type { Assessment, Finding } from "../../../assessment/assessment.ts";
import { leadWords } from "../../../assessment/words.ts";
import type { Instant } from "../../../clock.ts";
import { FAMILIES } from "../../../signals/families.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import type { Output } from "../../command.ts";
import { counted } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { AXIS_WORDS, BAND_WORDS, LEVEL_WORDS, SECTION_WORDS, TIER_WORDS, unknownWords } from "../../words.ts";

/** An assessment for a terminal: three axes, what fired with its evidence, what was not seen, how it was weighed. */
export function assessmentText(
  assessment: Assessment,
  { signals, strong }: { readonly signals: ReadonlyMap<string, SignalMeta>; readonly strong: Output["strong"] },
): string {
  const fired = assessment.findings.filter(({ outcome }) => outcome === "fired");
  const lead = leadWords(assessment);
  const lines = [
    ...axes(assessment),
    ...(lead === null ? [] : ["", ...paragraph(lead, "")]),
    ...(fired.length === 0
      ? ["", "Nothing fired."]
      : fired.flatMap((finding, index) => found(finding, { index, signals, strong }))),
    ...couldNotSee(assessment),
    ...weighed(assessment),
  ];
  return `${lines.join("\n")}\n`;
}

function axes({ asOf, change, access, persona, coverage }: Assessment): readonly string[] {
  const looked = `${coverage.evaluatedCount} of ${counted(coverage.applicableCount, "check")} could look`;
  return [
    `As of ${minute(asOf)}`,
    "",
    `  Change   ${levelWords(change)}`,
    `  Access   ${levelWords(access)}`,
    `  Account  ${BAND_WORDS[persona.band]} (${looked})`,
  ];
}

/** `2026-11-20 14:20 UTC`. */
const minute = (at: Instant): string => `${at.slice(0, 16).replace("T", " ")} UTC`;

/** What was not seen may be worse than what was. */
const levelWords = ({ level, complete }: Assessment["change"]): string =>
  complete || level === "unknown" ? LEVEL_WORDS[level] : `${LEVEL_WORDS[level]}, in what could be read`;

function found(
  finding: Finding,
  {
    index,
    signals,
    strong,
  }: {
    readonly index: number;
    readonly signals: ReadonlyMap<string, SignalMeta>;
    readonly strong: Output["strong"];
  },
): readonly string[] {
  const signal = signals.get(finding.signal);
  const told = alike(finding.evidence);
  const leftOut = finding.evidenceLeftOut + Math.max(0, told.length - FACTS_SHOWN);
  const level =
    finding.severity === null ? AXIS_WORDS[finding.axis] : `${AXIS_WORDS[finding.axis]}, ${finding.severity}`;
  return [
    "",
    ...paragraph(signal?.title ?? finding.signal, `${index + 1}. `).map(strong),
    `   ${finding.signal} · ${level}`,
    ...told.slice(0, FACTS_SHOWN).flatMap((each) => paragraph(fact(each), "   - ")),
    ...(leftOut > 0 ? [`   - and ${counted(leftOut, "fact")} more of the kind`] : []),
    ...(finding.unknownBecause ? paragraph(`Not read: ${unknownWords(finding.unknownBecause)}`, "   ") : []),
    ...(signal ? paragraph(`Innocent readings: ${signal.benign.join(" Or: ")}`, "   ") : []),
    ...(signal ? paragraph(`Clears by: ${signal.clears}`, "   ") : []),
  ];
}

/** Facts of one finding that a note tells; --json has them all. */
const FACTS_SHOWN = 3;

function fact({ evidence: { fact: sentence, tier, at, link, place }, commits }: Alike): string {
  const where = place ? `${place.path}:${place.line}${place.endLine ? `-${place.endLine}` : ""}: ` : "";
  const when = commits.length > 1 ? [commitsIn(commits)] : [at?.slice(0, 10), commits[0]?.oid.slice(0, SHORT)];
  const notes = [TIER_WORDS[tier], ...when, link].filter((note) => note !== undefined);
  return `${where}${sentence} (${notes.join(", ")})`;
}

const SHORT = 12;

/** `such as 9088e8905444 of 2024-07-02, and 9 more until 2024-09-11`: the fact says how many there are in all. */
function commitsIn(commits: Alike["commits"]): string {
  const dated = commits.toSorted((a, b) => ((a.at ?? "") < (b.at ?? "") ? -1 : Number((a.at ?? "") > (b.at ?? ""))));
  const [first, last] = [dated[0], dated.at(-1)];
  const of = first?.at ? ` of ${first.at.slice(0, 10)}` : "";
  const until = last?.at && last.at.slice(0, 10) !== first?.at?.slice(0, 10) ? ` until ${last.at.slice(0, 10)}` : "";
  return `such as ${first?.oid.slice(0, SHORT)}${of}, and ${commits.length - 1} more${until}`;
}

function couldNotSee({ couldNotSee: missing }: Assessment): readonly string[] {
  if (missing.length === 0) return [];
  return [
    "",
    "Could not see",
    ...missing.flatMap(({ section, reason, retryAt }) =>
      paragraph(
        `${SECTION_WORDS[section]}: ${UNAVAILABLE_REASONS[reason]}${retryAt === null ? "" : `, again from ${minute(retryAt)}`}`,
        "  - ",
      ),
    ),
  ];
}

/** Bits appear here and nowhere else. */
function weighed({ persona, engine }: Assessment): readonly string[] {
  const shares = persona.families.filter(({ bits }) => bits !== 0);
  return [
    "",
    `How the account was weighed (engine ${engine})`,
    ...shares.map(
      ({ family, bits, capBits }) => `  ${FAMILIES[family].title}: ${bitsOf(bits)} of at most ${bitsOf(capBits)}`,
    ),
    ...persona.mitigations.flatMap(({ bits, because }) => paragraph(`${because}: ${bitsOf(-Math.abs(bits))}`, "  ")),
    `  Total: ${bitsOf(persona.bits)}`,
    ...(persona.heldBackFrom === null
      ? []
      : paragraph(
          `Held back from "${BAND_WORDS[persona.heldBackFrom]}": too few independent kinds of evidence.`,
          "  ",
        )),
  ];
}

const bitsOf = (bits: number): string => `${bits.toFixed(1)} bits`;
