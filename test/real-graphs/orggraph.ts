import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { gunzipSync } from "node:zlib";
import type { AccessSnapshot, Grant, Role } from "../../src/access/grant.ts";
import type { ExpectedCounts, Graph } from "../access/graph-cases.ts";
import { keyed, type Plain } from "../access/graphs.ts";

interface OrganizationGraph {
  readonly login: string;
  readonly owners: readonly string[];
  readonly members: readonly string[];
  readonly bots: readonly string[];
  readonly repos: readonly {
    readonly name: string;
    readonly archived: boolean;
    readonly visibility: "public" | "private";
    readonly grants: readonly {
      readonly account_hash: string;
      readonly via: "team" | "direct" | "outside";
      readonly team?: string;
      readonly permission: Role;
    }[];
  }[];
}

/** Where the shared test data lies, next to the checkout. */
const folder = resolve(import.meta.dirname, "../../../shared/data");

const load = (name: string): unknown => JSON.parse(gunzipSync(readFileSync(resolve(folder, name))).toString("utf8"));

/** The organisations of one published graph as snapshots, with the counts to reach. */
export function organizationGraphs(name: "knative" | "kubevirt"): readonly Graph[] {
  const graph = load(`orggraph-${name}.json.gz`) as { date: string; orgs: OrganizationGraph[] };
  const { orgs } = load(`orggraph-${name}.expected.json.gz`) as { orgs: Record<string, ExpectedCounts> };
  const takenAt = new Date(graph.date).toISOString();
  return graph.orgs.map((organization) => {
    const expected = orgs[organization.login];
    if (expected === undefined) throw new Error(`no expected counts for ${organization.login}`);
    return { snapshot: snapshotOf(organization, takenAt), expected };
  });
}

function snapshotOf({ login, owners, members, bots, repos }: OrganizationGraph, takenAt: string): AccessSnapshot {
  const hashes = new Set([
    ...owners,
    ...members,
    ...bots,
    ...repos.flatMap((r) => r.grants.map((g) => g.account_hash)),
  ]);
  const isBot = new Set(bots);
  return keyed<AccessSnapshot>({
    schema: "sallyport.access/1",
    takenAt,
    // As the data's README asks: the default permission is recorded there but not expanded in its counts.
    organization: { login, basePermission: "none" },
    accounts: [...hashes].map((hash) => ({ id: idOf(hash), login: hash, kind: isBot.has(hash) ? "bot" : "user" })),
    owners: owners.map(idOf),
    members: members.map(idOf),
    repositories: repos.map(({ name, archived, visibility }, at) => ({
      id: String(at + 1),
      name,
      archived,
      visibility,
    })),
    grants: repos.flatMap(({ grants }, at) =>
      grants.map(
        ({ account_hash, permission, via, team }): Plain<Grant> => ({
          account: idOf(account_hash),
          repository: String(at + 1),
          role: permission,
          via: team === undefined ? { kind: via } : { kind: via, team },
        }),
      ),
    ),
  });
}

/** The hash read as a number: ids are decimal. */
const idOf = (hash: string): string => BigInt(`0x${hash}`).toString();
