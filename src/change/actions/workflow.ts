import type { Lines, Text } from "./yaml-tree.ts";

/**
 * A workflow, or an action that workflows of the same repository can call, as its file says it: no default is filled
 * in, nothing is judged. Texts keep their expressions; names are as written unless said otherwise.
 */
export interface Workflow {
  readonly kind: "workflow" | "action";
  readonly path: string;
  readonly name: string | null;
  /** Empty for actions. In file order, each name once per document. */
  readonly events: readonly Event[];
  readonly permissions: Permissions | null;
  readonly env: readonly Entry[];
  /** An action is one job without an id. */
  readonly jobs: readonly Job[];
  /** Inputs that callers may give, with their defaults; names in small letters. */
  readonly inputs: readonly Entry[];
  /** Why parsers do not agree on what the file says: its facts are then those of all readings. */
  readonly ambiguities: readonly Ambiguity[];
  /** Secrets named outside the jobs, in `env` as a rule: every job has them. */
  readonly secrets: readonly SecretUse[];
}

export type { Lines, Text };

export interface Ambiguity extends Lines {
  readonly what: "line_breaks" | "documents";
}

export interface Event extends Lines {
  /** In small letters: `pull_request_target`. */
  readonly name: string;
  /** What is written under `types`, `branches`, `paths`...; names in small letters. */
  readonly filters: ReadonlyMap<string, readonly string[]>;
}

export type Access = "none" | "read" | "write";

/** A `permissions` block. What it does not name is `none`; where there is no block the repository's default holds. */
export interface Permissions extends Lines {
  readonly written: "read-all" | "write-all" | "scopes" | "unreadable";
  /** By scope in small letters, with the line that gives it. With `write-all` and `read-all` one entry named `*`. */
  readonly scopes: ReadonlyMap<string, Lines & { readonly access: Access }>;
}

export interface Job extends Lines {
  /** Null for an action. */
  readonly id: string | null;
  readonly permissions: Permissions | null;
  readonly if: Text | null;
  readonly environment: Text | null;
  readonly runsOn: Runner | null;
  /** Ids of the jobs that come first. */
  readonly needs: readonly string[];
  /** Values of the matrix by name, expressions as text, `include` among them. */
  readonly matrix: readonly Entry[];
  readonly env: readonly Entry[];
  readonly outputs: readonly Entry[];
  /** The reusable workflow that this job is, with what it hands over; null where it has steps. */
  readonly uses: Uses | null;
  readonly with: readonly Entry[];
  /** `secrets: inherit`; null where there is none. */
  readonly inheritsSecrets: Text | null;
  readonly steps: readonly Step[];
  /** Every secret that the job names; `*` for all of them at once. `GITHUB_TOKEN` is left out. */
  readonly secrets: readonly SecretUse[];
}

export interface SecretUse extends Lines {
  /** In capitals, as GitHub keeps them. */
  readonly name: string;
}

export interface Runner extends Lines {
  /** Labels in small letters, those of a matrix in place of its expression. */
  readonly labels: readonly string[];
  readonly group: string | null;
}

export interface Step extends Lines {
  readonly id: string | null;
  readonly name: Text | null;
  readonly if: Text | null;
  readonly uses: Uses | null;
  readonly with: readonly Entry[];
  readonly run: Text | null;
  readonly shell: string | null;
  readonly env: readonly Entry[];
}

/** A name and its value: of `with`, `env`, `outputs`. Names of `with` in small letters. */
export interface Entry {
  readonly name: string;
  readonly value: Text;
}

/** What `uses` points to. */
export interface Uses extends Lines {
  readonly text: string;
  readonly kind: "local" | "docker" | "remote";
  /** `owner/repository` in small letters, or the image; the path of a local one without `./`. */
  readonly target: string;
  /** Folder or file inside the repository; empty where there is none. */
  readonly path: string;
  readonly ref: string | null;
  /** True for a whole commit or image digest, which nobody can move. */
  readonly pinned: boolean;
  /** What the comment behind it says, the version of a pin as a rule. */
  readonly comment: string | null;
}
