import { type EditorCommand, editorCommands, isEditorFile } from "../../change/editor.ts";
import { readingBudget } from "../../change/limits.ts";
import { isUnseen } from "../../change/lines.ts";
import { inPathOrder } from "../../change/path-order.ts";
import { defineSignal, type Evidence, type Severity } from "../signal.ts";
import { LIST_CUT, ofChange } from "../worst.ts";

const SEVERITY: Readonly<Record<EditorCommand["effect"], Severity>> = {
  runs_on_open: "critical",
  fetches_code: "critical",
  runs_on_click: "high",
};

export default defineSignal({
  id: "chg-editor-autorun",
  axis: "C",
  family: "change",
  title: "The change adds a command that an editor or agent may run from the checkout",
  status: "stable",
  version: 5,
  core: true,
  weight: 0,
  severity: "critical",
  hard: false,
  queue: false,
  halfLifeDays: null,
  falsePositiveRisk: "low",
  baseRate:
    "0.09 % of first merged pull requests touch editor or container settings at all, 0.03 % an editor's tasks (27,361 first pull requests of 126 repositories)",
  baseRateUpperPercent: 0.14,
  sources: [
    {
      url: "https://appsecuritystandards.org/blog/malicious-next-js-repos-triggered-backdoors-in-vs-code",
      says: "Repositories carried tasks that started when the folder was opened in an editor.",
    },
    {
      url: "https://github.com/OpenSourceMalware/PolinRider",
      says: "A campaign changed files in hundreds of repositories of owners whose machines had been compromised.",
    },
  ],
  benign: [
    "The project ships its development tooling on purpose, and the file was discussed before.",
    "The author committed personal editor settings by accident.",
  ],
  clears: "Take the command out, or explain it and have a maintainer read it outside the editor.",
  framing:
    "The change itself is the evidence, and it was pushed to the pull request. The machine of whoever pushed it may have been compromised, so the finding speaks of the change only.",
  needs: ["change.files"],
  detect({ "change.files": { files, truncated } }) {
    const short = readingBudget();
    const found = inPathOrder(files.filter(isEditorFile)).flatMap((file) =>
      (short(file) ? editorCommands(file) : [TOO_LONG]).map(({ effect, what, line }) => ({
        severity: SEVERITY[effect],
        evidence: evidence(file.path, what, line?.line ?? 1),
      })),
    );
    const hidden = files.some((file) => isUnseen(file) && isEditorFile(file));
    return ofChange(found, { blind: truncated ? LIST_CUT : hidden ? "an editor file came without its text" : null });
  },
});

const TOO_LONG: EditorCommand = {
  effect: "runs_on_click",
  what: "The file is longer than what is read here.",
  line: null,
};

function evidence(path: string, what: string, line: number): Evidence {
  return { fact: what, tier: "SC", place: { path, line } };
}
