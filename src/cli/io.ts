import { once } from "node:events";
import { createReadStream } from "node:fs";
import { open, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { createInterface } from "node:readline/promises";
import type { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import { InvalidInput } from "../errors.ts";
import type { Io, Output, Services } from "./command.ts";
import { pieceMaker } from "./pieces.ts";
import { strong } from "./show.ts";

/** Largest input of a command that asks for no other. */
const MAX_INPUT_MIB = 64;

/** The process's own streams, files and clock. A reader that closes the pipe early ends the program quietly. */
export function processIo({ services, clock }: { readonly services: Services; readonly clock: Clock }): Io {
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    readFile: (path, maxMiB) => (path === "-" ? read(process.stdin, "standard input", maxMiB) : readPath(path, maxMiB)),
    readPieces: (path, maxMiB) =>
      path === "-" ? piecesOf(process.stdin, "standard input", maxMiB) : piecesOf(bytesOf(path), path, maxMiB),
    ask,
    writeFile: write,
    now: () => clock.now(),
    services,
  };
}

/** On standard error, so that what a command prints can still be kept. The end of input is no answer. */
async function ask(question: string): Promise<string | null> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) return null;
  const lines = createInterface({ input: process.stdin, output: process.stderr });
  const closed = new AbortController();
  lines.once("close", () => closed.abort());
  try {
    return await lines.question(question, { signal: closed.signal });
  } catch (error) {
    if (closed.signal.aborted) return null;
    throw error;
  } finally {
    lines.close();
  }
}

/** `sallyport signals | head -1` is no failure: the reader has what it wanted. */
function endQuietly(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit();
  throw error;
}

/** Columns of text that is not for a terminal, and what every output is designed for. */
const DEFAULT_COLUMNS = 80;

function output(stream: NodeJS.WriteStream): Output {
  return {
    write: (text) => void stream.write(text),
    drained: async () => {
      if (stream.writableNeedDrain) await once(stream, "drain");
    },
    isTTY: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns || DEFAULT_COLUMNS : DEFAULT_COLUMNS,
    // Node looks at NO_COLOR, TERM and what the terminal says of itself.
    strong: stream.isTTY && stream.hasColors() ? strong : plain,
  };
}

const plain = (text: string): string => text;

/** A file in one piece, where its length is known: pieces that are added up are held twice once somebody reads the sum. */
async function readPath(path: string, maxMiB = MAX_INPUT_MIB): Promise<string> {
  const known = await stat(path).catch(() => null);
  if (!known?.isFile() || known.size > maxMiB * 2 ** 20) return read(createReadStream(path), path, maxMiB);
  return new TextDecoder().decode(await readFile(path));
}

async function read(stream: Readable, place: string, maxMiB?: number): Promise<string> {
  const decoder = new TextDecoder();
  let text = "";
  for await (const bytes of limited(stream, place, maxMiB)) text += decoder.decode(bytes, { stream: true });
  return text + decoder.decode();
}

async function piecesOf(source: AsyncIterable<unknown>, place: string, maxMiB?: number): Promise<readonly string[]> {
  const maker = pieceMaker();
  for await (const bytes of limited(source, place, maxMiB)) maker.take(bytes);
  return maker.end();
}

/** A file in one and the same buffer, filled anew each time: those of a stream stay until somebody collects them. */
async function* bytesOf(path: string): AsyncGenerator<Buffer, void, void> {
  const handle = await open(path);
  try {
    const buffer = Buffer.alloc(CHUNK_BYTES);
    for (let read = await handle.read(buffer); read.bytesRead > 0; read = await handle.read(buffer))
      yield buffer.subarray(0, read.bytesRead);
  } finally {
    await handle.close();
  }
}

const CHUNK_BYTES = 2 ** 16;

async function* limited(
  source: AsyncIterable<unknown>,
  place: string,
  maxMiB = MAX_INPUT_MIB,
): AsyncGenerator<Buffer, void, void> {
  let byteCount = 0;
  try {
    for await (const chunk of source) {
      const bytes = Buffer.isBuffer(chunk) ? chunk : Buffer.from(String(chunk));
      byteCount += bytes.length;
      if (byteCount > maxMiB * 2 ** 20) throw problem(place, `larger than ${maxMiB} MiB`, "give a smaller file");
      yield bytes;
    }
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw problem(place, `cannot be read (${code})`, "check the path and who may read it");
  }
}

/** Whole or not at all: a reader never finds half of it under its name. */
async function write(path: string, pieces: Iterable<string>): Promise<void> {
  const unfinished = `${path}.unfinished`;
  try {
    // A file that is there would keep its own rights, and a link would lead elsewhere.
    await rm(unfinished, { force: true });
    await writeFile(unfinished, pieces, { mode: 0o600, flag: "wx" });
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw problem(path, `cannot be written (${code})`, "check the path and who may write there");
  }
}

const problem = (where: string, what: string, mend: string): InvalidInput => new InvalidInput([{ where, what, mend }]);
