import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
/** What people wrote here; descriptions that GitHub publishes and pictures are not ours. */
const texts = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((file) => /\.(ts|js|mjs|md|yml|json|graphql|css|sh)$/.test(file) && existsSync(resolve(root, file)))
  .filter((file) => !/^(package-lock\.json|src\/sim\/schema\/)/.test(file))
  .map((file) => ({ file, text: readFileSync(resolve(root, file), "utf8") }));

test("words: the check reads the project's texts", () => {
  expect(texts.length).toBeGreaterThan(200);
});

test("words: no nationality or origin is named, the report in the README's title apart", () => {
  const bad = texts.flatMap(({ file, text }) => {
    const own = file === "README.md" ? text.replace(/\[[^\]]*\]\(https:\/\/www\.ketman\.org[^)]*\)/, "") : text;
    const words = new Set(own.toLowerCase().match(/[a-z]+/g) ?? []);
    return [...words].filter((word) => ORIGINS.has(digest(word))).map((word) => `${file}: ${word}`);
  });
  expect(bad).toEqual([]);
});

test("words: the check recognises a word of the list", () => {
  expect(ORIGINS.has(digest(Buffer.from("ZnJlbmNo", "base64").toString()))).toBe(true);
});

test("words: nobody is told to run or install a package of our name, which somebody else may own at a registry", () => {
  const fetched = /\b(npx|npm (exec|x|create|init)|(npm|pnpm|yarn) (i|install|add|dlx))( -\S+)* "?sallyport\b/;
  expect(fetched.test("npx sallyport doctor")).toBe(true);
  expect(
    texts.filter(({ text }) => fetched.test(text.replace(/^.*expect\(fetched.*$/m, ""))).map(({ file }) => file),
  ).toEqual([]);
});

test("words: nobody is called names in code or output", () => {
  const names = new RegExp(
    `\\b(${["sus" + "pects?", "attack" + "ers?", "black" + "list\\w*", "white" + "list\\w*"].join("|")})\\b`,
    "i",
  );
  const bad = texts
    .filter(({ file }) => /^(src|bench|eval|tools|bin)\//.test(file))
    .flatMap(({ file, text }) => (names.exec(text) ? [`${file}: ${names.exec(text)?.[0]}`] : []));
  expect(bad).toEqual([]);
});

const digest = (word: string): string => createHash("sha256").update(word).digest("hex").slice(0, 12);

/** Words of nationality, origin and religion, as digests so that they do not stand here either. */
const ORIGINS: ReadonlySet<string> = new Set([
  "03b239e66e6c",
  "0b778819fc27",
  "0f9a79acd620",
  "0faa155716f5",
  "10100498111f",
  "10fa03d0f2bf",
  "17684a3307c6",
  "17a9c257ed2f",
  "1f48f6d93dba",
  "21bb36ad0638",
  "28561c6b68fc",
  "3383e4237141",
  "341cf9022a3e",
  "38e64378dcc9",
  "39107659fae4",
  "42e1eb95ac3e",
  "4342cbcc047b",
  "4558505e43ad",
  "467dda4df29b",
  "4aeaf0c480c0",
  "4b208f088b72",
  "4b918d589849",
  "4c3280c17f9d",
  "4d6d9a0739a1",
  "4e7b530349cc",
  "50c0152c2952",
  "516382d040a9",
  "543ab4cf9dc7",
  "5763a577d8c5",
  "5785720ba5a4",
  "59ae856cd788",
  "5c86f5a8ea4a",
  "5c8f52ca2896",
  "60282ac91635",
  "6f0831d7a692",
  "74f6f1d101ad",
  "7505960bf87b",
  "76201e78aca7",
  "77173ace11f1",
  "78493465ddbe",
  "7bf6310668d4",
  "8382b57bf373",
  "856f08f94e33",
  "87d8ab25d296",
  "8a741eb9c892",
  "8d7d5397f884",
  "8e07df26128d",
  "8eadb30fefec",
  "8fec2c20d45d",
  "90a6d53df47e",
  "925181ce8f8b",
  "950662956e75",
  "9c9b13446cd9",
  "9dd198e5fff6",
  "9e818197002a",
  "aa304b5d1d72",
  "ad1d0a33d147",
  "b116c99a2c11",
  "b3250e19d643",
  "b35fcf537ca2",
  "ba36afbec22c",
  "c59713cd6eb3",
  "c77f4717f193",
  "c8b2c8a3ed9b",
  "ccb36736d872",
  "ccf0c9b588e0",
  "d4328f17fc46",
  "daf2bcac582f",
  "ddc919bea86b",
  "df487b159aee",
  "df59c257785d",
  "e2d3b41db956",
  "e325387948af",
  "e35fbb1a86bc",
  "e39cf4518fca",
  "e6deb10a6558",
  "eafd51205382",
  "eb119ea6c963",
  "ec4288df11e4",
  "f32b1d70bb91",
  "f7bab6b255bf",
  "fa7418ee0592",
  "fb54e9062429",
  "fb7808485f75",
  "fb9ebf18103e",
]);
