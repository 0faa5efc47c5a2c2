import type { Fetched } from "../../../src/absence.ts";
import type { Role } from "../../../src/dossier/role.ts";
import { OperatingError } from "../../../src/errors.ts";
import type { AppGateway, InstallationGateway, LoginGateway } from "../../../src/github/gateway.ts";
import { type AccountId, accountId, type RepositoryId } from "../../../src/ids.ts";

/** A small GitHub for the pages: who is who, who may write where, who owns what. */
export class TestGitHub {
  readonly logins = new Map<AccountId, string>();
  readonly roles = new Map<string, Role>();
  readonly owners = new Set<string>();
  /** `team login`; null for what GitHub does not show. */
  teams: Set<string> | null = new Set();
  /** Ids of repositories by the name they have today. */
  readonly repositories = new Map<string, RepositoryId>();
  /** What GitHub answers to everything while it is down. */
  failure: "down" | "throws" | null = null;
  requestCount = 0;
  /** Resolves when GitHub has thought about the question; at once unless a test says otherwise. */
  thinking: () => Promise<void> = async () => {};

  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  person(id: number, login: string): AccountId {
    this.logins.set(accountId(id), login);
    return accountId(id);
  }

  grant(login: string, repository: string, role: Role): void {
    this.roles.set(`${login} ${repository}`, role);
  }

  readonly apps: AppGateway = {
    installation: async (id) => {
      if (this.failure === "throws") throw new OperatingError("github_unreachable", "GitHub cannot be reached");
      return { ...unusedInstallation, installationId: id, ...this.#answers() } as InstallationGateway;
    },
    installations: unused,
    webhookUrl: unused,
    identity: unused,
    answers: unused,
    deliveriesSince: unused,
    redeliver: unused,
  };

  /** Codes are account ids; the verifier must be there, as GitHub would insist. */
  readonly login: LoginGateway = {
    authorizeUrl: ({ state, codeChallenge, redirectUri }) =>
      `${this.url}/login/oauth/authorize?${new URLSearchParams({
        client_id: "Iv1.test",
        state,
        code_challenge: codeChallenge,
        code_challenge_method: "S256",
        redirect_uri: redirectUri,
      })}`,
    accountOf: async ({ code, codeVerifier }) => {
      const id = accountId(Number(code));
      const login = this.logins.get(id);
      if (!login || codeVerifier.length < 43) throw new OperatingError("forbidden", "GitHub refused the code");
      return { id, login };
    },
  };

  #answers(): Partial<InstallationGateway> {
    return {
      loginOf: async (id) => {
        await this.thinking();
        return this.#answer(this.logins.get(id) ?? null);
      },
      role: async ({ login, repository }) => {
        await this.thinking();
        return this.#found(this.roles.get(`${login} ${repository.owner}/${repository.name}`) ?? null);
      },
      repositoryAt: async ({ owner, name }) => {
        await this.thinking();
        const id = this.repositories.get(`${owner}/${name}`);
        return this.#answer(
          id === undefined ? null : { id, owner, name, createdAt: "2020-01-01T00:00:00.000Z", pushedAt: null },
        );
      },
      isInTeam: async ({ team, login }) => {
        await this.thinking();
        if (this.teams === null) return { ok: false, reason: "forbidden", retryAt: null };
        return this.#found(this.teams.has(`${team} ${login}`));
      },
      isOwner: async ({ login, organization }) => {
        await this.thinking();
        return this.#found(this.owners.has(`${login} ${organization}`));
      },
    };
  }

  #answer<T>(value: T | null): Fetched<T> {
    const found = this.#found(value);
    if (!found.ok) return found;
    return found.value === null ? { ok: false, reason: "not_found", retryAt: null } : { ok: true, value: found.value };
  }

  #found<T>(value: T): Fetched<T> {
    this.requestCount += 1;
    return this.failure ? { ok: false, reason: "upstream_error", retryAt: null } : { ok: true, value };
  }
}

const unused = (): never => {
  throw new Error("the pages must not ask GitHub for this");
};

const unusedInstallation = {
  pullRequest: unused,
  pullRequestFiles: unused,
  accountHistory: unused,
  accountKeys: unused,
  accountEvents: unused,
  recordHere: unused,
  lastActivity: unused,
  accessSnapshot: unused,
  fileOnDefaultBranch: unused,
  pullRequestsOfHead: unused,
  ownedRepositories: unused,
  pushes: unused,
  repositoriesWithTree: unused,
  cloneAddress: unused,
  repositoryAt: unused,
  findCheckRun: unused,
  createSealedCheck: unused,
  resealCheck: unused,
  addLabel: unused,
  usage: { requests: 0, points: 0 },
};
