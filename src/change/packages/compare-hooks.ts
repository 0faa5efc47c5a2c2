import type { Steps } from "../../slices.ts";
import { fetchesCode } from "../formats/shell.ts";
import { raised, type Severity } from "../severity.ts";
import type { Hook, HookMoment, PackageFile } from "./contract.ts";
import { type Around, type Finding, type FindingKind, finding, shown } from "./finding.ts";

const HOOKS_A_STEP = 256;

/** Hooks that a change adds or changes; those that it takes away, low. A step every few hundred hooks. */
export function* compareHooks(
  before: PackageFile | null,
  after: PackageFile | null,
  around: Around,
): Steps<readonly Finding[]> {
  const known = byName(before?.hooks ?? []);
  const now = byName(after?.hooks ?? []);
  const found: Finding[] = [];
  let count = 0;
  for (const [key, hooks] of now) {
    if (++count % HOOKS_A_STEP === 0) yield;
    for (const each of yield* newOnes(known.get(key) ?? [], hooks, around, before !== null)) found.push(each);
  }
  const together = loadAndRun(known, now);
  if (together !== null)
    found.push(finding("code-acts", around.runsHeads ? "critical" : "high", together.line, TOGETHER));
  for (const [key, [gone]] of known)
    if (gone !== undefined && !now.has(key) && gone.moment !== "fetch" && gone.moment !== "inside")
      found.push(finding("hook-removed", "low", 1, `${subject(gone)} is taken out.`));
  return found;
}

const TOGETHER = "Code that runs by itself now both loads or decodes something and runs text or a program.";

/** The later of two new statements of which one brings something in and the other runs something; null without both. */
function loadAndRun(
  before: ReadonlyMap<string, readonly Hook[]>,
  after: ReadonlyMap<string, readonly Hook[]>,
): Hook | null {
  const fresh = [...after]
    .filter(([key]) => key.startsWith("fetch ") && !before.has(key))
    .flatMap(([, hooks]) => hooks);
  const acts = fresh.filter(({ name }) => !MAKE.test(name));
  const brings = acts.find(
    ({ name, command }) => / (?:decodes text|loads from the network|fetches code)$/.test(name) || fetchesCode(command),
  );
  const runs = acts.find(({ name }) => / (?:runs text as code|starts a program)$/.test(name));
  if (brings === undefined || runs === undefined) return null;
  return brings.line > runs.line ? brings : runs;
}

function byName(hooks: readonly Hook[]): Map<string, Hook[]> {
  const named = new Map<string, Hook[]>();
  for (const hook of hooks) {
    const key = `${hook.moment} ${hook.name}`;
    const same = named.get(key);
    if (same === undefined) named.set(key, [hook]);
    else same.push(hook);
  }
  return named;
}

function* newOnes(
  before: readonly Hook[],
  after: readonly Hook[],
  around: Around,
  existed: boolean,
): Steps<readonly Finding[]> {
  const commands = new Set<string>();
  let wasFetching = false;
  for (const [index, hook] of before.entries()) {
    if (index % HOOKS_A_STEP === HOOKS_A_STEP - 1) yield;
    commands.add(normal(runOf(hook)));
    wasFetching ||= fetchesCode(runOf(hook));
  }
  const fresh: Hook[] = [];
  for (const [index, hook] of after.entries()) {
    if (index % HOOKS_A_STEP === HOOKS_A_STEP - 1) yield;
    if (!commands.has(normal(runOf(hook)))) fresh.push(hook);
  }
  const added = after.length - before.length;
  const found: Finding[] = [];
  for (const [index, hook] of fresh.entries()) {
    if (index % HOOKS_A_STEP === HOOKS_A_STEP - 1) yield;
    // Where no more stand than before, the new ones are the old ones changed.
    const changed = index >= added;
    const severity = changed ? changedSeverity(hook, wasFetching) : addedSeverity(hook, existed);
    if (severity === null) continue;
    const graver = around.runsHeads && /^(?:install|prepare|build|fetch)$/.test(hook.moment) && severity !== "low";
    const fact = `${subject(hook)} ${changed ? "is changed" : "is added"}.`;
    found.push(finding(kindOf(hook, changed), graver ? raised(severity) : severity, hook.line, fact));
  }
  return found;
}

function kindOf({ moment }: Hook, changed: boolean): FindingKind {
  if (moment === "fetch") return "code-acts";
  if (moment === "inside") return "inside-script";
  return changed ? "hook-changed" : "hook-added";
}

/** What really runs: the command, with what it calls of its own file. */
const runOf = ({ command, runs }: Hook): string => runs ?? command;

/** Blanks and quotes do not make another command. */
const normal = (command: string): string => command.replace(/["'\s]+/g, " ").trim();

const WHEN: Readonly<Record<HookMoment, string>> = {
  install: "which runs when the package or the checkout is installed,",
  prepare: "which runs when the checkout is installed,",
  build: "which runs with each build or test,",
  git: "which git runs,",
  fetch: "",
  inside: "",
  program: "which every command of the package manager runs,",
};

function subject(hook: Hook): string {
  const { moment, name } = hook;
  if (moment === "fetch") return `A statement (${shown(name)})`;
  if (moment === "inside") return `An install script of the dependency ${shown(name)}`;
  const said = `${shown(name)}, ${WHEN[moment]}`;
  return fetchesCode(runOf(hook)) ? `${said} and fetches or decodes code,` : said;
}

/** Tools whose whole work is to set up a checkout: known by name, and run without code of the change. */
const TOOLS =
  /^(?:npx (?:-y |--yes )?|yarn |pnpm |bun(?:x)? )?(?:--no-install )?(?:husky(?: install)?(?: [\w./-]+)?|is-ci(?: \|\| .*)?|patch-package|patches-postinstall|lefthook install|simple-git-hooks|lint-staged|only-allow \w+|npm-force-resolutions|prisma generate|svelte-kit sync|nuxt prepare|nuxi prepare|wxt prepare|electron-builder install-app-deps|electron-rebuild|node-gyp-build|node-gyp rebuild|prebuild-install|opencollective(?:-postinstall)?(?: \|\| (?:true|exit 0))?|tsc(?: -[\w-]+(?: [\w./]+)?)*|rimraf [\w./ -]+|ts-patch install(?: -s)?|panda codegen|fumadocs-mdx|playwright install(?: [\w-]+)*|(?:npm|yarn|pnpm|bun)(?: run)? [\w:-]+|@php artisan (?:package:discover|vendor:publish|migrate|key:generate)[\w :=-]*|@auto-scripts|Illuminate\\Foundation\\ComposerScripts::\w+|exit 0|true|echo [\w ./!-]*)$/;

/** True of commands that only call tools of the list, one after the other. */
function isUsualTool(command: string): boolean {
  return command.length < 400 && command.split(/\s*(?:&&|\|\||;)\s*/).every((part) => TOOLS.test(part.trim()));
}

function addedSeverity(hook: Hook, existed: boolean): Severity | null {
  const { moment, name, command } = hook;
  if (moment === "inside") return existed ? "low" : null;
  if (moment === "fetch") return actSeverity(hook);
  // A newer release comes under a new name; another content under an old one is what nobody does.
  if (moment === "program") return "low";
  const run = runOf(hook);
  if (fetchesCode(run)) return moment === "git" ? "medium" : "high";
  // Who prepares a checkout builds it; an install that runs a script of the file's own is judged by that script.
  if (command !== "" && isUsualTool(moment === "install" ? run : command)) return moment === "install" ? "low" : null;
  if (moment === "install") return "high";
  if (moment === "build" && /^(?:conftest|setup|noxfile)\.py$/.test(name)) return "low";
  return "medium";
}

function changedSeverity(hook: Hook, wasFetching: boolean): Severity | null {
  const { moment } = hook;
  const command = runOf(hook);
  if (moment === "inside") return null;
  if (moment === "program") return /^yarn-\d/.test(hook.name) ? "high" : "medium";
  if (moment === "fetch") return fetchesCode(command) && !wasFetching ? actSeverity(hook) : "low";
  if (fetchesCode(command) && !wasFetching) return moment === "git" ? "medium" : "high";
  if (isUsualTool(command)) return null;
  return moment === "install" || moment === "build" ? "medium" : "low";
}

/** Files whose commands people call by name. */
const MAKE = /^(?:[\w-]*\.mk|(?:GNUm|M|m)akefile|Rakefile) /;

function actSeverity({ name, command }: Hook): Severity {
  const fetches = fetchesCode(command);
  if (MAKE.test(name)) return "low";
  if (/ (?:decodes text|runs text as code)$/.test(name)) return "medium";
  return fetches || / (?:fetches code|loads from the network)$/.test(name) ? "medium" : "low";
}
