import { ADDRESSES } from "./addresses.ts";
import { APPROVALS, HOOKS, OPENS, type Place, type Rule, SERVERS, SERVERS_AMONG } from "./rules.ts";

const opens = (key: RegExp, what = "A coding agent runs a command by itself.", more: Partial<Rule> = {}): Rule => ({
  key,
  effect: "runs_on_open",
  what,
  ...more,
});
const LOADED = "A coding agent loads this file as its own code.";
const RUN = "A coding agent runs a command by itself.";
const SETUP = "A command runs when a coding agent sets up the checkout.";

/** More coding agents, by their own documentation. */
export const MORE_AGENT_PLACES: readonly Place[] = [
  {
    path: /(^|\/)\.aider\.conf\.ya?ml$/,
    format: "yaml",
    rules: [opens(/^(?:lint-cmd|test-cmd|notifications-command|commit-cmd|load)$/), ...APPROVALS, ...ADDRESSES],
    source: "https://aider.chat/docs/config/aider_conf.html",
  },
  {
    path: /(^|\/)\.aider\.model\.settings\.ya?ml$/,
    format: "yaml",
    rules: ADDRESSES,
    source: "https://aider.chat/docs/config/adv-model-settings.html",
  },
  {
    path: /(^|\/)\.clinerules\/hooks\/[^/]+$/,
    format: "shell",
    rules: [OPENS(RUN)],
    source: "https://docs.cline.bot/customization/hooks",
  },
  {
    path: /(^|\/)\.(?:roo|cline|kilocode|amazonq|trae|windsurf|factory|augment|qoder|vibe|copilot|junie|kiro\/settings|openhands|rovodev)\/mcp(?:_settings|[_-]config)?\.json$/,
    format: "json",
    rules: [...SERVERS, ...APPROVALS],
    source: "https://docs.roocode.com/features/mcp/using-mcp-in-roo",
  },
  {
    path: /(^|\/)\.continue\/(?:config|mcpservers\/[^/]+|models\/[^/]+|assistants\/[^/]+|agents\/[^/]+)\.(?:ya?ml)$/,
    format: "yaml",
    rules: [...SERVERS_AMONG, { ...SERVERS[0], key: /^(?:command|args)$/ } as Rule, ...ADDRESSES],
    source: "https://docs.continue.dev/reference",
  },
  {
    path: /(^|\/)(?:\.continue\/(?:config|mcpservers\/[^/]+)|\.continuerc)\.json$/,
    format: "json",
    rules: [...SERVERS, ...ADDRESSES],
    source: "https://docs.continue.dev/reference/json-reference",
  },
  {
    path: /(^|\/)\.continue\/config\.[jt]s$/,
    format: "program",
    rules: [OPENS(LOADED)],
    source: "https://docs.continue.dev/reference/config-ts",
  },
  {
    path: /(^|\/)\.?(?:opencode|kilo)\.jsonc?$|(^|\/)\.opencode\/opencode\.jsonc?$/,
    format: "json",
    rules: [
      opens(/^command$/, RUN, { under: /(?:^|\.)(?:formatter|lsp|hook|experimental)/ }),
      { key: /^plugins?$/, effect: "runs_on_click", what: "A coding agent loads a plug-in." },
      ...SERVERS_AMONG,
      ...APPROVALS,
      ...ADDRESSES,
    ],
    source: "https://opencode.ai/docs/config",
  },
  {
    path: /(^|\/)\.opencode\/(?:plugins?|tools?)\/[^/]+\.[cm]?[jt]s$/,
    format: "program",
    rules: [OPENS(LOADED)],
    source: "https://opencode.ai/docs/plugins",
  },
  {
    path: /(^|\/)\.(?:amp|augment|factory|codebuddy|crush|goose)\/(?:settings|hooks|config)(?:\.local)?\.jsonc?$/,
    format: "json",
    rules: [
      opens(/^(?:command|bash|script)$/, RUN, { under: /hooks/ }),
      ...SERVERS_AMONG,
      {
        key: /^(?:command|args|url)$/,
        under: /mcpservers/,
        effect: "runs_on_click",
        what: "A tool server is listed for coding agents.",
      },
      ...APPROVALS,
      ...ADDRESSES,
    ],
    source: "https://ampcode.com/manual",
  },
  {
    path: /(^|\/)\.(?:amp|pi)\/(?:plugins|extensions|toolbox)\/[^/]+$/,
    format: "program",
    rules: [OPENS(LOADED)],
    source: "https://ampcode.com/manual",
  },
  {
    path: /(^|\/)\.?crush\.json$/,
    format: "json",
    rules: [opens(/^command$/, RUN, { under: /lsp|hooks/ }), ...SERVERS_AMONG, ...APPROVALS, ...ADDRESSES],
    source: "https://github.com/charmbracelet/crush",
  },
  {
    path: /(^|\/)\.kiro\/hooks\/[^/]+(?:\.kiro\.hook|\.json)$/,
    format: "json",
    rules: [
      opens(/^(?:command|shellcommand|runcommand)$/),
      { key: /^prompt$/, effect: "runs_on_click", what: "A coding agent acts on a prompt by itself." },
    ],
    source: "https://kiro.dev/docs/hooks/",
  },
  {
    path: /(^|\/)\.(?:kiro\/agents|amazonq\/cli-agents)\/[^/]+\.json$/,
    format: "json",
    rules: [...HOOKS, ...SERVERS_AMONG],
    source: "https://kiro.dev/docs/cli/custom-agents/configuration-reference/",
  },
  {
    path: /(^|\/)\.openhands\/(?:setup|pre-commit)\.sh$/,
    format: "shell",
    rules: [OPENS(SETUP)],
    source: "https://docs.openhands.dev/openhands/usage/customization/repository",
  },
  {
    path: /(^|\/)\.(?:openhands|grok)\/hooks(?:\.json|\/[^/]+\.json)$/,
    format: "json",
    rules: HOOKS,
    source: "https://docs.openhands.dev/openhands/usage/customization/hooks",
  },
  {
    path: /(^|\/)(?:conductor|\.superset\/config)\.json$/,
    format: "json",
    rules: [
      opens(/^(?:setup|run|archive|teardown)$/, SETUP, { under: /scripts/ }),
      opens(/^(?:setup|teardown)$/, SETUP, { under: /^$/ }),
    ],
    source: "https://docs.conductor.build/core/conductor-json",
  },
];
