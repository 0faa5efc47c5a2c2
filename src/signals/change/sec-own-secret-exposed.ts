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
  version: 43,
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
  const stood = yield* secretsBefore(file);
  const inBody = privateKeyLines();
  for (const batch of addedPieces(file)) {
    for (const { line, text, isStart } of batch) {
      const secrets = secretsOf(text);
      const isBody = isStart && inBody(text);
      if (secrets.length === 0 && !isBody) continue;
      const fresh = secrets.filter(({ id }) => id === null || !stood.has(id));
      const seen = new Map(fresh.map((secret) => [`${secret.says} ${secret.hash}`, secret]));
      if (isBody) seen.set("body", { says: "a private key", hash: null, id: null });
      for (const { says, hash } of seen.values()) {
        const fact = `The line holds what looks like ${says}.`;
        const { severity, evidence } = graded(isSample ? "low" : "medium", file.path, fact, line.line);
        found.push({ severity, evidence: { ...evidence, ...(hash !== null && { keyedHash: hash }) } });
      }
    }
    yield;
  }
}

interface Secret {
  readonly says: string;
  readonly hash: string | null;
  /** What two of the same share; null where nothing tells. */
  readonly id: string | null;
}

/** Nearly every line has none, and costs no list. */
function secretsOf(text: string): readonly Secret[] {
  const [secrets, marks] = [secretsIn(text), marksIn(text)];
  if (secrets.length === 0 && marks.length === 0) return NONE;
  return [
    ...secrets.map(({ says, value }) => ({ says, hash: null, id: value })),
    ...marks.map(({ says, hash }) => ({ says, hash, id: hash })),
  ];
}

const NONE: readonly Secret[] = [];

/** What the change finds in the file already: a line that moves, or is written anew, publishes nothing. */
function* secretsBefore(file: ChangedFile): Steps<ReadonlySet<string>> {
  const stood = new Set<string>();
  for (const { lines } of file.hunks ?? [])
    for (const [at, { kind, text }] of lines.entries()) {
      if (kind === "removed") for (const { id } of secretsOf(text)) if (id !== null) stood.add(id);
      if (at % LINES_A_STEP === 0) yield;
    }
  return stood;
}

const LINES_A_STEP = 64;
