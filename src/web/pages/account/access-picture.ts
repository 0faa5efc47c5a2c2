import type { EffectiveAccess, Held, Holder, Source } from "../../../access/effective.ts";
import { type AccessSnapshot, canWrite, type Role, roleRank } from "../../../access/grant.ts";
import type { AccountKey, RepositoryKey } from "../../../access/keys.ts";
import { compareText } from "../../../access/text-order.ts";
import { type AccessMap, accessMap, type MapEdge, type MapNode } from "../../charts/access-map.ts";
import { type Html, html } from "../../html.ts";
import { counted } from "../../wording.ts";

/** Boxes of one picture; what is beyond is counted. */
const MAX_NODES = 40;
const MAX_PATHS = 12;

/** One way from an account to a repository. */
interface Way {
  readonly account: string;
  readonly source: Source;
  readonly repository: string;
  readonly role: Role;
}

/** What one account holds, by what, on which repositories. */
export function pictureOfAccount(access: EffectiveAccess, account: AccountKey): Html | null {
  const holder = access.holders.get(account);
  if (!holder) return null;
  const login = access.snapshot.accounts.find(({ id }) => id === account)?.login ?? account;
  const everywhere = (holder.everywhere?.sources ?? []).map(({ source, role }) => ({
    source,
    role,
    repository: EVERY_REPOSITORY,
  }));
  const own = [...holder.pairs].flatMap(([repository, held]) =>
    ownSources(held, holder).map((one) => ({ ...one, repository: access.active.get(repository)?.name ?? repository })),
  );
  const ways = [...everywhere, ...own].map((way): Way => ({ ...way, account: login }));
  return picture(ways, { fixed: "account", rest: "repository", rests: "repositories" });
}

/** Who holds what on one repository, and by what. */
export function pictureOfRepository(access: EffectiveAccess, repository: RepositoryKey): Html | null {
  const name = access.active.get(repository)?.name;
  if (name === undefined) return null;
  const logins = new Map(access.snapshot.accounts.map(({ id, login }) => [id, login]));
  const ways = [...access.holders.values()].flatMap((holder) => {
    const { account, everywhere, pairs } = holder;
    const ofAll = (everywhere?.sources ?? []).filter(({ source }) => source.kind !== "base");
    const held = pairs.get(repository);
    return [...ofAll, ...(held ? ownSources(held, holder) : [])].map(
      ({ source, role }): Way => ({ account: logins.get(account) ?? account, source, role, repository: name }),
    );
  });
  return picture([...ways, ...everyMember(access.snapshot, name)], {
    ...{ fixed: "repository", rest: "account", rests: "accounts" },
  });
}

/** What stands for all of them; drawn whatever its role is, because nothing reaches further. */
const EVERY_REPOSITORY = "every repository";
const EVERY_MEMBER = "every member";

function everyMember({ organization: { basePermission: role } }: AccessSnapshot, repository: string): readonly Way[] {
  return role === "none" ? [] : [{ account: EVERY_MEMBER, source: { kind: "base" }, role, repository }];
}

function pathWords({ kind, team }: Source): string {
  if (kind === "team") return `Team ${team ?? ""}`;
  return team === undefined ? PATH_WORDS[kind] : `${PATH_WORDS[kind]}, team ${team}`;
}

const PATH_WORDS: Readonly<Record<Exclude<Source["kind"], "team">, string>> = {
  direct: "Direct role",
  outside: "Outside collaborator",
  owner: "Ownership",
  base: "Base permission",
  organization_role: "Organisation role",
};

/** What an account has everywhere is drawn once, for all repositories. */
function ownSources({ sources }: Held, { everywhere }: Pick<Holder, "everywhere">): Held["sources"] {
  const ofAll = new Set((everywhere?.sources ?? []).map(({ source }) => pathWords(source)));
  return sources.filter(({ source }) => !ofAll.has(pathWords(source)));
}

interface About {
  /** The side that has one box. */
  readonly fixed: "account" | "repository";
  readonly rest: string;
  readonly rests: string;
}

function picture(ways: readonly Way[], about: About): Html | null {
  if (ways.length === 0) return null;
  const many = about.fixed === "account" ? "repository" : "account";
  const paths = strongestFirst(ways, ({ source }) => pathWords(source));
  const others = strongestFirst(ways, (way) => way[many]);
  const shownPaths = new Set(paths.slice(0, MAX_PATHS).map(([path]) => path));
  const shownOthers = new Map(others.slice(0, MAX_NODES - 1 - shownPaths.size));
  const drawn = ways.filter((way) => shownPaths.has(pathWords(way.source)) && shownOthers.has(way[many]));
  const named = others.filter(([name]) => name !== EVERY_REPOSITORY && name !== EVERY_MEMBER).length;
  const drawnPaths = new Set(drawn.map(({ source }) => pathWords(source)));
  const left = { paths: paths.length - drawnPaths.size, others: others.length - shownOthers.size };
  return html`<figure class="map">
    <div class="scroll" tabindex="0" role="group" aria-label="Picture of the paths">${accessMap(mapOf(drawn, { about, many, shownPaths, shownOthers }))}</div>
    <figcaption class="small">${sentence(paths.length, named, about)} ${leftOut(left, about)}
      <details><summary>The same in words</summary><ul class="paths">${inWords(drawn, many).map((text) => html`<li>${text}</li>`)}</ul></details>
    </figcaption>
  </figure>`;
}

/** Names with the strongest role of each, strongest first, then by name. */
function strongestFirst(ways: readonly Way[], nameOf: (way: Way) => string): readonly (readonly [string, Role])[] {
  const strongest = new Map<string, Role>();
  for (const way of ways) {
    const known = strongest.get(nameOf(way));
    if (known === undefined || roleRank(way.role) > roleRank(known)) strongest.set(nameOf(way), way.role);
  }
  const isAll = (name: string): number => (name === EVERY_REPOSITORY || name === EVERY_MEMBER ? 1 : 0);
  return [...strongest].sort(
    ([a, one], [b, other]) => isAll(b) - isAll(a) || roleRank(other) - roleRank(one) || compareText(a, b),
  );
}

function mapOf(
  ways: readonly Way[],
  {
    about,
    many,
    shownPaths,
    shownOthers,
  }: {
    readonly about: About;
    readonly many: "account" | "repository";
    readonly shownPaths: ReadonlySet<string>;
    readonly shownOthers: ReadonlyMap<string, Role>;
  },
): AccessMap {
  const fixed: readonly MapNode[] = [{ id: "one", label: ways[0]?.[about.fixed] ?? "" }];
  const others = [...shownOthers].map(([label, note]): MapNode => ({ id: `other ${label}`, label, note }));
  const used = new Set(ways.map(({ source }) => pathWords(source)));
  const middle = [...shownPaths]
    .filter((path) => used.has(path))
    .map((label): MapNode => ({ id: `path ${label}`, label }));
  const edges = new Map<string, MapEdge>();
  for (const way of ways) {
    const [path, other] = [`path ${pathWords(way.source)}`, `other ${way[many]}`];
    const ends =
      about.fixed === "account"
        ? [
            ["one", path],
            [path, other],
          ]
        : [
            [other, path],
            [path, "one"],
          ];
    for (const [from = "", to = ""] of ends) add(edges, { from, to, weight: weightOf(way.role) });
  }
  const columns = about.fixed === "account" ? ([fixed, middle, others] as const) : ([others, middle, fixed] as const);
  return { columns, edges: [...edges.values()] };
}

function add(edges: Map<string, MapEdge>, edge: MapEdge): void {
  const key = `${edge.from}\n${edge.to}`;
  const known = edges.get(key);
  if (known === undefined || known.weight < edge.weight) edges.set(key, edge);
}

const weightOf = (role: Role): MapEdge["weight"] => (role === "admin" ? 3 : canWrite(role) ? 2 : 1);

function sentence(paths: number, others: number, { rest, rests }: About): string {
  const reached = others > 0 ? counted(others, rest, rests) : rest === "account" ? EVERY_MEMBER : EVERY_REPOSITORY;
  return `${counted(paths, "path")} to ${reached}; the thicker a line, the more it gives.`;
}

function leftOut(
  { paths, others }: { readonly paths: number; readonly others: number },
  { rest, rests }: About,
): string {
  const parts = [...(paths > 0 ? [counted(paths, "path")] : []), ...(others > 0 ? [counted(others, rest, rests)] : [])];
  return parts.length === 0 ? "" : `Not drawn: ${parts.join(" and ")} more, the weakest.`;
}

/** One sentence for each path and role that the picture draws. */
function inWords(ways: readonly Way[], many: "account" | "repository"): readonly string[] {
  const byPath = Map.groupBy(ways, ({ source, role }) => `${pathWords(source)}: ${role}`);
  return [...byPath].map(([path, those]) => {
    const names = [...new Set(those.map((way) => way[many]))].join(", ");
    return many === "repository" ? `${path} on ${names}` : `${path} for ${names}`;
  });
}
