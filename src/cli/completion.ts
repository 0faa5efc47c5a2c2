import { InvalidInput } from "../errors.ts";
import { nearest } from "../policy/nearest.ts";
import type { Command, ListedCommand } from "./command.ts";

/** What a shell may offer after one command, or after one verb of it. */
interface Offer {
  /** Without their dashes. */
  readonly options: readonly { readonly name: string; readonly takesValue: boolean }[];
}

interface CommandOffer extends Offer {
  readonly name: string;
  readonly summary: string;
  /** By name; empty for a command that does one thing. */
  readonly verbs: ReadonlyMap<string, Offer>;
}

/**
 * The script that lets a shell complete `sallyport`, written from the commands as they are. Throws InvalidInput for a
 * shell that is not one of three.
 */
export async function completionScript(shell: string | undefined, commands: readonly ListedCommand[]): Promise<string> {
  const names = Object.keys(SCRIPTS);
  const script = shell !== undefined && Object.hasOwn(SCRIPTS, shell) ? SCRIPTS[shell] : undefined;
  if (!script) {
    const near = shell === undefined ? null : nearest(shell, names);
    const mend = near ? `did you mean ${near}?` : `write one of ${names.join(", ")}`;
    const what = shell === undefined ? "no shell is named" : "no such shell";
    throw new InvalidInput([{ where: "sallyport completion", what, mend }]);
  }
  return script(await Promise.all(commands.map(offerOf)));
}

async function offerOf({ name, summary, load }: ListedCommand): Promise<CommandOffer> {
  const { options, verbs = {} } = await load();
  return {
    ...{ name, summary, ...offered(options, Object.keys(options)) },
    verbs: new Map(Object.entries(verbs).map(([verb, takes]) => [verb, offered(options, takes)])),
  };
}

const offered = (options: Command["options"], names: readonly string[]): Offer => ({
  options: [
    ...names.map((name) => ({ name, takesValue: options[name]?.type === "string" })),
    { name: "help", takesValue: false },
  ],
});

const GLOBAL = ["help", "completion", "--help", "--version"];
const dashed = ({ options }: Offer): string => options.map(({ name }) => `--${name}`).join(" ");
const namesOf = (offers: readonly CommandOffer[]): string => offers.map(({ name }) => name).join(" ");

/** Single quotes as sh, zsh and fish (with a backslash inside) read them. */
const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

function bash(offers: readonly CommandOffer[]): string {
  const lines = offers.flatMap((offer) =>
    offer.verbs.size === 0
      ? [`    ${offer.name}) options="${dashed(offer)}" ;;`]
      : [
          `    ${offer.name})`,
          `      [[ $COMP_CWORD -eq 2 ]] && words="${[...offer.verbs.keys()].join(" ")}"`,
          `      case "\${COMP_WORDS[2]}" in`,
          ...[...offer.verbs].map(([verb, of]) => `        ${verb}) options="${dashed(of)}" ;;`),
          `        *) options="--help" ;;`,
          "      esac ;;",
        ],
  );
  return `# source <(sallyport completion bash)
_sallyport() {
  local word="\${COMP_WORDS[COMP_CWORD]}" words="" options=""
  case "\${COMP_WORDS[1]}" in
${lines.join("\n")}
    help) words="${namesOf(offers)}" ;;
    completion) words="${Object.keys(SCRIPTS).join(" ")}" ;;
  esac
  [[ $COMP_CWORD -eq 1 ]] && words="${namesOf(offers)} ${GLOBAL.join(" ")}" options=""
  [[ $word == -* ]] && words="$words $options"
  COMPREPLY=($(compgen -W "$words" -- "$word"))
}
complete -o default -F _sallyport sallyport
`;
}

function zsh(offers: readonly CommandOffer[]): string {
  const specs = ({ options }: Offer): string =>
    [
      ...options.map(({ name, takesValue }) => `'--${name}${takesValue ? "=:value:_files" : ""}'`),
      "'*:file:_files'",
    ].join(" ");
  const described = offers.map(({ name, summary }) => quoted(`${name}:${summary.replaceAll(":", "\\:")}`));
  const cases = offers.flatMap((offer) =>
    offer.verbs.size === 0
      ? [`    ${offer.name}) _arguments ${specs(offer)} ;;`]
      : [
          `    ${offer.name})`,
          `      if (( CURRENT == 2 )); then compadd ${[...offer.verbs.keys()].join(" ")}; return; fi`,
          "      shift words; (( CURRENT-- ))",
          "      case $words[1] in",
          ...[...offer.verbs].map(([verb, of]) => `        ${verb}) _arguments ${specs(of)} ;;`),
          "      esac ;;",
        ],
  );
  return `#compdef sallyport
# source <(sallyport completion zsh), or keep it as _sallyport in a folder of $fpath
_sallyport() {
  local -a commands
  commands=(${[...described, "'help:how a command is called'", "'completion:a script for your shell'"].join(" ")})
  if (( CURRENT == 2 )); then _describe command commands; return; fi
  shift words; (( CURRENT-- ))
  case $words[1] in
${cases.join("\n")}
    help) compadd ${namesOf(offers)} ;;
    completion) compadd ${Object.keys(SCRIPTS).join(" ")} ;;
  esac
}
if [ "$funcstack[1]" = "_sallyport" ]; then _sallyport "$@"; else compdef _sallyport sallyport; fi
`;
}

function fish(offers: readonly CommandOffer[]): string {
  const first = "-n __fish_use_subcommand -f";
  const option = (when: string, { name, takesValue }: Offer["options"][number]): string =>
    `complete -c sallyport -n ${quoted(when)} -l ${name}${takesValue ? " -r" : ""}`;
  const lines = offers.flatMap(({ name, summary, options, verbs }) => {
    const seen = `__fish_seen_subcommand_from ${name}`;
    const one = `complete -c sallyport ${first} -a ${name} -d ${quoted(summary)}`;
    if (verbs.size === 0) return [one, ...options.map((each) => option(seen, each))];
    const words = [...verbs.keys()].join(" ");
    return [
      one,
      `complete -c sallyport -n ${quoted(`${seen}; and not __fish_seen_subcommand_from ${words}`)} -f -a ${quoted(words)}`,
      ...[...verbs].flatMap(([verb, of]) =>
        of.options.map((each) => option(`${seen}; and __fish_seen_subcommand_from ${verb}`, each)),
      ),
    ];
  });
  return `# sallyport completion fish | source
${lines.join("\n")}
complete -c sallyport ${first} -a help -d 'how a command is called'
complete -c sallyport ${first} -a completion -d 'a script for your shell'
complete -c sallyport -n '__fish_seen_subcommand_from help' -f -a ${quoted(namesOf(offers))}
complete -c sallyport -n '__fish_seen_subcommand_from completion' -f -a ${quoted(Object.keys(SCRIPTS).join(" "))}
`;
}

const SCRIPTS: Readonly<Record<string, (offers: readonly CommandOffer[]) => string>> = { bash, zsh, fish };
