import type { Integrity } from "./contract.ts";

/** From weakest to strongest; what is not listed can be compared with nothing. */
const STRENGTH = ["md5", "sha1", "sha224", "sha256", "sha384", "sha512"];

/** Hashes as in Subresource Integrity (`sha512-…`, several with blanks between) or with a colon (`sha256:…`). */
export function hashesOf(written: string | null): readonly Integrity[] {
  return (written ?? "").split(/\s+/).flatMap((part) => {
    const [, algorithm, value] = /^([A-Za-z]\w*)[-:](.+)$/.exec(part) ?? [];
    return algorithm === undefined || value === undefined ? [] : [{ algorithm: algorithm.toLowerCase(), value }];
  });
}

export type HashChange = "same" | "added" | "removed" | "weaker" | "other" | "unknown";

/** What became of the hashes of one and the same package file. */
export function hashChange(before: readonly Integrity[], after: readonly Integrity[]): HashChange {
  if (before.length === 0) return after.length === 0 ? "same" : "added";
  if (after.length === 0) return "removed";
  const common = after.filter(({ algorithm }) => before.some((known) => known.algorithm === algorithm));
  if (common.length === 0) return strongest(after) < strongest(before) ? "weaker" : "unknown";
  // A release may get further files; that one known hash is still there shows that it is the same release.
  return common.some(({ algorithm, value }) =>
    before.some((known) => known.algorithm === algorithm && known.value === value),
  )
    ? "same"
    : "other";
}

const strongest = (hashes: readonly Integrity[]): number => {
  const known = hashes.map(({ algorithm }) => STRENGTH.indexOf(algorithm)).filter((index) => index >= 0);
  return known.length === 0 ? Number.NaN : Math.max(...known);
};
