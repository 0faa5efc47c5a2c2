import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { expect, test } from "../support/jest.ts";

interface Locked {
  readonly version?: string;
  readonly integrity?: string;
  readonly optional?: boolean;
  readonly dev?: boolean;
  /** One of this repository's own packages. */
  readonly link?: boolean;
  readonly hasInstallScript?: boolean;
  readonly engines?: { readonly node?: string };
}

const root = resolve(import.meta.dirname, "../..");
const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
  readFileSync(resolve(root, "package-lock.json"), "utf8"),
);
const manifest: { readonly allowScripts: Readonly<Record<string, boolean>> } = JSON.parse(
  readFileSync(resolve(root, "package.json"), "utf8"),
);
const packages = Object.entries(lock.packages).filter(
  ([path, { link }]) => path.startsWith("node_modules/") && link !== true,
);
const nameOf = (path: string): string => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);

test("lockfile: every package has an integrity hash", () => {
  expect(packages.length).toBeGreaterThan(100);
  expect(packages.filter(([, { integrity }]) => !integrity?.startsWith("sha512-")).map(([path]) => path)).toEqual([]);
});

test("lockfile: packages with an install script are named in allowScripts, and denied", () => {
  const scripted = packages.filter(([, { hasInstallScript }]) => hasInstallScript).map(([path]) => nameOf(path));
  // fsevents exists for macOS alone and is never installed elsewhere.
  const denied = scripted.filter((name) => name !== "fsevents");
  expect(denied.filter((name) => manifest.allowScripts[name] !== false)).toEqual([]);
});

test("lockfile: no install for production brings a Node, and a checkout brings one", () => {
  const nodes = packages.filter(([path]) => /^node-(bin-)?(linux|darwin|win)/.test(nameOf(path)));
  expect(nodes.length).toBeGreaterThan(3);
  expect(nodes.filter(([, { dev }]) => dev !== true).map(([path]) => path)).toEqual([]);
});

test("lockfile: no optional package refuses Node 20, because npm would then leave it out without a word", () => {
  const refuses = packages.filter(
    ([path, { optional, engines }]) =>
      optional && !nameOf(path).startsWith("node-") && /^\s*>=\s*(2[1-9]|[3-9]\d)/.test(engines?.node ?? ""),
  );
  expect(refuses.map(([path]) => path)).toEqual([]);
});
