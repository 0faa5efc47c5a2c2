// Compiles src/ into dist/ for `npm pack`, because Node strips no types under node_modules, and makes the empty
// database that a first start begins with.
// node tools/build-package.ts
import { execFileSync } from "node:child_process";
import { cpSync, rmSync } from "node:fs";
import { resolve } from "node:path";
import { prepareCluster } from "./prepare-cluster.ts";

const root = resolve(import.meta.dirname, "..");
const [from, to] = [resolve(root, "src"), resolve(root, "dist")];

rmSync(to, { recursive: true, force: true });
// One file after the other, without a look at types, which `npm run typecheck` does: what is written is what Node runs.
const compiler = resolve(root, "node_modules/typescript/bin/tsc");
execFileSync(process.execPath, [compiler, "--project", "tsconfig.package.json"], { cwd: root, stdio: "inherit" });
cpSync(from, to, { recursive: true, filter: (path) => !/\.(ts|md)$/.test(path) });
await prepareCluster(to);
