import { FAMILIES, type Family } from "../../../signals/families.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import type { Output } from "../../command.ts";
import { WIDTH } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { AXIS_WORDS } from "../../words.ts";

/** The catalogue by family: each signal with what it can weigh, and what it says. */
export function catalogText(signals: readonly SignalMeta[], strong: Output["strong"]): string {
  const families = Object.keys(FAMILIES) as readonly Family[];
  const parts = families.flatMap((family) => {
    const members = signals.filter((signal) => signal.family === family);
    return members.length === 0 ? [] : [strong(FAMILIES[family].title), ...members.flatMap(entry), ""];
  });
  return `${parts.join("\n")}\n\`sallyport signals ID\` prints one of the ${signals.length} in full.\n`;
}

function entry(signal: SignalMeta): readonly string[] {
  const name = `  ${signal.id}`;
  return [name + weight(signal).padStart(WIDTH - name.length), ...paragraph(signal.title, "    ")];
}

const weight = ({ weight: bits, severity }: SignalMeta): string =>
  severity ?? `${bits} ${Math.abs(bits) === 1 ? "bit" : "bits"}`;

/** One signal's page. */
export function signalText(signal: SignalMeta, strong: Output["strong"]): string {
  const field = (name: string, text: string): readonly string[] => ["", strong(name), ...paragraph(text, "  ")];
  const lines = [
    `${signal.id} (${signal.status}, version ${signal.version})`,
    ...paragraph(signal.title, "").map(strong),
    "",
    `  Axis        ${signal.axis}, ${AXIS_WORDS[signal.axis]}`,
    `  Family      ${FAMILIES[signal.family].title}`,
    `  Weighs      ${weight(signal)}${signal.queueOnly ? ", for the queue alone" : ""}${signal.hard ? ", cannot be mitigated" : ""}${signal.core ? ", core" : ""}`,
    `  Fades       ${signal.halfLifeDays === null ? "no" : `half of it in ${signal.halfLifeDays} days${signal.windowDays ? `, after ${signal.windowDays}` : ""}`}`,
    `  False fires ${signal.falsePositiveRisk}`,
    `  Reads       ${signal.needs.join(", ")}`,
    ...field("How common on ordinary contributors", signal.baseRate ?? "Nobody has measured it."),
    ...(signal.why === undefined ? [] : field("Why it matters", signal.why)),
    "",
    strong("Innocent explanations, likeliest first"),
    ...signal.benign.flatMap((explanation) => paragraph(explanation, "  - ")),
    ...field("Clears by", signal.clears),
    ...field("How somebody could be framed, and why that fails", signal.framing),
    "",
    strong("Sources"),
    ...signal.sources.flatMap(({ url, says }) => [...paragraph(says, "  - "), `    ${url}`]),
  ];
  return `${lines.join("\n")}\n`;
}
