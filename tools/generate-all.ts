/** Writes everything that is generated, or with `--check` says what is out of date: `npm run generated`. */
import { spawnSync } from "node:child_process";

const results = ["generate-catalog", "generate-references", "generate-schemas", "generate-zones"].map((name) =>
  spawnSync(process.execPath, [new URL(`${name}.ts`, import.meta.url).pathname, ...process.argv.slice(2)], {
    stdio: "inherit",
  }),
);
process.exitCode = results.every(({ status }) => status === 0) ? 0 : 1;
