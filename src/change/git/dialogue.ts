import { OperatingError } from "../../errors.ts";
import {
  endOf,
  type GitDialogue,
  type GitEnd,
  type GitEnvironment,
  type GitSettings,
  startDialogue,
} from "../../history/read/git.ts";

/** A git command that stays and answers one request after the other. */
export interface Dialogue {
  /** Sends lines; what answers them is read afterwards, by one reader at a time. */
  ask(lines: string): void;
  /** The next line without its line feed. Throws OperatingError when git ended before it. */
  line(): Promise<string>;
  /** Exactly so many bytes; those beyond `keep` are read and dropped. */
  bytes(count: number, keep?: number): Promise<Buffer>;
  /** What comes before a line that says `end`, which no other line may say; the first `keep` bytes of it. */
  until(end: string, keep: number): Promise<{ readonly text: Buffer; readonly cut: boolean }>;
  close(): Promise<void>;
}

const LINE_FEED = 10;

export function openDialogue(
  args: readonly string[],
  settings: GitSettings & { readonly env?: GitEnvironment },
): Dialogue {
  const child = startDialogue(args, settings);
  const ended = endOf(child);
  // Whoever waits for an answer learns of it; nobody else has to.
  ended.catch(() => {});
  const source = chunksOf(child, ended);
  let rest: Buffer = Buffer.alloc(0);

  async function more(): Promise<void> {
    const chunk = await source();
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
  }

  async function bytes(count: number, keep = count): Promise<Buffer> {
    const kept: Buffer[] = [];
    let [left, room] = [count, keep];
    while (left > 0) {
      if (rest.length === 0) await more();
      const taken = rest.subarray(0, left);
      if (room > 0) kept.push(taken.subarray(0, room));
      room -= taken.length;
      left -= taken.length;
      rest = rest.subarray(taken.length);
    }
    return Buffer.concat(kept);
  }

  return {
    ask: (lines) => void child.stdin.write(lines),
    async line() {
      let at = rest.indexOf(LINE_FEED);
      for (; at < 0; at = rest.indexOf(LINE_FEED)) await more();
      const line = rest.subarray(0, at).toString("utf8");
      rest = rest.subarray(at + 1);
      return line;
    },
    bytes,
    async until(end, keep) {
      // It stands on a line of its own. Nothing is asked before the last answer was read, so nothing comes after it.
      const mark = Buffer.from(`\n${end}\n`);
      const kept: Buffer[] = [];
      let size = 0;
      let tail: Buffer = Buffer.from("\n");
      do {
        const chunk = rest.length > 0 ? rest : await source();
        rest = Buffer.alloc(0);
        if (size < keep) kept.push(chunk);
        size += chunk.length;
        tail = Buffer.concat([tail, chunk.subarray(-mark.length)]).subarray(-mark.length);
      } while (!tail.equals(mark));
      const length = size - (mark.length - 1);
      return { text: Buffer.concat(kept).subarray(0, Math.min(length, keep)), cut: length > keep };
    },
    async close() {
      child.stdin.end();
      child.stdout.resume();
      await ended;
    },
  };
}

/** What git prints, piece by piece, and nothing while nobody asks. */
function chunksOf({ stdout }: GitDialogue, ended: Promise<GitEnd>): () => Promise<Buffer> {
  const chunks: AsyncIterator<Buffer> = stdout[Symbol.asyncIterator]();
  return async () => {
    const next = await chunks.next().catch(() => null);
    if (next === null || next.done) throw await asEnded(ended);
    return next.value;
  };
}

async function asEnded(ended: Promise<GitEnd>): Promise<OperatingError> {
  const { aborted, complaint } = await ended;
  if (aborted) return new OperatingError("timeout", "the reading was stopped");
  return new OperatingError("upstream_error", `the repository cannot be read to its end: ${complaint}`);
}
