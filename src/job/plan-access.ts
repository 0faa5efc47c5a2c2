import type { MemberEvent, OrganizationEvent, TrimmedEvent } from "../delivery/events.ts";
import type { InstallationId } from "../ids.ts";
import type { AccessSourceRef, Job, JobOf } from "./job.ts";

interface Context {
  readonly installationId: InstallationId;
  readonly at: string;
}

/** How long a source is left to change before it is asked about: a script that adds a team to sixty repositories is one job or few. */
const GATHER_SECONDS = 10;

function follow(source: AccessSourceRef, { installationId, at }: Context): JobOf<"follow-access"> {
  const notBefore = new Date(Date.parse(at) + GATHER_SECONDS * 1_000).toISOString();
  return { kind: "follow-access", installationId, source, notBefore };
}

/** Who has a role of their own on a repository, and what the repository is, may not be what the audit saw. */
export const followRepository = (
  { id, name }: MemberEvent["repository"],
  context: Context,
  gone = false,
): JobOf<"follow-access"> => follow({ kind: "repository", id, name, gone }, context);

/** Of a team that is gone a leaver's event names no more than the id; the event of its end names all. */
export function planTeam(
  event: Extract<TrimmedEvent, { readonly name: "membership" | "team" }>,
  context: Context,
): readonly Job[] {
  const { action, team } = event.payload;
  const { id, node_id: nodeId, slug } = team;
  if (action === "created" || nodeId === undefined || slug === undefined) return [];
  return [follow({ kind: "team", id, nodeId, slug, gone: action === "deleted" }, context)];
}

/** Whoever was invited by an address has no account yet. */
export function planOrganization(payload: OrganizationEvent, context: Context): readonly Job[] {
  const { action, user, membership } = payload;
  if (action === "member_invited") {
    if (!user) return [];
    const { id, login } = user;
    return [{ kind: "assess-invited", installationId: context.installationId, account: { id, login } }];
  }
  if ((action !== "member_added" && action !== "member_removed") || !membership?.user) return [];
  const { id, login } = membership.user;
  return [follow({ kind: "account", id, login }, context)];
}
