import { added, boundary, edited, saying, type Trick, tricks } from "../tricks.ts";
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

export default [
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
