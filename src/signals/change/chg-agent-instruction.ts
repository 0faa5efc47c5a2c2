import type { ChangedFile } from "../../change/change.ts";
import { addressesModel, isInstructionFile, isUnrendered } from "../../change/formats/instructions.ts";
import { isVendored } from "../../change/paths.ts";
import { textKind } from "../../change/text-kind.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

export default textSignal({
  id: "chg-agent-instruction",
  title: "The change tells coding agents what to do",
  version: 46,
  core: false,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://owasp.org/www-project-top-10-for-large-language-model-applications/",
      says: "Text that a model reads can redirect what it does, and a person need not see the text.",
    },
  ],
  why: "An agent that works in the checkout follows such text with its owner's rights.",
  benign: ["Ordinary instructions that the project keeps for agents.", "A document or a test about such text."],
  clears: "Write instructions where people see them, and have a maintainer agree to them.",
  framing: "Only lines that the change adds are read.",
  concerns: (file) => file.status !== "removed" && (isInstructionFile(file.path) || textKind(file.path) === "prose"),
  inFile,
});

/** A comment in Markdown goes on until it ends, so its later lines are not rendered either. */
function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  const visible = isInstructionFile(file.path);
  let inComment = false;
  let firstLine: number | null = null;
  for (const batch of addedPieces(file)) {
    for (const { line, text } of batch) {
      firstLine ??= text.trim() === "" ? null : line.line;
      const hidden = inComment || isUnrendered(text);
      if (hidden && addressesModel(text))
        found.push(
          graded("high", file.path, "Text that a rendered page does not show speaks to a coding agent.", line.line),
        );
      const opens = text.lastIndexOf("<!--");
      const closes = text.lastIndexOf("-->");
      inComment = opens > closes || (inComment && closes < 0);
    }
    yield;
  }
  if (visible && firstLine !== null)
    found.push(
      graded(
        isVendored(file.path) ? "low" : "medium",
        file.path,
        "Instructions that coding agents read are changed.",
        firstLine,
      ),
    );
}
