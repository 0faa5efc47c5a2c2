import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { AccessSnapshot, NotChecked } from "../../../access/grant.ts";
import { type AccountKey, keyOf, type RepositoryKey } from "../../../access/keys.ts";
import type { AccessRules } from "../../../access/reach/rules-schema.ts";
import { paced } from "../../../slices.ts";
import { type Session, tokenScope } from "../transport/session.ts";
import { integer, nodesOf, pageInfo } from "../transport/shapes.ts";
import * as not from "./not-checked.ts";
import { allPages } from "./pages.ts";
import {
  type FoundProtection,
  type FoundRuleset,
  protectionOf,
  protections,
  rulesetOf,
  rulesets,
} from "./rule-shapes.ts";

/** What guards the branches of an organisation, and what of it was not shown. */
export interface OrganizationRules {
  readonly rules: AccessRules;
  readonly defaultBranches: ReadonlyMap<RepositoryKey, string>;
  readonly notChecked: readonly NotChecked[];
}

/**
 * A5: default and release branches, classic protections and rulesets of repositories that are not archived; 1 request
 * of 9 points per 20 repositories. Of a repository with more than ten of a kind nothing is said. Classic protections need Administration: read, or a token of somebody who administers the
 * repository: where they may be hidden, nothing is said about the repository, for none would read as "anybody pushes".
 */
export async function organizationRules(session: Session, owner: string): Promise<Fetched<OrganizationRules>> {
  const seesAll =
    session.asker === "token" ? null : (await tokenScope(session)).permissions.administration !== undefined;
  const found = await allPages(session, "OrgRules", {
    schema: answerShape,
    variables: { owner, admin: seesAll ?? true },
    at: ["organization"],
    page: ({ organization }) =>
      organization && {
        items: organization.repositories.nodes.filter(({ isArchived }) => !isArchived),
        pageInfo: organization.repositories.pageInfo,
      },
  });
  if (!found.ok) return found;
  const parts = emptyParts();
  const pacer = paced();
  for (const repository of found.value) {
    await pacer();
    add(parts, repository, seesAll ?? repository.viewerCanAdminister);
  }
  return { ok: true, value: whole(parts, session.asker) };
}

const branchName = z.object({ name: z.string() });
const repository = z.object({
  databaseId: integer.brand<"RepositoryId">(),
  isArchived: z.boolean(),
  viewerCanAdminister: z.boolean(),
  defaultBranchRef: branchName.nullish(),
  refs: z.object({ totalCount: integer, nodes: nodesOf(branchName) }).nullish(),
  branchProtectionRules: protections.nullish(),
  rulesets: rulesets.nullish(),
});
type Found = z.infer<typeof repository>;

const answerShape = z.object({
  organization: z
    .object({ repositories: z.object({ totalCount: integer, pageInfo, nodes: nodesOf(repository) }) })
    .nullish(),
});

interface Parts {
  readonly defaultBranches: Map<RepositoryKey, string>;
  readonly branches: { readonly repository: RepositoryKey; readonly name: string }[];
  readonly protections: { readonly repository: RepositoryKey; readonly found: FoundProtection }[];
  /** By GitHub's id: one of the organisation comes with every repository that it is about. */
  readonly rulesets: Map<string, { readonly found: FoundRuleset; readonly repositories: RepositoryKey[] }>;
  readonly unread: RepositoryKey[];
  branchesUnread: number;
}

const emptyParts = (): Parts => ({
  ...{ defaultBranches: new Map(), branches: [], protections: [], rulesets: new Map(), unread: [], branchesUnread: 0 },
});

function add(parts: Parts, found: Found, seesProtections: boolean): void {
  const id = keyOf(found.databaseId);
  const { defaultBranchRef, refs, branchProtectionRules, rulesets: sets } = found;
  if (defaultBranchRef) parts.defaultBranches.set(id, defaultBranchRef.name);
  for (const { name } of refs?.nodes ?? [])
    if (RELEASE.test(name) && name !== defaultBranchRef?.name) parts.branches.push({ repository: id, name });
  if (!refs || refs.totalCount > refs.nodes.length) parts.branchesUnread += 1;
  const isWhole =
    seesProtections &&
    branchProtectionRules != null &&
    sets != null &&
    [branchProtectionRules, sets].every(isShownWhole) &&
    branchProtectionRules.nodes.every((each) => isShownWhole(each.pushAllowances)) &&
    branchProtectionRules.nodes.every((each) => isShownWhole(each.bypassPullRequestAllowances)) &&
    sets.nodes.every(({ rules, bypassActors }) => isShownWhole(rules) && (!bypassActors || isShownWhole(bypassActors)));
  if (!isWhole) {
    parts.unread.push(id);
    return;
  }
  for (const each of branchProtectionRules.nodes) parts.protections.push({ repository: id, found: each });
  for (const each of sets.nodes) {
    const known = parts.rulesets.get(each.id);
    if (known === undefined) parts.rulesets.set(each.id, { found: each, repositories: [id] });
    else known.repositories.push(id);
  }
}

const isShownWhole = ({ totalCount, nodes }: { readonly totalCount: number; readonly nodes: readonly unknown[] }) =>
  totalCount === nodes.length;

/** The rules as far as they are about what the graph has: somebody without access passes no rule. */
export function fittedTo(
  { protections = [], rulesets: sets = [], branches = [], rulesUnread = [] }: AccessRules,
  { accounts, repositories }: Pick<AccessSnapshot, "accounts" | "repositories">,
): AccessRules {
  const people = new Set(accounts.map(({ id }) => id));
  const places = new Set(repositories.map(({ id }) => id));
  const isKnown = (who: { readonly kind: string; readonly account?: AccountKey }): boolean =>
    who.account === undefined || people.has(who.account);
  return {
    branches: branches.filter((each) => places.has(each.repository)),
    protections: protections
      .filter((each) => places.has(each.repository))
      .map(({ pushAllowances = [], bypassPullRequestAllowances = [], ...rest }) => ({
        ...rest,
        pushAllowances: pushAllowances.filter(isKnown),
        bypassPullRequestAllowances: bypassPullRequestAllowances.filter(isKnown),
      })),
    rulesets: sets.map((each) => ({
      ...each,
      repositories: each.repositories === "all" ? "all" : each.repositories.filter((id) => places.has(id)),
      bypass: each.bypass.filter(({ who }) => isKnown(who)),
    })),
    rulesUnread: rulesUnread.filter((id) => places.has(id)),
  };
}

/** Branches that releases are made from, as most projects call them. */
const RELEASE = /^releases?(?:[/-]|$)/;

function whole(parts: Parts, asker: Session["asker"]): OrganizationRules {
  const sets = [...parts.rulesets.values()];
  return {
    rules: {
      branches: parts.branches,
      protections: parts.protections.map(({ repository: id, found }) => protectionOf(id, found)),
      rulesets: sets.map(({ found, repositories }) => rulesetOf(found, repositories)),
      rulesUnread: parts.unread,
    },
    defaultBranches: parts.defaultBranches,
    notChecked: [
      ...not.rulesUnread(parts.unread.length, asker),
      ...not.branchesUnread(parts.branchesUnread),
      ...not.bypassUnread(sets.filter(({ found }) => !found.bypassActors).length),
    ],
  };
}
