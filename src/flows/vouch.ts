import type { Instant } from "../clock.ts";
import { InvalidInput, type Problem, required } from "../errors.ts";
import type { InstallationGateway } from "../github/gateway.ts";
import type { AccountId, RepositoryId } from "../ids.ts";
import type { Installation, KeptEntry, ListedReport, Queue, TenantStore } from "../store/store.ts";

/** What an operator says about one account from the command line, where the pages have a form. */
export interface VouchRequest {
  /** A login is whose it is today; the number is what counts. */
  readonly who: { readonly id: AccountId } | { readonly login: string };
  readonly act:
    | { readonly kind: "list" }
    /** `repository` is a name; null for all of the organisation. */
    | {
        /** A warning counts once an owner agrees to it, on the account's page. */
        readonly kind: "vouch" | "denounce";
        readonly repository: string | null;
        readonly reason: string;
        readonly until: Instant;
      }
    | { readonly kind: "withdraw"; readonly entry: number };
}

/** What is said about an account after that. */
export interface Vouched {
  readonly account: {
    readonly id: AccountId;
    /** Null where nothing here knows one. */
    readonly login: string | null;
    /** How the number was found: it was given, GitHub has that login today, or stored reports had it. */
    readonly foundBy: "number" | "github" | "reports";
  };
  /** What stands, newest first. */
  readonly entries: readonly (KeptEntry & { readonly repositoryName: string | null })[];
}

export interface VouchContext {
  readonly installation: Installation;
  readonly tenant: TenantStore;
  readonly queue: Pick<Queue, "enqueue">;
  /** GitHub, when something has to be asked; null without an App: then stored reports alone say who and where. */
  readonly gateway: (() => Promise<Pick<InstallationGateway, "accountNamed" | "repositoryAt">>) | null;
  readonly now: Instant;
}

/** Reports that are looked through for a login or the name of a repository. */
const REPORTS_LOOKED_THROUGH = 1_000;

/**
 * Vouches for an account or warns of it, takes an entry about it back, or lists what stands. Kept under the organisation's own number as
 * the operator's word, recorded, and looked at again like a form's. At most 2 requests. Throws InvalidInput for an
 * account, a repository or an entry that is not there, OperatingError when GitHub could not say.
 */
export async function vouch(context: VouchContext, { who, act }: VouchRequest): Promise<Vouched> {
  const { tenant, now } = context;
  const reports = await tenant.listReports({ waiting: false, limit: REPORTS_LOOKED_THROUGH });
  const account = await accountOf(context, who, reports);
  if (act.kind === "vouch" || act.kind === "denounce") {
    const repository = act.repository === null ? null : await repositoryOf(context, act.repository, reports);
    const by = { accountId: context.installation.accountId, login: OPERATOR };
    const { reason, until } = act;
    const disposition = act.kind === "vouch" ? "vouched" : "denounced";
    await tenant.addToLocalList(account.id, { disposition, reason, by, repository, at: now, until });
    const said = act.kind === "vouch" ? "account.vouched" : "account.warned";
    await told(context, { account: account.id, repository }, { act: said, reason });
  }
  if (act.kind === "withdraw") {
    const standing = await tenant.listEntries(account.id, now);
    const entry = standing.find(({ id }) => id === act.entry);
    if (!entry) throw new InvalidInput([noEntry(act.entry, account.id)]);
    await tenant.withdrawEntry(entry.id, now);
    await told(context, entry, { act: "entry.withdrawn", reason: null });
  }
  const names = new Map(reports.map((report) => [report.repositoryId, report.repositoryName]));
  const entries = (await tenant.listEntries(account.id, now)).map((entry) => ({
    ...entry,
    repositoryName: entry.repository === null ? null : (names.get(entry.repository) ?? null),
  }));
  return { account, entries };
}

const OPERATOR = "the operator";

async function told(
  { tenant, queue, installation, now }: VouchContext,
  {
    account: accountId,
    repository: repositoryId,
  }: { readonly account: AccountId; readonly repository: RepositoryId | null },
  entry: { readonly act: "account.vouched" | "account.warned" | "entry.withdrawn"; readonly reason: string | null },
): Promise<void> {
  await tenant.addToTrail({ at: now, actorId: null, target: `account:${accountId}`, ...entry });
  // A warning by one alone counts for nothing yet.
  if (entry.act === "account.warned") return;
  const { id: installationId } = installation;
  await queue.enqueue([{ kind: "look-again", installationId, accountId, repositoryId, openedBefore: null }]);
}

/** The number behind what was given. What GitHub says today and what reports remember must not be two accounts. */
async function accountOf(
  { tenant, gateway }: VouchContext,
  who: VouchRequest["who"],
  reports: readonly ListedReport[],
): Promise<Vouched["account"]> {
  if ("id" in who) {
    const logins = await tenant.loginsOf([who.id]);
    return { id: who.id, login: logins.get(who.id) ?? null, foundBy: "number" };
  }
  const wanted = who.login.toLowerCase();
  const named = reports.filter(({ login, accountId }) => accountId !== null && login.toLowerCase() === wanted);
  const remembered = new Set(named.flatMap(({ accountId }) => accountId ?? []));
  const asked = await (await gateway?.())?.accountNamed(who.login);
  if (asked?.ok) {
    const { id, login } = asked.value;
    const others = [...remembered].filter((known) => known !== id);
    if (others.length > 0) throw new InvalidInput([twoAccounts(who.login, [id, ...others])]);
    return { id, login, foundBy: "github" };
  }
  // GitHub may be away, or the login given up: then what was read under it is what is meant.
  const [only, ...more] = remembered;
  if (more.length > 0) throw new InvalidInput([twoAccounts(who.login, [...remembered])]);
  if (only !== undefined) return { id: only, login: who.login, foundBy: "reports" };
  if (asked && asked.reason !== "not_found") required(who.login, asked);
  throw new InvalidInput([nobody(who.login, gateway === null)]);
}

async function repositoryOf(
  { gateway, installation }: VouchContext,
  name: string,
  reports: readonly ListedReport[],
): Promise<RepositoryId> {
  const asked = await (await gateway?.())?.repositoryAt({ owner: installation.accountLogin, name });
  if (asked?.ok) return asked.value.id;
  if (asked && asked.reason !== "not_found") required("repository", asked);
  const known = gateway
    ? undefined
    : reports.find(({ repositoryName }) => repositoryName.toLowerCase() === name.toLowerCase());
  if (known) return known.repositoryId;
  throw new InvalidInput([
    { where: `--scope ${installation.accountLogin}/${name}`, what: "no such repository", mend: "check the name" },
  ]);
}

const nobody = (login: string, blind: boolean): Problem => ({
  where: login,
  what: blind ? "no stored report is about it, and there is no App to ask GitHub with" : "no such account",
  mend: "check the name, or give the number that https://api.github.com/users/LOGIN shows as `id`",
});

const twoAccounts = (login: string, ids: readonly number[]): Problem => ({
  where: login,
  what: `the login of more than one account: ${ids.join(", ")}`,
  mend: "logins change hands, so give the number of the one you know",
});

const noEntry = (entry: number, account: AccountId): Problem => ({
  where: `--withdraw ${entry}`,
  what: `nothing of that number stands about account ${account}`,
  mend: "see what stands with --list",
});
