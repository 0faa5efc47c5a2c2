import { go } from "../../../src/change/packages/ecosystems/go.ts";
import { atOnce } from "../../../src/slices.ts";
import { expect, test } from "../../support/jest.ts";

const read = (text: string) => {
  const found = atOnce(go.read("go.mod", text));
  return "dependencies" in found ? found.dependencies.map(({ name, resolvesTo }) => [name, resolvesTo]) : found;
};

test("go.mod: a line that goes on and on hides nothing of its directive, nor of the lines after it", () => {
  const fork = "replace a.example/x => b.example/y v1.0.0";
  const padded = `replace a.example/x ${" ".repeat(100_000)}=> b.example/y v1.0.0`;
  const trailing = `${fork} ${"(".repeat(100_000)}`;
  for (const text of [fork, padded, trailing, `${"(".repeat(100_000)}\n${fork}`])
    expect(read(text)).toEqual([["a.example/x", "b.example/y"]]);
});

test("go.mod: brackets are words, wherever they stand", () => {
  expect(read("require(\na.example/x v1.0.0\n)\nrequire (\nb.example/y v1.0.0 // indirect\n)")).toEqual([
    ["a.example/x", "a.example/x"],
    ["b.example/y", "b.example/y"],
  ]);
});
