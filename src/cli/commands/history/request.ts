import { InvalidInput, type Problem } from "../../../errors.ts";

/** What `sallyport history` is asked to read. */
export interface Asked {
  readonly place: string;
  readonly remote: boolean;
  readonly rev: string | null;
  readonly since: number | null;
  readonly top: number | null;
}

type Values = { readonly rev?: string; readonly since?: string; readonly top?: string };

/** The request that arguments make; throws InvalidInput with everything that is wrong with them. */
export function requestOf(
  positionals: readonly string[],
  { rev, since, top }: { [Key in keyof Values]: Values[Key] | undefined },
): Asked {
  const problems: Problem[] = [];
  const [place = "", ...more] = positionals;
  if (place === "")
    problems.push(problem("sallyport history", "nothing to read", "give the path of a clone or an https URL"));
  if (more.length > 0)
    problems.push(problem("sallyport history", "more than one repository", "read them one after the other"));
  const remote = URL_LIKE.test(place);
  if (remote) problems.push(...urlProblems(place));
  if (remote && rev !== undefined)
    problems.push(problem("--rev", "not with a URL", "clone the repository and give the path"));
  const sinceMs = since === undefined ? null : millisecondsOf(since);
  if (Number.isNaN(sinceMs)) problems.push(problem("--since", "not a day or a moment", "write YYYY-MM-DD"));
  const topCount = top === undefined ? null : countOf(top);
  if (Number.isNaN(topCount) || topCount === 0)
    problems.push(problem("--top", "not a number from 1 on", "write for example --top 20"));
  if (problems.length > 0) throw new InvalidInput(problems);
  return {
    place,
    remote,
    rev: rev ?? null,
    since: sinceMs === null ? null : Math.floor(sinceMs / 1_000),
    top: topCount,
  };
}

/** `scheme://...`, and the form `user@host:path` that git takes for a remote as well. */
const URL_LIKE = /^[a-z][a-z0-9+.-]*:\/\/|^[^/\s]+@[^/\s]+:/i;
const DATE = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

const millisecondsOf = (text: string): number => (DATE.test(text) ? Date.parse(text) : Number.NaN);
const countOf = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN);

function urlProblems(place: string): readonly Problem[] {
  const url = URL.canParse(place) ? new URL(place) : null;
  if (url === null || url.protocol !== "https:")
    return [problem("URL", "not an https address", "give an https URL or the path of a clone")];
  if (url.username !== "" || url.password !== "")
    return [problem("URL", "carries a name or a password", "leave it out: they would show in the list of processes")];
  return [];
}

export const problem = (where: string, what: string, mend: string): Problem => ({ where, what, mend });
