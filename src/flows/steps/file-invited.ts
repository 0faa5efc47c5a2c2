import type { AccessSnapshot } from "../../access/grant.ts";
import { type AccountKey, keyOf } from "../../access/keys.ts";
import { required } from "../../errors.ts";
import type { Job } from "../../job/job.ts";
import type { FlowContext, Tenancy } from "./context.ts";
import { inTime } from "./join-holders.ts";

/** Invitations that an audit looks at, gravest role first: 1 request each here, and up to 20 in its job. */
const MAX_INVITED = 50;

/**
 * Has those assessed who were invited to the organisation by their login and are not in yet. Returns their accounts: what
 * was flagged about them is no grant that went. Whoever is flagged already comes first.
 */
export async function fileInvited(
  context: FlowContext,
  { tenant, gateway, installation }: Tenancy,
  { invitations = [] }: Pick<AccessSnapshot, "invitations">,
): Promise<ReadonlySet<AccountKey>> {
  const logins = invitations.flatMap(({ login }) => (login === null ? [] : [login]));
  if (logins.length === 0) return new Set();
  const flagged = new Set((await tenant.flags("open")).map(({ login }) => login.toLowerCase()));
  const isFlagged = (login: string): boolean => flagged.has(login.toLowerCase());
  const inOrder = [...logins.filter(isFlagged), ...logins.filter((login) => !isFlagged(login))];
  const now = context.clock.now();
  const jobs: Job[] = [];
  const accounts = new Set<AccountKey>();
  for (const [place, login] of inOrder.slice(0, MAX_INVITED).entries()) {
    const found = await gateway.accountNamed(login);
    if (!found.ok && found.reason === "not_found") continue;
    // An account that could not be asked about would look as if nobody had invited it.
    const { id, login: today } = required("invited account", found);
    accounts.add(keyOf(id));
    const account = { id, login: today };
    jobs.push({ kind: "assess-invited", installationId: installation.id, account, ...inTime(place, now) });
  }
  await context.store.queue.enqueue(jobs);
  return accounts;
}
