import type { JsoncEntry } from "../formats/jsonc.ts";

/** What a setting or a line does once the checkout is opened or used. */
export type Effect =
  /** Without a click: on opening, on entering the folder, or while an agent works. */
  | "runs_on_open"
  | "runs_on_click"
  | "fetches_code"
  /** An agent sends the code, the prompts and its key to another service. */
  | "sends_elsewhere"
  /** A program of a folder that dependencies are installed into, which a checkout does not hold. */
  | "names_dependency";

/** A setting that counts: which keys, which values, and what it does there. */
export interface Rule {
  /** Matched against the last key, in small letters. */
  readonly key: RegExp;
  /** Matched against the keys around it, joined by dots; a part of a file may show none of them. */
  readonly under?: RegExp;
  readonly when?: (value: string) => boolean;
  readonly effect: Effect;
  /** One sentence. */
  readonly what: string;
}

/** How a file is read: settings by their keys, scripts by any line that is no comment. */
export type Format = "json" | "toml" | "yaml" | "env" | Script;
export type Script = "shell" | "vim" | "lua" | "lisp" | "nix" | "xml" | "program" | "text";

/** A place that a tool takes commands from, and the page of the tool's makers that says so. */
export interface Place {
  /** Matched against the path as a file system finds it, in small letters. */
  readonly path: RegExp;
  readonly format: Format;
  /** Of scripts the key is looked for in the line. */
  readonly rules: readonly Rule[];
  /** True where tasks of VS Code stand. */
  readonly tasks?: true;
  /** True where an editor keeps its settings, whose names and values tell what else is run. */
  readonly settings?: true;
  readonly source: string;
}

/** Of a rule for every key the keys around it must be seen; for others they may stand outside what is shown. */
export const ruled = ({ key, under, when }: Rule, { keys, value }: JsoncEntry): boolean => {
  const outer = keys.slice(0, -1).join(".").toLowerCase();
  const fits = under === undefined || under.test(outer) || (outer === "" && key.source !== ANY.source);
  return fits && key.test((keys.at(-1) ?? "").toLowerCase()) && (when?.(value) ?? true);
};

/** Any key, or any line. */
export const ANY = /./;

const on = (value: string): boolean =>
  /^(?:true|on|auto|always|yes|\*|all|never|bypass\w*|yolo|danger-full-access)$/i.test(value);

export const OPENS = (what: string): Rule => ({ key: ANY, effect: "runs_on_open", what });
export const CLICKS = (what: string): Rule => ({ key: ANY, effect: "runs_on_click", what });

export const HOOKS: readonly Rule[] = [
  {
    key: /^(?:command|commands|bash|powershell|windows|linux|osx|script|run|exec)$/,
    effect: "runs_on_open",
    what: "A coding agent runs a command by itself.",
  },
];

export const SERVERS: readonly Rule[] = [
  {
    key: /^(?:command|args|url|httpurl|http_url|serverurl|uri|headershelper|cmd)$/,
    effect: "runs_on_click",
    what: "A tool server is listed for coding agents.",
  },
];

/** Servers that stand among other settings. */
export const SERVERS_AMONG: readonly Rule[] = SERVERS.map((rule) => ({
  ...rule,
  under: /mcp|context_?servers|agent_?servers|extensions/,
}));

/** What an agent may do without asking, and whom it believes. */
export const APPROVALS: readonly Rule[] = [
  {
    key: /auto_?-?approve|allowalways|always_?allow|dangerously|skip_?dangerous|allow_?all|^trust$|yolo|skip_?permissions|bypass|^yes-always$|^approvalmode$|^defaultmode$|^approval_policy$|^sandbox_mode$|enableallprojectmcpservers/,
    when: on,
    effect: "runs_on_click",
    what: "A coding agent may act without asking.",
  },
  {
    key: /^allow$|^allowedtools$|^bash$/,
    under: /permission|tools/,
    when: (value) => /^(?:bash|shell|terminal)?\(?(?::?\*)?\)?$|^bash\(\*?[:)]|^\*$|^allow$/i.test(value),
    effect: "runs_on_click",
    what: "A coding agent may act without asking.",
  },
];
