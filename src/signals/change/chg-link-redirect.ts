import type { ChangedFile } from "../../change/change.ts";
import { type Redirect, redirectOf } from "../../change/link-target.ts";
import type { Steps } from "../../slices.ts";
import { graded } from "../change-signal.ts";
import { textSignal } from "../text-signal.ts";
import type { Graded } from "../worst.ts";

const PLACE: Readonly<Record<Redirect["what"], string>> = {
  folder: "A folder that editors, agents or Actions look into",
  file: "A file that editors, agents or Actions look for",
  words: "Instructions for agents",
};

export default textSignal({
  id: "chg-link-redirect",
  title: "The change leads a place that tools run commands from somewhere else",
  version: 48,
  core: false,
  severity: "critical",
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://git-scm.com/docs/gitformat-index",
      says: "A link is kept as the path it leads to, so its own diff is one line and shows nothing of what is run.",
    },
    {
      url: "https://git-scm.com/docs/gitsubmodules",
      says: "A submodule is kept as a commit of another repository, whose files no diff here shows.",
    },
  ],
  why: "What a tool then reads stands elsewhere, under a name that no reviewer looks at, or in another repository.",
  benign: [
    "Several tools share one file of instructions, and links keep them the same.",
    "A project keeps its editor settings in a folder of its own and links to it.",
  ],
  clears: "Keep the files themselves in that place, so that every change of them shows.",
  framing: "Only what the change adds is read, and it was pushed to the pull request.",
  concerns: (file) => redirectOf(file) !== null,
  inFile,
});

function* inFile(file: ChangedFile, found: Graded[]): Steps<void> {
  yield;
  const redirect = redirectOf(file);
  if (redirect === null) return;
  const { what, through, leavesRepository } = redirect;
  const to =
    through === "submodule" ? "another repository" : leavesRepository ? "outside the repository" : "another place";
  const severity = what === "words" ? "low" : "critical";
  found.push(graded(severity, file.path, `${PLACE[what]} becomes a ${through} to ${to}.`));
}
