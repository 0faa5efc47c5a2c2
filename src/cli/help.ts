import { fileURLToPath } from "node:url";
import type { Command, ListedCommand } from "./command.ts";

/** The README that came with this program, so that it is of this version and read without a network. */
export const DOCUMENTATION = fileURLToPath(new URL("../../README.md", import.meta.url));

/** What `sallyport --help` prints, at most 80 columns but for the path. */
export function programHelp(commands: readonly ListedCommand[]): string {
  const width = Math.max(...commands.map(({ name }) => name.length));
  const lines = commands.map(({ name, summary }) => `  ${name.padEnd(width)}  ${summary}`);
  return `sallyport: who is at the gate, what they carry, which doors are open to them.

  sallyport <command> [options]
  sallyport help <command>
  sallyport completion <bash | zsh | fish>

${lines.join("\n")}

Examples
  sallyport demo
  sallyport assess ada-example --repo octo-org/wallet
  sallyport audit octo-org --save access.json
  sallyport policy validate .github/sallyport.yml

Reading commands take --json. Exit codes: 0 done, 1 found something at or above
--fail-on, 2 wrong use or invalid input, 3 GitHub or database not reached.

Documentation: ${DOCUMENTATION}
`;
}

/** What `sallyport help NAME` prints. */
export function commandHelp({ name, summary }: ListedCommand, { usage }: Command): string {
  return `sallyport ${name}: ${summary}\n\n${usage.trim()}\n\nDocumentation: ${DOCUMENTATION}\n`;
}
