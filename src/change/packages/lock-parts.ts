import type { Steps } from "../../slices.ts";
import type { Sides } from "../change.ts";
import { detached } from "../diff/line-cursor.ts";
import { keptIn, type Memory } from "../memory.ts";
import { recent } from "../recent.ts";
import type { Dependency, LockForm, LockPart, PackageFile } from "./contract.ts";
import { isAddressed, sourceKey } from "./lock-excerpt.ts";
import { isTooLong, type Place } from "./read.ts";

const PARTS_A_STEP = 128;

/** Characters of all that is kept of one form; whatever comes then is kept in place of it. */
const MAX_KEPT_CHARS = 2 ** 23;

interface KnownPart extends LockPart {
  readonly lineCount: number;
  /** Names of its entries. */
  readonly names: readonly string[];
  /** Places that its entries came from. */
  readonly sources: readonly string[];
  readonly addressed: number;
  readonly unhashed: number;
}

interface Kept {
  readonly parts: Map<string, KnownPart>;
  chars: number;
}

/** By what else than its text a part means. */
const keptParts = keptIn(() => new Map<string, Kept>());

/** A part and the lines above it. */
type Placed = readonly [part: KnownPart, above: number];

/**
 * Both sides of a lock file whose parts can be read by themselves: what stands on both sides is read once, and in a
 * memory once in many changes. Of two sides what is alike is left out as an excerpt leaves it out, for a comparison
 * has no need of it. Null where a side must be read whole. In steps.
 */
export function* readLockParts(place: Place, texts: Sides<string>, memory: Memory): Steps<Sides<PackageFile> | null> {
  const before = texts.before === null ? NOT_THERE : yield* partsOf(place, texts.before, memory);
  const after = texts.after === null ? NOT_THERE : yield* partsOf(place, texts.after, memory);
  if (before === null || after === null) return null;
  const names = texts.before === null || texts.after === null ? null : yield* wantedNames(before.parts, after.parts);
  return {
    before: texts.before === null ? null : yield* fileOf(before, names),
    after: texts.after === null ? null : yield* fileOf(after, names),
  };
}

interface Parts {
  readonly parts: readonly Placed[];
  readonly asks: boolean;
}

const NOT_THERE: Parts = { parts: [], asks: false };

/** What one change leaves, the next one finds. */
const recentParts = keptIn(() => recent<Parts>({ entries: 8, maxChars: 2 ** 21 }));

function* partsOf(place: Place, text: string, memory: Memory): Steps<Parts | null> {
  const known = recentParts(memory);
  const before = known.of(place.path, text);
  if (before !== undefined) return before;
  const { parts } = place.ecosystem;
  const form = parts === undefined || isTooLong(place, text) ? null : yield* parts(place.path, text);
  if (form === null) return null;
  const kept = keptOf(form, memory);
  const placed: Placed[] = [];
  let above = 0;
  for (const [from, to] of form.places) {
    const written = text.slice(from, to);
    const part = kept.parts.get(written) ?? (yield* readPart(form, written, kept));
    if (part === null) return null;
    placed.push([part, above]);
    above += part.lineCount;
    if (placed.length % PARTS_A_STEP === 0) yield;
  }
  const found = { parts: placed, asks: form.asks };
  known.keep(place.path, text, found);
  return found;
}

function keptOf({ dialect }: LockForm, memory: Memory): Kept {
  const forms = keptParts(memory);
  const kept = forms.get(dialect) ?? { parts: new Map<string, KnownPart>(), chars: 0 };
  forms.set(dialect, kept);
  return kept;
}

function* readPart(form: LockForm, written: string, kept: Kept): Steps<KnownPart | null> {
  const text = detached(written);
  const read = yield* form.read(text);
  if (read === null) return null;
  const { dependencies } = read;
  const part = {
    ...read,
    lineCount: text.split("\n").length - 1,
    names: dependencies.map(({ name }) => name),
    sources: dependencies.map(sourceKey),
    addressed: dependencies.filter(isAddressed).length,
    unhashed: dependencies.filter((entry) => isAddressed(entry) && entry.integrity.length === 0).length,
  };
  if (kept.chars + text.length > MAX_KEPT_CHARS) {
    kept.parts.clear();
    kept.chars = 0;
  }
  kept.parts.set(text, part);
  kept.chars += text.length;
  return part;
}

/**
 * Names of entries whose parts do not stand on both sides, and of the first one of each place before the change. What is
 * alike at the beginning and the end is passed over: a part that moved there counts as one that changed.
 */
function* wantedNames(before: readonly Placed[], after: readonly Placed[]): Steps<ReadonlySet<string>> {
  const most = Math.min(before.length, after.length);
  let [head, tail] = [0, 0];
  while (head < most && before[head]?.[0] === after[head]?.[0]) head += 1;
  while (tail < most - head && before.at(-1 - tail)?.[0] === after.at(-1 - tail)?.[0]) tail += 1;
  yield;
  const names = new Set<string>();
  const add = (part: KnownPart): void => part.names.forEach((name) => void names.add(name));
  const old = new Set(before.slice(head, before.length - tail).map(([part]) => part));
  const fresh = new Set(after.slice(head, after.length - tail).map(([part]) => part));
  for (const part of old) if (!fresh.has(part)) add(part);
  for (const part of fresh) if (!old.has(part)) add(part);
  yield;
  const sources = new Set<string>();
  for (const [part] of before) {
    if (part.sources.every((source) => sources.has(source))) continue;
    for (const source of part.sources) sources.add(source);
    add(part);
  }
  yield;
  return names;
}

/** The file of these parts, of entries those whose part has a wanted name; all where null. */
function* fileOf({ parts, asks }: Parts, names: ReadonlySet<string> | null): Steps<PackageFile> {
  const [hooks, dependencies, asked]: [PackageFile["hooks"][number][], Dependency[], Set<string>] = [[], [], new Set()];
  let [addressed, unhashed, count] = [0, 0, 0];
  for (const [part, above] of parts) {
    if (++count % PARTS_A_STEP === 0) yield;
    addressed += part.addressed;
    unhashed += part.unhashed;
    for (const hook of part.hooks) hooks.push({ ...hook, line: hook.line + above });
    for (const name of part.asked) if (names?.has(name) !== false) asked.add(name);
    if (names === null || part.names.some((name) => names.has(name)))
      for (const entry of part.dependencies) dependencies.push({ ...entry, line: entry.line + above });
  }
  const whole = { hooks, dependencies, registries: [], weakened: [], asked: asks ? asked : null };
  return names === null ? whole : { ...whole, addressed, unhashed };
}
