import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSchema, type DocumentNode, type GraphQLSchema, parse, TypeInfo, visit, visitWithTypeInfo } from "graphql";

const root = resolve(import.meta.dirname, "../../..");
const folder = join(root, "src/github/queries");

/** GitHub's published schema; two of its types repeat a field, hence no validation of the schema itself. */
export const githubSchema: GraphQLSchema = buildSchema(
  readFileSync(join(root, "node_modules/@octokit/graphql-schema/schema.graphql"), "utf8"),
  { assumeValid: true, assumeValidSDL: true },
);

/** Every stored query by file name. */
export const documents: ReadonlyMap<string, DocumentNode> = new Map(
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".graphql"))
    .map((file) => [file, parse(readFileSync(join(folder, file), "utf8"))]),
);

/** Fields a document asks for as `Type.field`, aliases undone. */
export function fieldsOf(document: DocumentNode): readonly string[] {
  const found = new Set<string>();
  const info = new TypeInfo(githubSchema);
  visit(
    document,
    visitWithTypeInfo(info, {
      Field(node) {
        if (node.name.value !== "__typename") found.add(`${info.getParentType()?.name}.${node.name.value}`);
      },
    }),
  );
  return [...found].sort();
}
