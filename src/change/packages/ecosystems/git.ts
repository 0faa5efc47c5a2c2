import type { Steps } from "../../../slices.ts";
import { dependency, draft, type Ecosystem, isUnreadable, type Source, type Unreadable } from "../contract.ts";
import { settingsOf } from "../formats/ini.ts";
import { at, fieldsOf, itemsOf, type Tree, textAt, textOf } from "../formats/tree.ts";
import { yamlTree } from "../formats/yaml.ts";
import { gitAt } from "../sources.ts";

const HOOK_FILE = /(?:^|\/)(?:\.husky|\.githooks|\.git-hooks|githooks)\/(?!_\/)[\w-]+(?:\.sh)?$/;
const LEFTHOOK = /(?:^|\/)\.?lefthook(?:-local)?\.ya?ml$/;
const PRE_COMMIT = /(?:^|\/)\.pre-commit-config\.ya?ml$/;

/** `.gitmodules`, and what runs with git's own commands: hook files, lefthook, pre-commit. */
export const git: Ecosystem = {
  id: "git",
  reads(path) {
    if (/(?:^|\/)\.gitmodules$/.test(path)) return "manifest";
    return HOOK_FILE.test(path) ? "code" : LEFTHOOK.test(path) || PRE_COMMIT.test(path) ? "settings" : null;
  },
  *read(path, text) {
    if (path.endsWith(".gitmodules")) return modules(text);
    if (HOOK_FILE.test(path)) return yield* hookFile(path, text);
    const tree = yield* yamlTree(text);
    if (isUnreadable(tree)) return tree;
    return PRE_COMMIT.test(path) ? preCommit(tree) : lefthook(tree);
  },
};

function modules(text: string): ReturnType<typeof draft> {
  const found = draft();
  for (const { section, key, value, line } of settingsOf(text)) {
    const name = section.replace(/^submodule\s+/, "").replace(/^"|"$/g, "");
    if (key === "url") found.dependencies.push(dependency({ name, source: moduleAt(value), line }));
    // git runs what follows the exclamation mark; newer versions refuse it here.
    if (key === "update" && value.startsWith("!"))
      found.hooks.push({ moment: "install", name: "update", command: value.slice(1), line });
  }
  return found;
}

/** Two steps up from the repository's own address stands another account of the same host. */
function moduleAt(url: string): Source {
  const owner = /^\.\.\/\.\.\/([^/\s]+)\//.exec(url)?.[1];
  return owner === undefined ? gitAt(url) : { ...gitAt(`https://relative.invalid/${owner}/`), host: null, spec: url };
}

const LINES_A_STEP = 512;
const MAX_COMMANDS = 5_000;

/** Each command of a hook is one of its own, so that a new line does not make the others new. */
function* hookFile(path: string, text: string): Steps<ReturnType<typeof draft> | Unreadable> {
  const found = draft();
  const name = path.slice(path.lastIndexOf("/") + 1);
  for (const [index, line] of text.split("\n").entries()) {
    if (index % LINES_A_STEP === LINES_A_STEP - 1) yield;
    const command = line.trim();
    if (found.hooks.length >= MAX_COMMANDS)
      return { unreadable: "The hook is longer than is read here.", line: index + 1 };
    if (command !== "" && !/^(?:#|\. |set -|(?:if|then|else|fi|done|esac|exit)\b|\}|\{)/.test(command))
      found.hooks.push({
        moment: "git",
        name: `${name}: ${command.slice(0, 120)}`,
        command: command.slice(0, 2_000),
        line: index + 1,
      });
  }
  return found;
}

function preCommit(tree: Tree): ReturnType<typeof draft> {
  const found = draft();
  for (const repository of itemsOf(at(tree, "repos"))) {
    const url = textAt(repository, "repo") ?? "";
    if (/:\/\//.test(url))
      found.dependencies.push(dependency({ name: url, source: gitAt(url), line: repository.line }));
    if (url === "local")
      for (const hook of itemsOf(at(repository, "hooks"))) {
        const command = textAt(hook, "entry") ?? "";
        found.hooks.push({ moment: "git", name: textAt(hook, "id") ?? "local", command, line: hook.line });
      }
  }
  return found;
}

function lefthook(tree: Tree): ReturnType<typeof draft> {
  const found = draft();
  for (const remote of itemsOf(at(tree, "remotes"))) {
    const url = textAt(remote, "git_url") ?? "";
    found.dependencies.push(dependency({ name: url, source: gitAt(url), line: remote.line }));
  }
  for (const hook of fieldsOf(tree))
    for (const section of ["commands", "scripts", "jobs"]) {
      const jobs = at(hook.value, section);
      const named = [
        ...fieldsOf(jobs),
        ...itemsOf(jobs).map((value) => ({ key: textAt(value, "name") ?? "job", value, line: value.line })),
      ];
      for (const { key, value, line } of named)
        found.hooks.push({
          moment: "git",
          name: `${hook.key} ${key}`,
          command: textAt(value, "run") ?? textOf(value) ?? "",
          line,
        });
    }
  return found;
}
