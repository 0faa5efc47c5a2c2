import type { CodeIndexRequest } from "../../../flows/code-index/keep.ts";
import type { KeptCodeIndex } from "../../../store/store.ts";
import { counted } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import type { Built } from "./build.ts";

interface Counts extends Pick<Built, "repositories" | "publicCount"> {
  readonly key: string;
  readonly keyMade: boolean;
  readonly count: number;
}

/** What was read, what is in the index, and what could not be read. */
export function builtText(
  { key, keyMade, count, publicCount, repositories }: Counts,
  { out, keyFile }: { readonly out: string; readonly keyFile: string },
): string {
  const lines = repositories.flatMap(({ path, blobCount, smallCount, sharedCount, missingCount, shallow }) => [
    ...paragraph(
      `${printable(path)}: ${counted(blobCount, "content")}, ${smallCount} too small, ${sharedCount} of tools or of everybody`,
      "  ",
    ),
    ...(shallow
      ? paragraph("older versions are missing in this clone: `git fetch --unshallow` brings them", "    ! ")
      : []),
    ...(missingCount > 0
      ? paragraph(`${counted(missingCount, "object")} not in this clone: a clone without --filter has them`, "    ! ")
      : []),
  ]);
  return `${[
    ...lines,
    ...(publicCount > 0 ? paragraph(`Public, and left out: ${publicCount}`, "") : []),
    ...paragraph(`${printable(out)}: ${counted(count, "content")} under the key ${key}`, ""),
    ...(count === 0 ? paragraph("Nothing can be found with an empty index.", "! ") : []),
    ...(keyMade ? paragraph(`${printable(keyFile)} is new. Keep it where your own people alone can read it.`, "") : []),
  ].join("\n")}\n`;
}

const DONE: Readonly<Record<CodeIndexRequest["kind"], string>> = {
  list: "",
  import: "Imported. Deep scans compare with it from now on.\n",
  remove: "Removed.\n",
};

export function keptText(did: CodeIndexRequest["kind"], indexes: readonly Omit<KeptCodeIndex, "sealedKey">[]): string {
  const kept = indexes.map(
    ({ key, count, madeAt, importedAt }) =>
      `${key}  ${counted(count, "content")}, built ${madeAt.slice(0, 10)}, imported ${importedAt.slice(0, 10)}\n`,
  );
  return `${DONE[did]}${kept.length === 0 ? "No index is kept.\n" : kept.join("")}`;
}
