import type { Command, Io, ListedCommand, Output, Services } from "../../src/cli/command.ts";
import { run } from "../../src/cli/run.ts";
import { InvalidInput } from "../../src/errors.ts";

export interface Setting {
  readonly terminal?: boolean;
  readonly columns?: number;
  readonly strong?: Output["strong"];
  readonly files?: Readonly<Record<string, string>>;
  /** Permission bits of files, where they are not for their owner alone. */
  readonly modes?: Readonly<Record<string, number>>;
  /** What somebody at the terminal answers, one after the other; nobody is there when absent. */
  readonly answers?: readonly string[];
  readonly services?: Partial<Services>;
}

export interface Ran {
  readonly exit: number;
  /** What was written to files, by path; absent when nothing was. */
  readonly saved?: Readonly<Record<string, string>>;
  readonly stdout: string;
  readonly stderr: string;
}

const missing = async (): Promise<never> => {
  throw new Error("this test gave no such service");
};

/** The machine's own git. */
const gitSettings = () => ({ searchPath: process.env.PATH ?? "" });

/** An Io over strings; `written` is what went where so far. */
export function recordingIo(setting: Setting = {}): { readonly io: Io; readonly written: () => Omit<Ran, "exit"> } {
  const out: string[] = [];
  const err: string[] = [];
  const saved: Record<string, string> = {};
  const isTTY = setting.terminal ?? false;
  const { columns = 80, strong = (text: string) => text } = setting;
  const readFile = async (path: string): Promise<string> => {
    const text = setting.files?.[path];
    if (text === undefined) throw new InvalidInput([{ where: path, what: "cannot be read", mend: "check the path" }]);
    return text;
  };
  const answers = [...(setting.answers ?? [])];
  const io: Io = {
    ask: async (question) => {
      const answer = answers.shift() ?? null;
      if (answer !== null) err.push(`${question}${answer}\n`);
      return answer;
    },
    stdout: { write: (text) => void out.push(text), drained: async () => {}, isTTY, columns, strong },
    stderr: { write: (text) => void err.push(text), drained: async () => {}, isTTY, columns, strong },
    readFile,
    readPieces: async (path) => (await readFile(path)).split(/(?<=\n)/),
    writeFile: async (path, pieces) => {
      saved[path] = [...pieces].join("");
    },
    modeOf: async (path) => (setting.files?.[path] === undefined ? null : (setting.modes?.[path] ?? 0o600)),
    now: () => "2026-11-23T12:00:00.000Z",
    services: {
      liveSnapshot: missing,
      liveDossier: missing,
      liveVetting: missing,
      liveChange: missing,
      liveWorkflows: missing,
      move: missing,
      backup: missing,
      serve: missing,
      doctor: missing,
      gitSettings,
      setAside: missing,
      importList: missing,
      lists: missing,
      signalCounts: missing,
      clusters: missing,
      storedReports: missing,
      subject: missing,
      vouch: missing,
      codeIndex: missing,
      randomBytes: (count) => new Uint8Array(count).fill(7),
      tryDestinations: missing,
      ...setting.services,
    },
  };
  const written = () => ({
    ...{ stdout: out.join(""), stderr: err.join("") },
    ...(Object.keys(saved).length > 0 && { saved }),
  });
  return { io, written };
}

/** One run of the command line over strings. */
export async function runRecorded(
  argv: readonly string[],
  commands: readonly Command[],
  setting: Setting = {},
): Promise<Ran> {
  const { io, written } = recordingIo(setting);
  const exit = await run(argv, commands.map(listed), io);
  return { exit, ...written() };
}

const listed = (command: Command): ListedCommand => ({
  name: command.name,
  summary: "what it does",
  load: async () => command,
});
