import { lstat, readdir, readFile } from "node:fs/promises";
import { join, normalize, resolve } from "node:path";
import { InvalidInput } from "../../../errors.ts";
import type { WorkflowFiles } from "../../../github/gateway.ts";

/** What one repository may hold; real ones have a twentieth. */
const LIMITS = { files: 1_000, bytesPerFile: 4_000_000 };

/**
 * The workflows of a checkout, its actions in `.github/actions` and at its root, and those that these call. Nothing
 * outside the folder is read: links are named as missing. Throws InvalidInput when there is no such folder.
 */
export async function readFolder(named: string): Promise<WorkflowFiles> {
  // Steps on the way from the folder to a file are taken off paths that begin with it, however it was written.
  const folder = resolve(named);
  if ((await kindOf(folder)) !== "folder")
    throw new InvalidInput([
      { where: named, what: "no such folder", mend: "give the folder of a checkout, which holds .github" },
    ]);
  const reading: Reading = { folder, files: new Map(), missing: new Map() };
  for (const name of await namesIn(reading, ".github/workflows"))
    if (/\.ya?ml$/i.test(name)) await readOne(reading, `.github/workflows/${name}`);
  for (const name of await namesIn(reading, ".github/actions")) await readAction(reading, `.github/actions/${name}`);
  await readAction(reading, "");
  // A Map goes on to what is added while it is walked: what an action calls is read, too.
  for (const text of reading.files.values())
    for (const called of calledIn(text)) {
      if (/\.ya?ml$/i.test(called)) await readOne(reading, called);
      else await readAction(reading, called);
    }
  const byPath = ([a]: readonly [string, string], [b]: readonly [string, string]): number => (a < b ? -1 : 1);
  return {
    ...{ name: null, isPublic: null },
    files: [...reading.files].sort(byPath).map(([path, text]) => ({ path, text })),
    missing: [...reading.missing].sort(byPath).map(([path, reason]) => ({ path, reason })),
  };
}

interface Reading {
  readonly folder: string;
  readonly files: Map<string, string>;
  readonly missing: Map<string, string>;
}

/** Local actions and workflows that a text names; how it names them is read again, and better, by the model. */
function* calledIn(text: string): Generator<string> {
  for (const [, path = ""] of text.matchAll(/uses['"]?\s{0,20}:\s{0,20}['"]?\.\/([\w./@-]{0,300})/g)) {
    const called = normalize(path).replace(/\/$/, "");
    if (!called.startsWith("..")) yield called === "." ? "" : called;
  }
}

async function readAction(reading: Reading, folder: string): Promise<void> {
  const base = folder === "" ? "" : `${folder}/`;
  for (const name of ["action.yml", "action.yaml"]) await readOne(reading, `${base}${name}`);
}

async function readOne({ folder, files, missing }: Reading, path: string): Promise<void> {
  if (files.has(path)) return;
  const kind = await kindOf(join(folder, path), folder);
  if (kind === "nothing") return;
  if (files.size >= LIMITS.files) missing.set(path, `more than ${LIMITS.files} files`);
  else if (kind !== "file")
    missing.set(path, kind === "folder" ? "a folder" : kind === "link" ? "a link" : "too large");
  else
    await readFile(join(folder, path), "utf8").then(
      (text) => files.set(path, text),
      () => missing.set(path, "cannot be read"),
    );
}

async function namesIn({ folder, missing }: Reading, path: string): Promise<readonly string[]> {
  const kind = await kindOf(join(folder, path), folder);
  if (kind === "link") missing.set(path, "a link");
  return kind === "folder" ? (await readdir(join(folder, path))).sort() : [];
}

/** What stands at a path, and whether any step on the way from a folder to it is a link. */
async function kindOf(path: string, from = path): Promise<"file" | "folder" | "link" | "large" | "nothing"> {
  const steps = path
    .slice(from.length)
    .split("/")
    .filter((step) => step !== "");
  let place = from;
  for (const step of ["", ...steps]) {
    place = step === "" ? place : join(place, step);
    const found = await lstat(place).catch(() => null);
    if (found === null) return "nothing";
    // The folder itself may be a link: whoever asks has named it.
    if (found.isSymbolicLink() && place !== from) return "link";
    if (place === path && found.isFile()) return found.size > LIMITS.bytesPerFile ? "large" : "file";
  }
  return "folder";
}
