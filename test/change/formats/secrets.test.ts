// biome-ignore-all lint/suspicious/noTemplateCurlyInString: placeholders of settings are what is tested
import { seededNumbers } from "../../../bench/seeded-numbers.ts";
import { hintReader } from "../../../src/change/formats/secret-hints.ts";
import { SECRET_RULES } from "../../../src/change/formats/secret-rules.ts";
import { hunkWithoutSecrets, marksIn, secretsIn, withoutSecrets } from "../../../src/change/formats/secrets.ts";
import { secretHash } from "../../../src/flows/steps/secret-hash.ts";
import { describe, expect, test } from "../../support/jest.ts";

const random = seededNumbers(7);
const of = (letters: string, count: number): string =>
  Array.from({ length: count }, () => letters[Math.floor(random.next() * letters.length)]).join("");
const ALNUM = "abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789";
const HEX = "0123456789abcdef";
const an = (count: number): string => of(ALNUM, count);
const hex = (count: number): string => of(HEX, count);
const WORDS = "legal winner thank year wave sausage worth useful legal winner thank yellow";

/** Made here, so that nothing of the kind stands in this file. */
const SAMPLES: Readonly<Record<string, string>> = {
  github: `token = ghp_${an(36)}`,
  fine: `github_pat_${an(22)}_${an(59)}`,
  gitlab: `glpat-${an(20)}`,
  amazon: `id: AKIA${of("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16)}`,
  amazonSecret: `aws_secret_access_key = ${an(40)}`,
  google: `key: "AIza${an(35)}"`,
  slack: `xoxb-${of("123456789", 11)}-${of("987654321", 11)}-${an(24)}`,
  slackHook: `https://hooks.slack.com/services/T${of("ABC234", 8)}/B${of("ABC234", 8)}/${an(24)}`,
  stripe: `sk_live_${an(24)}`,
  npm: `//registry.npmjs.org/:_authToken=npm_${an(36)}`,
  pypi: `pypi-AgEIcHlwaS5vcmc${an(80)}`,
  docker: `dckr_pat_${an(27)}`,
  sendgrid: `SG.${an(22)}.${an(43)}`,
  discord: `M${an(23)}.${an(6)}.${an(38)}`,
  telegram: `${of("123456789", 9)}:AA${an(33)}`,
  openai: `sk-proj-${an(60)}`,
  anthropic: `sk-ant-api03-${an(93)}`,
  huggingface: `hf_${of("abcdefghijkmnopqrstuvwxyzABCDEFGH", 34)}`,
  azure: `AccountKey=${an(86)}==`,
  vault: `hvs.${an(90)}`,
  digitalocean: `dop_v1_${hex(64)}`,
  databricks: `dapi${hex(32)}`,
  grafana: `glsa_${an(32)}_${hex(8)}`,
  shopify: `shpat_${hex(32)}`,
  linear: `lin_api_${an(40)}`,
  tailscale: `tskey-auth-${an(16)}-${an(32)}`,
  database: `DATABASE_URL=postgres://app:${an(16)}@db7.internal.net:5432/app`,
  address: `https://robot:${an(20)}@git.internal.net/a.git`,
  pem: `"-----BEGIN EC PRIVATE KEY-----\\n${an(64)}\\n"`,
  ethereum: `PRIVATE_KEY=0x${hex(64)}`,
  ethereumJs: `const privateKey = "${hex(64)}";`,
  solana: `[${Array.from({ length: 64 }, () => Math.floor(random.next() * 256)).join(",")}]`,
  solanaText: `const secretKey = "${of("123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz", 88)}"`,
  words: `mnemonic = "${WORDS}"`,
  infura: `https://mainnet.infura.io/v3/${hex(32)}`,
  alchemy: `https://eth-mainnet.g.alchemy.com/v2/${an(32)}`,
};

const LOOK_ALIKES: readonly string[] = [
  "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "ghp_<YOUR_TOKEN_HERE>",
  "token: ${{ secrets.GITHUB_TOKEN }}",
  "AKIAIOSFODNN7EXAMPLE",
  "sk_test_4eC39HqLyjWDarjtT1zdp7dc",
  "postgres://postgres:postgres@localhost:5432/app",
  "mysql://user:password@db/app",
  "postgres://app:${DB_PASSWORD}@db.internal.net/app",
  "https://user:pass@example.com/",
  "-----BEGIN PRIVATE KEY-----",
  "if (text.startsWith('-----BEGIN RSA PRIVATE KEY-----')) return;",
  "const privateKey = process.env.PRIVATE_KEY;",
  `sha512-${an(86)}==`,
  `integrity sha512-${an(86)}==`,
  `commit ${hex(40)}`,
  `digest: sha256:${hex(64)}`,
  "PRIVATE_KEY=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80",
  'mnemonic = "test test test test test test test test test test test junk"',
  "const seed = 'this is a sentence about something that people may read in a book';".replace("sentence", "Sentence"),
  "publicKey: '0x04bfcab8722991ae774db48f934ca79cfb7dd991229153b9f732ba5334aafcd8e7266e47076996b55a14bf9913ee3145ce0cfc1372ada8ada74bd287450313534a'",
  "https://mainnet.infura.io/v3/YOUR-PROJECT-ID",
  "id: 8c1c3a6e-54c8-4f1c-9d0f-0d9a6f7b2a11",
];

describe("secretsIn", () => {
  test.each(Object.entries(SAMPLES))("finds %s, and draws the line without it", (_, line) => {
    const [secret] = secretsIn(line);
    expect(secret?.says).toMatch(/^(?:an?|the) /);
    const shown = withoutSecrets(line);
    expect(shown).toContain("is not shown]");
    expect(secretsIn(shown)).toEqual([]);
  });

  test.each(LOOK_ALIKES)("leaves %s alone", (line) => {
    expect(secretsIn(line)).toEqual([]);
    expect(withoutSecrets(line)).toBe(line);
  });

  test("draws every secret of a line, behind a sample and however far to the right", () => {
    const [one, two] = [`ghp_${an(36)}`, `ghp_${an(36)}`];
    const line = `ghp_${"x".repeat(36)} ${one} ${two} ${"- ".repeat(20_000)}${one}`;
    const shown = withoutSecrets(line);
    expect([shown.includes(one), shown.includes(two)]).toEqual([false, false]);
    expect(shown).toContain("x".repeat(36));
  });

  test("the same secret has the same hash, plain or encoded, and a private key has none", () => {
    const hash = secretHash("k".repeat(32), "1");
    const [one, two] = [`ghp_${an(36)}`, `ghp_${an(36)}`];
    const marks = (line: string, by = hash) => marksIn(withoutSecrets(line, by)).map((mark) => mark.hash);
    const [first] = marks(one);
    expect(first).toMatch(/^[\da-f]{16}$/);
    expect(marks(`${two} "${one}" ${Buffer.from(one).toString("base64")}`)).toEqual([marks(two)[0], first, first]);
    expect(marks(one, secretHash("k".repeat(32), "2"))).not.toEqual([first]);
    expect(marks(one, secretHash("l".repeat(32), "1"))).not.toEqual([first]);
    expect(marksIn(withoutSecrets(one))).toEqual([{ says: "a GitHub token", hash: null }]);
    expect(marks(`"-----BEGIN PRIVATE KEY-----\\n${an(64)}"`)).toEqual([null]);
  });

  test("a key in the lines below its heading is not shown", () => {
    const body = an(64);
    const lines = ["-----BEGIN OPENSSH PRIVATE KEY-----", body, body, "-----END OPENSSH PRIVATE KEY-----", body];
    const hunk = { lines: lines.map((text, at) => ({ kind: "added" as const, line: at + 1, text })) };
    const shown = hunkWithoutSecrets(hunk).lines.map(({ text }) => text);
    expect(shown.filter((text) => text === body)).toHaveLength(1);
    expect(shown[4]).toBe(body);
  });
});

describe("hintReader", () => {
  const rulesFor = hintReader(SECRET_RULES);
  const lines = [...Object.values(SAMPLES), ...LOOK_ALIKES].flatMap((line) => [
    ...[line, line.toUpperCase(), line.toLowerCase(), `${"\u00e9\u{1f511}"}${line}`, line.slice(0, -1), line.slice(3)],
    ...[line.replaceAll("k", "\u212a"), line.replaceAll("s", "\u017f"), `${line} ${line}`, `_${line}`],
  ]);

  test("leaves out no rule whose secret stands in a line, in any case and behind any character", () => {
    for (const line of lines) {
      const holding = SECRET_RULES.filter(({ form }) => form.test(line));
      expect(rulesFor(line)).toEqual(expect.arrayContaining([...holding]));
    }
  });

  test("names only rules of which a hint stands in the line", () => {
    for (const line of lines)
      for (const { hints } of rulesFor(line))
        expect(hints.some((hint) => line.toLowerCase().includes(hint))).toBe(true);
    expect(rulesFor("an ordinary line of code, with a call(of_it);")).toEqual([]);
  });
});

test("secrets: one in base 64 is found wherever it stands in its line", () => {
  const encoded = Buffer.from(`token: ghp_${an(36)}`).toString("base64");
  for (let before = 0; before < 70; before += 1) {
    const line = `${"a ".repeat(before / 2)}${before % 2 === 0 ? "" : "-"} ${encoded}`;
    expect([before, secretsIn(line).length]).toEqual([before, 1]);
  }
});
