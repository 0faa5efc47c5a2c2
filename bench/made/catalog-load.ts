import { execFileSync } from "node:child_process";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

export interface CatalogLoadFigures {
  /** Milliseconds of processor time from `import` until the catalogue is there, of several starts the least. */
  readonly sourcesMs: number;
  readonly packageMs: number;
}

const STARTS = 7;
const root = resolve(import.meta.dirname, "../..");

/** Reads the catalogue in a fresh process each time: once as a checkout does it, once as the installed package does. */
export function benchCatalogLoad(): CatalogLoadFigures {
  execFileSync(process.execPath, [join(root, "tools/build-package.ts")], { stdio: "inherit" });
  return {
    sourcesMs: leastMs(join(root, "src/signals/catalog.ts")),
    packageMs: leastMs(join(root, "dist/signals/catalog.js")),
  };
}

function leastMs(path: string): number {
  const program = `
    const before = process.cpuUsage();
    await import(${JSON.stringify(pathToFileURL(path).href)});
    const { user, system } = process.cpuUsage(before);
    process.stdout.write(String((user + system) / 1_000));
  `;
  const load = (): number =>
    Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { cwd: root, encoding: "utf8" }));
  return Math.min(...Array.from({ length: STARTS }, load));
}
