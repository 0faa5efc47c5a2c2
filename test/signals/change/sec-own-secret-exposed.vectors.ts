import { added, boundary, edited, missed, saying, type Trick, tricks } from "../tricks.ts";
import type { Vector } from "../vector.ts";

/** Made of parts, so that no whole one stands in this file. */
const made = (prefix: string, body: string): string => `${prefix}${body}`;
const TOKEN = made("ghp", "_q8ZkVn3LtYw7RbXc5Hf2Jm9Ds4Gp6TaUeWi1");
const BODY = made("MIIEpAIBAAKCAQEAu1SU1LfVLPHCozMxH2Mo", "4lgOEePzNm0tRgeLezV6ffAt");
const WALLET = made("0x7b3c91d5e82fa1", "a2f4460c9b1d7e35f8a06c2e4b9d71f3a586c0e2d4b89137c7");
const line = `const token = "${TOKEN}";`;
const CODE = [
  "src/a.ts",
  "config/prod.yml",
  ".env",
  "Dockerfile",
  "deploy.sh",
  "a.py",
  "a.go",
  "settings.json",
  ".npmrc",
  "CMakeLists.txt",
];
const SAMPLES = [
  "test/a.ts",
  "src/a.test.ts",
  "docs/a.md",
  "README.md",
  "fixtures/a.json",
  "vendor/x/a.go",
  "pkg/a_test.go",
  "tests/test_a.py",
  "CHANGELOG.md",
  "node_modules/a/index.js",
];

const ENCODED = Buffer.from(TOKEN).toString("base64");
const AMAZON = made("wJalrXUtnFEMI/K7MDENG/bPx", "RfiCYq8ZkVn3LtY");
const HEADING = made("-----BEGIN RSA PRIVATE", " KEY-----");

/** As a dossier keeps it, with what tells two apart. */
const masked = (digit: string): string => `"[a GitHub token is not shown, ${digit.repeat(16)}]"`;

/** How a line can write it. */
const WRITTEN: readonly Trick[] = [
  ["in other quotes", added("src/a.ts", `const t = '${TOKEN}';`), "medium"],
  ["without quotes", added("config/.env.production", `GITHUB_TOKEN=${TOKEN}`), "medium"],
  ["in an address", added("a.sh", `git clone https://x:${TOKEN}@github.com/octo-org/a`), "medium"],
  ["in a header", added("a.sh", `curl -H "Authorization: token ${TOKEN}"`), "medium"],
  ["in a comment", added("a.go", `// ${TOKEN}`), "medium"],
  ["before the line end of another system", added("a.ts", `"${TOKEN}"\r`), "medium"],
  ["behind a mark before the first letter", added("a.ts", `\ufeff${TOKEN}`), "medium"],
  ["in a text that holds a text", added("a.ts", `"{\\"token\\":\\"${TOKEN}\\"}"`), "medium"],
  ["behind a line feed that is written out", added("a.json", `"env": "A=1\\n${TOKEN}"`), "medium"],
  ["far to the right", added("a.min.js", `${"a;".repeat(40_000)}"${TOKEN}"`), "medium"],
  ["in a cell of a notebook", added("a.ipynb", `"t = '${TOKEN}'\\n"`), "medium"],
  ["between tags", added("a.xml", `<t>${TOKEN}</t>`), "medium"],
  ["in a picture's text", added("a.svg", TOKEN), "low"],
  ["in place of another one", edited("a.ts", `-"${TOKEN}"`, `+"${TOKEN.replace("q8", "q9")}"`), "medium"],
  ["in place of another one, both taken out", edited("a.ts", `-${masked("0")}`, `+${masked("1")}`), "medium"],
  [
    "in place of one that nobody can tell",
    edited("a.ts", '-"[a GitHub token is not shown]"', '+"[a GitHub token is not shown]"'),
    "medium",
  ],
  ["encoded for a cluster", added("deploy/k8s.yml", `  token: ${ENCODED}`), "medium"],
  ["encoded for a program", added("a.ts", `atob("${ENCODED}")`), "medium"],
  [
    "encoded beside a name",
    added("a.sh", `-H "Authorization: Basic ${Buffer.from(`x:${TOKEN}`).toString("base64")}"`),
    "medium",
  ],
  ["a secret key beside its name", added("a.ts", `aws_secret_access_key = "${AMAZON}"`), "medium"],
  [
    "a password for a host called db",
    added("a.yml", made("url: postgres://app:9fK2mQ", "x7Lw@db.internal.net/app")),
    "medium",
  ],
  ["a key of lines in quotes", added("a.py", [`"${HEADING}\\n"`, `"${BODY}\\n"`]), "medium"],
  ["a key of lines that are added up", added("a.js", [`k = "${HEADING}\\n" +`, `  "${BODY}\\n" +`]), "medium"],
  ["a key in a comment", added("a.sh", [`# ${HEADING}`, `# ${BODY}`]), "medium"],
  ["a key in a block of settings", added("a.yml", ["key: |", `    ${HEADING}`, `    ${BODY}`]), "medium"],
  ["a key in one line", added("a.json", `"key": "${HEADING}\\n${BODY}\\n"`), "medium"],
];

const ORDINARY: readonly Trick[] = [
  ["a key for tests of a shop", added("a.ts", made("sk_", "test_q8ZkVn3LtYw7RbXc5Hf2Jm9D")), null],
  ["a number of many digits", added("a.ts", 'id = "3f2b8c1d-7a4e-4f6b-9d2c-1e5a8b7c6d4f"'), null],
  ["a pin", added(".github/workflows/a.yml", "uses: a/b@8ade135a41bc03ea155e62e844d188df1ea18608"), null],
  ["a secret that Actions fill in", added(".github/workflows/a.yml", "token: $" + "{{ secrets.GITHUB_TOKEN }}"), null],
  ["one that a command gives", added("a.sh", 'export GH_TOKEN="$(gh auth token)"'), null],
  [
    "a public key of SSH",
    added("a.pub", made("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFq8ZkVn3LtYw7Rb", "Xc5Hf2Jm9Ds4Gp6TaUeWi1xk")),
    null,
  ],
  ["an address of a wallet", added("a.ts", 'const owner = "0x7b3c91d5e82fa1a2f4460c9b1d7e35f8a06c2e4b";'), null],
  ["a hash of a transaction", added("a.ts", `const txHash = "${WALLET}";`), null],
  ["a password of the machine itself", added("a.yml", "url: postgres://app:9fK2mQx7Lw@localhost/app"), null],
  ["a password of a container", added("a.yml", "url: postgres://app:9fK2mQx7Lw@db:5432/app"), null],
  [
    "other words encoded",
    added("a.yml", `text: ${Buffer.from("Here is nothing to be found, friend").toString("base64")}`),
    null,
  ],
  [
    "a picture encoded",
    added("a.css", `url(data:image/png;base64,${Buffer.from(`\0${TOKEN}`.repeat(20)).toString("base64")})`),
    null,
  ],
  ["a token that moves", edited("a.ts", `-const t = "${TOKEN}";`, " x", `+const t = "${TOKEN}";`), null],
  ["a line of a token written anew", edited("a.ts", `-const t = "${TOKEN}"`, `+const t = "${TOKEN}";`), null],
  ["one that was taken out of both lines", edited("a.ts", `-${masked("0")}`, `+const t = ${masked("0")}`), null],
  ["a file with another name", { ...edited("b.env"), status: "renamed", previousPath: "a.env", hunks: [] }, null],
];

/** Whoever puts a secret together from parts knows that it is one. */
const HIDDEN: readonly Trick[] = [
  ["put together from two texts", added("a.ts", `"${TOKEN.slice(0, 12)}" + "${TOKEN.slice(12)}"`), "medium"],
  ["a letter by its number", added("a.ts", `"\\u0067${TOKEN.slice(1)}"`), "medium"],
  ["a name and its value on two lines", added("a.tf", ["aws_secret_access_key =", `  "${AMAZON}"`]), "medium"],
];

export default [
  ...tricks([...WRITTEN, ...ORDINARY]),
  ...missed(tricks(HIDDEN), { outcome: "clear" }),
  ...tricks([
    ...CODE.map((path): Trick => [`a token in ${path}`, added(path, line), "medium"]),
    ...SAMPLES.map((path): Trick => [`a token in ${path}`, added(path, line), "low"]),
    ["a key of a wallet", added("deploy.ts", `const privateKey = "${WALLET}";`), "medium"],
    [
      "a private key in a file of its own",
      added("id_rsa", ["-----BEGIN RSA PRIVATE KEY-----", BODY, "-----END RSA PRIVATE KEY-----"]),
      "medium",
    ],
    [
      "a private key with words about it",
      added("id_rsa", ["-----BEGIN RSA PRIVATE KEY-----", "Proc-Type: 4,ENCRYPTED", "", BODY]),
      "medium",
    ],
    [
      "a line whose secret was taken out before",
      added("src/a.ts", 'const token = "[a GitHub token is not shown]";'),
      "medium",
    ],
    ["beside an edit", edited("src/a.ts", " a", "-const token = process.env.T;", `+${line}`), "medium"],

    ["a token that is taken out", edited("src/a.ts", `-${line}`, "+const token = process.env.T;"), null],
    ["a token beside the edit", edited("src/a.ts", ` ${line}`, "+a"), null],
    ["a removed file", { ...edited("src/a.ts", `-${line}`), status: "removed" }, null],
    ["a name of a variable", added("src/a.ts", "const token = process.env.GITHUB_TOKEN;"), null],
    ["a placeholder", added(".env.example", "GITHUB_TOKEN=ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"), null],
    ["a heading without a key", added("src/a.ts", ["-----BEGIN RSA PRIVATE KEY-----", "..."]), null],
    ["a public key", added("a.pem", ["-----BEGIN PUBLIC KEY-----", BODY]), null],
    ["a certificate", added("a.pem", ["-----BEGIN CERTIFICATE-----", BODY]), null],
    ["a hash of a lock file", added("package-lock.json", `"integrity": "sha512-${BODY}${BODY}"`), null],
    ["an address without a password", added("src/a.ts", '"postgres://db.internal.net/app"'), null],
    [
      "a password from the surroundings",
      added("a.yml", "url: postgres://app:$" + "{PASSWORD}@db.internal.net/app"),
      null,
    ],
  ]),
  ...saying(["a token", added("src/a.ts", line), "medium"], "The line holds what looks like a GitHub token."),
  ...boundary(
    ["a letter too few", added("src/a.ts", line.replace("q8", "q")), null],
    ["long enough", added("src/a.ts", line), "medium"],
  ),
] satisfies readonly Vector[];
