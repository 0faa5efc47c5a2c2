import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { NotChecked } from "../../../access/grant.ts";
import { missing, query, type Session, tokenScope } from "../transport/session.ts";
import { problemAt } from "../transport/translate.ts";
import * as not from "./not-checked.ts";

/** What of an organisation shows itself to whoever asks. */
export interface Sight {
  /** Without it GitHub answers with public members only, which would read as everybody: then nothing is asked. */
  readonly members: boolean;
  /** True when there may be repositories that are not shown, nor counted. */
  readonly partial: boolean;
  readonly unseen: readonly NotChecked[];
}

/** How far the App's installation sees, no request while its token lives; of somebody's own token, 1 request. */
export async function sightOf(session: Session, organization: string, isPersonal: boolean): Promise<Fetched<Sight>> {
  if (session.asker === "token") return sightOfToken(session, organization, isPersonal);
  const { permissions, repositorySelection } = await tokenScope(session);
  const partial = repositorySelection !== "all";
  const members = permissions.members !== undefined;
  return { ok: true, value: { members, partial, unseen: partial ? [not.SELECTED_ONLY] : [] } };
}

async function sightOfToken(session: Session, org: string, isPersonal: boolean): Promise<Fetched<Sight>> {
  const unseen = [not.HIDDEN_FROM_TOKEN];
  if (isPersonal) return { ok: true, value: { members: false, partial: true, unseen } };
  const answer = await query(session, "ViewerInOrg", { schema: standing, variables: { org } });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  if (!data.organization) return missing(session, "ViewerInOrg", problemAt(problems, ["organization"]) ?? "not_found");
  const { viewerIsAMember: members, viewerCanAdminister: owns } = data.organization;
  const secret = members && !owns ? [not.SECRET_TEAMS] : [];
  return { ok: true, value: { members, partial: true, unseen: [...unseen, ...secret] } };
}

const standing = z.object({
  organization: z.object({ viewerIsAMember: z.boolean(), viewerCanAdminister: z.boolean() }).nullish(),
});
