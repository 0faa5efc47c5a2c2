import { IGNORABLE } from "../characters.ts";

/** What other projects wrote and this one carries along. */
export const isVendored = (path: string): boolean =>
  /(^|\/)(?:vendor|third_party|third-party|node_modules|bower_components)\//i.test(path);

/** A file of tests by its own name, which says more than the folder it stands in. */
export const isTestFile = (path: string): boolean =>
  /(?:^|\/)test_[^/]{1,100}\.py$|[._-](?:test|spec)s?\.\w{1,5}$|Tests?\.(?:java|kt|cs|php|scala|swift)$|_(?:test|spec)\.(?:go|rb|exs?|dart|cc|cpp|c|py)$/.test(
    path,
  );

const UNSEEN = new RegExp(`[${IGNORABLE}]`, "gu");

/**
 * A path as file systems find it that take several writings of a name for one, in small letters: in any case (the long s
 * and the sign of kelvin fold as well), without characters that nobody sees, without dots or blanks at the end of a name,
 * without the name of a stream, backslashes as slashes.
 */
export function foldedPath(path: string): string {
  const found = /[^ -~]/.test(path) ? path.normalize("NFKC").replace(UNSEEN, "") : path;
  const lowered = found.toUpperCase().toLowerCase();
  return /[\\:]|[. ](?:\/|$)/.test(lowered)
    ? lowered
        .split(/[\\/]/)
        .map((name) => (/^\.{1,2}$/.test(name) ? name : name.replace(/:.*$/, "").replace(/[. ]{1,20}$/, "")))
        .join("/")
    : lowered;
}
