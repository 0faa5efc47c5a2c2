import { SHIFT_ROWS } from "../../change/packages/shift-rows.ts";
import { filesOf, openedBy } from "../given.ts";
import { packageTricks, whole } from "../package-rows.ts";
import { added, boundary, edited, saying, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

const manifest = (range: string): string => JSON.stringify({ dependencies: { a: range } });
const lock = (version: string): string =>
  JSON.stringify({ packages: { "": { dependencies: { a: "^1" } }, "node_modules/a": { version } } });
const gitCrate = (commit: string): string =>
  `[[package]]\nname = "b"\nversion = "1.0.0"\nsource = "git+https://github.com/else/b#${commit}"\n`;
const alone = whole("package-lock.json", lock("1.0.0"), lock("1.0.1"));

export default [
  // Whose repository the change is for is not known to the signal.
  ...packageTricks(
    SHIFT_ROWS.filter((row) => !/our-org/i.test(JSON.stringify(row))),
    /^(?!.*(?:hook|code-acts|inside))/,
  ),
  ...saying(
    ["another registry", added(".npmrc", "registry=https://host.example/"), "critical"],
    "Packages are taken from host.example.",
  ),
  ...tricks([
    ["a lock file without its manifest, by nobody knows whom", alone, "low"],
    ["a lock file with its manifest", [alone, whole("package.json", manifest("^1.0.0"), manifest("^1.0.1"))], null],
    ["a lock file and the manifest of another ecosystem", [alone, whole("go.mod", "module m", "module n")], "low"],
    [
      "of a list only the changed lines came",
      edited("requirements.txt", " a==1", "+b @ https://host.example/b.zip"),
      "high",
    ],
    [
      "a repository that the lock file took from before",
      [
        whole("Cargo.toml", "[dependencies]", '[dependencies]\nb = { git = "https://github.com/else/b" }'),
        whole("Cargo.lock", gitCrate("1"), gitCrate("1")),
      ],
      "medium",
    ],
    ["a submodule, which has no text", edited("lib", "+x"), null],
  ]),
  ...boundary(
    ["a registry of one's own", added(".npmrc", "registry=https://npm.host.example/"), "critical"],
    ["the usual registry", added(".npmrc", "registry=https://registry.npmjs.org/"), null],
  ),
  {
    kind: "fires",
    when: "a person brings a lock file without its manifest",
    given: { "change.files": filesOf(alone), "change.commits": openedBy({ accountId: 1, kind: "user" }) },
    expect: { outcome: "fired", severity: "medium" },
  },
  {
    kind: "look_alike",
    when: "a bot brings a lock file without its manifest",
    given: { "change.files": filesOf(alone), "change.commits": openedBy({ accountId: 1, kind: "bot" }) },
    expect: { outcome: "fired", severity: "low" },
  },
  ...tricks([
    [
      "of the lock file's manifest only lines came",
      [alone, edited("package.json", '-  "a": "^1"', '+  "a": "^2"')],
      null,
    ],
    [
      "a git dependency among lines of a manifest",
      edited("package.json", '     "a": "^1",', '+    "b": "github:else/b"'),
      "high",
    ],
    [
      "a file of the package among them",
      edited(
        "package.json",
        '   "files": [',
        '+    "dist/b",',
        '   "repository": { "url": "git+https://github.com/x/y.git" }',
      ),
      null,
    ],
    [
      "the same of a Cargo manifest",
      edited("Cargo.toml", ' a = "1"', '+b = { git = "https://github.com/else/b" }'),
      "high",
    ],
    [
      "settings of a Cargo manifest",
      edited("Cargo.toml", '-version = "1"', '+version = "2"', ' edition = "2024"'),
      null,
    ],
    ["settings in capitals", added(".NPMRC", "registry=https://host.example/"), "critical"],
  ]),
  {
    kind: "fires",
    when: "a lock file of which only lines came, without its manifest",
    given: { "change.files": filesOf(edited("package-lock.json", " {", '+ "resolved": "x"')) },
    expect: { outcome: "fired", severity: "low", unseen: "a package file came in parts that say too little" },
  },
  {
    kind: "fires",
    when: "a lock file of which only lines came",
    given: { "change.files": filesOf(edited("package-lock.json", " {", "+ x"), edited("package.json", ' "a": "b"')) },
    expect: { outcome: "unknown" },
  },
  {
    kind: "fires",
    when: "a lock file cannot be read",
    given: { "change.files": filesOf(whole("package-lock.json", "{}", "<<<<<<<"), whole("package.json", "{}", "{ }")) },
    expect: { outcome: "unknown" },
  },
  ...(
    [
      ["their own owner", "octo-org", "medium"],
      ["another one", "other-org", "high"],
      ["nobody knows whom", null, "high"],
      ["an owner of that name, from another host", "octo-org", "high", "git+https://gitlab.com/octo-org/a"],
    ] as const
  ).map(
    ([whose, owner, severity, from = "github:Octo-Org/a"]): Vector => ({
      kind: severity === "high" ? "fires" : "look_alike",
      when: `a package from a repository of octo-org, for a repository of ${whose}`,
      given: {
        "change.files": {
          ...filesOf(
            whole(
              "package.json",
              "{}",
              `{\n"dependencies": { "a": "${from}#8ade135a41bc03ea155e62e844d188df1ea18608" }\n}`,
            ),
          ),
          base: { owner, runsHeads: null },
        },
      },
      wanted: severity,
      expect: { outcome: "fired", severity },
    }),
  ),
] satisfies readonly Vector[];
