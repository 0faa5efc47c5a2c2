import type { ChangedFile } from "../../src/change/change.ts";
import { hunkBetween } from "../../src/change/diff/lines-between.ts";
import { manifestsOf } from "../../src/change/packages/manifests.ts";
import { rankOf, SEVERITIES, type Severity } from "../../src/change/severity.ts";
import type { Row } from "../change/packages/compared.ts";
import { file } from "./given.ts";
import { type Trick, tricks } from "./tricks.ts";
import type { Vector } from "./vector.ts";

/** A file with both its texts, as a local clone has it. */
export function whole(
  path: string,
  before: string | null,
  after: string | null,
  more: Partial<ChangedFile> = {},
): ChangedFile {
  const hunk = hunkBetween(before ?? "", after ?? "");
  const status = before === null ? "added" : after === null ? "removed" : "modified";
  return { ...file(path, [], { status, hunks: hunk === null ? [] : [hunk] }), texts: { before, after }, ...more };
}

/** The manifest of a lock file, touched by the same change. */
const besides = (path: string): readonly ChangedFile[] =>
  manifestsOf(path)
    .slice(0, 1)
    .map((manifest) => (manifest.endsWith(".json") ? whole(manifest, "{}", "{ }") : whole(manifest, "", "")));

/** Rows of the tables of package files as vectors of the signal that speaks of these kinds. */
export const packageTricks = (rows: readonly Row[], kinds: RegExp): readonly Vector[] =>
  tricks(
    rows.map(([what, path, before, after, ...expected]): Trick => {
      const own = expected.filter((each) => kinds.test(each)).map((each) => rankOf(each.split(" ")[0] as Severity));
      return [what, [whole(path, before, after), ...besides(path)], SEVERITIES[Math.max(-1, ...own)] ?? null];
    }),
  );
