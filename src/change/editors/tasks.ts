import type { Entry, Settings } from "./entries.ts";
import type { Effect } from "./rules.ts";

export interface Found {
  readonly effect: Effect;
  readonly what: string;
  readonly entry: Entry;
}

const lastKey = ({ keys }: Entry): string => (keys.at(-1) ?? "").toLowerCase();
const opens = (entry: Entry): boolean => lastKey(entry) === "runon" && entry.value.toLowerCase() === "folderopen";
const RUN = /^(?:command|script|args|dependson|executable|task|type|cwd|shell|env)$/;
const runs = (entry: Entry): boolean => entry.keys.some((key) => /^(?:command|script|args|executable)$/i.test(key));
const isRun = (entry: Entry): boolean => RUN.test(lastKey(entry)) || runs(entry);

/** Nobody has more tasks that start by themselves; those beyond are held to start whatever the change adds. */
const MAX_OPENING = 50;

/**
 * Tasks of VS Code and its forks. One that starts with the folder counts where the change adds it, or adds to what it
 * or a task that it waits for runs.
 */
export function tasksOf(settings: Settings): readonly Found[] {
  const { all, whole } = settings;
  const fresh = new Set(settings.fresh);
  const opening = all.filter(opens);
  const changed = settings.fresh.filter(isRun);
  const labels = whole ? labelsOf(all) : new Map<number, string>();
  const touched = opening.find((entry, at) => {
    if (fresh.has(entry)) return true;
    if (!whole || at >= MAX_OPENING) return changed.length > 0;
    const waits = waitsFor(all, entry);
    return changed.some((each) => isSameTask(entry, each) || waits.has(labels.get(taskOf(each) ?? 0) ?? ""));
  });
  if (touched !== undefined) {
    const hidden = all.some((each) => hides(each) && (!whole || isSameTask(touched, each)));
    const what = `A task starts when the folder is opened${hidden ? ", and hides its output" : ""}.`;
    return [{ effect: "runs_on_open", what, entry: touched }];
  }
  const command = settings.fresh.find(runs);
  return command === undefined
    ? []
    : [{ effect: "runs_on_click", what: "An editor task runs a command.", entry: command }];
}

/** Both stand in one task: what encloses the options of the one encloses the other. */
function isSameTask(opening: Entry, other: Entry): boolean {
  const task = opening.within.at(opening.keys.some((key) => /^runoptions$/i.test(key)) ? -2 : -1);
  return task === undefined || other.within.includes(task);
}

/** The bracket of the task that an entry stands in. */
const taskOf = (entry: Entry): number | undefined =>
  entry.within[entry.keys.findIndex((key) => /^tasks$/i.test(key)) + 2];

const labelsOf = (all: readonly Entry[]): Map<number, string> =>
  new Map(
    all
      .filter((each) => /^(?:label|taskname)$/.test(lastKey(each)))
      .map((each): [number, string] => [taskOf(each) ?? 0, each.value]),
  );

const waitsFor = (all: readonly Entry[], entry: Entry): ReadonlySet<string> =>
  new Set(
    all
      .filter((each) => each.keys.some((key) => /^dependson$/i.test(key)) && isSameTask(entry, each))
      .map(({ value }) => value),
  );

function hides(entry: Entry): boolean {
  return (
    (lastKey(entry) === "reveal" && entry.value === "never") ||
    (lastKey(entry) === "echo" && entry.value === "false") ||
    (lastKey(entry) === "hide" && entry.value === "true")
  );
}
