import type { Step } from "../workflow.ts";

/** A coding agent as a step runs it. */
export interface Agent {
  readonly what: string;
  /** Inputs that are its orders, names in small letters; empty for a command, whose script is. */
  readonly prompts: readonly string[];
  /** Inputs that name files of orders. */
  readonly files?: readonly string[];
  /** True where it refuses by itself to work for people without write. */
  readonly asksWho: boolean;
  /** Input that lifts that. */
  readonly lifts: readonly string[];
}

/** Actions that hand a prompt to an agent, from their own documentation. */
const ACTIONS: Readonly<Record<string, Omit<Agent, "what">>> = {
  "anthropics/claude-code-action": {
    prompts: ["prompt", "direct_prompt", "override_prompt", "custom_instructions", "claude_args"],
    asksWho: true,
    lifts: ["allowed_non_write_users"],
  },
  "anthropics/claude-code-base-action": {
    prompts: ["prompt", "system_prompt", "append_system_prompt", "claude_args"],
    files: ["prompt_file", "system_prompt_file"],
    asksWho: false,
    lifts: [],
  },
  "google-github-actions/run-gemini-cli": { prompts: ["prompt"], asksWho: false, lifts: [] },
  "google-gemini/gemini-cli-action": { prompts: ["prompt"], asksWho: false, lifts: [] },
  "openai/codex-action": { prompts: ["prompt"], files: ["prompt-file"], asksWho: true, lifts: ["allow-users"] },
  "actions/ai-inference": {
    prompts: ["prompt", "system-prompt", "input"],
    files: ["prompt-file", "system-prompt-file", "file_input"],
    asksWho: false,
    lifts: [],
  },
  "sst/opencode": { prompts: ["prompt"], asksWho: true, lifts: [] },
  "anomalyco/opencode": { prompts: ["prompt"], asksWho: true, lifts: [] },
  "qwenlm/qwen-code-action": { prompts: ["prompt"], asksWho: false, lifts: [] },
  "warpdotdev/oz-agent-action": { prompts: ["prompt"], asksWho: false, lifts: [] },
  "augmentcode/augment-agent": { prompts: ["instruction", "template_context"], asksWho: false, lifts: [] },
  "factory-ai/droid-action": { prompts: ["prompt"], asksWho: true, lifts: [] },
  "cursor/agent-action": { prompts: ["prompt"], asksWho: false, lifts: [] },
};

/** Agents on the command line, with the flag or verb that makes them work without a terminal. */
const COMMAND =
  /\b(claude\b[^\n]{0,120}\s(?:-p|--print)\b|gemini\b[^\n]{0,120}\s(?:-p|--prompt|-y|--yolo)\b|codex\b(?:\s{1,8}-[^\n|;&]{0,80})?\s{1,8}(?:exec|e|-q|--quiet)\b|copilot\b[^\n]{0,120}\s(?:-p|--prompt)\b|(?:opencode|crush|goose)\s{1,8}run\b|aider\b[^\n]{0,120}\s(?:-m|--message)\b|cursor-agent\b|qwen\b[^\n]{0,80}\s-p\b|amp\s{1,8}-x\b|droid\s{1,8}exec\b|auggie\b[^\n]{0,80}\s(?:-p|--print)\b|q\s{1,8}chat\b[^\n]{0,80}\s--no-interactive\b|gh\s{1,8}models\s{1,8}run\b|gh\s{1,8}copilot\b|llm\s{1,8}-)/;

/** A script as its shell runs it, without what it only says: a line that goes on is one line, a list of words its words. */
const commandsOf = (script: string): string =>
  script
    // A comment ends with its line, whatever stands there.
    .replace(/(^|\n)[ \t]{0,200}#[^\n]*/g, "$1")
    .replace(/\\\r?\n|["']\s{0,8},\s{0,8}["']/g, " ")
    .replace(/\becho[ \t]{1,8}(?:"[^"\n$`]{0,400}"|'[^'\n]{0,400}')[ \t]{0,8}(?=[;&]|\n|$)/g, "");

/** The agent that a step runs; null where it runs none. */
export function agentOf({ uses, run }: Step): Agent | null {
  const target = uses?.kind === "remote" ? uses.target : "";
  const known = Object.hasOwn(ACTIONS, target) ? ACTIONS[target] : undefined;
  if (known) return { what: target, ...known };
  const name = run === null ? undefined : COMMAND.exec(commandsOf(run.text))?.[1]?.split(/\s/, 1)[0];
  return name === undefined ? null : { what: `\`${name}\``, prompts: [], asksWho: false, lifts: [] };
}
