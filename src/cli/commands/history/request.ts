import { InvalidInput, type Problem } from "../../../errors.ts";
import { REFERENCES, type ReferenceChoice } from "../../../history/read/references.ts";

/** What `sallyport history` is asked to read. */
export interface HistoryRequest {
  /** Paths and addresses, in the order in which they are given. */
  readonly places: readonly AskedPlace[];
  readonly rev: string | null;
  readonly refs: ReferenceChoice;
  /** Seconds since 1970. */
  readonly since: number | null;
  readonly top: number | null;
}

export interface AskedPlace {
  readonly place: string;
  readonly remote: boolean;
}

type Values = { readonly rev?: string; readonly refs?: string; readonly since?: string; readonly top?: string };

/** The request that arguments make; throws InvalidInput with everything that is wrong with them. */
export function requestOf(
  positionals: readonly string[],
  { rev, refs = "branches", since, top }: { [Key in keyof Values]: Values[Key] | undefined },
): HistoryRequest {
  const places = positionals.map((place) => ({ place, remote: URL_LIKE.test(place) }));
  const problems: Problem[] = [...placeProblems(places)];
  if (rev !== undefined) problems.push(...revProblems(places));
  const choice = REFERENCES.find((one) => one === refs);
  if (choice === undefined)
    problems.push(problem("--refs", "neither branches nor all", "write --refs branches or --refs all"));
  if (choice === "all" && places.some(({ remote }) => remote))
    problems.push(
      problem("--refs", "a URL is read by its branches alone", "clone it with git clone --mirror and give the path"),
    );
  const sinceMs = since === undefined ? null : millisecondsOf(since);
  if (Number.isNaN(sinceMs)) problems.push(problem("--since", "not a day or a moment", "write YYYY-MM-DD"));
  const topCount = top === undefined ? null : countOf(top);
  if (Number.isNaN(topCount) || topCount === 0)
    problems.push(problem("--top", "not a number from 1 on", "write for example --top 20"));
  if (problems.length > 0 || choice === undefined) throw new InvalidInput(problems);
  return {
    places,
    rev: rev ?? null,
    refs: choice,
    since: sinceMs === null ? null : Math.floor(sinceMs / 1_000),
    top: topCount,
  };
}

/** One table numbers its repositories in two bytes; nobody has named as many on a command line. */
const MAX_PLACES = 1_000;

function placeProblems(places: readonly AskedPlace[]): readonly Problem[] {
  if (places.length === 0 || places.some(({ place }) => place === ""))
    return [problem("sallyport history", "nothing to read", "give the path of a clone or an https URL")];
  if (places.length > MAX_PLACES)
    return [problem("sallyport history", `more than ${MAX_PLACES} repositories`, "read fewer at once")];
  const problems: Problem[] = [];
  const seen = new Set<string>();
  for (const asked of places) {
    if (asked.remote) problems.push(...urlProblems(asked.place));
    const name = comparable(asked);
    if (seen.has(name)) problems.push(problem(shown(asked), "given twice", "give each repository once"));
    seen.add(name);
  }
  return problems;
}

function revProblems(places: readonly AskedPlace[]): readonly Problem[] {
  if (places.length > 1)
    return [problem("--rev", "not with several repositories", "read them one after the other, or leave --rev out")];
  if (places.some(({ remote }) => remote))
    return [problem("--rev", "not with a URL", "clone the repository and give the path")];
  return [];
}

/** A place as it is compared with others: what may follow its name, and an address's too, is left off. */
export function comparable({ place, remote }: AskedPlace): string {
  const bare = place.replace(/\/+$/, "");
  return remote ? bare.replace(/\.git$/, "") : bare || "/";
}

/** `scheme://...`, and the form `user@host:path` that git takes for a remote as well. */
const URL_LIKE = /^[a-z][a-z0-9+.-]*:\/\/|^[^/\s]+@[^/\s]+:/i;
const DATE = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(:\d{2}(\.\d{1,3})?)?(Z|[+-]\d{2}:\d{2}))?$/;

/** NaN for what is no day of any month, too. */
function millisecondsOf(text: string): number {
  const [, day = ""] = DATE.exec(text) ?? [];
  const start = Date.parse(`${day}T00:00:00Z`);
  const exists = !Number.isNaN(start) && new Date(start).toISOString().startsWith(day);
  return exists ? Date.parse(text) : Number.NaN;
}

const countOf = (text: string): number => (/^\d{1,7}$/.test(text) ? Number(text) : Number.NaN);

function urlProblems(place: string): readonly Problem[] {
  const url = URL.canParse(place) ? new URL(place) : null;
  if (url === null || url.protocol !== "https:")
    return [problem("URL", "not an https address", "give an https URL or the path of a clone")];
  if (url.username !== "" || url.password !== "")
    return [problem("URL", "carries a name or a password", "leave it out: they would show in the list of processes")];
  return [];
}

/** An address that is refused may carry a password. */
const shown = ({ place, remote }: AskedPlace): string => (remote ? "URL" : place);

export const problem = (where: string, what: string, mend: string): Problem => ({ where, what, mend });
