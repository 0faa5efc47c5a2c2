import { type Exposure, priorWords, switchesFor } from "../../../decision/exposure.ts";
import { KEYS } from "../../../policy/keys.ts";
import { paragraph } from "../../paragraph.ts";

/** The level, what it means for evidence, what lowers it, and what to write into the policy file. */
export function exposureText(exposure: Exposure, strong: (text: string) => string): string {
  const advice = switchesFor(exposure).map(({ question, switches }) => [
    ...paragraph(KEYS.exposure[question].about, "").map(strong),
    ...switches.flatMap(({ where, place, set, because }) => [
      ...paragraph(`${where}, ${place}:`, "  "),
      ...paragraph(set, "    "),
      ...paragraph(because, "    "),
    ]),
  ]);
  return [
    [strong(`Exposure: ${exposure.level}`), ...paragraph(`${priorWords(exposure)} ${SAME}`, "")],
    ...advice,
    [strong("For the policy file"), ...policyLines(exposure)],
  ]
    .map((lines) => lines.join("\n"))
    .join("\n\n");
}

const SAME = "Bands and decisions are the same everywhere.";

function policyLines({ yes }: Exposure): readonly string[] {
  const questions = Object.keys(KEYS.exposure) as readonly (keyof typeof KEYS.exposure)[];
  return ["  exposure:", ...questions.map((question) => `    ${question}: ${yes.includes(question)}`)];
}
