import type { Command, ListedCommand } from "./command.ts";

/** What `sallyport --help` prints, at most 80 columns. */
export function programHelp(commands: readonly ListedCommand[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `sallyport: who is at the gate, what they carry, which doors are open to them.

  sallyport <command> [options]
  sallyport help <command>
  sallyport completion <bash | zsh | fish>

${lines.join("\n")}

Reading commands take --json. Exit codes: 0 done, 1 found something at or above
--fail-on, 2 wrong use or invalid input, 3 GitHub or database not reached.
`;
}

/** What `sallyport help NAME` prints. */
export function commandHelp({ name, summary }: ListedCommand, { usage }: Command): string {
  return `sallyport ${name}: ${summary}\n\n${usage.trim()}\n`;
}
