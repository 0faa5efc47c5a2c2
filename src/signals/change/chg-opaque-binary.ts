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
  version: 47,
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
  const builds = files.filter(({ path, hunks }) => isBuildFile(path) && (hunks === null || hunks.length > 0));
  const found: Graded[] = [];
  const names = builds.length === 0 ? NOTHING : yield* namesIn(builds);
  for (const file of files) {
    const one = ofFile(file, { isBuilt: builds.length > 0, names });
    if (one !== null) found.push(one);
    yield;
  }
  return ofChange(found, { blind: truncated ? LIST_CUT : null });
}

const NOTHING: ReadonlySet<string> = new Set();
const LONGEST_LINE = 4_096;
/** Names with an ending; a path in front of one ends before it. */
const NAME = /[\w@%+=.-]{1,120}\.\w{1,12}/g;

/** The names of files that lines which the change adds to the build speak of. */
function* namesIn(builds: readonly ChangedFile[]): Steps<ReadonlySet<string>> {
  const names = new Set<string>();
  for (const { hunks } of builds)
    for (const { lines } of hunks ?? [])
      for (const { kind, text } of lines) {
        if (kind === "added") for (const [name] of text.slice(0, LONGEST_LINE).matchAll(NAME)) names.add(name);
        yield;
      }
  return names;
}

interface Build {
  /** The change touches how the project is built. */
  readonly isBuilt: boolean;
  readonly names: ReadonlySet<string>;
}

/** What the bytes say where they were at hand, what the name says otherwise. */
function ofFile(file: ChangedFile, { isBuilt, names }: Build): Graded | null {
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
  // Wherever it stands: what the build takes from among the tests is no sample.
  if (names.has(lastPart(file.path))) return graded("high", file.path, `${fact.slice(0, -1)}, and the build names it.`);
  if (!isBuilt) return graded(severityOf(file, "medium"), file.path, fact);
  const beside = `${fact.slice(0, -1)}, beside a change of how the project is built.`;
  return graded(severityOf(file, "high"), file.path, beside);
}

const lastPart = (path: string): string => path.slice(path.lastIndexOf("/") + 1);

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
