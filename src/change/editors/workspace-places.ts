import { ADDRESSES, ENVIRONMENT } from "./addresses.ts";
import { ANY, CLICKS, OPENS, type Place, type Rule, SERVERS_AMONG } from "./rules.ts";
import { SWITCHES, VARIABLES } from "./workspace-settings.ts";

const rule = (key: RegExp, effect: Rule["effect"], what: string, more: Partial<Rule> = {}): Rule => ({
  key,
  effect,
  what,
  ...more,
});

const ON_ENTER = "Tools run this file when the folder is entered.";
const ON_OPEN = "The editor runs this file when the folder is opened.";
const TASK = "An editor task runs a command.";

const TO_HOST: readonly Rule[] = [
  rule(/^initializecommand$/, "runs_on_open", "A command runs on the host when the development container opens."),
  rule(ANY, "runs_on_open", "A command runs on the host when the development container opens.", {
    under: /(?:^|\.)initializecommand/,
  }),
  rule(
    /^(?:oncreate|updatecontent|poststart|postcreate|postattach)command$|^waitfor$/,
    "runs_on_click",
    "A command runs inside the development container when it is built or started.",
  ),
  rule(ANY, "runs_on_click", "A command runs inside the development container when it is built or started.", {
    under: /(?:oncreate|updatecontent|poststart|postcreate|postattach)command$/,
  }),
  rule(/^privileged$/, "runs_on_click", "The development container gets the rights of its host.", {
    when: (value) => value === "true",
  }),
  rule(
    /^(?:runargs|mounts|capadd|securityopt|source|workspacemount)$/,
    "runs_on_click",
    "The development container gets the rights of its host.",
    {
      when: (value) =>
        /docker\.sock|--privileged|--pid=host|--network=host|--cap-add|SYS_ADMIN|\$\{localEnv:HOME\}(?:["'/,]|$)|source=\/(?:,|$)|(?:^|=)\/:|unconfined/.test(
          value,
        ),
    },
  ),
];

/** Containers, workspaces in the cloud and shells that enter a folder, by their own documentation. */
export const WORKSPACE_PLACES: readonly Place[] = [
  {
    path: /(^|\/)(?:\.devcontainer(\.json|\/([^/]+\/)?devcontainer\.json)|\.ona\/devcontainer\.json)$/,
    format: "json",
    rules: [...TO_HOST, ...SWITCHES, ...ADDRESSES, ...SERVERS_AMONG],
    settings: true,
    source: "https://containers.dev/implementors/json_reference/",
  },
  {
    path: /(^|\/)\.gitpod\.ya?ml$/,
    format: "yaml",
    rules: [
      rule(/^(?:before|init|command|prebuild)$/, "runs_on_click", ON_ENTER),
      rule(ANY, "runs_on_click", ON_ENTER, { under: /^(?:image|tasks)/, when: (value) => /dockerfile/i.test(value) }),
    ],
    source: "https://www.gitpod.io/docs/configure/workspaces/tasks",
  },
  {
    path: /(^|\/)\.(?:gitpod|ona)\/automations\.ya?ml$/,
    format: "yaml",
    rules: [
      rule(/^command$/, "runs_on_click", ON_ENTER),
      rule(/^(?:start|ready|stop|prebuild)$/, "runs_on_click", ON_ENTER),
    ],
    source: "https://ona.com/docs/ona/configuration/tasks-and-services",
  },
  {
    path: /(^|\/)\.stackblitzrc$/,
    format: "json",
    rules: [rule(/^startcommand$/, "runs_on_open", ON_OPEN)],
    source: "https://developer.stackblitz.com/platform/webcontainers/project-config",
  },
  {
    path: /(^|\/)\.codesandbox\/tasks\.json$/,
    format: "json",
    rules: [rule(/^command$/, "runs_on_open", ON_OPEN)],
    source: "https://codesandbox.io/docs/learn/repositories/task",
  },
  {
    path: /(^|\/)\.replit$/,
    format: "toml",
    rules: [rule(/^(?:onboot|run|compile|build|args|start|exec|command)$/, "runs_on_click", ON_OPEN)],
    source: "https://docs.replit.com/replit-app/configuration",
  },
  {
    path: /(^|\/)\.idx\/dev\.nix$/,
    format: "nix",
    rules: [OPENS(ON_OPEN)],
    source: "https://firebase.google.com/docs/studio/customize-workspace",
  },
  {
    path: /(^|\/)\.?devfile\.ya?ml$/,
    format: "yaml",
    rules: [rule(/^commandline$/, "runs_on_click", TASK)],
    source: "https://devfile.io/docs/2.3.0/adding-event-bindings",
  },
  {
    path: /(^|\/)\.envrc(?:\.\w+)?$/,
    format: "shell",
    rules: [CLICKS(ON_ENTER)],
    source: "https://direnv.net/man/direnv.1.html",
  },
  {
    path: /(^|\/)\.autoenv(?:\.zsh|_leave\.zsh)?$/,
    format: "shell",
    rules: [CLICKS(ON_ENTER)],
    source: "https://github.com/hyperupcall/autoenv",
  },
  {
    path: /(^|\/)(?:\.?mise(?:\.[\w-]+)?\.toml|\.config\/mise(?:\/(?:config|conf\.d\/[^/]+|mise))?(?:\.\w+)?\.toml|\.?mise\/config(?:\.\w+)?\.toml|\.rtx\.toml)$/,
    format: "toml",
    rules: [
      rule(/^(?:enter|leave|cd|preinstall|postinstall|script|shell)$/, "runs_on_click", ON_ENTER, {
        under: /(?:^|\.)(?:hooks|watch_files|tools)/,
      }),
      rule(/^(?:source|file)$/, "runs_on_click", ON_ENTER, {
        under: /env\._|_$|^env/,
        when: (value) => /\.(?:sh|bash|zsh|fish)$|^\.{0,2}\/|[;|&$]/.test(value),
      }),
      rule(ANY, "runs_on_click", ON_ENTER, { when: (value) => /\bexec\s{0,4}\(/.test(value) }),
      ...ENVIRONMENT,
    ],
    source: "https://mise.jdx.dev/hooks.html",
  },
  {
    path: /(^|\/)devbox\.json$/,
    format: "json",
    rules: [rule(/^init_hook$/, "runs_on_click", ON_ENTER)],
    source: "https://www.jetify.com/docs/devbox/configuration/",
  },
  {
    path: /(^|\/)(?:\.gemini\/|\.qwen\/|\.claude\/)?\.env(?:\.local)?$/,
    format: "env",
    rules: [...ENVIRONMENT, ...VARIABLES],
    source: "https://geminicli.com/docs/cli/configuration",
  },
  {
    path: /(^|\/)\.env\.zsh$/,
    format: "shell",
    rules: [CLICKS(ON_ENTER)],
    source: "https://github.com/Tarrasch/zsh-autoenv",
  },
];
