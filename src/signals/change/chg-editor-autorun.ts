import { type EditorCommand, editorCommands, isEditorFile, isPartOfSettings } from "../../change/editors/commands.ts";
import type { Severity } from "../../change/severity.ts";
import { changeSignal, graded } from "../change-signal.ts";

const SEVERITY: Readonly<Record<EditorCommand["effect"], Severity>> = {
  runs_on_open: "critical",
  fetches_code: "critical",
  sends_elsewhere: "critical",
  runs_on_click: "high",
  names_dependency: "low",
};

export default changeSignal({
  id: "chg-editor-autorun",
  title: "The change adds a command that an editor or agent may run from the checkout",
  version: 55,
  core: true,
  severity: "critical",
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
  why: "Whoever opens the checkout to read the change may run what it brings, before anybody has read it.",
  benign: [
    "The project ships its development tooling on purpose, and the file was discussed before.",
    "The author committed personal editor settings by accident.",
  ],
  clears: "Take the command out, or explain it and have a maintainer read it outside the editor.",
  framing:
    "The change itself is the evidence, and it was pushed to the pull request. The machine of whoever pushed it may have been compromised, so the finding speaks of the change only.",
  concerns: isEditorFile,
  *read(file) {
    const commands = yield* editorCommands(file);
    return commands.map(({ effect, what, line }) => graded(SEVERITY[effect], file.path, what, line?.line));
  },
  tooLong: { severity: "high", fact: "The file is longer than what is read here." },
  withoutText: "an editor file came without its text",
  unsure: {
    isSo: isPartOfSettings,
    because: "an editor file came in parts that do not show what their values are for",
  },
});
