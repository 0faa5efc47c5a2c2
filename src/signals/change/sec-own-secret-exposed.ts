import type { ChangedFile } from "../../change/change.ts";
import { marksIn, privateKeyLines, secretsIn } from "../../change/formats/secrets.ts";
import { isTestFile, isVendored } from "../../change/paths.ts";
import { textKind } from "../../change/text-kind.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { addedPieces, textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

export default textSignal({
  id: "sec-own-secret-exposed",
  title: "The change publishes a key or a password",
  version: 21,
  core: false,
  severity: "medium",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://docs.github.com/en/code-security/secret-scanning/introduction/supported-secret-scanning-patterns",
      says: "Issuers give their keys forms of their own, so that a published one can be found.",
    },
  ],
  why: "Whoever reads the change can use it, and taking the line out later does not take it back.",
  benign: [
    "A sample that looks like a key, or one that was withdrawn.",
    "A key of a local test chain, which everybody has.",
  ],
  clears: "Withdraw the key with whoever issued it, and let the program read it from its surroundings.",
  framing: "Only lines that the change adds are read; the value is neither kept nor shown, and nobody tries it.",
  concerns: ({ status }) => status !== "removed",
  inFile,
});

function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  const isSample = textKind(file.path) !== "code" || isTestFile(file.path) || isVendored(file.path);
  const inBody = privateKeyLines();
  for (const batch of addedPieces(file)) {
    for (const { line, text, isStart } of batch) {
      const kinds = [
        ...secretsIn(text).map(({ says }) => says),
        ...marksIn(text),
        ...(isStart && inBody(text) ? ["a private key"] : []),
      ];
      for (const says of new Set(kinds))
        found.push(
          graded(isSample ? "low" : "medium", file.path, `The line holds what looks like ${says}.`, line.line),
        );
    }
    yield;
  }
}
