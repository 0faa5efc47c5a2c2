import { createReadStream } from "node:fs";
import type { Readable } from "node:stream";
import type { Clock } from "../clock.ts";
import { InvalidInput } from "../errors.ts";
import type { Io, Output, Services } from "./command.ts";

/** Largest input a command reads: the access graph of a very large organisation is a tenth of it. */
const MAX_INPUT_BYTES = 64 * 1024 * 1024;

/** The process's own streams, files and clock. A reader that closes the pipe early ends the program quietly. */
export function processIo(options: {
  readonly services: Services;
  readonly clock: Clock;
  readonly color: boolean;
}): Io {
  const { services, clock } = options;
  process.stdout.on("error", endQuietly);
  process.stderr.on("error", endQuietly);
  const readStdin = (): Promise<string> => read(process.stdin, "standard input");
  return {
    stdout: output(process.stdout),
    stderr: output(process.stderr),
    color: options.color && process.stdout.isTTY === true,
    readStdin,
    readFile: (path) => (path === "-" ? readStdin() : read(createReadStream(path), path)),
    now: () => clock.now(),
    services,
  };
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
    isTTY: stream.isTTY === true,
    columns: stream.isTTY ? stream.columns || DEFAULT_COLUMNS : DEFAULT_COLUMNS,
  };
}

async function read(stream: Readable, place: string): Promise<string> {
  const chunks: Buffer[] = [];
  let byteCount = 0;
  try {
    for await (const chunk of stream) {
      const bytes = Buffer.from(chunk);
      byteCount += bytes.length;
      if (byteCount > MAX_INPUT_BYTES) throw problem(place, "larger than 64 MiB", "give a smaller file");
      chunks.push(bytes);
    }
  } catch (error) {
    if (error instanceof InvalidInput) throw error;
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown error";
    throw problem(place, `cannot be read (${code})`, "check the path and who may read it");
  }
  return new TextDecoder().decode(Buffer.concat(chunks));
}

const problem = (where: string, what: string, mend: string): InvalidInput => new InvalidInput([{ where, what, mend }]);
