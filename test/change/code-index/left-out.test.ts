import { saidGenerated } from "../../../src/change/code-index/attributes.ts";
import { isShared } from "../../../src/change/code-index/left-out.ts";
import { expect, test } from "../../support/jest.ts";

test.each([
  "package-lock.json",
  "web/yarn.lock",
  "go.sum",
  "Cargo.lock",
  "pnpm-lock.yaml",
  "LICENSE",
  "docs/LICENSE-MIT.txt",
  "COPYING",
  ".gitignore",
  "CODE_OF_CONDUCT.md",
  "dist/app.js",
  "a/vendor/lib/x.go",
  "public/app.min.js",
  "src/api.pb.go",
  "gen/api_pb2.py",
  "lib/model.g.dart",
  "app.js.map",
  "gradlew",
  "public/logo192.png",
  "fonts/inter.woff2",
])("left out: %s is everybody's, or a tool's", (path) => {
  expect(isShared(path)).toBe(true);
});

test.each([
  "src/ledger.ts",
  "src/licensing.ts",
  "lib/build-plan.py",
  "contracts/Vault.sol",
  "notice_board/main.go",
  "src/lockfile.ts",
  "README.md",
  "deploy/values.yaml",
  "distribution/index.ts",
])("left out: %s is not", (path) => {
  expect(isShared(path)).toBe(false);
});

test("left out: what a repository itself calls generated or carried along, where it says so", () => {
  const isSaid = saidGenerated([
    { folder: "", text: "*.gen.ts linguist-generated\n/api/** linguist-generated=true\n# x linguist-vendored\n" },
    { folder: "web", text: "third/ linguist-vendored\nown.ts linguist-generated=false -linguist-vendored\n" },
  ]);
  expect(["a.gen.ts", "deep/down/b.gen.ts", "api/x.ts", "web/third/y.ts"].filter((path) => !isSaid(path))).toEqual([]);
  expect(["a.ts", "other/api/x.ts", "third/y.ts", "web/own.ts", "x"].filter(isSaid)).toEqual([]);
});

test("left out: however many files were looked at, the next one is judged like the first", () => {
  const isSaid = saidGenerated([{ folder: "", text: "*.gen.ts linguist-generated\nweb/** linguist-vendored\n" }]);
  const paths = Array.from({ length: 300_000 }, (_, index) => `src/module/part/deep/file-${index}.ts`);
  expect(paths.filter(isSaid)).toEqual([]);
  expect(isSaid("src/last.gen.ts")).toBe(true);
});

test("left out: a thousand lines of patterns cost no more than their budget", () => {
  const text = Array.from({ length: 5_000 }, () => `${"*a".repeat(60)} linguist-generated`).join("\n");
  const isSaid = saidGenerated([{ folder: "", text }]);
  const startedAt = performance.now();
  for (let index = 0; index < 200; index++) isSaid(`${"a/".repeat(50)}${index}b`);
  expect(performance.now() - startedAt).toBeLessThan(5_000);
});
