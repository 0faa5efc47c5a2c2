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
  const verb = command.verbs && verbOf(command.name, command.verbs, parsed.positionals[0]);
  const problems = parsed.tokens.flatMap((token) =>
    token.kind === "option" ? problemsOf(token, { command: command.name, options, verb }) : [],
  );
  if (problems.length > 0) throw new InvalidInput(problems);
  return { values: parsed.values, positionals: parsed.positionals };
}

/** The verb that a command with several was given, with the options it takes. Throws InvalidInput without one. */
function verbOf(command: string, verbs: NonNullable<Command["verbs"]>, word: string | undefined): Verb {
  const takes = word !== undefined && Object.hasOwn(verbs, word) ? verbs[word] : undefined;
  if (word !== undefined && takes) return { name: word, takes };
  const near = word === undefined ? null : nearest(word, Object.keys(verbs));
  const mend = near ? `did you mean \`${near}\`?` : `write one of ${Object.keys(verbs).join(", ")}`;
  const where = `sallyport ${command}${word === undefined ? "" : ` ${word}`}`;
  throw new InvalidInput([{ where, what: word === undefined ? "what of it is not said" : "no such thing", mend }]);
}

interface Verb {
  readonly name: string;
  readonly takes: readonly string[];
}

interface OptionToken {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly inlineValue: boolean | undefined;
}

function problemsOf(
  token: OptionToken,
  {
    command,
    options,
    verb,
  }: { readonly command: string; readonly options: ParseArgsOptionsConfig; readonly verb: Verb | undefined },
): readonly Problem[] {
  const where = `sallyport ${command} ${verb ? `${verb.name} ` : ""}${token.rawName}`;
  const option = Object.hasOwn(options, token.name) ? options[token.name] : undefined;
  if (!option) return [{ where, what: "no such option", mend: mendOption(token.name, command, options) }];
  if (verb && !verb.takes.includes(token.name))
    return [{ where, what: "not an option of this", mend: `\`sallyport help ${command}\` lists what there is` }];
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
