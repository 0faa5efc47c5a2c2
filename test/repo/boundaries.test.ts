import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { expect, test } from "../support/jest.ts";

/** Stages in flow order: a folder imports only folders to its left; what it asks of others it declares itself. */
const STAGES = [
  "delivery",
  "job",
  "policy",
  "intel",
  "history",
  "change",
  "dossier",
  "signals",
  "clusters",
  "assessment",
  "access",
  "decision",
  "cases",
  "publication",
  "notification",
];
const PORTS = ["github/gateway.ts", "github/listing-gateway.ts", "store/store.ts"];
const ROOT_NOUNS = ["absence.ts", "characters.ts", "errors.ts", "clock.ts", "ids.ts", "random.ts", "slices.ts"];
/** Files that put a process together: they may import anything. */
const BOOT = ["app.ts", "main.ts"];
const ADAPTERS = ["github", "store", "outbound"];
const FACES = ["web", "cli"];

const root = resolve(import.meta.dirname, "../..");
const src = join(root, "src");

interface Import {
  readonly from: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
const sources = new Map(files.map((file) => [file, readFileSync(join(src, file), "utf8")]));

function importsOf(file: string): readonly Import[] {
  const text = sources.get(file) ?? "";
  const found: Import[] = [];
  const statement = /^(?:import|export)\s+(type\s+)?(?:[^"';]*?\sfrom\s+)?"([^"]+)"/gm;
  for (const [, type, target] of text.matchAll(statement))
    found.push({ from: file, to: resolved(file, target ?? ""), typeOnly: Boolean(type) });
  for (const [, target] of text.matchAll(/\bimport\(\s*"([^"]+)"\s*\)/g))
    found.push({ from: file, to: resolved(file, target ?? ""), typeOnly: false });
  return found;
}

const resolved = (file: string, target: string): string =>
  target.startsWith(".") ? relative(src, resolve(src, dirname(file), target)) : target;

const folder = (file: string): string => (file.includes("/") ? (file.split("/")[0] ?? "") : "");
const isLocal = (target: string): boolean => target.endsWith(".ts") || target.endsWith(".json");
const all = files.flatMap(importsOf);
const show = (bad: readonly Import[]): readonly string[] => bad.map(({ from, to }) => `${from} imports ${to}`);

test("the law reads every source file", () => {
  expect(files.length).toBeGreaterThan(20);
  expect(all.length).toBeGreaterThan(20);
});

test("a stage imports only itself, stages to its left and root nouns, not even types of anything else", () => {
  const bad = all.filter(({ from, to }) => {
    const stage = STAGES.indexOf(folder(from));
    if (stage < 0 || !isLocal(to)) return false;
    if (ROOT_NOUNS.includes(to)) return false;
    const target = STAGES.indexOf(folder(to));
    return target < 0 || target > stage;
  });
  expect(show(bad)).toEqual([]);
});

test("root nouns stand on nothing but one another", () => {
  expect(
    show(all.filter(({ from, to }) => ROOT_NOUNS.includes(from) && isLocal(to) && !ROOT_NOUNS.includes(to))),
  ).toEqual([]);
});

test("root files that start nothing stand on root files alone", () => {
  const bad = all.filter(
    ({ from, to }) => folder(from) === "" && !BOOT.includes(from) && isLocal(to) && folder(to) !== "",
  );
  expect(show(bad)).toEqual([]);
});

test("ports stand on stages, root files and one another", () => {
  const isPort = (file: string): boolean => ADAPTERS.includes(dirname(file));
  const bad = all.filter(
    ({ from, to }) => isPort(from) && isLocal(to) && !(STAGES.includes(folder(to)) || folder(to) === "" || isPort(to)),
  );
  expect(show(bad)).toEqual([]);
});

test("no file leads back to itself, not even by types: whoever reads begins somewhere", () => {
  const targets = new Map(
    files.map((file) => [file, importsOf(file).flatMap(({ to }) => (sources.has(to) ? [to] : []))]),
  );
  const done = new Set<string>();
  const circles: string[] = [];
  const walk = (file: string, path: readonly string[]): void => {
    const before = path.indexOf(file);
    if (before >= 0) circles.push([...path.slice(before), file].join(" -> "));
    if (before >= 0 || done.has(file)) return;
    for (const to of targets.get(file) ?? []) walk(to, [...path, file]);
    done.add(file);
  };
  for (const file of files) walk(file, []);
  expect(circles).toEqual([]);
});

test("flows import stages, root nouns and ports, never adapters, faces or the simulator", () => {
  const bad = all.filter(({ from, to }) => {
    if (folder(from) !== "flows" || !isLocal(to)) return false;
    return !(STAGES.includes(folder(to)) || folder(to) === "flows" || PORTS.includes(to) || folder(to) === "");
  });
  expect(show(bad)).toEqual([]);
});

test("adapters are built only by boot/wire.ts and their own folder", () => {
  const bad = all.filter(
    ({ from, to, typeOnly }) =>
      ADAPTERS.includes(folder(to)) &&
      folder(to) !== folder(from) &&
      !PORTS.includes(to) &&
      !typeOnly &&
      from !== "boot/wire.ts",
  );
  expect(show(bad)).toEqual([]);
});

test("adapters stand on stages and their own folder, never on flows, faces or the start", () => {
  const bad = all.filter(
    ({ from, to }) =>
      ADAPTERS.includes(folder(from)) &&
      isLocal(to) &&
      !(STAGES.includes(folder(to)) || folder(to) === folder(from) || folder(to) === ""),
  );
  expect(show(bad)).toEqual([]);
});

// A wall on purpose: the sealed check's bytes are a constant where it is written, so that no caller can hand in others.
test("one adapter runs code of a stage that speaks to the public: the bytes of the sealed check", () => {
  const speaks = all.filter(
    ({ from, to, typeOnly }) =>
      ADAPTERS.includes(folder(from)) && ["decision", "publication"].includes(folder(to)) && !typeOnly,
  );
  expect(show(speaks)).toEqual(["github/octokit/repository/check-runs.ts imports publication/sealed.ts"]);
});

test("adapters resolve no policy: what follows from it is handed to them", () => {
  const bad = all.filter(
    ({ from, to, typeOnly }) => ADAPTERS.includes(folder(from)) && folder(to) === "policy" && !typeOnly,
  );
  expect(show(bad)).toEqual([]);
});

test("the simulator is imported by the demo command alone, and stands on two root nouns", () => {
  const bad = all.filter(({ from, to }) => isSimulator(to) && !from.startsWith("cli/commands/demo/"));
  expect(show(bad)).toEqual([]);
  const mine = /"(?:\.\.\/)+src\/([^"]+)"/g;
  const used = filesIn("simulator/src").flatMap((file) =>
    [...readFileSync(file, "utf8").matchAll(mine)].map(([, target]) => target),
  );
  expect([...new Set(used)].sort()).toEqual(["clock.ts", "random.ts"]);
});

const isSimulator = (target: string): boolean => /(^|\/)simulator\//.test(target);

test("faces do not import one another", () => {
  const bad = all.filter(
    ({ from, to }) => FACES.includes(folder(from)) && FACES.includes(folder(to)) && folder(from) !== folder(to),
  );
  expect(show(bad)).toEqual([]);
});

test("octokit stays in github and delivery's verifier, the database client in store/postgres, mail in outbound", () => {
  const bad = all.filter(({ from, to }) => {
    if (to === "@octokit/webhooks" || to === "@octokit/webhooks-methods") return folder(from) !== "delivery";
    if (to.startsWith("@octokit/")) return folder(from) !== "github";
    if (["kysely", "pg", "pg-boss", "@electric-sql/pglite"].some((name) => to === name || to.startsWith(`${name}/`)))
      return !from.startsWith("store/postgres/");
    if (to === "nodemailer") return folder(from) !== "outbound";
    return false;
  });
  expect(show(bad)).toEqual([]);
});

test("process.env is read only in config.ts", () => {
  const bad = files.filter((file) => file !== "config.ts" && /\bprocess\.env\b/.test(sources.get(file) ?? ""));
  expect(bad).toEqual([]);
});

// Parsing YAML off the main thread is the one impure act in a pure folder: it is what keeps a bomb from stopping us.
const IN_WORKER = ["policy/parse-in-worker.ts"];

const PURE = (file: string): boolean =>
  ["policy", "signals", "assessment", "decision", "notification"].includes(folder(file))
    ? !IN_WORKER.includes(file)
    : /(^|\/)(plan|match|flag|transitions|grant|effective|compare-access)\.ts$/.test(file) ||
      file.startsWith("publication/render/");

test("pure files have no clock, randomness, I/O, logger or package import beyond the schema and YAML libraries", () => {
  const allowed = ["zod", "yaml"];
  const bad = files.filter(PURE).filter((file) => {
    const text = sources.get(file) ?? "";
    const foreign = importsOf(file).some(({ to }) => !isLocal(to) && !allowed.includes(to));
    return (
      foreign ||
      /\bDate\.now\b|new Date\(\)|Math\.random|\bfetch\(|setTimeout|console\./.test(text) ||
      importsOf(file).some(({ to }) => to === "log.ts")
    );
  });
  expect(bad).toEqual([]);
});

test("sets of characters that nobody sees are named in characters.ts alone", () => {
  const set = /\\p\{(?:C[cfnos]?|Z[lp]|Default_Ignorable|Bidi_)|\\u20(?:0b|2[a-e]|6[0-9])/i;
  const bad = files.filter((file) => file !== "characters.ts" && set.test(sources.get(file) ?? ""));
  expect(bad).toEqual([]);
});

test("catch appears only where errors are translated or ended", () => {
  const allowed =
    /^(web\/|github\/|store\/postgres\/|outbound\/|cli\/|history\/read\/clone\.ts|change\/git\/|flows\/run-job\.ts|delivery\/receive\.ts)/;
  const bad = files.filter((file) => !allowed.test(file) && /\bcatch\b\s*[({]/.test(sources.get(file) ?? ""));
  expect(bad).toEqual([]);
});

const filesIn = (folder: string): readonly string[] =>
  readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test("source files stay under 250 lines", () => {
  const generated = ["signals/catalog.ts"].map((file) => join(src, file));
  const bad = ["src", "simulator/src", "eval"]
    .flatMap(filesIn)
    .filter((file) => file.endsWith(".ts") && !generated.includes(file))
    .filter((file) => readFileSync(file, "utf8").split("\n").length > 250);
  expect(bad).toEqual([]);
});

test("no folder holds more than twenty files", () => {
  const counts = new Map<string, number>();
  for (const file of ["src", "simulator", "test", "bench", "eval", "tools", "bin"].flatMap(filesIn))
    if (!file.includes("node_modules")) counts.set(dirname(file), (counts.get(dirname(file)) ?? 0) + 1);
  expect(counts.size).toBeGreaterThan(50);
  expect([...counts].filter(([, count]) => count > 20)).toEqual([]);
});
