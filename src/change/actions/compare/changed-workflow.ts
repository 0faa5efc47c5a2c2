import type { Steps } from "../../../slices.ts";
import type { ChangedFile } from "../../change.ts";
import { wholeTexts } from "../../formats/whole-texts.ts";
import { isWorkflowFile } from "../../formats/workflow.ts";
import { keptIn, type Memory, memoryOf } from "../../memory.ts";
import { recent } from "../../recent.ts";
import type { Around } from "../finding.ts";
import { workflowSteps } from "../read-workflow.ts";
import type { Files } from "../runs.ts";
import type { Workflow } from "../workflow.ts";
import type { Malformed } from "../yaml-tree.ts";

/** Both sides of a changed workflow; null of a side that is none, or was none. */
export interface ChangedWorkflow {
  readonly before: Workflow | null;
  readonly after: Workflow | Malformed;
}

/** What is known around a changed workflow: of its neighbours those that the change touches, as they were and as they are. */
export interface AroundChange extends Omit<Around, "files"> {
  readonly files: { readonly before: Files; readonly after: Files };
}

/** The changed workflows and actions of a change by path, on both sides; the same maps for the same list. */
export function* changedSides(files: readonly ChangedFile[]): Steps<AroundChange["files"]> {
  const made = sides.get(files);
  if (made !== undefined) return made;
  const [before, after] = [new Map<string, Workflow>(), new Map<string, Workflow>()];
  for (const file of files) {
    const read = yield* changedWorkflow(file);
    if (read?.before) before.set(read.before.path, read.before);
    if (read && !("reason" in read.after)) after.set(read.after.path, read.after);
  }
  sides.set(files, { before, after });
  return { before, after };
}

const sides = new WeakMap<readonly ChangedFile[], AroundChange["files"]>();

/** Each file is parsed once, however many checks ask. */
const known = new WeakMap<ChangedFile, ChangedWorkflow | null>();

/** A changed workflow or action, parsed; null where it is none, or its whole text is not at hand. */
export function* changedWorkflow(file: ChangedFile): Steps<ChangedWorkflow | null> {
  const before = known.get(file);
  if (before !== undefined) return before;
  const both = isYaml(file.path) ? yield* readBoth(file) : null;
  known.set(file, both);
  return both;
}

const isYaml = (path: string): boolean => isWorkflowFile(path) && /\.ya?ml$/i.test(path);

function* readBoth(file: ChangedFile): Steps<ChangedWorkflow | null> {
  const texts = wholeTexts(file);
  if (texts === null || texts.after === null) return null;
  const memory = memoryOf(file);
  const earlierPath = file.previousPath ?? file.path;
  // What stood where Actions does not look had no rights before.
  const earlier = texts.before === null || !isYaml(earlierPath) ? null : yield* read(earlierPath, texts.before, memory);
  return {
    before: earlier === null || "reason" in earlier ? null : earlier,
    after: yield* read(file.path, texts.after, memory),
  };
}

const recentIn = keptIn(() => recent<Workflow | Malformed>({ entries: 128, maxChars: 2 ** 19 }));

function* read(path: string, text: string, memory: Memory): Steps<Workflow | Malformed> {
  const known = recentIn(memory);
  const workflow = known.of(path, text) ?? (yield* workflowSteps(path, text));
  known.keep(path, text, workflow);
  return workflow;
}
