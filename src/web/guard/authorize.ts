import type { Fetched } from "../../absence.ts";
import type { Clock } from "../../clock.ts";
import { type Role, roleRank } from "../../dossier/role.ts";
import type { AppGateway, InstallationGateway } from "../../github/gateway.ts";
import type { AccountId, RepositoryAddress, RepositoryId } from "../../ids.ts";
import type { Installation } from "../../store/store.ts";
import { makeAskLimit } from "./ask-limit.ts";
import { type Freshness, remembering } from "./remembering.ts";

export interface RepositoryPlace {
  readonly installation: Installation;
  readonly repositoryId: RepositoryId;
  readonly address: RepositoryAddress;
}

/**
 * Who may see what, asked of GitHub with the App's own token; people are their account id, never their login. Null
 * when GitHub could not be asked, which opens nothing either and only a list tells apart. What all pages together
 * cost an installation is bounded by `REQUESTS_PER_MINUTE`. Nothing of a suspended installation opens.
 */
export interface Authority {
  /** True for that role or more on the repository, by whatever source. 3 requests, or fewer for what was just asked. */
  holds(viewer: AccountId, least: Role, place: RepositoryPlace, freshness: Freshness): Promise<boolean | null>;
  /**
   * True for an active member of a team of the organisation, by its slug; no personal installation has one, and a team
   * that is not there has no members. 2 requests, or fewer for what was just asked.
   */
  inTeam(viewer: AccountId, team: string, installation: Installation, freshness: Freshness): Promise<boolean | null>;
  /** True for an active owner of the organisation, or the person a personal installation belongs to. 2 requests. */
  owns(viewer: AccountId, installation: Installation, freshness: Freshness): Promise<boolean | null>;
}

const CACHE_MS = 60_000;
/** A stranger who opens the front page again and again must not spend the budgets of organisations. */
const LISTED_NO_MS = 600_000;
/** As long as a session can last. */
const KNOWN_MS = 8 * 3_600_000;
const MAX_KNOWN_COUNT = 10_000;
/** Longest that GitHub is waited for on behalf of somebody who was not let in before; shorter than the slot of a 404. */
const PATIENCE_MS = 1_500;

/**
 * Fails closed: when GitHub cannot be asked nothing opens, and that is not remembered. A removed maintainer can
 * therefore look for at most 60 seconds more, not at all once its event has come, and do nothing at all.
 * @param patience resolves after so many milliseconds, sooner when the signal says that nobody waits any more
 */
export function makeAuthority(
  apps: AppGateway,
  clock: Clock,
  patience: (ms: number, signal: AbortSignal) => Promise<void>,
): Authority {
  const allowed = remembering<boolean>(clock, (value, freshness) =>
    freshness === "listing" && !value ? LISTED_NO_MS : CACHE_MS,
  );
  // Looked up again each minute: a released login can belong to somebody else by now.
  const logins = remembering<string>(clock, () => CACHE_MS);
  const ids = remembering<RepositoryId>(clock, () => CACHE_MS);
  const limit = makeAskLimit(clock);
  const letIn = makeLetIn(clock);

  /** GitHub as this person may have it asked: every request is counted first. */
  function asker(viewer: AccountId, { id: installationId }: Installation) {
    return async <T>(ask: (gateway: InstallationGateway) => Promise<Fetched<T>>): Promise<Fetched<T>> => {
      const known = letIn.has(viewer, String(installationId));
      if (!limit.take({ viewer, installationId, known })) return OVER_LIMIT;
      return ask(await apps.installation(installationId));
    };
  }

  async function decide(
    { viewer, installation, what, freshness }: Question,
    ask: () => Promise<Fetched<boolean>>,
  ): Promise<boolean | null> {
    if (installation.paused) return false;
    const key = `${viewer} ${what} ${installation.rightsGeneration}`;
    if (freshness === "live" && allowed.known(key) === false) return false;
    const answer = allowed.answer(key, freshness, ask).then((fetched) => {
      if (fetched.ok && fetched.value) for (const place of [what, String(installation.id)]) letIn.add(viewer, place);
      if (fetched.ok) return fetched.value;
      // That a limit was reached would tell a stranger that there is an installation.
      return fetched === OVER_LIMIT && !letIn.has(viewer, String(installation.id)) ? false : null;
    });
    return freshness === "listing" || letIn.has(viewer, what) ? answer : inTime(answer);
  }

  /** How long GitHub takes must not tell a stranger that there is something: then the 404 comes without its answer. */
  async function inTime(answer: Promise<boolean | null>): Promise<boolean | null> {
    const answered = new AbortController();
    const tooLate = patience(PATIENCE_MS, answered.signal).then(() => null);
    return Promise.race([answer, tooLate]).finally(() => answered.abort());
  }

  return {
    holds(viewer, least, { installation, repositoryId, address }, freshness) {
      const what = `${least} on ${installation.id}/${repositoryId}`;
      const asked = asker(viewer, installation);
      return decide({ viewer, installation, what, freshness }, async () => {
        const name = `${installation.id}/${installation.rightsGeneration} ${address.owner}/${address.name}`;
        // Names are given anew: what another repository is called by now must not open this one's pages.
        const found = await ids.answer(name, freshness, async () => {
          const repository = await asked((gateway) => gateway.repositoryAt(address));
          return repository.ok ? { ok: true, value: repository.value.id } : repository;
        });
        if (!found.ok) return missingAsNo(found);
        if (found.value !== repositoryId) return { ok: true, value: false };
        const login = await logins.answer(String(viewer), freshness, () => asked((gateway) => gateway.loginOf(viewer)));
        if (!login.ok) return missingAsNo(login);
        const role = await asked((gateway) => gateway.role({ repository: address, login: login.value }));
        if (!role.ok) return missingAsNo(role);
        return { ok: true, value: role.value !== null && roleRank(role.value) >= roleRank(least) };
      });
    },
    async inTeam(viewer, team, installation, freshness) {
      if (installation.accountType !== "Organization") return false;
      const asked = asker(viewer, installation);
      const what = `team ${team} of ${installation.id}`;
      return decide({ viewer, installation, what, freshness }, async () => {
        const login = await logins.answer(String(viewer), freshness, () => asked((gateway) => gateway.loginOf(viewer)));
        if (!login.ok) return missingAsNo(login);
        const organization = installation.accountLogin;
        return missingAsNo(await asked((gateway) => gateway.isInTeam({ organization, team, login: login.value })));
      });
    },
    async owns(viewer, installation, freshness) {
      if (installation.accountType !== "Organization") return !installation.paused && viewer === installation.accountId;
      const asked = asker(viewer, installation);
      const what = `installation ${installation.id}`;
      return decide({ viewer, installation, what, freshness }, async () => {
        const login = await logins.answer(String(viewer), freshness, () => asked((gateway) => gateway.loginOf(viewer)));
        if (!login.ok) return missingAsNo(login);
        const organization = installation.accountLogin;
        return missingAsNo(await asked((gateway) => gateway.isOwner({ organization, login: login.value })));
      });
    },
  };
}

interface Question {
  readonly viewer: AccountId;
  readonly installation: Installation;
  /** The place, as a key. */
  readonly what: string;
  readonly freshness: Freshness;
}

const OVER_LIMIT = { ok: false, reason: "rate_limited", retryAt: null } as const;

type Missing = Extract<Fetched<never>, { readonly ok: false }>;

/** GitHub's word that there is no such thing is an answer. */
const missingAsNo = (answer: Fetched<boolean> | Missing): Fetched<boolean> =>
  !answer.ok && answer.reason === "not_found" ? { ok: true, value: false } : answer;

/** Who was let in where within 8 hours; opens nothing, and only says who is no stranger. */
function makeLetIn(clock: Clock) {
  const since = new Map<string, number>();
  const keyOf = (viewer: AccountId, place: string): string => `${viewer} ${place}`;
  return {
    has: (viewer: AccountId, place: string): boolean =>
      Date.parse(clock.now()) - (since.get(keyOf(viewer, place)) ?? Number.NEGATIVE_INFINITY) < KNOWN_MS,
    add(viewer: AccountId, place: string): void {
      since.delete(keyOf(viewer, place));
      since.set(keyOf(viewer, place), Date.parse(clock.now()));
      if (since.size > MAX_KNOWN_COUNT) since.delete(since.keys().next().value ?? "");
    },
  };
}
