import { keyOf } from "../../access/keys.ts";
import type { LiveAccount, LiveRepository, LiveSource } from "../../access/live/live.ts";
import type { Instant } from "../../clock.ts";
import { OperatingError, required } from "../../errors.ts";
import type { AccessSourceRef } from "../../job/job.ts";
import type { Tenancy } from "./context.ts";

type Named<Kind extends AccessSourceRef["kind"]> = Extract<AccessSourceRef, { readonly kind: Kind }>;

/**
 * What GitHub says of a source of access, of a team with those above it. Something GitHub does not have is gone only when
 * a delivery said so too: its answers lag behind its events, and a job that hears "not found" asks again.
 */
export async function askSource(
  tenancy: Tenancy,
  source: AccessSourceRef,
  askedAt: Instant,
): Promise<readonly LiveSource[]> {
  if (source.kind === "account") return [await standingOf(tenancy, source, askedAt)];
  if (source.kind === "repository") return repositoryNow(tenancy, source, askedAt);
  const { nodeId, id, slug, gone } = source;
  const { accountLogin: organization } = tenancy.installation;
  const teams = required("team", await tenancy.gateway.teamAccess({ nodeId, organization }));
  if (teams.length > 0) return teams.map((team) => ({ ...team, askedAt }));
  if (!gone) throw new OperatingError("not_found", "team: not_found");
  return [{ kind: "team", id, slug, members: [], roles: [], askedAt }];
}

async function repositoryNow(
  { gateway, installation }: Tenancy,
  { id, name, gone }: Named<"repository">,
  askedAt: Instant,
): Promise<readonly LiveRepository[]> {
  const answer = await gateway.repositoryAccess({ owner: installation.accountLogin, name });
  const about = { kind: "repository", id: keyOf(id), askedAt } as const;
  const away = { ...about, is: null, direct: null, ofOrganization: true };
  if (!answer.ok && answer.reason === "not_found" && gone) return [away];
  const { is, ownerId, direct } = required("repository", answer);
  // A name leads on to where its repository is now, or belongs to another one by now.
  if (is.id !== about.id) return gone ? [away] : [];
  if (ownerId !== installation.accountId) return [away];
  return [{ ...about, is, direct, ofOrganization: installation.accountType === "Organization" }];
}

async function standingOf(
  { gateway, installation }: Tenancy,
  { id, login: label }: Named<"account">,
  askedAt: Instant,
): Promise<LiveAccount> {
  const about = { kind: "account", id: keyOf(id), askedAt } as const;
  const login = await gateway.loginOf(id);
  if (!login.ok && login.reason === "not_found") return { ...about, login: label, standing: "none" };
  const named = required("account", login);
  const { accountLogin: organization } = installation;
  const standing = required("standing in the organisation", await gateway.membership({ organization, login: named }));
  return { ...about, login: named, standing };
}
