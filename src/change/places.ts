import { isEditorPath } from "./editors/commands.ts";
import { isWorkflowFile } from "./formats/workflow.ts";
import { wantsWholePackage } from "./packages/in-change.ts";

/** Files that say more than their changed lines: what stands around a line decides what it does there. */
export const wantsWhole = (path: string): boolean =>
  isWorkflowFile(path) || isEditorPath(path) || wantsWholePackage(path);
