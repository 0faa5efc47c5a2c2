import type { CodeInClone } from "../../change/code-index/found.ts";
import { type ClonedCode, type CodeLookup, OID_BYTES } from "../../change/git/cloned-code.ts";

/** Contents of all repositories together; a scan holds some fifty bytes of each. */
const MOST_CONTENTS = 1_000_000;

/**
 * What of the organisation's code is in each clone; null where it could not be compared. All of them are looked up at
 * once, because an index is read from its beginning to its end however few are asked about.
 */
export async function compareCode(
  clones: readonly (ClonedCode | null)[],
  lookup: CodeLookup,
): Promise<readonly (CodeInClone | null)[]> {
  const named: (Buffer | null)[] = [];
  let left = MOST_CONTENTS * OID_BYTES;
  for (const clone of clones) {
    const names = left > 0 ? ((await clone?.names()) ?? null) : null;
    left -= names?.length ?? 0;
    named.push(left < 0 ? null : names);
  }
  const found = await lookup(Buffer.concat(named.flatMap((names) => names ?? [])));
  const compared: (CodeInClone | null)[] = [];
  let from = 0;
  for (const [place, names] of named.entries()) {
    const count = (names?.length ?? 0) / OID_BYTES;
    const clone = clones[place];
    compared.push(names && clone ? await clone.brought(names, found.subarray(from, from + count)) : null);
    from += count;
  }
  return compared;
}
