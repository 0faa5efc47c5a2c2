import { SHIFT_ROWS } from "../../change/packages/shift-rows.ts";
import { filesOf, openedBy } from "../given.ts";
import { added, boundary, edited, saying, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";
import { packageTricks, whole } from "./package-vectors.ts";

const manifest = (range: string): string => JSON.stringify({ dependencies: { a: range } });
const lock = (version: string): string =>
  JSON.stringify({ packages: { "": { dependencies: { a: "^1" } }, "node_modules/a": { version } } });
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
    ["a lock file without its manifest", alone, "medium"],
    ["a lock file with its manifest", [alone, whole("package.json", manifest("^1.0.0"), manifest("^1.0.1"))], null],
    ["a lock file and the manifest of another ecosystem", [alone, whole("go.mod", "module m", "module n")], "medium"],
    [
      "of a list only the changed lines came",
      edited("requirements.txt", " a==1", "+b @ https://host.example/b.zip"),
      "high",
    ],
    ["a submodule, which has no text", edited("lib", "+x"), null],
  ]),
  ...boundary(
    ["a registry of one's own", added(".npmrc", "registry=https://npm.host.example/"), "critical"],
    ["the usual registry", added(".npmrc", "registry=https://registry.npmjs.org/"), null],
  ),
  {
    kind: "look_alike",
    when: "a bot brings a lock file without its manifest",
    given: { "change.files": filesOf(alone), "change.commits": openedBy({ accountId: 1, kind: "bot" }) },
    expect: { outcome: "fired", severity: "low" },
  },
  {
    kind: "fires",
    when: "only lines of the lock file's manifest came",
    given: { "change.files": filesOf(alone, edited("package.json", "-a", "+b")) },
    expect: { outcome: "unknown" },
  },
  {
    kind: "fires",
    when: "a lock file cannot be read",
    given: { "change.files": filesOf(whole("package-lock.json", "{}", "<<<<<<<")) },
    expect: { outcome: "unknown" },
  },
] satisfies readonly Vector[];
