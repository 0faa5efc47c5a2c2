import { canWrite, isPersonal, type Role, roleRank } from "../../dossier/role.ts";
import { type EffectiveAccess, effectiveAccess, effectiveRole, heldOn, type Source } from "../effective.ts";
import type { AccessSnapshot } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import type { Can, ReachEdge } from "./edge.ts";
import { reachEdges } from "./reach.ts";
import type { Ruleset } from "./rules-schema.ts";

/** A change that an owner thinks about. Nothing is changed by thinking. */
export type Plan =
  | { readonly kind: "remove"; readonly account: AccountKey }
  | {
      readonly kind: "downgrade";
      readonly account: AccountKey;
      readonly repository: RepositoryKey;
      readonly role: Role;
    }
  | { readonly kind: "protect"; readonly repository: RepositoryKey };

/** A role that would be another; `through` says what still gives the rest. */
export interface RoleChange {
  readonly account: AccountKey;
  readonly repository: RepositoryKey;
  readonly from: Role;
  /** Null for none. */
  readonly to: Role | null;
  readonly through: readonly Source[];
}

export interface Consequences {
  readonly roles: readonly RoleChange[];
  /** What could no longer be done, and what of the same accounts and repositories still could. */
  readonly gone: readonly ReachEdge[];
  readonly stays: readonly ReachEdge[];
  /** Repositories to which nobody but owners would write. */
  readonly leftToOwners: readonly RepositoryKey[];
}

/** What a plan would change, by the same rules as the graph itself. */
export function consequencesOf(snapshot: AccessSnapshot, plan: Plan): Consequences {
  const before = effectiveAccess(snapshot);
  const after = effectiveAccess(planned(snapshot, plan));
  const question =
    plan.kind === "remove"
      ? { account: plan.account, repository: null }
      : { account: plan.kind === "protect" ? null : plan.account, repository: plan.repository };
  const now = [...reachEdges(before, question)];
  const then = new Set([...reachEdges(after, question)].map(what));
  return {
    roles: plan.kind === "protect" ? [] : roleChanges(before, after, plan),
    gone: now.filter((edge) => !then.has(what(edge))),
    stays: now.filter((edge) => then.has(what(edge))),
    leftToOwners: plan.kind === "protect" ? [] : leftToOwners(before, after, plan.account),
  };
}

/** The graph as it would be. A role that a team, ownership, the organisation or its base permission gives stays: it is not the account's. */
function planned(snapshot: AccessSnapshot, plan: Plan): AccessSnapshot {
  if (plan.kind === "protect") {
    const { rulesets = [] } = snapshot;
    return { ...snapshot, rulesets: [...rulesets, reviewed(plan.repository)] };
  }
  const { account } = plan;
  if (plan.kind === "remove")
    return {
      ...snapshot,
      owners: snapshot.owners.filter((id) => id !== account),
      members: snapshot.members.filter((id) => id !== account),
      grants: snapshot.grants.filter((grant) => grant.account !== account),
      ...(snapshot.organizationRoles && {
        organizationRoles: snapshot.organizationRoles.filter((role) => role.account !== account),
      }),
      ...(snapshot.teams && {
        teams: snapshot.teams.map((team) => ({ ...team, members: team.members.filter((id) => id !== account) })),
      }),
    };
  const grants = snapshot.grants.map((grant) => {
    const isMeant = grant.account === account && grant.repository === plan.repository && isPersonal(grant.via.kind);
    if (!isMeant || roleRank(grant.role) <= roleRank(plan.role)) return grant;
    const { permissions: _, ...rest } = grant;
    return { ...rest, role: plan.role };
  });
  return { ...snapshot, grants };
}

/** One approval, of the most recent push too, on the default branch and those of releases, and nobody on its bypass list. */
const reviewed = (repository: RepositoryKey): Ruleset => ({
  ...{ name: "one approval, of the most recent push too", level: "repository", repositories: [repository] },
  ...{ target: "branch", enforcement: "active", include: ["~DEFAULT_BRANCH", "release/**/*", "releases/**/*"] },
  ...{ exclude: [], bypass: [] },
  rules: [{ type: "pull_request", approvals: 1, lastPushApproval: true }],
});

/** The reason may change and the thing stay; what code reaches it reaches from whichever branch it runs on. */
const what = ({ account, repository, branch, can, target }: ReachEdge): string =>
  JSON.stringify([account, repository, can, ABOUT_BRANCHES.has(can) ? branch : null, REACHED.has(can) ? target : null]);

const ABOUT_BRANCHES: ReadonlySet<Can> = new Set<Can>([
  "push",
  "edit_protection",
  "bypass_review",
  "approve_own_change",
]);
const REACHED: ReadonlySet<Can> = new Set<Can>(["read_secret", "use_runner"]);

type AboutAccount = Exclude<Plan, { readonly kind: "protect" }>;

function roleChanges(before: EffectiveAccess, after: EffectiveAccess, plan: AboutAccount): readonly RoleChange[] {
  const { account } = plan;
  const repositories = plan.kind === "downgrade" ? [plan.repository] : [...before.active.keys()];
  return repositories.flatMap((repository) => {
    const from = effectiveRole(before, account, repository);
    const held = heldOn(after, account, repository);
    if (from === null || (held?.role === from && plan.kind === "remove")) return [];
    const through = (held?.sources ?? []).filter(({ source }) => !isPersonal(source.kind)).map(({ source }) => source);
    return [{ account, repository, from, to: held?.role ?? null, through }];
  });
}

function leftToOwners(before: EffectiveAccess, after: EffectiveAccess, account: AccountKey): readonly RepositoryKey[] {
  const wrote = [...before.active.keys()].filter((repository) => {
    const role = effectiveRole(before, account, repository);
    return role !== null && canWrite(role);
  });
  if (wrote.length === 0) return [];
  const others = new Set<RepositoryKey>();
  const owners = new Set(after.snapshot.owners);
  for (const { account: id, everywhere, pairs } of after.holders.values()) {
    if (owners.has(id)) continue;
    if (everywhere !== null && canWrite(everywhere.role)) return [];
    for (const [repository, { role }] of pairs) if (canWrite(role)) others.add(repository);
  }
  return wrote.filter((repository) => !others.has(repository));
}
