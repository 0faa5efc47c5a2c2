import { schemaFiles } from "../../tools/generate-schemas.ts";
import { ACCESS_WORDS } from "../../tools/schema-words/access.ts";
import { WORDS } from "../../tools/schema-words/common.ts";
import { HISTORY_WORDS } from "../../tools/schema-words/histories.ts";
import { expect, test } from "../support/jest.ts";

interface Property {
  readonly name: string;
  readonly holder: string;
  readonly description: unknown;
  readonly isFixed: boolean;
}

function propertiesIn(node: unknown, holder = ""): readonly Property[] {
  if (Array.isArray(node)) return node.flatMap((each) => propertiesIn(each, holder));
  if (typeof node !== "object" || node === null) return [];
  return Object.entries(node).flatMap(([key, value]) =>
    key !== "properties"
      ? propertiesIn(value, holder)
      : Object.entries<object>(value).flatMap(([name, member]) => [
          { name, holder, description: Reflect.get(member, "description"), isFixed: "const" in member },
          ...propertiesIn(member, name),
        ]),
  );
}

const formats = schemaFiles().map(({ path, text }) => ({
  format: (path.split("/").at(-1) ?? "").replace(/^sallyport\.|-1\.json$/g, ""),
  properties: propertiesIn(JSON.parse(text)),
}));

test.each(formats)("schemas: every property of $format is described", ({ properties }) => {
  const bare = properties.filter(({ description, isFixed }) => !isFixed && !description);
  expect(bare.map(({ holder, name }) => `${holder}.${name}`)).toEqual([]);
});

test("schemas: no word describes a property that is gone", () => {
  const used = new Set(
    formats.flatMap(({ format, properties }) =>
      properties.flatMap(({ name, holder }) => [
        ...[`${format}:${holder}.${name}`, `${holder}.${name}`],
        ...[`${format}:${name}`, name],
      ]),
    ),
  );
  const words = [WORDS, HISTORY_WORDS, ACCESS_WORDS].flatMap((list) => Object.keys(list));
  expect(words.filter((word) => !used.has(word))).toEqual([]);
  expect(words.filter((word, at) => words.indexOf(word) !== at)).toEqual([]);
});
