import type { ChangedFile } from "../../src/change/change.ts";
import { file } from "./given.ts";

/** A workflow with both sides whole, as a clone shows it; its lines are all new, so that places are those of the new side. */
export function workflow(before: string | null, after: string, path = ".github/workflows/ci.yml"): ChangedFile {
  const lines = after.split("\n").map((line) => `+${line}`);
  const status = before === null ? "added" : "modified";
  return file(path, lines, { status, texts: { before, after } });
}

/** A small workflow: triggers, blocks at the top, one job with these lines and steps. */
export const flow = ({
  on = "push",
  top = "",
  job = "",
  steps = "      - run: make",
}: Partial<Record<"on" | "top" | "job" | "steps", string>> = {}): string =>
  `on: ${on}\n${top === "" ? "" : `${top}\n`}jobs:\n  build:\n    runs-on: ubuntu-latest\n${job === "" ? "" : `    ${job}\n`}    steps:\n${steps}\n`;
