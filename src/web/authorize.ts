import type { Clock } from "../clock.ts";
import { canWrite } from "../dossier/role.ts";
import { OperatingError } from "../errors.ts";
import type { AppGateway, Fetched, RepositoryAddress } from "../github/gateway.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { Installation } from "../store/store.ts";

/**
 * `live` asks GitHub now and is for actions; `recent` may use an answer up to 60 seconds old and is for looking;
 * `listing` may use a no up to ten minutes old besides, and is for pages that ask about many places at once.
 */
export type Freshness = "live" | "recent" | "listing";

export interface RepositoryPlace {
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly address: RepositoryAddress;
}

/**
 * Who may see what, asked of GitHub with the App's own token; people are their account id, never their login. Null
 * when GitHub could not be asked, which opens nothing either and only a list tells apart.
 */
export interface Authority {
  /** True for write or more on the repository, by whatever source. 3 requests, or fewer for what was just asked. */
  worksOn(viewer: AccountId, place: RepositoryPlace, freshness: Freshness): Promise<boolean | null>;
  /** True for an active owner of the organisation, or the person a personal installation belongs to. 2 requests. */
  owns(viewer: AccountId, installation: Installation, freshness: Freshness): Promise<boolean | null>;
}

const CACHE_MS = 60_000;
/** A stranger who opens the front page again and again must not spend the budgets of organisations. */
const LISTED_NO_MS = 600_000;
/** Answers kept at once; the oldest go first. */
const MAX_ANSWER_COUNT = 10_000;

/**
 * Fails closed: when GitHub cannot be asked nothing opens, and that is not remembered. A removed maintainer can
 * therefore look for at most 60 seconds more and do nothing at all.
 */
export function makeAuthority(apps: AppGateway, clock: Clock): Authority {
  const allowed = remembering<boolean>(clock, (value, freshness) =>
    freshness === "listing" && !value ? LISTED_NO_MS : CACHE_MS,
  );
  // Looked up again each minute: a released login can belong to somebody else by now.
  const logins = remembering<string>(clock, () => CACHE_MS);
  const ids = remembering<RepositoryId>(clock, () => CACHE_MS);

  const decided = (answer: Fetched<boolean>): boolean | null =>
    answer.ok ? answer.value : answer.reason === "not_found" ? false : null;

  return {
    async worksOn(viewer, { installationId, repositoryId, address }, freshness) {
      const key = `${viewer} repository ${installationId}/${repositoryId}`;
      const answer = await allowed(key, freshness, async () => {
        const gateway = await apps.installation(installationId);
        // Names are given anew: what another repository is called by now must not open this one's pages.
        const found = await ids(`${installationId} ${address.owner}/${address.name}`, freshness, async () => {
          const repository = await gateway.repositoryAt(address);
          return repository.ok ? { ok: true, value: repository.value.id } : repository;
        });
        if (!found.ok) return missingAsNo(found);
        if (found.value !== repositoryId) return { ok: true, value: false };
        const login = await logins(String(viewer), freshness, () => gateway.loginOf(viewer));
        if (!login.ok) return missingAsNo(login);
        const role = await gateway.role({ repository: address, login: login.value });
        return role.ok ? { ok: true, value: role.value !== null && canWrite(role.value) } : missingAsNo(role);
      });
      return decided(answer);
    },
    async owns(viewer, installation, freshness) {
      if (installation.accountType !== "Organization") return viewer === installation.accountId;
      const answer = await allowed(`${viewer} installation ${installation.id}`, freshness, async () => {
        const gateway = await apps.installation(installation.id);
        const login = await logins(String(viewer), freshness, () => gateway.loginOf(viewer));
        if (!login.ok) return missingAsNo(login);
        const organization = installation.accountLogin;
        return missingAsNo(await gateway.isOwner({ organization, login: login.value }));
      });
      return decided(answer);
    },
  };
}

type Missing = Extract<Fetched<never>, { readonly ok: false }>;

/** GitHub's word that there is no such thing is an answer. */
const missingAsNo = (answer: Fetched<boolean> | Missing): Fetched<boolean> =>
  !answer.ok && answer.reason === "not_found" ? { ok: true, value: false } : answer;

type Ask<T> = () => Promise<Fetched<T>>;

/** Asks what was not asked lately; who asks for the same at once shares one answer. Only answers are kept. */
function remembering<T>(
  clock: Clock,
  keptMs: (value: T, freshness: Freshness) => number,
): (key: string, freshness: Freshness, ask: Ask<T>) => Promise<Fetched<T>> {
  const answers = new Map<string, { readonly value: T; readonly at: number }>();
  const asking = new Map<string, Promise<Fetched<T>>>();
  return async (key, freshness, ask) => {
    const now = Date.parse(clock.now());
    const known = answers.get(key);
    if (freshness !== "live" && known && now - known.at < keptMs(known.value, freshness))
      return { ok: true, value: known.value };
    const shared = freshness === "live" ? undefined : asking.get(key);
    if (shared !== undefined) return shared;
    answers.delete(key);
    const asked = askedSafely(ask);
    asking.set(key, asked);
    const answer = await asked;
    asking.delete(key);
    if (answer.ok) answers.set(key, { value: answer.value, at: now });
    if (answers.size > MAX_ANSWER_COUNT) answers.delete(answers.keys().next().value ?? key);
    return answer;
  };
}

async function askedSafely<T>(ask: Ask<T>): Promise<Fetched<T>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OperatingError) return { ok: false, reason: "upstream_error", retryAt: error.retryAt };
    throw error;
  }
}
