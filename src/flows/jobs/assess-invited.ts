import { effectiveAccess } from "../../access/effective.ts";
import type { InvitedRole } from "../../access/invitation.ts";
import { keyOf } from "../../access/keys.ts";
import { type LiveTeam, liveAccess, withLive } from "../../access/live/live.ts";
import { required } from "../../errors.ts";
import type { JobOf } from "../../job/job.ts";
import type { Outcome } from "../../job/outcome.ts";
import { assessAccess, placeOf } from "../steps/assess-access.ts";
import { DONE, enterTenancy, type FlowContext, INSTALLATION_UNKNOWN, type Tenancy } from "../steps/context.ts";

/** Teams of an invitation that are asked about, 1 request each. */
const MAX_TEAMS = 10;

/**
 * Assesses somebody who was invited to the organisation with what it will hold once it accepts, so that what was found is
 * there before. The account is its id: of the invitation the login of today decides. Cost: 2 requests (1 more per 100
 * invitations), 1 for the list of its teams and 1 for each of at most 10, and 4 to 7 where it would write.
 */
export async function assessInvitedFlow(context: FlowContext, job: JobOf<"assess-invited">): Promise<Outcome> {
  const tenancy = await enterTenancy(context, job.installationId);
  if (tenancy === null) return INSTALLATION_UNKNOWN;
  const { tenant, gateway, installation } = tenancy;
  const now = context.clock.now();
  const { account, notBefore } = job;
  if (notBefore !== undefined && now < notBefore)
    return { kind: "snooze", until: notBefore, because: "share of the budget" };
  const login = required("account", await gateway.loginOf(account.id));
  const { accountLogin: organization } = installation;
  const invitation = required("invitations", await gateway.invitationOf({ organization, login }));
  const becomes = invitation && BECOMES[invitation.role];
  if (!invitation || !becomes) return NOT_INVITED;
  const { role, inviterId: by, invitedAt: at } = invitation;
  if (by !== null) await tenant.recordReferral({ account: account.id, by, repository: null, role, at });
  const before = await tenant.rolesOf(account.id, null, becomes);
  if (before === null) return NO_AUDIT;
  const person = { id: keyOf(account.id), login };
  const teams = await teamsOf(tenancy, invitation.teamNodeIds);
  const sources = [
    { kind: "account", standing: becomes, askedAt: now, ...person } as const,
    ...teams.map((team) => ({ ...team, members: [person], askedAt: now })),
  ];
  const access = effectiveAccess(withLive(before, liveAccess(sources)));
  const place = placeOf(access, person.id);
  if (place === null) return WRITES_NOWHERE;
  await assessAccess(context, tenancy, job, { place, access });
  return DONE;
}

const NOT_INVITED = { kind: "cancelled", because: "no invitation waits that gives access to code" } as const;
const NO_AUDIT = { kind: "cancelled", because: "no audit yet, and the first one sees it" } as const;
const WRITES_NOWHERE = { kind: "cancelled", because: "invitation gives less than write" } as const;

/** What it was before GitHub does not say; it will be a member at least. */
const BECOMES: Readonly<Record<InvitedRole, "owner" | "member" | null>> = {
  owner: "owner",
  former_role: "member",
  member: "member",
  billing_manager: null,
  other: null,
};

async function teamsOf({ gateway, installation }: Tenancy, nodeIds: readonly string[]) {
  const found: Omit<LiveTeam, "askedAt">[] = [];
  const { accountLogin: organization } = installation;
  for (const nodeId of nodeIds.slice(0, MAX_TEAMS))
    found.push(...required("team", await gateway.teamAccess({ nodeId, organization })));
  return found;
}
