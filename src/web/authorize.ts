import type { Clock } from "../clock.ts";
import { canWrite } from "../dossier/role.ts";
import { OperatingError } from "../errors.ts";
import type { AppGateway, Fetched, InstallationGateway, RepositoryAddress } from "../github/gateway.ts";
import type { AccountId, InstallationId, RepositoryId } from "../ids.ts";
import type { Installation } from "../store/store.ts";

/** `live` asks GitHub now and is for actions; `recent` may use an answer up to 60 seconds old and is for looking. */
export type Freshness = "live" | "recent";

export interface RepositoryPlace {
  readonly installationId: InstallationId;
  readonly repositoryId: RepositoryId;
  readonly address: RepositoryAddress;
}

/** Who may see what, asked of GitHub with the App's own token; people are their account id, never their login. */
export interface Authority {
  /** True for write or more on the repository, by whatever source. 3 requests, or 0 when asked within 60 s. */
  worksOn(viewer: AccountId, place: RepositoryPlace, freshness: Freshness): Promise<boolean>;
  /** True for an active owner of the organisation, or the person a personal installation belongs to. */
  owns(viewer: AccountId, installation: Installation, freshness: Freshness): Promise<boolean>;
}

const CACHE_MS = 60_000;
/** Answers kept at once; the oldest go first. */
const MAX_ANSWER_COUNT = 10_000;

/**
 * Fails closed: when GitHub cannot be asked the answer is no, and that no is not remembered. A removed maintainer
 * can therefore look for at most 60 seconds more and do nothing at all.
 */
export function makeAuthority(apps: AppGateway, clock: Clock): Authority {
  const answers = new Map<string, { readonly allowed: boolean; readonly until: number }>();

  async function decide(key: string, freshness: Freshness, ask: () => Promise<Fetched<boolean>>): Promise<boolean> {
    const now = Date.parse(clock.now());
    const known = answers.get(key);
    if (freshness === "recent" && known && known.until > now) return known.allowed;
    answers.delete(key);
    const answer = await asked(ask);
    if (!answer.ok && answer.reason !== "not_found") return false;
    const allowed = answer.ok && answer.value;
    answers.set(key, { allowed, until: now + CACHE_MS });
    if (answers.size > MAX_ANSWER_COUNT) answers.delete(answers.keys().next().value ?? key);
    return allowed;
  }

  return {
    worksOn: (viewer, { installationId, repositoryId, address }, freshness) =>
      decide(`${viewer} repository ${installationId}/${repositoryId}`, freshness, async () => {
        const gateway = await apps.installation(installationId);
        // Names are given anew: what another repository is called by now must not open this one's pages.
        const found = await gateway.repositoryAt(address);
        if (!found.ok) return found;
        if (found.value.id !== repositoryId) return { ok: true, value: false };
        return withLogin(gateway, viewer, async (login) => {
          const role = await gateway.role({ repository: address, login });
          return role.ok ? { ok: true, value: role.value !== null && canWrite(role.value) } : role;
        });
      }),
    owns: (viewer, installation, freshness) =>
      decide(`${viewer} installation ${installation.id}`, freshness, async () => {
        if (installation.accountType !== "Organization") return { ok: true, value: viewer === installation.accountId };
        const gateway = await apps.installation(installation.id);
        return withLogin(gateway, viewer, (login) =>
          gateway.isOwner({ organization: installation.accountLogin, login }),
        );
      }),
  };
}

/** The login is looked up each time: a released login can belong to somebody else by now. */
async function withLogin(
  gateway: InstallationGateway,
  viewer: AccountId,
  then: (login: string) => Promise<Fetched<boolean>>,
): Promise<Fetched<boolean>> {
  const login = await gateway.loginOf(viewer);
  return login.ok ? then(login.value) : login;
}

async function asked(ask: () => Promise<Fetched<boolean>>): Promise<Fetched<boolean>> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof OperatingError) return { ok: false, reason: "upstream_error", retryAt: error.retryAt };
    throw error;
  }
}
