import { execFileSync } from "node:child_process";
import { cpSync, existsSync, globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, delimiter, join, resolve } from "node:path";
import { octoOrg } from "../access/graphs.ts";
import { startAppProcess } from "../support/app-process.ts";
import { afterAll, beforeAll, describe, expect, test } from "../support/jest.ts";

const root = resolve(import.meta.dirname, "../..");
const folder = mkdtempSync(join(tmpdir(), "sallyport-package-"));
const installed = join(folder, "node_modules/sallyport");
/** Programs to try it with besides this Node; `tools/node-lines.sh` finds one for each line that is in support. */
const nodes = [process.execPath, ...(process.env.SALLYPORT_TEST_NODES ?? "").split(delimiter).filter(Boolean)];

/** Packs the checkout and installs that in an empty folder, what it needs copied from here: nothing asks a registry. */
beforeAll(() => {
  npm(["pack", "--silent", "--pack-destination", folder], root);
  for (const path of neededPackages()) copyPackage(path);
  writeFileSync(join(folder, "package.json"), "{}");
  npm(["install", "--offline", "--no-audit", "--no-fund", `./${basename(packed())}`], folder);
  writeFileSync(join(folder, "access.json"), JSON.stringify(octoOrg()));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("package: carries everything that the sources read, a database to begin with, no source, no test, and no Node of its own", () => {
  const read = globSync("**/*.*", { cwd: join(root, "src") }).filter((file) => !/\.(ts|md)$/.test(file));
  expect(read.length).toBeGreaterThan(10);
  expect(read.filter((file) => !existsSync(join(installed, "dist", file)))).toEqual([]);
  expect(existsSync(join(installed, "dist/store/postgres/engine/cluster.tar.gz"))).toBe(true);
  expect(globSync("**/*.ts", { cwd: installed })).toEqual([]);
  expect(globSync("{src,test,tools,simulator,bench}", { cwd: installed })).toEqual([]);
  expect(globSync("node_modules/{,@*/}node-{bin-,}{linux,darwin,win}*", { cwd: folder })).toEqual([]);
  expect(execFileSync(join(folder, "node_modules/.bin/sallyport"), ["--version"], { encoding: "utf8" })).toBe(
    `sallyport ${manifest().version}\n`,
  );
});

describe.each(nodes)("package, installed, run by %s", (node) => {
  const run = (...argv: readonly string[]): string =>
    execFileSync(node, [join(installed, "bin/sallyport.js"), ...argv], { cwd: folder, encoding: "utf8" });

  test("--help, signals and an audit of a snapshot do their work", () => {
    expect(run("--help")).toContain("sallyport <command>");
    expect(run("signals", "chg-editor-autorun")).toContain("chg-editor-autorun");
    expect(run("audit", "--snapshot", "access.json")).toContain("octo-org · access on 2026-11-20");
  });

  test("serve answers on a database that it makes, shows its style sheet, and ends in order", async () => {
    const dataDirectory = mkdtempSync(join(folder, "data-"));
    const program = { node, main: join(installed, "bin/sallyport.js") };
    const app = startAppProcess({ appId: 1, githubHost: "127.0.0.1:9", dataDirectory, program });
    const addresses = await app.started;
    expect([addresses === null, app.errors()]).toEqual([false, ""]);
    const answers = [
      await fetch(new URL("/privacy", addresses?.webUrl)),
      await fetch(new URL("/static/sallyport.css", addresses?.webUrl)),
      await fetch(new URL("/readyz", addresses?.operationsUrl)),
    ];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200]);
    void app.end("SIGTERM");
    expect(await app.ended).toBe(0);
  });
});

const npm = (argv: readonly string[], cwd: string): string =>
  execFileSync("npm", argv, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "inherit"] });

const packed = (): string => globSync("*.tgz", { cwd: folder })[0] ?? "";

function manifest(): { readonly version: string } {
  return JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
}

interface Locked {
  readonly dev?: boolean;
  readonly devOptional?: boolean;
  /** A package of this repository. */
  readonly link?: boolean;
}

/** Where the packages stand that an install for production brings. */
function neededPackages(): readonly string[] {
  const lock: { readonly packages: Readonly<Record<string, Locked>> } = JSON.parse(
    readFileSync(join(root, "package-lock.json"), "utf8"),
  );
  return Object.entries(lock.packages)
    .filter(([path, { dev, devOptional, link }]) => path.startsWith("node_modules/") && !dev && !devOptional && !link)
    .map(([path]) => path);
}

/** A package without those inside it: each is named by itself, and some of those are for development. */
function copyPackage(path: string): void {
  const [from, to] = [join(root, path), join(folder, path)];
  if (!existsSync(from)) return;
  mkdirSync(to, { recursive: true });
  cpSync(from, to, { recursive: true, filter: (file) => file === from || basename(file) !== "node_modules" });
}
