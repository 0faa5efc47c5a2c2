import type { Dossier } from "../dossier/dossier.ts";
import type { Detection, SignalMeta } from "../signals/signal.ts";

const HISTORY = "history.";
const NOT_READ = "some of its own repositories could not be read whole by the API";

/** True when only some of the account's own repositories may have been read: what was not found may be in the others. */
export function isPartlyRead({ sections }: Dossier): boolean {
  const scan = sections["history.scan"];
  // Whether all of it was read is not known either, unless nobody read anything.
  if (scan.state === "unavailable") return scan.reason !== "not_requested";
  if (scan.value.by !== "api") return false;
  return scan.value.repositories.some(({ because }) => because !== null && because !== "empty");
}

/** A detection in histories that were read in part: finding nothing there is not having looked. */
export function inPart(
  { needs, needsOneOf = [] }: Pick<SignalMeta, "needs" | "needsOneOf">,
  seen: Detection,
): Detection {
  const isHistory = (name: string): boolean => name.startsWith(HISTORY);
  if (seen.outcome === "unknown" || ![...needs, ...needsOneOf].some(isHistory)) return seen;
  if (seen.outcome === "clear" && needs.some(isHistory)) return { outcome: "unknown", because: NOT_READ };
  return { ...seen, unseen: seen.unseen ?? NOT_READ };
}
