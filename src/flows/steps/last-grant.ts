import type { KnownSections } from "../../dossier/collect.ts";
import { present } from "../../dossier/dossier.ts";
import type { AccountId, RepositoryId } from "../../ids.ts";
import type { Report, TenantStore } from "../../store/store.ts";

/**
 * The newest grant of an account on a repository that a report was about, dated as it was read then, and as long as that
 * report's evidence is kept. No request.
 */
export async function lastGrant(
  tenant: Pick<TenantStore, "reportsOfHolder">,
  account: AccountId,
  repository: RepositoryId,
): Promise<KnownSections> {
  const found = (await tenant.reportsOfHolder(repository, account)).flatMap(grantIn);
  const [newest] = found.toSorted((a, b) => (a.grant.grantedAt < b.grant.grantedAt ? 1 : -1));
  return newest === undefined ? {} : { "access.lastGrant": present(newest.grant, newest.asOf) };
}

function grantIn({ dossier: { sections }, evidenceErased }: Report) {
  const grant = sections["access.grant"];
  const record = sections["access.recordHere"];
  if (evidenceErased || grant.state !== "present" || record.state !== "present") return [];
  const { role, previousRole, grantedAt, ssoLinked } = grant.value;
  return [{ grant: { role, previousRole, grantedAt, ssoLinked, record: record.value }, asOf: grant.asOf }];
}
