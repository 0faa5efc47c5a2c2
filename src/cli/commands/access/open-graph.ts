import type { ReachReport } from "./schema.ts";

type Edge = ReachReport["edges"][number];

/**
 * The same edges for BloodHound, as its OpenGraph asks for them: nodes with an id and kinds, edges with a kind and two
 * ids, properties that are plain values. Kinds begin with `Sallyport`, so that they meet no other collector's.
 */
export function openGraph(edges: Iterable<Edge>): object {
  const nodes = new Map<string, object>();
  const node = (id: string, kind: string, name: string): string => {
    if (!nodes.has(id)) nodes.set(id, { id, kinds: [kind, "SallyportNode"], properties: { name } });
    return id;
  };
  const drawn = [...edges].map(({ account, repository, branch, can, reason, via, target }) => {
    const place = node(`repository:${repository.id}`, "SallyportRepository", repository.name);
    const end =
      can === "read_secret" || can === "use_runner"
        ? node(`${place}:${can}:${target}`, can === "read_secret" ? "SallyportSecret" : "SallyportRunner", `${target}`)
        : branch === null
          ? place
          : node(`${place}:branch:${branch}`, "SallyportBranch", `${repository.name}:${branch}`);
    return {
      kind: `SallyportCan_${can}`,
      start: {
        value:
          account === null
            ? node("members", "SallyportEveryMember", "every member")
            : node(`account:${account.id}`, "SallyportAccount", account.login),
      },
      end: { value: end },
      properties: { reason, rule: target ?? "", via: via.map(({ kind, team }) => team ?? kind) },
    };
  });
  return { metadata: { source_kind: "SallyportNode" }, graph: { nodes: [...nodes.values()], edges: drawn } };
}
