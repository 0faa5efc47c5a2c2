import { existsSync, globSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const read = (file: string): string => readFileSync(resolve(root, file), "utf8");

/** What reads a change. What indexes an organisation's own code has a page of its own. */
const READERS = [
  "src/change/**/*.ts",
  "src/signals/change/*.ts",
  "src/signals/worst.ts",
  "src/dossier/sources/{whole-files,thread}.ts",
  "src/github/octokit/repository/{pull-request-files,pushes,pressing-phrases}.ts",
  "src/decision/unreviewed-push.ts",
  "src/publication/change-findings.ts",
  "src/cli/commands/{change,workflows}/*.ts",
];
const files = globSync(READERS, { cwd: root })
  .filter((file) => !/^src\/change\/(?:code-index\/|git\/(?:cloned-code|stored-blobs)\.ts)/.test(file))
  // Counts flags of a character, which is no cap.
  .filter((file) => file !== "src/change/hidden-characters.ts");

const CAP = /^(?:export )?const ((?:MAX|MOST)_\w+|LIMITS)(?:: [^=]+)? = ((?:\{[^}]*\})|[^;]+);/gm;

/** The value of a product of numbers, powers and other caps. */
function worth(written: string, file: string): number {
  return written.split(/(?<!\*) ?\* ?(?!\*)/).reduce((product, factor) => product * factorOf(factor.trim(), file), 1);
}

function factorOf(factor: string, file: string): number {
  const [base = "", power] = factor.split(" ** ");
  if (/^\d/.test(base)) return Number(base.replaceAll("_", "")) ** Number(power ?? 1);
  const named = new RegExp(`const ${base} = ([^;]+);`);
  const found = [file, "src/dossier/gateway.ts"].flatMap((each) => named.exec(read(each))?.[1] ?? []);
  return worth(found[0] ?? "", file);
}

/** `file NAME` or `file NAME.key`, with its value. */
const caps = new Map(
  files.flatMap((file) =>
    [...read(file).matchAll(CAP)].flatMap(([, name = "", written = ""]): (readonly [string, number])[] =>
      written.startsWith("{")
        ? [...written.matchAll(/(\w+): ([\d_]+)/g)].map(
            ([, key, value = ""]) => [`${file} ${name}.${key}`, worth(value, file)] as const,
          )
        : [[`${file} ${name}`, worth(written, file)] as const],
    ),
  ),
);

const page = read("docs/change-limits.md");
const rows = [...page.matchAll(/^\| [^|]+ \| ([\d,]+) \| ([^|]+) \| `([^`]+)` \|$/gm)].map(
  ([, value = "", sees = "", where = ""]) => ({ where, sees, value: Number(value.replaceAll(",", "")) }),
);

test("docs: every cap of what reads a change has a row, with its value", () => {
  expect(rows.length).toBeGreaterThan(60);
  expect(rows.map(({ where }) => where).filter((where) => !existsSync(resolve(root, where.split(" ")[0]!)))).toEqual(
    [],
  );
  expect(Object.fromEntries(rows.map(({ where, value }) => [where, value]).toSorted())).toEqual(
    Object.fromEntries([...caps].toSorted()),
  );
});

test("docs: what a reader is said to see there, the code says", () => {
  const said = [...files, ...globSync("src/{signals,web/pages/report,decision,publication}/**/*.ts", { cwd: root })]
    .map(read)
    .join("\n");
  const quoted = rows.flatMap(({ sees }) => [...sees.matchAll(/“([^”]+)”/g)].map(([, words = ""]) => words));
  expect(quoted.length).toBeGreaterThan(15);
  expect(quoted.filter((words) => !said.includes(words))).toEqual([]);
});
