import type { Severity } from "../../severity.ts";
import { type Around, findingIn, powerOf, type Rule, type WorkflowFinding } from "../finding.ts";
import { downloads, READS_FILE } from "../flow/artifacts.ts";
import { headFetched, headSign } from "../flow/heads.ts";
import { runsLocalCode } from "../flow/scripts.ts";
import { type Run, reachesStep } from "../runs.ts";
import { lineOf } from "../tree.ts";
import type { Lines, Step } from "../workflow.ts";

/** What a fork's run left behind, an artifact or a cache, is taken for the repository's own. */
export const artifactTrust: Rule = {
  id: "artifact-trust",
  title: "What a fork's run left is taken for one's own",
  ofRun: (run, around) => {
    const ways = run.ways.filter(({ cause, gate }) => cause === "target" && gate !== "merge");
    return ways.length === 0
      ? []
      : [...fromArtifacts({ ...run, ways }, around), ...intoCaches({ ...run, ways }, around)];
  },
};

function fromArtifacts(run: Run, around: Around): readonly WorkflowFinding[] {
  if (!run.ways.some(({ event }) => event.name === "workflow_run")) return [];
  const { steps } = run.job;
  const at = steps.findIndex((step) => downloads(step) && run.ways.some((way) => reachesStep(way, step)));
  if (at < 0) return [];
  const folder = folderOf(steps[at]);
  const use = steps
    .slice(at)
    .map((step) => useIn(step, folder))
    .find((found) => found !== null);
  if (!use) return [];
  const full: Severity = use.grave ? (powerOf(run) === "none" ? "high" : "critical") : "medium";
  return [
    findingIn("artifact-trust", run, use.lines, {
      ...{ around, severity: full, confidence: use.sure ? "high" : "medium" },
      fact: `An artifact of another run is downloaded, and ${use.what}.`,
      why: "A fork's pull request may have made that artifact, and its bytes decide what runs here with this repository's rights.",
      fine: "Unpack it into a folder of `runner.temp`, read single values from it, and check each before it is used.",
    }),
  ];
}

/**
 * Where it lands: null in the workspace itself, where it can lie over everything that is run; else its folder, whose
 * code is run only where a command names it.
 */
function folderOf(step: Step | undefined): string | null {
  const path = step?.with.find(({ name }) => name === "path")?.value.text.trim() ?? "";
  const script = step?.run?.text ?? "";
  if (path === "") return /runner\.temp|RUNNER_TEMP|\/tmp\b|mktemp/.test(script) ? "temp" : null;
  const folder = path.replace(/^\$\{\{\s{0,8}github\.workspace\s{0,8}\}\}/, "").replace(/^[./]{1,8}|\/$/g, "");
  return folder === "" ? null : folder.split("/").at(-1) || folder;
}

interface Use {
  readonly lines: Lines;
  readonly what: string;
  readonly grave: boolean;
  readonly sure: boolean;
}

function useIn({ run, uses, line, endLine }: Step, folder: string | null): Use | null {
  if (run === null)
    return uses?.kind === "local" && folder === null
      ? { lines: { line, endLine }, what: "a local action runs in the same folder", grave: true, sure: false }
      : null;
  let index = 0;
  for (const written of run.text.split("\n")) {
    const use = /^\s{0,200}#/.test(written) ? null : useOf(written, folder);
    if (use) {
      const place = lineOf(run, index + Math.max(0, written.search(/\S/)));
      return { ...use, lines: { line: place, endLine: place } };
    }
    index += written.length + 1;
  }
  return null;
}

function useOf(written: string, folder: string | null): Omit<Use, "lines"> | null {
  if (READS_FILE.test(written) && /GITHUB_(?:ENV|PATH)\b/.test(written))
    return { what: "a file is written into the environment of later steps", grave: true, sure: true };
  if (/^\s{0,200}(?:source|\.)\s{1,8}\S/.test(written)) return { what: "a file is sourced", grave: true, sure: false };
  if (runsLocalCode(written) && (folder === null || written.split(/[\s"'/=]/).includes(folder)))
    return { what: "code in the folder where it lands is run", grave: true, sure: false };
  return READS_FILE.test(written) && /GITHUB_OUTPUT\b/.test(written)
    ? { what: "a file becomes the output of a step", grave: false, sure: true }
    : null;
}

/** A cache that a fork's code can fill is restored by the default branch's own runs. */
function intoCaches(run: Run, around: Around): readonly WorkflowFinding[] {
  const { steps } = run.job;
  const reached = steps.filter((step) => run.ways.some((way) => reachesStep(way, step)));
  const head = reached.findIndex((step) => bringsHead(step, run));
  const cache = head < 0 ? undefined : steps.find(caches);
  if (!cache || !reached.some(({ run: script }) => script !== null && runsLocalCode(script.text))) return [];
  return [
    findingIn("artifact-trust", run, cache, {
      ...{ around, severity: "medium", confidence: "medium" },
      fact: "A job that runs a pull request's code saves a cache in the scope of the default branch.",
      why: "What the fork's code leaves in that cache is restored later by runs with all rights, releases among them.",
      fine: "Restore caches without saving them there (`actions/cache/restore`), or build under `pull_request`.",
    }),
  ];
}

const caches = ({ uses, with: inputs }: Step): boolean =>
  uses?.kind === "remote" &&
  ((uses.target === "actions/cache" && !uses.path.startsWith("restore")) ||
    uses.target === "swatinem/rust-cache" ||
    (/\/setup-[\w-]{1,40}$|\/gradle-build-action$/.test(uses.target) &&
      inputs.some(({ name, value }) => /^(?:bundler-)?cache$/.test(name) && !/^(?:false|)$/i.test(value.text.trim()))));

function bringsHead(step: Step, run: Run): boolean {
  const place = { run, job: run.job, step };
  const inputs = step.uses ? step.with.filter(({ name }) => name === "ref" || name === "repository") : [];
  return headFetched(step, run) !== null || inputs.some(({ value }) => headSign(value, place) === "head");
}
