import { fitsGlob } from "../../policy/glob.ts";

/** A `.gitattributes` file and the folder it stands in; empty for the outermost. */
export interface AttributesFile {
  readonly folder: string;
  readonly text: string;
}

/** Which paths a repository itself calls generated or carried along, for GitHub's statistics of languages. */
export function saidGenerated(files: readonly AttributesFile[]): (path: string) => boolean {
  const matchers = files.map(({ folder, text }) => ({
    prefix: folder === "" ? "" : `${folder}/`,
    patterns: patternsIn(text),
  }));
  return (path) => {
    // Of each path by itself: a repository has millions, and none of them may use up what others need.
    const budget = { left: MAX_COMPARISONS };
    return matchers.some(
      ({ prefix, patterns }) =>
        path.startsWith(prefix) && patterns.some((pattern) => fitsGlob(path.slice(prefix.length), pattern, budget)),
    );
  };
}

/** Some hundred ordinary patterns on an ordinary path. */
const MAX_COMPARISONS = 20_000;

/** Lines of one file that are looked at. */
const MOST_LINES = 1_000;

/** Patterns as `fitsGlob` takes them; one without a slash stands for a name in any folder. */
function patternsIn(text: string): readonly string[] {
  return text
    .split("\n")
    .slice(0, MOST_LINES)
    .flatMap((line) => {
      const [pattern = "", ...attributes] = line.trim().split(/\s+/);
      const isSaid = attributes.some((each) => /^linguist-(?:generated|vendored)(?:=true)?$/.test(each));
      if (!isSaid || pattern === "" || pattern.startsWith("#") || pattern.startsWith("!")) return [];
      const path = pattern.replace(/^\/+/, "").replace(/\/+$/, "/**");
      return pattern.includes("/") ? [path] : [path, `**/${path}`];
    });
}
