import type { Fetched } from "../../../absence.ts";
import type { BesideGrants } from "../../../access/beside-grants/schema.ts";
import type { AccessRepository, NotChecked } from "../../../access/grant.ts";
import type { AccessRules, Environment } from "../../../access/reach/rules-schema.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { type Session, tokenScope } from "../transport/session.ts";
import { labelOf } from "../transport/shapes.ts";
import { everyPage } from "./every-page.ts";
import * as not from "./settings-gaps.ts";

/** What single repositories have set up. */
export interface RepositorySettings {
  readonly beside: Pick<BesideGrants, "repositoryInvitations">;
  readonly secrets: NonNullable<AccessRules["secrets"]>;
  readonly environments: AccessRules["environments"];
  /** Those of the sources that may be looked at at all. */
  readonly asked: readonly RepositorySource[];
  readonly notChecked: readonly NotChecked[];
}

export type RepositorySource = "repositoryInvitations" | "environments" | "repositorySecrets" | "environmentSecrets";

interface Place {
  readonly owner: string;
  readonly repo: string;
  readonly id: AccessRepository["id"];
}

/**
 * Invitations, environments and names of secrets of each of `repositories`: 3 requests, and 1 or 2 for each environment.
 * What is not shown of a repository is counted and said; what the App has no permission for is not asked.
 */
export async function repositorySettings(
  session: Session,
  owner: string,
  repositories: readonly AccessRepository[],
  sources: readonly RepositorySource[],
): Promise<Fetched<RepositorySettings>> {
  const permitted = session.asker === "token" ? null : (await tokenScope(session)).permissions;
  const asked = sources.filter((each) => permitted === null || permitted[not.SETTINGS[each].permission] !== undefined);
  const invitations: NonNullable<BesideGrants["repositoryInvitations"]>[number][] = [];
  const secrets: RepositorySettings["secrets"][number][] = [];
  const environments: Environment[] = [];
  const unread = new Map<RepositorySource, number>();
  /** What a repository has, or nothing where it may not be looked at; a failure is the whole's. */
  async function part<T>(
    source: RepositorySource,
    read: () => Promise<Fetched<readonly T[]>>,
  ): Promise<Fetched<readonly T[]>> {
    if (!asked.includes(source)) return { ok: true, value: [] };
    const answer = await read();
    if (answer.ok || !not.isRefusal(answer.reason)) return answer;
    unread.set(source, (unread.get(source) ?? 0) + 1);
    return { ok: true, value: [] };
  }
  for (const { id, name: repo } of repositories) {
    const place: Place = { owner, repo, id };
    const invited = await part("repositoryInvitations", () =>
      everyPage(session, ENDPOINTS.repositoryInvitations, at(place)),
    );
    if (!invited.ok) return invited;
    for (const { invitee, permissions: role, created_at: invitedAt, expired } of invited.value)
      if (role !== null && expired !== true)
        invitations.push({ repository: id, login: invitee?.login ?? null, role, invitedAt });
    const own = await part("repositorySecrets", () => everyPage(session, ENDPOINTS.repositorySecrets, at(place)));
    if (!own.ok) return own;
    for (const { name } of own.value) secrets.push({ name: labelOf(name), scope: "repository", repositories: [id] });
    const found = await part("environments", () => environmentsOf(session, place));
    if (!found.ok) return found;
    environments.push(...found.value);
    for (const { name: environment } of found.value) {
      const theirs = await part("environmentSecrets", () =>
        everyPage(session, ENDPOINTS.environmentSecrets, { ...at(place), environment_name: environment }),
      );
      if (!theirs.ok) return theirs;
      for (const { name } of theirs.value)
        secrets.push({ name: labelOf(name), scope: "environment", repositories: [id], environment });
    }
  }
  return {
    ok: true,
    value: {
      beside: asked.includes("repositoryInvitations") ? { repositoryInvitations: invitations } : {},
      secrets,
      environments: asked.includes("environments") ? environments : undefined,
      asked,
      notChecked: [
        ...sources.filter((each) => !asked.includes(each)).map((each) => not.settingsRefused(each, session.asker)),
        ...[...unread].map(([source, count]) => not.settingsUnread(source, count, session.asker)),
      ],
    },
  };
}

const at = ({ owner, repo }: Place) => ({ owner, repo });

/** Environments with the branches that may deploy to each: 1 request, and 1 for each that names patterns. */
async function environmentsOf(session: Session, place: Place): Promise<Fetched<readonly Environment[]>> {
  const found = await everyPage(session, ENDPOINTS.environments, at(place));
  if (!found.ok) return found;
  const environments: Environment[] = [];
  for (const { name, protection_rules: rules, deployment_branch_policy: policy } of found.value) {
    const about = { repository: place.id, name: labelOf(name) };
    const reviewers = (rules ?? []).some(({ type }) => type === "required_reviewers");
    if (policy == null || policy.protected_branches) {
      environments.push({ ...about, reviewers, branches: policy == null ? "all" : "protected" });
      continue;
    }
    const branches = await everyPage(session, ENDPOINTS.environmentBranches, {
      ...at(place),
      environment_name: name,
    });
    if (!branches.ok) return branches;
    const patterns = branches.value.filter(({ type }) => type !== "tag").map(({ name: pattern }) => labelOf(pattern));
    environments.push({ ...about, reviewers, branches: patterns });
  }
  return { ok: true, value: environments };
}
