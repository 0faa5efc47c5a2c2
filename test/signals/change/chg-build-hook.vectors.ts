import { HOOK_ROWS } from "../../change/packages/hook-rows.ts";
import { filesOf } from "../given.ts";
import { packageTricks, whole } from "../package-rows.ts";
import { added, boundary, edited, saying, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const scripts = (postinstall: string): string => JSON.stringify({ scripts: { postinstall } });

export default [
  ...packageTricks(HOOK_ROWS, /hook|code-acts|inside/),
  ...saying(
    ["a new postinstall", added("package.json", scripts("node x.js")), "high"],
    "postinstall, which runs when the package or the checkout is installed, is added.",
  ),
  ...tricks([
    [
      "of a makefile only the changed lines came",
      edited("build.rs", " fn main() {", '+    std::process::Command::new("sh");'),
      "low",
    ],
    ["hooks of a package that is carried along", added("vendor/a/package.json", scripts("node x.js")), null],
    ["hooks of an installed package", added("node_modules/a/package.json", scripts("node x.js")), null],
    ["hooks of a test's data", added("test/fixtures/a/package.json", scripts("node x.js")), "low"],
    [
      "a manifest that comes out of a test's data",
      whole("package.json", scripts("node x.js"), scripts("node x.js"), {
        status: "renamed",
        previousPath: "test/fixtures/package.json",
      }),
      "high",
    ],
    [
      "a manifest that moves with its folder",
      whole("b/package.json", scripts("node x.js"), scripts("node x.js"), {
        status: "renamed",
        previousPath: "a/package.json",
      }),
      null,
    ],
    ["the wrapper's program, without text", edited("gradle/wrapper/gradle-wrapper.jar"), "medium"],
  ]),
  ...boundary(
    ["a command that is none of the usual tools", added("package.json", scripts("husky-x")), "high"],
    ["a usual tool", added("package.json", scripts("husky")), "low"],
  ),
  ...tricks([
    [
      "of a manifest only lines came",
      edited("package.json", '   "scripts": {', '+    "install": "node x.js",', '     "test": "t"'),
      "high",
    ],
    [
      "and no name of the part they stand in",
      edited("package.json", '     "test": "t",', '+    "postinstall": "node x.js"', "   },"),
      "high",
    ],
    [
      "and only another version",
      edited(
        "package.json",
        '-  "version": "1.0.0",',
        '+  "version": "1.0.1",',
        '   "homepage": "https://host.example/a.git"',
      ),
      null,
    ],
    ["a hook whose command changes", edited("package.json", '-    "install": "a",', '+    "install": "b",'), "medium"],
    ["a manifest in capitals", added("Package.JSON", scripts("node x.js")), "high"],
    ["a manifest with a letter that folds to another", added("a/pac\u212aage.json", scripts("node x.js")), "high"],
  ]),
  // Where a workflow runs the heads of pull requests with the repository's rights, it need not even be merged.
  ...(
    [
      ["heads are run", true, "critical"],
      ["they are not", false, "high"],
      ["nobody knows", null, "high"],
    ] as const
  ).map(
    ([where, runsHeads, severity]): Vector => ({
      kind: runsHeads === true ? "fires" : "look_alike",
      when: `a hook that starts a file of the change, where ${where}`,
      given: {
        "change.files": {
          ...filesOf(whole("package.json", "{}", '{\n"scripts": { "postinstall": "node x.js" }\n}')),
          base: { owner: "octo-org", runsHeads },
        },
      },
      wanted: severity,
      expect: { outcome: "fired", severity },
    }),
  ),
] satisfies readonly Vector[];
