import { InvalidInput, type Problem } from "../../../errors.ts";
import type { AccountMap } from "../../../history/people/account-map.ts";
import { type KnownRepository, UNKNOWN_REPOSITORY } from "../../../history/people/known.ts";
import type { Io } from "../../command.ts";
import { parseJson, schemaProblems } from "../../json.ts";
import { type AskedPlace, comparable, problem } from "./request.ts";

/** What the caller says of accounts and repositories. */
export interface Told {
  readonly accounts: AccountMap["accounts"];
  /** Seconds since 1970 by account id. */
  readonly madeAt: ReadonlyMap<number, number>;
  /** One for each place, in their order. */
  readonly repositories: readonly KnownRepository[];
}

/** Reads an account map; without a path nothing is told. Throws InvalidInput with everything that is wrong in it. */
export async function readTold(path: string | undefined, places: readonly AskedPlace[], io: Io): Promise<Told> {
  if (path === undefined) return toldOf({ accounts: [] }, places, "");
  // The schema's library takes longer to load than the rest of the command.
  const { accountMapSchema } = await import("../../../history/people/account-map.ts");
  const text = await io.readFile(path);
  const parsed = accountMapSchema.safeParse(parseJson(text, path));
  if (!parsed.success) throw new InvalidInput(schemaProblems(parsed.error, { place: path, text }));
  return toldOf(parsed.data, places, path);
}

function toldOf(map: AccountMap, places: readonly AskedPlace[], file: string): Told {
  const problems = problemsIn(map, places, file);
  if (problems.length > 0) throw new InvalidInput(problems);
  const { accounts, repository, repositories = [] } = map;
  const entryOf = (asked: AskedPlace, at: number): Entry | undefined =>
    repository ?? (areNamed(repositories) ? repositories.find((entry) => isFor(entry, asked)) : repositories[at]);
  const madeAt = accounts.flatMap(({ id, createdAt }): readonly [number, number][] =>
    createdAt === undefined ? [] : [[id, Date.parse(createdAt) / 1_000]],
  );
  return {
    accounts,
    madeAt: new Map(madeAt),
    repositories: places.map((asked, at) => ({ ...knownOf(entryOf(asked, at)), id: at + 1 })),
  };
}

type Entry = NonNullable<AccountMap["repository"]>;
type NamedEntry = NonNullable<AccountMap["repositories"]>[number];

const areNamed = (entries: readonly NamedEntry[]): boolean => entries.some(({ path }) => path !== undefined);
const isFor = ({ path }: NamedEntry, asked: AskedPlace): boolean =>
  path !== undefined && comparable({ ...asked, place: path }) === comparable(asked);

/** An entry that is for no repository, or for another one than was meant, would be a fact about the wrong people. */
function problemsIn(map: AccountMap, places: readonly AskedPlace[], file: string): readonly Problem[] {
  const { repository, repositories } = map;
  const all = `${file} repositories`;
  if (repository && repositories)
    return [problem(`${file} repository`, "not beside repositories", "put it into repositories")];
  if (repository && places.length > 1)
    return [problem(`${file} repository`, `one, and ${places.length} are read`, "write repositories: [...] instead")];
  if (repositories === undefined) return [];
  if (!areNamed(repositories))
    return repositories.length === places.length
      ? []
      : [
          problem(
            all,
            `${repositories.length}, and ${places.length} are read`,
            "list all in order, or give each a path",
          ),
        ];
  return repositories.flatMap((entry, at) => {
    const where = `${all}.${at}.path`;
    if (entry.path === undefined)
      return [problem(where, "missing, while others have one", "give each a path, or none")];
    if (!places.some((asked) => isFor(entry, asked)))
      return [problem(where, "none of the repositories that are read", "write it as on the command line")];
    const isSecond = places.some(
      (asked) => isFor(entry, asked) && repositories.findIndex((one) => isFor(one, asked)) < at,
    );
    return isSecond ? [problem(where, "given twice", "keep one of them")] : [];
  });
}

const seconds = (instant: string | undefined): number | null =>
  instant === undefined ? null : Date.parse(instant) / 1_000;

function knownOf(entry: Entry | undefined): KnownRepository {
  if (entry === undefined) return UNKNOWN_REPOSITORY;
  const { ownerId = null, createdAt, pushedAt, highestNumber = null, actedIds = null, declared } = entry;
  const others = actedIds?.some((id) => id !== ownerId) ?? entry.othersActed ?? null;
  return {
    ...UNKNOWN_REPOSITORY,
    ownerId,
    createdAt: seconds(createdAt),
    pushedAt: seconds(pushedAt),
    highestNumber,
    othersActed: others,
    actedIds,
    declared,
  };
}
