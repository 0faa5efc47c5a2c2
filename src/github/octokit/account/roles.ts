import { ROLES, type Role } from "../../../dossier/role.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { read, readNamed, type Session } from "../transport/session.ts";

/** Effective role over all sources, 1 request (2 with an old token of a selection); null when there is none. */
export async function role(
  session: Session,
  { repository, login }: Parameters<InstallationGateway["role"]>[0],
): ReturnType<InstallationGateway["role"]> {
  const place = { owner: repository.owner, repo: repository.name, username: login };
  const answer = await readNamed(session, ENDPOINTS.collaboratorPermission, place);
  if (!answer.ok) return answer;
  return { ok: true, value: roleOf(answer.value.role_name, answer.value.permission) };
}

/** Standing in the organisation, 1 request. Somebody the organisation does not know has none, nor has an open invitation. */
export async function membership(
  session: Session,
  { organization, login }: Parameters<InstallationGateway["membership"]>[0],
): ReturnType<InstallationGateway["membership"]> {
  const answer = await read(session, ENDPOINTS.membership, { org: organization, username: login });
  if (!answer.ok) return answer.reason === "not_found" ? { ok: true, value: "none" } : answer;
  if (answer.value.state !== "active") return { ok: true, value: "none" };
  return { ok: true, value: answer.value.role === "admin" ? "owner" : "member" };
}

/** Whether somebody belongs to a team, 1 request. GitHub says the same of a team that is not there and of an outsider. */
export async function isInTeam(
  session: Session,
  { organization, team, login }: Parameters<InstallationGateway["isInTeam"]>[0],
): ReturnType<InstallationGateway["isInTeam"]> {
  const answer = await read(session, ENDPOINTS.teamMembership, { org: organization, team_slug: team, username: login });
  if (!answer.ok) return answer.reason === "not_found" ? { ok: true, value: false } : answer;
  return { ok: true, value: answer.value.state === "active" };
}

/**
 * A role in GitHub's words. `permission` folds maintain into write and triage into read, so the role's name comes
 * first; a custom role's name is unknown, and then `permission` is the base role it extends.
 */
export function roleOf(roleName: string | null | undefined, permission: string): Role | null {
  return known(roleName ?? "") ?? known(permission);
}

function known(name: string): Role | null {
  const lower = name.toLowerCase();
  return ROLES.find((word) => word === lower) ?? OLD_NAMES.get(lower) ?? null;
}

/** REST's names from before there were five roles. */
const OLD_NAMES: ReadonlyMap<string, Role> = new Map([
  ["pull", "read"],
  ["push", "write"],
]);
