import type { Severity } from "../severity.ts";
import type { EcosystemId, Role } from "./contract.ts";

export type FindingKind =
  | "hook-added"
  | "hook-changed"
  | "hook-removed"
  | "code-acts"
  | "inside-script"
  | "registry-added"
  | "foreign-host"
  | "plain-source"
  | "git-source"
  | "url-source"
  | "other-package"
  | "near-name"
  | "hash-changed"
  | "hash-removed"
  | "hash-weaker"
  | "hash-missing"
  | "unexplained-entry"
  | "lock-alone"
  | "protection-off";

/** One thing that a change of a package file does. */
export interface Finding {
  readonly kind: FindingKind;
  readonly severity: Severity;
  readonly line: number;
  readonly endLine: number;
  /** One sentence. Names of the file stand in it as far as they are plain; no other text of it does. */
  readonly fact: string;
  readonly why: string;
  readonly fine: string;
}

/** What files already took packages from, before the change. */
export interface KnownSources {
  readonly hosts: ReadonlySet<string>;
  /** `host/owner` of git repositories. */
  readonly owners: ReadonlySet<string>;
  /** True where a package came from a git repository or an address already. */
  readonly elsewhere: boolean;
  /** Names that came from the registry. */
  readonly fromRegistry: ReadonlySet<string>;
}

/** What is known around a file. */
export interface Around {
  readonly ecosystem: EcosystemId;
  readonly role: Role;
  /** Owner of the repository that the change is for, lower-cased; null where nobody told. */
  readonly owner: string | null;
  readonly path: string;
  /** What other files of this ecosystem took packages from before the change; null where nothing is known of them. */
  readonly known: KnownSources | null;
  /** True where it is known that a person opened the change: bots refresh lock files by the dozen. */
  readonly byPerson: boolean;
  /** True where a workflow runs the heads of pull requests with rights of the base repository. */
  readonly runsHeads: boolean;
  /** What manifests of the same folder ask for after the change; null where none was at hand. */
  readonly manifest: ManifestAround | null;
}

export interface ManifestAround {
  /** True when the change touches a manifest of this ecosystem at all. */
  readonly changed: boolean;
  /** Names of dependencies that the manifest takes from elsewhere than the registry, or under another name. */
  readonly elsewhere: ReadonlySet<string>;
  readonly names: ReadonlySet<string>;
  /** `host/owner` of the git repositories that they take from. */
  readonly owners: ReadonlySet<string>;
}

const SAID: Readonly<Record<FindingKind, { readonly why: string; readonly fine: string }>> = {
  "hook-added": {
    why: "It runs on the machines of those who install, build or test, before anybody has read what it does.",
    fine: "A maintainer has read the command and what it starts.",
  },
  "hook-changed": {
    why: "What runs by itself is no longer what was read when it was let in.",
    fine: "A maintainer has read the new command and what it starts.",
  },
  "hook-removed": { why: "Less runs by itself than before.", fine: "Nothing depends on it." },
  "code-acts": {
    why: "Such code runs by itself with a build, a test or an install, and this statement reaches beyond it.",
    fine: "A maintainer has read what is started or loaded, and the build needs it.",
  },
  "inside-script": {
    why: "A script of a dependency runs when it is installed.",
    fine: "The script is the one that the package has always had, or scripts are switched off.",
  },
  "registry-added": {
    why: "Whoever keeps that registry decides what is installed from it.",
    fine: "The project's owners know the registry and mean it.",
  },
  "foreign-host": {
    why: "The package would be downloaded from a host that is not its ecosystem's registry.",
    fine: "It is a registry of the project's own, and other entries already come from it.",
  },
  "plain-source": {
    why: "Anybody on the network can answer in place of that host.",
    fine: "The address is changed to https.",
  },
  "git-source": {
    why: "The package comes from a repository, past the registry and what it checks.",
    fine: "The repository belongs to the project or is known to it, and a commit is fixed.",
  },
  "url-source": {
    why: "The package comes from an address whose content can change, past the registry and what it checks.",
    fine: "The address is known to the project, and a hash is fixed.",
  },
  "other-package": {
    why: "Who reads the name takes it for another package than the one that is installed.",
    fine: "The replacement is meant and said in the change's description.",
  },
  "near-name": {
    why: "Packages are published under names that a reader takes for well-known ones.",
    fine: "The package is the one that is meant, and its own page shows it.",
  },
  "hash-changed": {
    why: "A published version does not change: another hash is another content under the same number.",
    fine: "The registry itself shows the new hash.",
  },
  "hash-removed": {
    why: "Without a hash nothing shows that the downloaded package is the one that was locked.",
    fine: "A fresh install by the package manager writes the same file.",
  },
  "hash-weaker": {
    why: "The new hash can be forged more easily than the one it replaces.",
    fine: "A fresh install by the package manager writes the same file.",
  },
  "hash-missing": {
    why: "All other entries have a hash, and this one could be replaced unseen.",
    fine: "A fresh install by the package manager writes the same entry.",
  },
  "unexplained-entry": {
    why: "A package manager writes no entry that nothing asks for, so it may have been written by hand.",
    fine: "A fresh install by the package manager keeps the entry.",
  },
  "lock-alone": {
    why: "Lock files are rarely read, and nothing in a manifest explains the new versions.",
    fine: "A fresh install by the package manager writes the same file.",
  },
  "protection-off": {
    why: "A check that the package manager would do is not done any more, or a right is given that it would refuse.",
    fine: "The project's owners mean it, and the reason is written down.",
  },
};

export function finding(kind: FindingKind, severity: Severity, line: number, fact: string): Finding {
  return { kind, severity, line, endLine: line, fact, ...SAID[kind] };
}

/** Longest name that a fact shows. */
const MAX_NAME = 80;

/** A name as a fact may show it: what is not an ordinary sign of names and addresses is left out. */
export function shown(name: string): string {
  const plain = name.slice(0, MAX_NAME + 1).replace(/[^\w@./:+~#=, ()-]/g, "");
  return plain.length > MAX_NAME ? `${plain.slice(0, MAX_NAME)}...` : plain;
}
