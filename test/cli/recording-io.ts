import type { Command, Io, ListedCommand, Services } from "../../src/cli/command.ts";
import { run } from "../../src/cli/run.ts";
import { InvalidInput } from "../../src/errors.ts";

export interface Setting {
  readonly terminal?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  readonly services?: Partial<Services>;
}

export interface Ran {
  readonly exit: number;
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
  const isTTY = setting.terminal ?? false;
  const readFile = async (path: string): Promise<string> => {
    const text = setting.files?.[path];
    if (text === undefined) throw new InvalidInput([{ where: path, what: "cannot be read", mend: "check the path" }]);
    return text;
  };
  const io: Io = {
    stdout: { write: (text) => void out.push(text), isTTY, columns: 80 },
    stderr: { write: (text) => void err.push(text), isTTY, columns: 80 },
    readFile,
    now: () => "2026-11-23T12:00:00.000Z",
    services: {
      liveSnapshot: missing,
      liveDossier: missing,
      serve: missing,
      doctor: missing,
      gitSettings,
      setAside: missing,
      tryDestinations: missing,
      ...setting.services,
    },
  };
  return { io, written: () => ({ stdout: out.join(""), stderr: err.join("") }) };
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
