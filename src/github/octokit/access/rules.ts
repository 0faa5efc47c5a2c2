import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { DeployKey } from "../../../access/beside-grants/schema.ts";
import type { NotChecked } from "../../../access/grant.ts";
import { keyOf, type RepositoryKey } from "../../../access/keys.ts";
import type { AccessRules } from "../../../access/reach/rules-schema.ts";
import { paced } from "../../../slices.ts";
import type { QueryName } from "../queries.ts";
import { missing, query, type Session, tokenScope } from "../transport/session.ts";
import { instant, integer, labelOf, nodesOf, pageInfo } from "../transport/shapes.ts";
import { failureAmong } from "../transport/translate.ts";
import { allPages } from "./pages.ts";
import {
  type FoundAllowances,
  type FoundProtection,
  type FoundRules,
  type FoundRuleset,
  protectionAllowances,
  protectionOf,
  protections,
  rulesetOf,
  rulesetRules,
  rulesets,
} from "./rule-shapes.ts";
import * as not from "./settings-gaps.ts";

/** What guards the branches of an organisation, and what of it was not shown. */
export interface OrganizationRules {
  readonly rules: AccessRules;
  readonly deployKeys: readonly DeployKey[];
  readonly defaultBranches: ReadonlyMap<RepositoryKey, string>;
  readonly notChecked: readonly NotChecked[];
}

/**
 * A5 to A7: default and release branches, classic protections, rulesets and deploy keys of repositories that are not
 * archived: 1 request of 2 points per 50 repositories, per 100 protections with exceptions and per 100 rulesets. Of a
 * repository with more than twenty of a kind nothing is said. Classic protections need Administration: read, or a token
 * of somebody who administers the repository: where they may be hidden, nothing is said about the repository, for none
 * would read as "anybody pushes".
 */
export async function organizationRules(
  session: Session,
  owner: string,
  active: readonly RepositoryKey[],
): Promise<Fetched<OrganizationRules>> {
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
  // What GitHub leaves out of its answer is unread, and not without rules.
  const shown = new Set(found.value.map(({ databaseId }) => keyOf(databaseId)));
  for (const id of active.filter((each) => !shown.has(each))) {
    parts.unread.push(id);
    parts.keysUnread += 1;
  }
  const inside = await insideOf(session, parts);
  return inside.ok ? { ok: true, value: whole(parts, inside.value, session.asker) } : inside;
}

const deployKey = z.object({ title: z.string(), readOnly: z.boolean(), createdAt: instant });
const branchName = z.object({ name: z.string() });
const repository = z.object({
  databaseId: integer.brand<"RepositoryId">(),
  isArchived: z.boolean(),
  viewerCanAdminister: z.boolean(),
  defaultBranchRef: branchName.nullish(),
  refs: z.object({ totalCount: integer, nodes: nodesOf(branchName) }).nullish(),
  branchProtectionRules: protections.nullish(),
  rulesets: rulesets.nullish(),
  deployKeys: z.object({ totalCount: integer, nodes: nodesOf(deployKey) }).nullish(),
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
  readonly deployKeys: { readonly repository: RepositoryKey; readonly found: z.infer<typeof deployKey> }[];
  readonly unread: RepositoryKey[];
  branchesUnread: number;
  keysUnread: number;
}

const emptyParts = (): Parts => ({
  ...{ defaultBranches: new Map(), branches: [], protections: [], rulesets: new Map(), deployKeys: [], unread: [] },
  ...{ branchesUnread: 0, keysUnread: 0 },
});

function add(parts: Parts, found: Found, seesProtections: boolean): void {
  const id = keyOf(found.databaseId);
  const { defaultBranchRef, refs, branchProtectionRules, rulesets: sets, deployKeys } = found;
  if (defaultBranchRef) parts.defaultBranches.set(id, labelOf(defaultBranchRef.name).slice(0, 200));
  for (const { name } of refs?.nodes ?? [])
    if (RELEASE.test(name) && name !== defaultBranchRef?.name)
      parts.branches.push({ repository: id, name: labelOf(name) });
  if (!refs || refs.totalCount > refs.nodes.length) parts.branchesUnread += 1;
  if (!seesProtections || !deployKeys || !isShownWhole(deployKeys)) parts.keysUnread += 1;
  else for (const each of deployKeys.nodes) parts.deployKeys.push({ repository: id, found: each });
  const isWhole = seesProtections && branchProtectionRules && sets && [branchProtectionRules, sets].every(isShownWhole);
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

/** Branches that releases are made from, as most projects call them. */
const RELEASE = /^releases?(?:[/-]|$)/;

/** What is inside the rules, by their ids. */
interface Inside {
  readonly allowances: ReadonlyMap<string, FoundAllowances>;
  readonly rules: ReadonlyMap<string, FoundRules>;
}

async function insideOf(session: Session, parts: Parts): Promise<Fetched<Inside>> {
  const excepting = parts.protections.filter(({ found }) => found.requiresApprovingReviews || found.restrictsPushes);
  const ids = excepting.map(({ found }) => found.id);
  const allowances = await byIds(session, "ProtectionAllowances", { ids, item: protectionAllowances });
  if (!allowances.ok) return allowances;
  const rules = await byIds(session, "RulesetRules", { ids: [...parts.rulesets.keys()], item: rulesetRules });
  return rules.ok ? { ok: true, value: { allowances: allowances.value, rules: rules.value } } : rules;
}

/** Most ids in one question. */
const ASKED_AT_ONCE = 100;

/** What GitHub has under each id; one that went in the meantime is left out. 1 request per 100. */
async function byIds<Item extends { readonly id: string }>(
  session: Session,
  name: QueryName,
  { ids, item }: { readonly ids: readonly string[]; readonly item: z.ZodType<Item> },
): Promise<Fetched<ReadonlyMap<string, Item>>> {
  const found = new Map<string, Item>();
  const schema = z.object({ nodes: nodesOf(item) });
  for (let from = 0; from < ids.length; from += ASKED_AT_ONCE) {
    const answer = await query(session, name, { schema, variables: { ids: ids.slice(from, from + ASKED_AT_ONCE) } });
    if (!answer.ok) return answer;
    const failed = failureAmong(answer.value.problems);
    if (failed !== null) return missing(session, name, failed);
    for (const each of answer.value.data.nodes) found.set(each.id, each);
  }
  return { ok: true, value: found };
}

function whole(parts: Parts, inside: Inside, asker: Session["asker"]): OrganizationRules {
  const unread = new Set(parts.unread);
  for (const { repository: id, found } of parts.protections) if (!isAllowanceWhole(found, inside)) unread.add(id);
  const sets: { readonly found: FoundRuleset; readonly inside: FoundRules; repositories: RepositoryKey[] }[] = [];
  for (const { found, repositories } of parts.rulesets.values()) {
    const rules = inside.rules.get(found.id);
    if (rules && isShownWhole(rules.rules) && (!rules.bypassActors || isShownWhole(rules.bypassActors)))
      sets.push({ found, inside: rules, repositories });
    else for (const id of repositories) unread.add(id);
  }
  const isRead = (id: RepositoryKey): boolean => !unread.has(id);
  return {
    rules: {
      branches: parts.branches,
      protections: parts.protections
        .filter(({ repository: id }) => isRead(id))
        .map(({ repository: id, found }) => protectionOf(id, found, inside.allowances.get(found.id))),
      rulesets: sets.map(({ found, inside: rules, repositories }) =>
        rulesetOf(found, rules, repositories.filter(isRead)),
      ),
      rulesUnread: [...unread],
    },
    deployKeys: parts.deployKeys.map(({ repository: id, found }) => ({
      ...{ repository: id, title: labelOf(found.title), readOnly: found.readOnly, createdAt: found.createdAt },
    })),
    defaultBranches: parts.defaultBranches,
    notChecked: [
      ...not.rulesUnread(unread.size, asker),
      ...not.branchesUnread(parts.branchesUnread),
      ...not.deployKeysUnread(parts.keysUnread, asker),
      ...not.bypassUnread(sets.filter(({ inside: rules }) => !rules.bypassActors).length),
    ],
  };
}

/** A protection that has room for exceptions says nothing until they are known. */
function isAllowanceWhole(found: FoundProtection, { allowances }: Inside): boolean {
  if (!found.requiresApprovingReviews && !found.restrictsPushes) return true;
  const exceptions = allowances.get(found.id);
  return (
    exceptions !== undefined &&
    isShownWhole(exceptions.pushAllowances) &&
    isShownWhole(exceptions.bypassPullRequestAllowances)
  );
}
