import { higherRole, isPersonal, type Role, roleRank } from "../../dossier/role.ts";
import type { Held, Holder } from "../effective.ts";
import type { Exposure } from "./kinds.ts";

/**
 * The highest role that an account was given itself and has by a team as well, null for none: what a custom role adds
 * must come by the team too. The one rule behind the audit's count and its lines.
 */
export function coveredByTeam({ sources }: Held): Role | null {
  const teams = sources.filter(({ source }) => source.kind === "team");
  return sources
    .filter(({ source }) => isPersonal(source.kind))
    .filter((own) => teams.some((team) => roleRank(team.role) >= roleRank(own.role) && hasAll(team, own)))
    .reduce<Role | null>((highest, { role }) => higherRole(role, highest ?? role), null);
}

type Extras = Pick<Held["sources"][number], "permissions">;

const hasAll = ({ permissions: given = [] }: Extras, { permissions: wanted = [] }: Extras): boolean =>
  wanted.every((permission) => given.includes(permission));

/** Grants of one account that could go without taking anything from it. They outlive the team unseen. */
export const superfluousGrants = ({ account, pairs }: Holder): readonly Exposure[] =>
  [...pairs].flatMap(([repository, held]) => {
    const role = coveredByTeam(held);
    return role === null ? [] : [{ kind: "acc-superfluous-grant", level: "low", account, repository, role }];
  });
