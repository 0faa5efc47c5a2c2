import { randomBytes } from "node:crypto";
import { open, readFile, rename, rm } from "node:fs/promises";
import { parseEnv } from "node:util";
import { InvalidInput, type Problem } from "../../../errors.ts";

/** Only the account that runs Sallyport may read secrets. */
const MODE = 0o600;

/**
 * Adds variables to an env file, or makes it. What the file says already stays, to the letter; a key that has another
 * value there is refused as InvalidInput, never replaced. The new file takes the old one's place in one step, mode
 * 0600, so a crash leaves the one or the other.
 */
export async function writeEnv(path: string, values: Readonly<Record<string, string>>): Promise<void> {
  const before = await textOf(path);
  const known = parseEnv(before);
  const taken = Object.keys(values).filter((key) => known[key] && known[key] !== values[key]);
  if (taken.length > 0) throw new InvalidInput(taken.map((key): Problem => conflict(path, key)));
  const fresh = Object.entries(values).filter(([key]) => !known[key]);
  const separator = before === "" || before.endsWith("\n") ? "" : "\n";
  await replace(path, before + separator + fresh.map(([key, value]) => `${key}=${quoted(value)}\n`).join(""));
}

/**
 * Why `writeEnv` could write nothing there now, in words; null when it could. Leaves nothing behind: it makes the same
 * file beside, and takes it away.
 */
export async function whyNotWritable(path: string): Promise<string | null> {
  const beside = besides(path);
  try {
    await textOf(path);
    await (await open(beside, "wx", MODE)).close();
    await rm(beside);
    return null;
  } catch (error) {
    return whyNotWritten(path, error);
  }
}

/** `writeEnv`, with what kept it from writing in words; null when it has written. */
export const tryWriteEnv = (path: string, values: Readonly<Record<string, string>>): Promise<string | null> =>
  writeEnv(path, values).then(
    () => null,
    (error: unknown) => whyNotWritten(path, error),
  );

const whyNotWritten = (path: string, error: unknown): string =>
  error instanceof InvalidInput
    ? error.problems.map(({ where, what }) => `${where} ${what}`).join("; ")
    : `${path} cannot be written here (${Object(error).code ?? "unknown error"})`;

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (Object(error).code === "ENOENT") return "";
    throw error;
  }
}

const conflict = (path: string, key: string): Problem => ({
  where: `${path}, ${key}`,
  what: "is set already, to something else",
  mend: "remove the line, or keep it and start again with it",
});

/** Line ends become `\n` in double quotes, as Probot and Node's own parser read a private key. */
function quoted(value: string): string {
  if (/^[\w.:/@+=-]*$/.test(value)) return value;
  return `"${value.replaceAll("\n", "\\n")}"`;
}

const besides = (path: string): string => `${path}.${randomBytes(6).toString("hex")}`;

async function replace(path: string, text: string): Promise<void> {
  const beside = besides(path);
  try {
    const file = await open(beside, "wx", MODE);
    try {
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(beside, path);
  } finally {
    await rm(beside, { force: true });
  }
}
