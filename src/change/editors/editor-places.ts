import { ADDRESSES } from "./addresses.ts";
import { APPROVALS, CLICKS, OPENS, type Place, type Rule, SERVERS, SERVERS_AMONG } from "./rules.ts";
import { SWITCHES } from "./workspace-settings.ts";

const rule = (key: RegExp, effect: Rule["effect"], what: string, more: Partial<Rule> = {}): Rule => ({
  key,
  effect,
  what,
  ...more,
});

const _ON_ENTER = "Tools run this file when the folder is entered.";
const ON_OPEN = "The editor runs this file when the folder is opened.";
const TASK = "An editor task runs a command.";

/** Editors, by their own documentation. */
export const EDITOR_PLACES: readonly Place[] = [
  {
    path: /(^|\/)\.vscode\/tasks\.json$/,
    format: "json",
    rules: SWITCHES,
    tasks: true,
    source: "https://code.visualstudio.com/docs/debugtest/tasks",
  },
  {
    path: /\.code-workspace$/,
    format: "json",
    rules: [...SWITCHES, ...SERVERS_AMONG, ...ADDRESSES],
    tasks: true,
    settings: true,
    source: "https://code.visualstudio.com/docs/editing/workspaces/multi-root-workspaces",
  },
  {
    path: /(^|\/)\.(?:vscode|cursor|windsurf|trae|kiro|theia|void)\/settings\.json$/,
    format: "json",
    rules: [...SWITCHES, ...ADDRESSES, ...SERVERS_AMONG],
    tasks: true,
    settings: true,
    source: "https://code.visualstudio.com/docs/configure/settings",
  },
  {
    path: /(^|\/)\.vscode\/launch\.json$/,
    format: "json",
    rules: [
      rule(/^(?:prelaunchtask|postdebugtask)$/, "runs_on_click", "A launch configuration starts a task."),
      rule(
        /^(?:runtimeexecutable|midebuggerpath|debugserverpath|python|pythonpath|initcommands|prerunc?ommands|setupcommands|customlaunchsetupcommands|command)$/,
        "runs_on_click",
        "A launch configuration names a program of the checkout.",
        {
          when: (value) =>
            /^\.{1,2}[\\/]|workspaceFolder|workspaceRoot|[;|&`]|\$\(/.test(value) &&
            !/node_modules|\.venv|\/venv\//.test(value),
        },
      ),
    ],
    source: "https://code.visualstudio.com/docs/debugtest/debugging-configuration",
  },
  {
    path: /(^|\/)\.vscode\/mcp\.json$/,
    format: "json",
    rules: SERVERS,
    source: "https://code.visualstudio.com/docs/copilot/reference/mcp-configuration",
  },
  {
    path: /(^|\/)\.zed\/(?:tasks|debug)\.json$/,
    format: "json",
    rules: [rule(/^(?:command|program|args|build)$/, "runs_on_click", TASK)],
    source: "https://zed.dev/docs/tasks",
  },
  {
    path: /(^|\/)\.zed\/settings\.json$/,
    format: "json",
    rules: [
      rule(
        /^(?:path|arguments|command|program|args)$/,
        "runs_on_click",
        "The editor runs a program that its settings name.",
        { under: /(?:binary|formatter|external|terminal|shell|context_servers|agent_servers|dap|lsp)/ },
      ),
      ...ADDRESSES,
      ...APPROVALS,
    ],
    source: "https://zed.dev/docs/configuring-languages",
  },
  {
    path: /(^|\/)\.fleet\/(?:run|settings)\.json$/,
    format: "json",
    rules: [rule(/^(?:command|program|executable)$/, "runs_on_click", TASK)],
    source: "https://www.jetbrains.com/help/fleet/run-configurations.html",
  },
  {
    path: /(^|\/)\.idea\/(startup|watchertasks)\.xml$/,
    format: "xml",
    rules: [OPENS("The project starts commands by itself when it is opened.")],
    source: "https://www.jetbrains.com/help/idea/settings-tools-startup-tasks.html",
  },
  {
    path: /(^|\/)\.idea\/(?:runconfigurations\/[^/]+|workspace|tools\/[^/]+)\.xml$|(^|\/)\.run\/[^/]+\.run\.xml$/,
    format: "xml",
    rules: [CLICKS("A run configuration runs a command.")],
    source: "https://www.jetbrains.com/help/idea/run-debug-configuration.html",
  },
  {
    path: /(^|\/)\.junie\/mcp\/mcp\.json$|(^|\/)\.idea\/mcp\.json$/,
    format: "json",
    rules: SERVERS,
    source: "https://junie.jetbrains.com/docs/junie-ides-mcp-servers.html",
  },
  {
    path: /(^|\/)(?:[._](?:ex|vim|gvim)rc|\.nvimrc|\.l(?:ocal\.)?vimrc)$/,
    format: "vim",
    rules: [CLICKS(ON_OPEN)],
    source: "https://vimhelp.org/options.txt.html#'exrc'",
  },
  {
    path: /(^|\/)(?:\.nvim\.lua|\.lazy\.lua|\.nvim\/init\.lua)$/,
    format: "lua",
    rules: [CLICKS(ON_OPEN)],
    source: "https://neovim.io/doc/user/options.html#'exrc'",
  },
  {
    path: /(^|\/)\.vim\/coc-settings\.json$/,
    format: "json",
    rules: [
      rule(
        /^(?:command|module|args|execargv)$|\.(?:command|path|serverpath|executable)$/,
        "runs_on_click",
        "The editor runs a program that its settings name.",
      ),
    ],
    source: "https://github.com/neoclide/coc.nvim/wiki/Using-the-configuration-file",
  },
  {
    path: /(^|\/)\.dir-locals(?:-2)?\.el$/,
    format: "lisp",
    rules: [CLICKS(ON_OPEN)],
    source: "https://www.gnu.org/software/emacs/manual/html_node/emacs/Directory-Variables.html",
  },
  {
    path: /\.sublime-(?:project|build)$/,
    format: "json",
    rules: [rule(/^(?:cmd|shell_cmd|command|working_dir)$/, "runs_on_click", TASK)],
    source: "https://www.sublimetext.com/docs/build_systems.html",
  },
  {
    path: /(^|\/)\.externaltoolbuilders\/[^/]+\.launch$/,
    format: "xml",
    rules: [OPENS("The project starts commands by itself when it is opened.")],
    source: "https://help.eclipse.org/latest/topic/org.eclipse.platform.doc.user/concepts/concepts-exttools.htm",
  },
  {
    path: /(^|\/)\.vs\/(?:tasks|launch)\.vs\.json$|(^|\/)(?:tasks|launch)\.vs\.json$/,
    format: "json",
    rules: [
      rule(/^(?:command|args|exe|program|debugserverpath|midebuggerpath|prebuildcommand)$/, "runs_on_click", TASK),
    ],
    source: "https://learn.microsoft.com/visualstudio/ide/customize-build-and-debug-tasks-in-visual-studio",
  },
  {
    path: /\.xcscheme$/,
    format: "xml",
    rules: [rule(/ShellScriptAction|scriptText/, "runs_on_click", "A scheme runs a script before or after a build.")],
    source: "https://developer.apple.com/documentation/xcode/customizing-the-build-schemes-for-a-project",
  },
  {
    path: /(^|\/)\.project$|\.launch$/,
    format: "xml",
    rules: [
      {
        key: /ExternalToolBuilder/,
        effect: "runs_on_open",
        what: "The project starts commands by itself when it is opened.",
      },
      rule(
        /externaltools\.Program|ATTR_LOCATION|ProgramLaunchConfigurationType/,
        "runs_on_click",
        "A run configuration runs a command.",
      ),
    ],
    source: "https://help.eclipse.org/latest/topic/org.eclipse.platform.doc.user/concepts/concepts-exttools.htm",
  },
  {
    path: /(^|\/)directory\.build\.(?:props|targets)$|\.(?:cs|vb|fs|vcx)proj\.user$/,
    format: "xml",
    rules: [
      rule(
        /<Exec\b|<UsingTask\b|TaskFactory|<(?:Pre|Post)BuildEvent\b|<PreLinkEvent\b|LocalDebuggerCommand/,
        "runs_on_click",
        "The project runs a command when it is opened or built.",
      ),
    ],
    source: "https://learn.microsoft.com/visualstudio/msbuild/customize-by-directory",
  },
];
