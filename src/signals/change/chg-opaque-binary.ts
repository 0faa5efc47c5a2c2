import type { ChangedFile } from "../../change/change.ts";
import type { BinaryKind } from "../../change/content.ts";
import { beginsAsNamed, claimedKind, isBuildFile } from "../../change/formats/binary-names.ts";
import { isTestFile, isVendored } from "../../change/paths.ts";
import type { Severity } from "../../change/severity.ts";
import { textKind } from "../../change/text-kind.ts";
import { atOnce, type Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { type Detection, defineSignal, type Facts } from "../signal.ts";
import { type Graded, LIST_CUT, ofChange } from "../worst.ts";

const NAMES: Readonly<Record<BinaryKind, string>> = {
  executable: "a program",
  archive: "an archive",
  library: "a compiled library",
  wasm: "a WebAssembly module",
  picture: "a picture",
  font: "a font",
  sound: "sound or video",
  document: "a document",
  unknown: "data that is no text",
};

/** Kinds that people look at or listen to; what is inside them is not run by anything that was made for them. */
const MEDIA: ReadonlySet<BinaryKind> = new Set(["picture", "font", "sound", "document"]);

export default defineSignal({
  id: "chg-opaque-binary",
  axis: "C",
  family: "change",
  title: "The change adds a file that a reviewer cannot read",
  version: 36,
  severity: "high",
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://best.openssf.org/Concise-Guide-for-Evaluating-Open-Source-Software",
      says: "Files that are no source are a place where a package carries what its source does not show.",
    },
    {
      url: "https://research.swtch.com/xz-script",
      says: "A backdoor came in as test files that the build unpacked and ran.",
    },
  ],
  why: "Nobody can say what it holds, and a build that uses it ships that.",
  benign: [
    "A fixture of a format that is tested.",
    "An asset, a wrapper of a build tool, or a release that the project keeps on purpose.",
  ],
  clears: "Say where it comes from and how to make it again, with its hash, or let the build fetch it by that hash.",
  framing: "Only the files of the change are looked at.",
  needs: ["change.files"],
  detect: (facts) => atOnce(inSteps(facts)),
  inSteps,
});

function* inSteps({ "change.files": { files, truncated } }: Facts<"change.files">): Steps<Detection> {
  const builds = files.some(({ path, hunks }) => isBuildFile(path) && (hunks === null || hunks.length > 0));
  const found: Graded[] = [];
  for (const file of files) {
    const one = ofFile(file, builds);
    if (one !== null) found.push(one);
    yield;
  }
  return ofChange(found, { blind: truncated ? LIST_CUT : null });
}

/** What the bytes say where they were at hand, what the name says otherwise. */
function ofFile(file: ChangedFile, builds: boolean): Graded | null {
  if (file.status === "removed" || (file.status === "renamed" && file.additions + file.deletions === 0 && !file.binary))
    return null;
  const claimed = claimedKind(file.path);
  const kind = file.binary?.after ?? (file.hunks === null ? claimed : null);
  if (kind === null) return null;
  if (file.binary?.after != null && claimed !== null && !isClose(file.path, claimed, kind))
    return graded(severityOf(file, "high"), file.path, `It is named like ${NAMES[claimed]} and is ${NAMES[kind]}.`);
  if (MEDIA.has(claimed ?? kind)) return null;
  const isNew = file.status === "added" || file.status === "copied";
  const fact = `It is ${NAMES[kind]}, ${isNew ? "new" : "changed"}.`;
  if (!builds) return graded(severityOf(file, "medium"), file.path, fact);
  const beside = `${fact.slice(0, -1)}, beside a change of how the project is built.`;
  return graded(severityOf(file, "high"), file.path, beside);
}

/** Tests hold samples of everything, and what others wrote stands under their name. */
const severityOf = ({ path }: ChangedFile, inCode: Severity): Severity =>
  textKind(path) !== "code" || isTestFile(path) || isVendored(path) ? "low" : inCode;

/** Formats that stand in each other: a library or a document in a zip archive, a picture in a sound's container. */
function isClose(path: string, claimed: BinaryKind, kind: BinaryKind): boolean {
  if (kind === claimed || claimed === "unknown") return true;
  if (kind === "unknown") return !beginsAsNamed(path);
  if (kind === "archive") return claimed === "library" || claimed === "document";
  if (MEDIA.has(claimed)) return MEDIA.has(kind);
  return PROGRAMS.has(claimed) && PROGRAMS.has(kind);
}

const PROGRAMS: ReadonlySet<BinaryKind> = new Set(["executable", "library"]);
