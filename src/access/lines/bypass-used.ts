import { z } from "zod";
import { type EffectiveAccess, heldOn } from "../effective.ts";
import type { NotChecked } from "../grant.ts";
import type { AccountKey, RepositoryKey } from "../keys.ts";
import { compareIds, compareText } from "../text-order.ts";
import type { Exposure } from "./kinds.ts";

/** A push or a merge to which GitHub applied rules, as its list of rule suites has it. */
const ruleSuite = z.object({
  actor_id: z.int().nullish(),
  ref: z.string().max(1_000),
  repository_id: z.int(),
  result: z.enum(["pass", "fail", "bypass"]),
});

/** What `gh api` prints of rule suites: a list, or one of each page. */
export const ruleSuitesSchema = z.union([
  z.array(ruleSuite),
  z.array(z.array(ruleSuite)).transform((all) => all.flat()),
]);
export type RuleSuites = z.infer<typeof ruleSuitesSchema>;

/**
 * Who passed rules of a default or release branch by a bypass, a line for each account and repository; accounts that
 * the graph does not know, as Apps, are counted in one. What was refused, or passed all rules, is none.
 */
export function bypassesUsed(access: EffectiveAccess, suites: RuleSuites): readonly Exposure[] {
  const known = new Map(access.snapshot.accounts.map(({ id }) => [id as string, id]));
  const named = new Map<string, Exposure>();
  const strangers = new Map<RepositoryKey, Set<number>>();
  for (const { repository, actor } of guarded(access, suites).used) {
    const account = actor === null ? undefined : known.get(String(actor));
    if (account === undefined) {
      const others = strangers.get(repository) ?? new Set<number>();
      strangers.set(repository, others.add(actor ?? 0));
    } else named.set(`${account} ${repository}`, lineOf(access, repository, account));
  }
  const counted = [...strangers].map(
    ([repository, ids]): Exposure => ({ ...about(repository), account: null, accountCount: ids.size, role: "write" }),
  );
  return [...named.values(), ...counted].sort(
    (a, b) => compareText(a.account ?? "~", b.account ?? "~") || compareIds(a.repository ?? "", b.repository ?? ""),
  );
}

/** Suites of repositories whose default branch nobody looked up: they may be about it. */
export function bypassGaps(access: EffectiveAccess, suites: RuleSuites): readonly NotChecked[] {
  const { unknown } = guarded(access, suites);
  if (unknown === 0) return [];
  return [
    {
      what: "some uses of bypasses",
      because: `the default branches of their repositories are not known (${unknown})`,
      opensWith: null,
    },
  ];
}

const about = (repository: RepositoryKey) =>
  ({ kind: "acc-bypass-used", level: "medium", repository, repositoryCount: 1 }) as const;

const lineOf = (access: EffectiveAccess, repository: RepositoryKey, account: AccountKey): Exposure => ({
  ...about(repository),
  account,
  role: heldOn(access, account, repository)?.role ?? "write",
});

interface Used {
  readonly repository: RepositoryKey;
  readonly actor: number | null;
}

function guarded(
  { active, snapshot }: EffectiveAccess,
  suites: RuleSuites,
): { used: readonly Used[]; unknown: number } {
  const byNumber = new Map([...active.values()].map((repository) => [repository.id as string, repository]));
  const released = new Set((snapshot.branches ?? []).map(({ repository, name }) => `${repository} refs/heads/${name}`));
  const used: Used[] = [];
  let unknown = 0;
  for (const { result, ref, repository_id, actor_id } of suites) {
    const repository = result === "bypass" ? byNumber.get(String(repository_id)) : undefined;
    if (repository === undefined || !ref.startsWith("refs/heads/")) continue;
    const { id, defaultBranch } = repository;
    if (ref === `refs/heads/${defaultBranch}` || released.has(`${id} ${ref}`))
      used.push({ repository: id, actor: actor_id ?? null });
    else if (defaultBranch === undefined) unknown += 1;
  }
  return { used, unknown };
}
