import type { Steps } from "../../../slices.ts";
import type { ChangedFile } from "../../change.ts";
import { wholeTexts } from "../../formats/whole-texts.ts";
import { isWorkflowFile } from "../../formats/workflow.ts";
import { keptIn, type Memory, memoryOf } from "../../memory.ts";
import { recent } from "../../recent.ts";
import { workflowSteps } from "../read-workflow.ts";
import type { Workflow } from "../workflow.ts";
import type { Malformed } from "../yaml-tree.ts";

/** Both sides of a changed workflow; null of a side that is none, or was none. */
export interface ChangedWorkflow {
  readonly before: Workflow | null;
  readonly after: Workflow | Malformed;
}

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
