import { fetchesCode } from "../formats/shell.ts";
import type { Entry } from "./entries.ts";
import { ANY, type Effect, type Rule } from "./rules.ts";

const TOOLS =
  "server|cli|node|npm|python|php|ruby|java|go|git|shell|bash|cargo|rustc|rustfmt|clang\\w*|cmake|ninja|make|eslint|prettier|stylelint|tslint|tsserver|black|ruff|flake8|pylint|mypy|isort|deno|bun|biome|gopls|dart|flutter|terraform|linter|formatter|fixer|lint|tool|binary|executable|interpreter|compiler|debugger|lsp|sdk|jdk|runtime|phpcs|phpcbf|phpstan|phpunit|pest|psalm|vitest|jest|mocha|zls|zig|ocaml|ghc|hls|stack|cabal|mix|elixir|julia|lua\\w*|perl\\w*|swift\\w*|maven|mvn|gradle|latex\\w*|pandoc|docker|helm|buf|protoc|shellcheck|shfmt|rubocop|solargraph|sorbet|solc|forge|pytest|unittest|nosetest|poetry|pipenv|conda|uv|tox|ctest|gdb|lldb|adb|python3|esbuild|webpack|vite";
/** Words that name a program at the end of a setting's name: `eslint.nodePath`, `rust-analyzer.server.path`. */
const PROGRAM_KEY = new RegExp(
  `(?:executables?|interpreter|command|commands|commandline|cmd|tsdk|executormap|alternatetools|automationshell|pathtojest|exe|(?:${TOOLS}|command|bin|exe)_?paths?)$|(?:process)?wrapper|launcher|procmacro\\.server|lldb\\.library|java\\.home|(?:^|[._-])(?:path|bin|binary|exec|runtime|shell|php|javahome)$`,
);
/** The same words where they name data, and lists of folders. */
const DATA_KEY =
  /(?:config|include|extra|root|exclude|schema|data|log|output|cache|ignore|dictionary|dictionaries|project|workspace|folder|document|template|snippet|module|import|search|source|library|typings|stub)[._-]?paths?$|cspell|(?:^|\.)(?:markdown|json|yaml|files|search)\./;
const DATA_VALUE = /\.(?:json[c5]?|ya?ml|toml|ini|cfg|txt|md|xml|css|scss|lock|log|html?|dic|svg|png)$/i;

/** A program of the checkout itself: relative, or under the folder that is opened. */
const IN_CHECKOUT =
  /^\s{0,4}["']?(?:\.{1,2}[\\/]|\$\{(?:workspaceFolder|workspaceRoot|fileWorkspaceFolder|containerWorkspaceFolder|env:PWD)(?::[^}]{1,80})?\}|[\w.@-]{1,80}[\\/](?!\/))/;
/** Folders that an installation fills and that git ignores. */
const OF_DEPENDENCIES =
  /(?:^|[\\/])(?:node_modules|\.venv|venv|env|\.virtualenv|\.tox|\.pixi|\.conda|\.direnv|\.devenv|vendor[\\/]bin|\.yarn[\\/]sdks|\.pnpify|bazel-bin|target|build|dist|out|\.bin|_build|_opam|\.dart_tool|\.fvm|Pods|zig-out)[\\/]/i;
/** Variables by which a shell or an interpreter loads something at its start. */
const LOADING =
  /^(?:ld_preload|ld_library_path|dyld_\w+|node_options|pythonstartup|pythonpath|bash_env|env|prompt_command|zdotdir|perl5opt|rubyopt|java_tool_options|jdk_java_options|git_ssh_command|git_ssh|git_editor|git_external_diff|editor|visual|pager|git_pager|path|npm_config_\w+|pip_index_url|rustc_wrapper|cc|cxx)$/;

const LOADS =
  /\$\{(?:workspace|containerWorkspace|file)|^\.{1,2}[\\/]|--(?:require|import|loader|experimental-loader)[= ]/;

const inCheckout = (value: string): boolean => IN_CHECKOUT.test(value) && !DATA_VALUE.test(value.trim());
const ofDependencies = (value: string): boolean => OF_DEPENDENCIES.test(value);

/** What a shell would take apart, an interpreter that is given code, or one that is given a script. */
const SCRIPT =
  /[;|&`]|\$\(|^-(?:c|e|ec|lc|command|encodedcommand)$|^(?:node|deno|bun|npx|python[23]?|ruby|perl|php|sh|bash|zsh|pwsh|powershell|cmd)(?:\.exe)?\s+[^\s-]*[\w/.]/i;
/** An agent of a virtual machine, or what it runs when something fails. */
const OF_MACHINE = /-(?:javaagent|agentpath|agentlib):|-XX:On(?:OutOfMemory)?Error/;

/** Variables that make any program of a session load code of the checkout. */
export const VARIABLES: readonly Rule[] = [
  {
    key: LOADING,
    under: /(?:^|\.)env$|^$/,
    when: (value) => LOADS.test(value),
    effect: "runs_on_click",
    what: "A variable that programs load something by points into the checkout.",
  },
];

/** What one setting of a workspace runs; null for settings that run nothing. */
export function programOf({ keys, value }: Entry): Pick<Rule, "effect" | "what"> | null {
  const name = keys.join(".").toLowerCase();
  const last = (keys.at(-1) ?? "").toLowerCase();
  if (/terminal\.integrated\.env\.|(?:^|\.)(?:remote|container)env\.|envvars?\.|extraenv\./.test(name)) {
    if (!LOADING.test(last) || !(LOADS.test(value) || /preload|^dyld_/.test(last))) return null;
    return { effect: named(value), what: "A variable that programs load something by points into the checkout." };
  }
  if (/runonsave|triggertaskonsave|onsave\.commands/.test(name) && /(?:^|\.)(?:cmd|command|commands)$/.test(last))
    return { effect: "runs_on_open", what: "A command runs with each file that is saved." };
  // Folders of a workspace have a path, too.
  if (keys.some((key) => /^(?:folders|tasks|launch)$/.test(key)) || (last === "path" && keys.length === 1)) return null;
  if (OF_MACHINE.test(value))
    return { effect: "runs_on_click", what: "A setting has a virtual machine load a program." };
  const profile = /terminal\.integrated\.(?:automation)?profiles?\./.test(name) && last === "args";
  if (profile && (SCRIPT.test(value) || inCheckout(value)))
    return { effect: "runs_on_click", what: "A setting holds a command for a shell." };
  const nested = keys.find((key) => PROGRAM_KEY.test(key.toLowerCase()) && !DATA_KEY.test(key.toLowerCase()));
  if (nested === undefined || DATA_KEY.test(name)) return null;
  if (inCheckout(value))
    return { effect: named(value), what: "A setting names a program of the checkout, which the editor runs." };
  const isCommand = SCRIPT.test(value) || fetchesCode(value);
  return isCommand ? { effect: "runs_on_click", what: "A setting holds a command for a shell." } : null;
}

const named = (value: string): Effect => (ofDependencies(value) ? "names_dependency" : "runs_on_click");

const on = (value: string): boolean => /^(?:on|auto|true|\*)$/i.test(value);

/** Switches of an editor, whatever their value names. */
export const SWITCHES: readonly Rule[] = [
  { key: /^task\.allowautomatictasks$/, when: on, effect: "runs_on_click", what: "Tasks may start without asking." },
  {
    key: /^security\.workspace\.trust\.(?:enabled|startupprompt|banner)$/,
    when: (value) => /^(?:false|never)$/i.test(value),
    effect: "runs_on_click",
    what: "The editor is told to trust every folder.",
  },
  {
    key: /^chat\.(?:tools\.(?:global\.)?autoapprove|tools\.edits\.autoapprove|mcp\.autostart|mcp\.discovery\.enabled)$/,
    when: on,
    effect: "runs_on_click",
    what: "A coding agent may act without asking.",
  },
  {
    key: ANY,
    under: /chat\.tools\.(?:terminal|urls|edits)\.autoapprove|allowedcommands|autoapprovedcommands/,
    when: on,
    effect: "runs_on_click",
    what: "A coding agent may act without asking.",
  },
];
