import { type ParseArgsOptionsConfig, parseArgs } from "node:util";
import { InvalidInput, type Problem } from "../errors.ts";
import { nearest } from "../policy/nearest.ts";
import type { Args, Command } from "./command.ts";

const HELP: ParseArgsOptionsConfig = { help: { type: "boolean", short: "h" } };

/** The arguments of a command, or null when its help is asked for. Throws InvalidInput with every problem. */
export function parseArguments(command: Command, argv: readonly string[]): Args | null {
  const options = { ...command.options, ...HELP };
  // Not strict: node's own check stops at the first problem.
  const parsed = parseArgs({ args: [...argv], options, allowPositionals: true, strict: false, tokens: true });
  if (parsed.values.help === true) return null;
  const problems = parsed.tokens.flatMap((token) =>
    token.kind === "option" ? problemsOf(token, { command: command.name, options }) : [],
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  return { values: parsed.values, positionals: parsed.positionals };
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function problemsOf(
  token: OptionToken,
  { command, options }: { readonly command: string; readonly options: ParseArgsOptionsConfig },
): readonly Problem[] {
  const where = `sallyport ${command} ${token.rawName}`;
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) return [{ where, what: "no such option", mend: mendOption(token.name, command, options) }];
  if (option.type === "boolean" && token.inlineValue)
    return [{ where, what: "takes no value", mend: `write ${token.rawName} alone` }];
  if (option.type === "string" && !hasValue(token))
    return [{ where, what: "needs a value", mend: `write ${token.rawName}=VALUE` }];
  return [];
}

/** `--repo --json` forgot a value; `--repo=-x` and `--snapshot -` did not. */
const hasValue = ({ value, inlineValue }: OptionToken): boolean =>
  value !== undefined && value !== "" && (inlineValue === true || value === "-" || !value.startsWith("-"));

function mendOption(name: string, command: string, options: ParseArgsOptionsConfig): string {
  const near = nearest(name, Object.keys(options));
  return near ? `did you mean --${near}?` : `\`sallyport help ${command}\` lists what there is`;
}
