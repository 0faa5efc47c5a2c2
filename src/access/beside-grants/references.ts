import type { Problem } from "../../errors.ts";
import { type Ids, missing } from "../reach/rule-references.ts";
import type { BesideGrants } from "./schema.ts";

/** Every account and repository of these lists that the file does not have, found as it is asked for. */
export function* besideReferenceProblems(lists: BesideGrants, ids: Ids): Generator<Problem, void> {
  for (const list of ["organizationRoles", "tokens"] as const)
    for (const [at, { account }] of (lists[list] ?? []).entries())
      if (!ids.accounts.has(account)) yield missing(`${list}[${at}].account`, "accounts");
  for (const list of ["repositoryInvitations", "deployKeys"] as const)
    for (const [at, { repository }] of (lists[list] ?? []).entries())
      if (!ids.repositories.has(repository)) yield missing(`${list}[${at}].repository`, "repositories");
}
