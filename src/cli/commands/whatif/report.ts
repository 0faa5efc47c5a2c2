import type { AccessSnapshot } from "../../../access/grant.ts";
import { unreadRules } from "../../../access/reach/reach.ts";
import { consequencesOf, type Plan } from "../../../access/reach/what-if.ts";
import { namesIn } from "../../graph/names.ts";
import type { WhatIfReport } from "./schema.ts";

/** What a plan would change in a graph, with names beside ids. */
export function whatIfReport(snapshot: AccessSnapshot, plan: Plan): WhatIfReport {
  const names = namesIn(snapshot);
  const { roles, gone, stays, leftToOwners } = consequencesOf(snapshot, plan);
  return {
    schema: "sallyport.what-if/1",
    organization: { login: snapshot.organization.login },
    takenAt: snapshot.takenAt,
    roles: roles.map(({ account, repository, through, ...change }) => ({
      ...{ account: names.account(account), repository: names.repository(repository) },
      ...change,
      through: [...through],
    })),
    gone: gone.map(names.edge),
    stays: stays.map(names.edge),
    leftToOwners: leftToOwners.map(names.repository),
    notChecked: [...unreadRules(snapshot), ...(snapshot.notChecked ?? [])],
  };
}
