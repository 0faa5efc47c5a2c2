import type { Rule } from "./rules.ts";

/** Services that agents are made for, machines of one's own, and names that only the environment knows. */
const USUAL =
  /^(?:[\w.-]+\.)?(?:anthropic\.com|openai\.com|azure\.com|googleapis\.com|amazonaws\.com|openrouter\.ai|mistral\.ai|groq\.com|deepseek\.com|x\.ai|together\.xyz|fireworks\.ai|cohere\.(?:com|ai)|huggingface\.co|githubcopilot\.com|github\.com|nvidia\.com|cerebras\.ai|perplexity\.ai|moonshot\.(?:ai|cn)|z\.ai|aliyuncs\.com|local|localhost|internal|test|example|invalid)$|^(?:127\.|0\.0\.0\.0$|10\.|192\.168\.|172\.(?:1[6-9]|2\d|3[01])\.|\[?::1)/i;

/** True of an address of a service that is none of the usual ones. */
export function isElsewhere(value: string): boolean {
  const host = /^\s{0,8}(?:https?|wss?):\/\/(?:[^@/\s]{0,200}@)?(\[[^\]]{1,60}\]|[^:/\s?#]{1,255})/i.exec(value)?.[1];
  return host !== undefined && !/[${<]/.test(host) && !USUAL.test(host);
}

const NAMED =
  /^(?:(?:anthropic|openai|azure_openai|google_gemini|google_vertex|gemini|codex|claude_code|mistral|groq|openrouter|deepseek|ollama|aws_bedrock|anthropic_bedrock|anthropic_vertex|xai|llm|goose|copilot|litellm)_?(?:api_)?(?:base_?url|api_?base|base|host|endpoint|api_?url)|(?:openai|anthropic|ollama)-api-base)$/;

/** In the settings of an agent. */
export const ADDRESSES: readonly Rule[] = [
  {
    key: new RegExp(
      `${NAMED.source}|^(?:\\w{1,40}_)?(?:api_?base(?:_?url)?|base_?url|base_?uri|api_?url|api_?endpoint|endpoint|set-env|proxy)$|^https?_proxy$|^all_proxy$|(?:^|\\.)http\\.proxy$|override\\w{0,20}url$`,
    ),
    when: (value) => isElsewhere(value.replace(/^[A-Z_]{2,60}=/, "")),
    effect: "sends_elsewhere",
    what: "A coding agent sends the code and its key to another service.",
  },
];

/** In the environment of a whole project, whose own program may use such a service too. */
export const ENVIRONMENT: readonly Rule[] = [
  {
    key: NAMED,
    when: isElsewhere,
    effect: "runs_on_click",
    what: "Coding agents that read this environment send the code and their key to another service.",
  },
];
