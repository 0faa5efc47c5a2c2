import type { Fetched } from "../../../absence.ts";
import type { AccessRepository, NotChecked } from "../../../access/grant.ts";
import { type AccessRules, FORK_APPROVALS } from "../../../access/reach/rules-schema.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { read, type Session, tokenScope } from "../transport/session.ts";
import * as not from "./settings-gaps.ts";

/** Repositories that are asked about, 1 request each. */
const MAX_ASKED = 50;

/**
 * Whose first pull request from a fork waits for somebody's yes before it runs, of public repositories whose work a
 * self-hosted runner takes: elsewhere nothing hangs on it. Needs Administration: read.
 */
export async function forkApprovals(
  session: Session,
  owner: string,
  { active, runners }: { readonly active: readonly AccessRepository[]; readonly runners: AccessRules["runners"] },
): Promise<
  Fetched<{ readonly actions?: NonNullable<AccessRules["actions"]>; readonly notChecked: readonly NotChecked[] }>
> {
  const reached = reachedBy(runners ?? []);
  const all = active.filter(({ id, visibility }) => visibility === "public" && reached(id));
  if (all.length === 0) return { ok: true, value: { notChecked: [] } };
  const mayAsk = session.asker === "token" || (await tokenScope(session)).permissions.administration !== undefined;
  if (!mayAsk) return { ok: true, value: { notChecked: [not.settingsRefused("forkApprovals", session.asker)] } };
  const actions: NonNullable<AccessRules["actions"]>[number][] = [];
  let unread = 0;
  for (const { id: repository, name: repo } of all.slice(0, MAX_ASKED)) {
    const answer = await read(session, ENDPOINTS.forkApproval, { owner, repo });
    if (!answer.ok && !not.isRefusal(answer.reason)) return answer;
    const forkApproval = FORK_APPROVALS.find((word) => answer.ok && word === answer.value.approval_policy);
    if (forkApproval === undefined) unread += 1;
    else actions.push({ repository, forkApproval });
  }
  return {
    ok: true,
    value: {
      actions,
      notChecked: [
        ...(unread > 0 ? [not.settingsUnread("forkApprovals", unread, session.asker)] : []),
        ...not.forkApprovalsBeyond(all.length - MAX_ASKED, MAX_ASKED),
      ],
    },
  };
}

function reachedBy(runners: NonNullable<AccessRules["runners"]>): (id: AccessRepository["id"]) => boolean {
  if (runners.some(({ repositories }) => repositories === "all")) return () => true;
  const listed = new Set(runners.flatMap(({ repositories }) => (repositories === "all" ? [] : repositories)));
  return (id) => listed.has(id);
}
