import type { Instant } from "../clock.ts";
import { InvalidInput } from "../errors.ts";
import type { InstallationGateway } from "../github/gateway.ts";
import type { AccountId } from "../ids.ts";
import type { Installation, KeptIndicator, Queue, TenantStore } from "../store/store.ts";

export interface IntelContext {
  readonly installation: Installation;
  readonly tenant: TenantStore;
  readonly queue: Pick<Queue, "enqueue">;
  /** Null without an App: then only entries by number can be taken in. */
  readonly github: {
    readonly gateway: () => Promise<Pick<InstallationGateway, "accountSince">>;
    readonly hashKey: string;
  } | null;
  readonly now: Instant;
}

/** What is asked of lists that were taken in. */
export type ListsRequest =
  | { readonly kind: "list" }
  /** All but what is marked red, and but hashes, which mean nothing elsewhere. */
  | { readonly kind: "export" }
  | {
      readonly kind: "revoke";
      readonly which: { readonly id: number } | { readonly source: string };
      readonly reason: string;
    };

/** Lists entries, hands them out or takes them back; those that are meant. Throws InvalidInput where there is none to take back. */
export async function lists(context: IntelContext, act: ListsRequest): Promise<readonly KeptIndicator[]> {
  const { tenant, now } = context;
  if (act.kind === "revoke") return revoke(context, act);
  const all = await tenant.indicators(now);
  if (act.kind === "list") return all;
  await tenant.addToTrail({ at: now, actorId: null, act: "intel.exported", target: "lists", reason: null });
  return all.filter(({ tlp, emailHash }) => tlp !== "red" && emailHash === null);
}

async function revoke(
  context: IntelContext,
  { which, reason }: Extract<ListsRequest, { kind: "revoke" }>,
): Promise<readonly KeptIndicator[]> {
  const { tenant, now: at } = context;
  const gone = await tenant.revokeIndicators(which, { reason, at });
  const [first] = gone;
  if (!first) {
    const where = "id" in which ? `entry ${which.id}` : `--source ${which.source}`;
    throw new InvalidInput([{ where, what: "nothing of it stands", mend: "see what stands with `intel list`" }]);
  }
  const target =
    "source" in which ? `list:${which.source}` : first.account === null ? "lists" : `account:${first.account}`;
  await tenant.addToTrail({ at, actorId: null, act: "indicator.revoked", target, reason });
  await lookAgain(
    context,
    gone.flatMap(({ account }) => account ?? []),
  );
  return gone;
}

/** Accounts whose names one statement asks for. */
const BATCH = 5_000;

/** Has those looked at again that anything here knows. */
export async function lookAgain(
  { tenant, queue, installation }: IntelContext,
  accounts: readonly AccountId[],
): Promise<void> {
  const all = [...new Set(accounts)];
  for (let from = 0; from < all.length; from += BATCH) {
    const known = await tenant.loginsOf(all.slice(from, from + BATCH));
    await queue.enqueue(
      [...known.keys()].map((accountId) => ({
        ...({ kind: "look-again", installationId: installation.id, accountId } as const),
        ...{ repositoryId: null, openedBefore: null },
      })),
    );
  }
}
