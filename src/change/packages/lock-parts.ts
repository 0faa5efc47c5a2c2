import type { Steps } from "../../slices.ts";
import type { Sides } from "../change.ts";
import { detached } from "../diff/line-cursor.ts";
import { keptIn, type Memory } from "../memory.ts";
import type { Dependency, LockForm, LockPart, PackageFile } from "./contract.ts";
import { sharedEnd, sharedStart } from "./formats/shared-text.ts";
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

/** A text of which all parts are known, and where they begin in it. */
interface Parts {
  readonly text: string;
  readonly dialect: string;
  readonly asks: boolean;
  readonly parts: readonly KnownPart[];
  readonly begins: readonly number[];
}

const NOT_THERE: Parts = { text: "", dialect: "", asks: false, parts: [], begins: [] };

/** Of each path the last two texts: what one change leaves, the next one finds. */
const latestIn = keptIn(() => new Map<string, readonly Parts[]>());
const MAX_LATEST = 8;

function* partsOf(place: Place, text: string, memory: Memory): Steps<Parts | null> {
  const latest = latestIn(memory);
  const [last, ...earlier] = latest.get(place.path) ?? [];
  const same = [...(last ? [last] : []), ...earlier].find((each) => each.text === text);
  if (same !== undefined) return same;
  const { parts } = place.ecosystem;
  const form = parts === undefined || isTooLong(place, text) ? null : yield* parts(place.path, text);
  if (form === null) return null;
  const near = last?.dialect === form.dialect ? last : NOT_THERE;
  const found = yield* partsBeside(near, form, text, keptOf(form, memory));
  if (found === null) return null;
  latest.delete(place.path);
  latest.set(place.path, last === undefined ? [found] : [found, last]);
  const [oldest] = latest.keys();
  if (latest.size > MAX_LATEST && oldest !== undefined) latest.delete(oldest);
  return found;
}

/** The parts of a text, of which only those are looked up that stand between what it shares with another one. */
function* partsBeside(near: Parts, form: LockForm, text: string, kept: Kept): Steps<Parts | null> {
  const head = sharedStart(near.text, text);
  const tail = sharedEnd(near.text, text, head);
  // The last part of a text may go on in another one.
  const shared = Math.max(
    0,
    near.begins.findLastIndex((begin) => begin <= head),
  );
  const parts = near.parts.slice(0, shared);
  const begins = near.begins.slice(0, shared);
  const shift = text.length - near.text.length;
  const tailFrom = near.text.length - tail;
  let at = near.begins.findIndex((begin) => begin >= tailFrom);
  for (let from = near.begins[shared] ?? 0; from < text.length; ) {
    while (at >= 0 && at < near.begins.length && (near.begins[at] ?? 0) + shift < from) at += 1;
    if (at >= 0 && (near.begins[at] ?? -1) + shift === from) {
      for (const part of near.parts.slice(at)) parts.push(part);
      for (const begin of near.begins.slice(at)) begins.push(begin + shift);
      break;
    }
    const to = form.endOf(from);
    const written = text.slice(from, to);
    const part = kept.parts.get(written) ?? (yield* readPart(form, written, kept));
    if (part === null) return null;
    parts.push(part);
    begins.push(from);
    from = to;
    if (parts.length % PARTS_A_STEP === 0) yield;
  }
  return { text, dialect: form.dialect, asks: form.asks, parts, begins };
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
function* wantedNames(before: readonly KnownPart[], after: readonly KnownPart[]): Steps<ReadonlySet<string>> {
  const most = Math.min(before.length, after.length);
  let [head, tail] = [0, 0];
  while (head < most && before[head] === after[head]) head += 1;
  while (tail < most - head && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1;
  yield;
  const names = new Set<string>();
  const add = (part: KnownPart): void => part.names.forEach((name) => void names.add(name));
  const old = new Set(before.slice(head, before.length - tail));
  const fresh = new Set(after.slice(head, after.length - tail));
  for (const part of old) if (!fresh.has(part)) add(part);
  for (const part of fresh) if (!old.has(part)) add(part);
  yield;
  const sources = new Set<string>();
  for (const part of before) {
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
  let [addressed, unhashed, count, above] = [0, 0, 0, 0];
  for (const part of parts) {
    if (++count % PARTS_A_STEP === 0) yield;
    addressed += part.addressed;
    unhashed += part.unhashed;
    for (const hook of part.hooks) hooks.push({ ...hook, line: hook.line + above });
    for (const name of part.asked) if (names?.has(name) !== false) asked.add(name);
    if (names === null || part.names.some((name) => names.has(name)))
      for (const entry of part.dependencies) dependencies.push({ ...entry, line: entry.line + above });
    above += part.lineCount;
  }
  const whole = { hooks, dependencies, registries: [], weakened: [], asked: asks ? asked : null };
  return names === null ? whole : { ...whole, addressed, unhashed };
}
