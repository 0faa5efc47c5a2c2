import type { Step } from "../workflow.ts";

const DOWNLOADING = new Set([
  "dawidd6/action-download-artifact",
  "aochmann/actions-download-artifact",
  "blablacar/action-download-last-artifact",
  "bettermarks/action-artifact-download",
]);

/** True of a step that downloads an artifact of another run; those of the same run are its own. */
export function downloads({ uses, run, with: inputs }: Step): boolean {
  if (uses?.target === "actions/download-artifact") return inputs.some(({ name }) => name === "run-id");
  if (uses && DOWNLOADING.has(uses.target)) return true;
  const texts = [run, ...inputs.map(({ value }) => value)].flatMap((text) => (text ? [text.text] : []));
  return texts.some((text) =>
    /\bgh\s{1,8}run\s{1,8}download\b|downloadArtifact\b|listWorkflowRunArtifacts\b|\/artifacts\/[^\s]{1,80}\/zip\b/.test(
      text,
    ),
  );
}

/** A command that takes in what a file holds. */
export const READS_FILE = /(?:^|[\s|(`])(?:cat|head|tail|grep|jq|sed|awk|tee)\s|\$\(\s{0,8}<|[^<>&\d]<\s{0,8}[\w./-]/;
