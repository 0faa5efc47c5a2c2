import { ADDRESSES, isElsewhere } from "./addresses.ts";
import { ANY, APPROVALS, HOOKS, OPENS, type Place, type Rule, SERVERS, SERVERS_AMONG } from "./rules.ts";
import { VARIABLES } from "./workspace-settings.ts";

const opens = (key: RegExp, what = "A coding agent runs a command by itself.", more: Partial<Rule> = {}): Rule => ({
  key,
  effect: "runs_on_open",
  what,
  ...more,
});
const RUN = "A coding agent runs a command by itself.";
const SETUP = "A command runs when a coding agent sets up the checkout.";

/** Coding agents, by their own documentation. */
export const AGENT_PLACES: readonly Place[] = [
  {
    path: /(^|\/)\.claude\/settings(\.local)?\.json$/,
    format: "json",
    rules: [
      opens(
        /^(?:command|apikeyhelper|awsauthrefresh|awscredentialexport|gcpauthrefresh|otelheadershelper|proxyauthhelper)$/,
      ),
      ...APPROVALS,
      ...ADDRESSES,
      ...VARIABLES,
      {
        key: /^url$/,
        under: /hooks/,
        when: isElsewhere,
        effect: "sends_elsewhere",
        what: "A coding agent sends what it does to another service.",
      },
      {
        key: /^(?:repo|url|path|package|source)$/,
        under: /extraknownmarketplaces/,
        effect: "runs_on_click",
        what: "A coding agent is offered plugins from elsewhere.",
      },
      { key: /^enabledmcpjsonservers$/, effect: "runs_on_click", what: "A coding agent may act without asking." },
    ],
    source: "https://code.claude.com/docs/en/settings",
  },
  {
    path: /(^|\/)\.claude\/(?:commands|skills|agents|output-styles)\/.+\.md$/,
    format: "text",
    rules: [
      {
        key: /(?:^|\s)!`[^`]+`|^\s{0,8}(?:-\s{1,4})?command:\s|^allowed-tools:.{0,200}\bBash(?:\(\*|\(:|\s{0,4}(?:,|$))/,
        effect: "runs_on_click",
        what: "A command of a coding agent runs a program.",
      },
    ],
    source: "https://code.claude.com/docs/en/slash-commands",
  },
  { path: /(^|\/)\.mcp\.json$/, format: "json", rules: SERVERS, source: "https://code.claude.com/docs/en/mcp" },
  {
    path: /(^|\/)(?:\.claude-plugin\/(?:plugin|marketplace)|hooks\/hooks)\.json$/,
    format: "json",
    rules: [...HOOKS, ...SERVERS_AMONG],
    source: "https://code.claude.com/docs/en/plugins-reference",
  },
  {
    path: /(^|\/)\.claude\/hooks\/[^/]+$/,
    format: "shell",
    rules: [OPENS(RUN)],
    source: "https://code.claude.com/docs/en/hooks",
  },
  { path: /(^|\/)\.cursor\/hooks\.json$/, format: "json", rules: HOOKS, source: "https://cursor.com/docs/agent/hooks" },
  { path: /(^|\/)\.cursor\/mcp\.json$/, format: "json", rules: SERVERS, source: "https://cursor.com/docs/context/mcp" },
  {
    path: /(^|\/)\.cursor\/(?:environment|worktrees)\.json$/,
    format: "json",
    rules: [opens(/^(?:install|start|command|setup-worktree(?:-\w+)?|cleanup-worktree(?:-\w+)?)$/, SETUP)],
    source: "https://cursor.com/docs/cloud-agent",
  },
  {
    path: /(^|\/)\.cursor\/(?:cli|permissions|sandbox)\.json$/,
    format: "json",
    rules: [
      ...APPROVALS,
      {
        key: /^allow$/,
        effect: "runs_on_click",
        what: "A coding agent may act without asking.",
        when: (value) => /^shell\((?:\*|bash|sh|curl|python3?|node|npx)/i.test(value),
      },
    ],
    source: "https://cursor.com/docs/cli/reference/permissions",
  },
  {
    path: /(^|\/)\.(?:gemini|qwen|iflow|tabnine\/agent)\/settings\.json$/,
    format: "json",
    rules: [
      opens(
        /^(?:discoverycommand|callcommand|servercommand|tooldiscoverycommand|toolcallcommand|mcpservercommand|bugcommand)$/,
      ),
      opens(/^(?:command|bash)$/, RUN, { under: /hooks/ }),
      ...SERVERS,
      ...APPROVALS,
      ...ADDRESSES,
    ],
    source: "https://geminicli.com/docs/reference/configuration",
  },
  {
    path: /(^|\/)\.(?:gemini|qwen)\/commands\/.+\.toml$/,
    format: "toml",
    rules: [
      {
        key: /^prompt$/,
        when: (value) => /!\{/.test(value),
        effect: "runs_on_click",
        what: "A command of a coding agent runs a program.",
      },
    ],
    source: "https://geminicli.com/docs/cli/custom-commands",
  },
  {
    path: /(^|\/)gemini-extension\.json$/,
    format: "json",
    rules: SERVERS,
    source: "https://geminicli.com/docs/extensions/reference",
  },
  {
    path: /(^|\/)\.codex\/config\.toml$/,
    format: "toml",
    rules: [
      opens(/^notify$/),
      opens(ANY, RUN, { under: /(?:^|\.)hooks/ }),
      opens(/^(?:sessionstart|pretooluse|posttooluse|stop|userpromptsubmit)$/),
      ...SERVERS,
      ...APPROVALS,
      ...ADDRESSES,
    ],
    source: "https://developers.openai.com/codex/config-reference",
  },
  {
    path: /(^|\/)\.codex\/hooks\.json$/,
    format: "json",
    rules: HOOKS,
    source: "https://developers.openai.com/codex/hooks",
  },
  {
    path: /(^|\/)\.codex\/(?:environments\/)?[\w-]+\.toml$/,
    format: "toml",
    rules: [opens(/^(?:script|command)$/, SETUP), ...SERVERS_AMONG, ...ADDRESSES],
    source: "https://developers.openai.com/codex/app/local-environments",
  },
  {
    path: /(^|\/)\.codex\/rules\/.+\.rules$/,
    format: "program",
    rules: [{ key: /allow/, effect: "runs_on_click", what: "A coding agent may act without asking." }],
    source: "https://developers.openai.com/codex/rules",
  },
  {
    path: /^\.github\/(?:hooks\/[^/]+|copilot\/settings(?:\.local)?)\.json$/,
    format: "json",
    rules: [...HOOKS, ...SERVERS_AMONG],
    source: "https://docs.github.com/en/copilot/reference/hooks-configuration",
  },
  {
    path: /(^|\/)\.windsurf\/hooks\.json$/,
    format: "json",
    rules: HOOKS,
    source: "https://docs.windsurf.com/windsurf/cascade/hooks",
  },
];
