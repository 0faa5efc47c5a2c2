import type { Steps } from "../../slices.ts";
import type { Ecosystem, PackageFile, Role, Unreadable } from "./contract.ts";
import { bun } from "./ecosystems/bun.ts";
import { cargo } from "./ecosystems/cargo.ts";
import { composer } from "./ecosystems/composer.ts";
import { git } from "./ecosystems/git.ts";
import { go } from "./ecosystems/go.ts";
import { gradle } from "./ecosystems/gradle.ts";
import { maven } from "./ecosystems/maven.ts";
import { native } from "./ecosystems/native.ts";
import { npm } from "./ecosystems/npm.ts";
import { npmLock } from "./ecosystems/npm-lock.ts";
import { npmSettings } from "./ecosystems/npm-settings.ts";
import { pnpm } from "./ecosystems/pnpm.ts";
import { pypi } from "./ecosystems/pypi.ts";
import { pypiLock } from "./ecosystems/pypi-lock.ts";
import { pythonCode } from "./ecosystems/python-code.ts";
import { requirements } from "./ecosystems/requirements.ts";
import { ruby } from "./ecosystems/ruby.ts";
import { wrappers } from "./ecosystems/wrappers.ts";
import { yarnPrograms, yarnSettings } from "./ecosystems/yarn.ts";
import { yarnLock } from "./ecosystems/yarn-lock.ts";
import { foundAs } from "./file-names.ts";

export const ECOSYSTEMS: readonly Ecosystem[] = [
  npm,
  npmLock,
  npmSettings,
  pnpm,
  yarnLock,
  yarnSettings,
  yarnPrograms,
  bun,
  cargo,
  go,
  pypi,
  requirements,
  pypiLock,
  pythonCode,
  maven,
  wrappers,
  gradle,
  ruby,
  composer,
  git,
  native,
];

export interface Place {
  /** The path as its package manager finds it. */
  readonly path: string;
  readonly ecosystem: Ecosystem;
  readonly role: Role;
}

/** Copies of packages that were installed already: nobody runs their hooks or resolves what they depend on again. */
const INSTALLED = /(?:^|\/)(?:node_modules|bower_components)\//;

/** Which ecosystem reads a path, and as what; null for all other files. */
export function placeOf(written: string): Place | null {
  if (INSTALLED.test(written)) return null;
  const path = foundAs(written);
  for (const ecosystem of ECOSYSTEMS) {
    const role = ecosystem.reads(path);
    if (role !== null) return { path, ecosystem, role };
  }
  return null;
}

/** Code is read for statements, so a long one is unusual; the largest lock files of public repositories have 5 MB. */
const MAX_CHARS: Readonly<Record<Role, number>> = {
  manifest: 1_048_576,
  lock: 8_388_608,
  settings: 262_144,
  code: 524_288,
  program: 8_388_608,
};

export const isTooLong = ({ role }: Pick<Place, "role">, text: string): boolean => text.length > MAX_CHARS[role];

/** Reads one file of an ecosystem. Linear, in steps of at most some milliseconds; what is too long is said to be unread. */
export function* readPackageFile({ path, ecosystem, role }: Place, text: string): Steps<PackageFile | Unreadable> {
  if (isTooLong({ role }, text)) return { unreadable: "The file is longer than what is read here.", line: 1 };
  return yield* ecosystem.read(path, text);
}
