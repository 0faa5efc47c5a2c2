import { basename } from "node:path";
import { indexLines, readIndex } from "../../../change/code-index/index-file.ts";
import { codeKey, KEY_BYTES } from "../../../change/code-index/key.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import type { CodeIndexRequest } from "../../../flows/code-index/keep.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { progressLine } from "../../progress.ts";
import { show } from "../../show.ts";
import { buildIndex } from "./build.ts";
import { readKey } from "./key-file.ts";
import { builtText, keptText } from "./text.ts";

const options = {
  out: { type: "string" },
  "key-file": { type: "string" },
  public: { type: "string", multiple: true },
  names: { type: "boolean" },
  "count-first-commits": { type: "boolean" },
  organization: { type: "string" },
  json: { type: "boolean" },
} as const;

export const codeIndex = defineCommand({
  name: "code-index",
  usage: `  sallyport code-index build PATH... --out FILE --key-file FILE
                       [--public PATH]... [--json]
  sallyport code-index import FILE --key-file FILE --organization ORG [--json]
  sallyport code-index list --organization ORG [--json]
  sallyport code-index remove KEY --organization ORG [--json]

Finds private code of the organisation in public repositories of contributors.
\`build\` reads the names that git gives to all contents of your private clones,
on all branches, and writes hashes of these names under a key: no content, no
path, no repository. \`import\` hands the index to the App, whose deep scans then
compare. With the embedded database, stop \`sallyport serve\` first.

  --out FILE           where the index is written
  --key-file FILE      the key, 0600; \`build\` makes it where there is none.
                       Keep it: an index can only be renewed with its own key
  --public PATH        a clone of a repository that everybody can read, a
                       template among them; what stands there is left out
  --names              write the names of the folders into the index
  --count-first-commits
                       your repositories did not begin from templates, so what
                       stands in their first commits counts as well
  --organization ORG   login of the organisation
  --json               sallyport.code-index-built/1 or sallyport.code-indexes/1

Left out are contents below 200 bytes, licences, lock files, what tools wrote or
carry along, pictures and fonts. See docs/code-index.md.`,
  options,
  verbs: {
    build: ["out", "key-file", "public", "names", "count-first-commits", "json"],
    import: ["key-file", "organization", "json"],
    list: ["organization", "json"],
    remove: ["organization", "json"],
  },
  async run(args, io) {
    const [verb, ...rest] = args.positionals;
    if (verb === "build") return build(rest, args.values, io);
    return keep(verb ?? "", { rest, values: args.values, io });
  },
});

type Values = Args<typeof options>["values"];

async function build(paths: readonly string[], values: Values, io: Io): Promise<number> {
  const { out, "key-file": keyFile } = values;
  const problems: Problem[] = [];
  if (paths.length === 0) problems.push(wanting("build", "no repository is named", "give the folder of a clone"));
  if (out === undefined) problems.push(wanting("build", "where to is not said", "write --out FILE"));
  if (keyFile === undefined) problems.push(wanting("build", "under which key is not said", "write --key-file FILE"));
  if (out !== undefined && out === keyFile)
    problems.push(wanting("build", "two files with one name", "name two files"));
  if (out === undefined || keyFile === undefined || problems.length > 0) throw new InvalidInput(problems);
  const there = await readKey(keyFile, io);
  const settings = io.services.gitSettings();
  const line = progressLine(io.stderr, "Repositories");
  let read = 0;
  const key = there ?? codeKey(io.services.randomBytes(KEY_BYTES));
  const built = await buildIndex(
    {
      paths,
      publicPaths: values.public ?? [],
      countFirstCommits: values["count-first-commits"] ?? false,
    },
    { key, settings, onRepository: () => line.update(++read, null) },
  ).finally(() => line.clear());
  // Written after the reading: a run that finds something wrong leaves no key behind.
  if (there === null) await io.writeFile(keyFile, [key.text]);
  const names = values.names ? { names: paths.map((path) => basename(path)) } : {};
  await io.writeFile(out, indexLines({ madeAt: io.now(), ...names }, { hashes: built.hashes, key }));
  const { hashes, repositories, publicCount } = built;
  const counts = { key: key.fingerprint, keyMade: there === null, count: hashes.length, publicCount, repositories };
  const report = { schema: "sallyport.code-index-built/1", ...counts };
  if (values.json) io.stdout.write(`${JSON.stringify(report, null, 2)}\n`);
  else show(io.stdout, builtText(counts, { out, keyFile }));
  return 0;
}

const wanting = (verb: string, what: string, mend: string): Problem => ({
  where: `sallyport code-index ${verb}`,
  what,
  mend,
});

async function keep(
  verb: string,
  { rest, values, io }: { readonly rest: readonly string[]; readonly values: Values; readonly io: Io },
): Promise<number> {
  const { organization } = values;
  if (organization === undefined)
    throw new InvalidInput([wanting(verb, "of which organisation is not said", "write --organization ORG")]);
  const request = await requestOf(verb, { rest, keyFile: values["key-file"], io });
  const indexes = await io.services.codeIndex({ organization, request });
  const result = { schema: "sallyport.code-indexes/1", organization, indexes };
  if (values.json) io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else show(io.stdout, keptText(request.kind, indexes));
  return 0;
}

/** Text of the largest index. */
const MOST_MIB = 256;

async function requestOf(
  verb: string,
  { rest, keyFile, io }: { readonly rest: readonly string[]; readonly keyFile: string | undefined; readonly io: Io },
): Promise<CodeIndexRequest> {
  const [what, ...more] = rest;
  if (verb === "list") {
    if (what !== undefined) throw new InvalidInput([wanting(verb, "takes no argument", "leave it out")]);
    return { kind: "list" };
  }
  const wanted = verb === "import" ? "one file" : "the key that `list` shows";
  if (what === undefined || more.length > 0)
    throw new InvalidInput([wanting(verb, "one thing is not named", `give ${wanted}`)]);
  if (verb === "remove") return { kind: "remove", key: what };
  if (keyFile === undefined)
    throw new InvalidInput([wanting(verb, "under which key is not said", "write --key-file FILE")]);
  const key = await readKey(keyFile, io);
  if (key === null)
    throw new InvalidInput([
      { where: keyFile, what: "no such file", mend: "give the key that the index was built with" },
    ]);
  const content = readIndex(await io.readPieces(what, MOST_MIB), { key, where: what });
  if ("mend" in content) throw new InvalidInput([content]);
  return { kind: "import", content, key };
}
