import fc from "fast-check";
import type { Sides } from "../../../src/change/change.ts";
import { compareFiles } from "../../../src/change/packages/compare.ts";
import { isUnreadable, type PackageFile } from "../../../src/change/packages/contract.ts";
import { excerptOf } from "../../../src/change/packages/lock-excerpt.ts";
import { readLockParts } from "../../../src/change/packages/lock-parts.ts";
import { placeOf } from "../../../src/change/packages/read.ts";
import { atOnce } from "../../../src/slices.ts";
import { describe, expect, test } from "../../support/jest.ts";
import { read } from "./compared.ts";

const parts = (path: string, texts: Sides<string>): Sides<PackageFile> | null =>
  atOnce(readLockParts(placeOf(path)!, texts, {}));

function whole(path: string, text: string): PackageFile {
  const found = read(path, text);
  if (isUnreadable(found)) throw new Error(`${path}:${found.line} ${found.unreadable}`);
  return found;
}

const HASH = "0123456789abcdef".repeat(8);
const HEADS: Readonly<Record<string, string>> = {
  berry: "# made by a tool\n\n__metadata:\n  version: 8\n  cacheKey: 10c0\n\n",
  classic: "# yarn lockfile v1\n\n\n",
  sums: "",
};
const PATHS: Readonly<Record<string, string>> = { berry: "yarn.lock", classic: "a/yarn.lock", sums: "go.sum" };

interface Entry {
  readonly name: string;
  readonly version: string;
  readonly odd: string;
}

const WRITTEN: Readonly<Record<string, (entry: Entry) => string>> = {
  berry: ({ name, version, odd }) =>
    `"${name}@npm:^${version}":\n  version: ${version}\n  resolution: "${name}@npm:${version}"\n  dependencies:\n    b: "npm:^1"\n    "${name}-x": "npm:1"\n${odd}  checksum: 10c0/${HASH}\n  languageName: node\n  linkType: hard\n\n`,
  classic: ({ name, version, odd }) =>
    `"${name}@^${version}":\n  version "${version}"\n  resolved "https://registry.yarnpkg.com/${name}/-/${name}-${version}.tgz#${HASH.slice(0, 40)}"\n${odd}  integrity sha512-${HASH}\n  dependencies:\n    b "^1"\n\n`,
  sums: ({ name, version, odd }) => `example.org/${name} v${version} h1:${HASH}=\n${odd}`,
};

/** Lines that no tool writes there, some of which say something about what stands above or below them. */
const ODD: Readonly<Record<string, readonly string[]>> = {
  berry: ["", "\n", "\n\n  # x\n", "  bin: *a\n", "  bin: &a b\n", "\n__metadata:\n  cacheKey: 9\n\n", "\r\n", "- x\n"],
  classic: ["", "\n", "\n\n  # x\n", "\n  integrity sha512-other\n", "\t x y\n", "\r\n", "x\n"],
  sums: ["", "\n", "\t\n", "one\n", "one two\n", "one two three four\r\n"],
};

const entries = (kind: string): fc.Arbitrary<readonly Entry[]> =>
  fc.array(
    fc.record({
      name: fc.constantFrom("a", "b", "@c/d", "e", "f"),
      version: fc.constantFrom("1.0.0", "1.0.1", "2.0.0"),
      odd: fc.oneof(
        { weight: 9, arbitrary: fc.constant("") },
        { arbitrary: fc.constantFrom(...(ODD[kind] ?? [])), weight: 1 },
      ),
    }),
    { maxLength: 12 },
  );

const textOf = (kind: string, list: readonly Entry[]): string => HEADS[kind]! + list.map(WRITTEN[kind]!).join("");

describe.each(["berry", "classic", "sums"])("a lock file in parts, %s", (kind) => {
  const path = PATHS[kind]!;
  const [one, two]: [Entry, Entry] = [
    { name: "a", version: "1.0.0", odd: "" },
    { name: "e", version: "2.0.0", odd: "" },
  ];

  test("is read in parts, and alone says what the whole says", () => {
    const text = textOf(kind, [one, two]);
    expect(parts(path, { before: null, after: text })).toEqual({ before: null, after: whole(path, text) });
    expect(parts(path, { before: text, after: null })).toEqual({ before: whole(path, text), after: null });
  });

  test("leaves out what stands on both sides alike, apart from one entry of each place", () => {
    const rest = ["f", "@c/d", "b"].map((name) => ({ name, version: "1.0.0", odd: "" }));
    const both = parts(path, { before: textOf(kind, [...rest, one]), after: textOf(kind, [...rest, one, two]) });
    expect(both?.before?.dependencies).toHaveLength(1);
    expect(both?.after?.dependencies.map(({ line }) => line)).toEqual([
      ...[0, 4].map((at) => whole(path, textOf(kind, [...rest, one, two])).dependencies[at]?.line),
    ]);
  });

  test("compares as the whole does, whatever stands in it", () => {
    fc.assert(
      fc.property(entries(kind), entries(kind), entries(kind), (shared, old, fresh) => {
        const before = textOf(kind, [...old, ...shared]);
        const after = textOf(kind, [...shared, ...fresh]);
        const sides = [before, after].map((text) => read(path, text));
        const both = parts(path, { before, after });
        if (both === null || sides.some(isUnreadable)) return;
        const all = { before: sides[0] as PackageFile, after: sides[1] as PackageFile };
        expect(findings(path, both)).toEqual(findings(path, all));
        expect(atOnce(excerptOf(both))).toEqual(atOnce(excerptOf(all)));
        expect(parts(path, { before: null, after })?.after).toEqual(all.after);
      }),
      { numRuns: 60 },
    );
  });
});

test("a lock file in a memory is read beside the texts before it, and says what it says alone", () => {
  const memory = {};
  fc.assert(
    fc.property(fc.constantFrom("berry", "classic", "sums"), fc.infiniteStream(fc.nat(9)), (kind, picks) => {
      const names = ["a", "b", "@c/d", "e", "f"];
      const list = [...picks.take(9)].map((at) => ({ name: names[at % 5]!, version: `1.0.${at % 3}`, odd: "" }));
      const [path, text] = [PATHS[kind]!, textOf(kind, list)];
      for (const after of [text, `${text}\n${text}`, text.slice(0, -1), text.slice(HEADS[kind]!.length), `${text}#`]) {
        const fresh = parts(path, { before: null, after });
        expect(atOnce(readLockParts(placeOf(path)!, { before: null, after }, memory))).toEqual(fresh);
      }
    }),
    { numRuns: 60 },
  );
});

function findings(path: string, { before, after }: Sides<PackageFile>): unknown {
  const around = { known: null, owner: null, byPerson: true, runsHeads: false, manifest: null };
  const { ecosystem, role } = placeOf(path)!;
  return atOnce(compareFiles(before, after, { ...around, path, ecosystem: ecosystem.id, role }));
}

test.each([
  ["an alias", "a:\n  version: 1\n\nb: *x\n\n"],
  ["a line that belongs to the entry above", "a:\n\n  version: 1\n\n"],
  ["a quoted map of the file's own", '"__metadata":\n  cacheKey: 9\n\n'],
  ["a list", "- a\n\n"],
])("a lock file with %s is read whole", (_what, body) => {
  expect(parts("yarn.lock", { before: null, after: HEADS.berry + body })).toBeNull();
});
