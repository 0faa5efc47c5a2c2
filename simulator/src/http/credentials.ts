import { createPublicKey, verify } from "node:crypto";
import type { Instant } from "../../../src/clock.ts";
import { effectiveRole } from "../world/access.ts";
import { accountOf } from "../world/lookup.ts";
import type { Repository, RepositoryRole, User, World } from "../world/world.ts";
import type { App, Installation, Permissions } from "../world/world-apps.ts";

/** Who sent a request. */
export type Caller =
  | { readonly kind: "anonymous" }
  | { readonly kind: "app"; readonly app: App }
  | { readonly kind: "client"; readonly app: App }
  | { readonly kind: "user"; readonly user: User; readonly app: App }
  | PersonCaller
  | InstallationCaller;

/** Somebody by a token of his own: a classic one, or the one that `gh` keeps. */
export interface PersonCaller {
  readonly kind: "person";
  readonly user: User;
  readonly scopes: ReadonlySet<string>;
  /** What the person may do there; null for no more than everybody. */
  readonly roleOn: (repository: Repository) => RepositoryRole | null;
}

export interface InstallationCaller {
  readonly kind: "installation";
  readonly app: App;
  readonly installation: Installation;
  readonly permissions: Permissions;
  /** Null: every repository of the account, later ones too. */
  readonly repositoryIds: ReadonlySet<number> | null;
}

export type Identified = { readonly ok: true; readonly caller: Caller } | Refused;
interface Refused {
  readonly ok: false;
  readonly status: number;
  readonly message: string;
}

interface InstallationToken {
  readonly installationId: number;
  readonly permissions: Permissions;
  readonly repositoryIds: ReadonlySet<number> | null;
  readonly expiresAt: Instant;
}

interface UserToken {
  readonly userId: number;
  readonly appId: number;
  readonly expiresAt: Instant;
}

/** Tokens in circulation: issued here, checked here, and nowhere else. */
export interface Credentials {
  issueInstallationToken(app: App, token: Omit<InstallationToken, "expiresAt">, now: Instant): IssuedToken;
  issueUserToken(user: User, app: App, now: Instant): IssuedToken;
  /** A personal access token with these scopes, such as `repo` and `read:org`; it does not expire. */
  issuePersonalToken(user: User, scopes: readonly string[]): string;
  /** Ends a user's token that was issued through this App; true when there was one. */
  revoke(token: string, app: App): boolean;
  identify(authorization: string | undefined, now: Instant): Identified;
}

export interface IssuedToken {
  readonly token: string;
  readonly expiresAt: Instant;
}

/** Installation tokens live one hour, user tokens eight. */
const INSTALLATION_TOKEN_MS = 3_600_000;
const USER_TOKEN_MS = 8 * 3_600_000;

export function createCredentials(world: World, random: RandomHex): Credentials {
  const installationTokens = new Map<string, InstallationToken>();
  const userTokens = new Map<string, UserToken>();
  const personalTokens = new Map<string, Pick<PersonCaller, "user" | "scopes">>();
  return {
    issueInstallationToken(app, token, now) {
      const expiresAt = later(now, INSTALLATION_TOKEN_MS);
      // The long form GitHub issues since 2026-04-27, so that nothing here relies on forty characters.
      const text = `ghs_${app.id}_${random(24)}.${random(120)}.${random(64)}`;
      const repositoryIds = token.repositoryIds ?? selectionOf(world.installations.get(token.installationId));
      installationTokens.set(text, { ...token, repositoryIds, expiresAt });
      return { token: text, expiresAt };
    },
    issueUserToken(user, app, now) {
      const expiresAt = later(now, USER_TOKEN_MS);
      const text = `ghu_${random(18)}`;
      userTokens.set(text, { userId: user.id, appId: app.id, expiresAt });
      return { token: text, expiresAt };
    },
    issuePersonalToken(user, scopes) {
      const text = `ghp_${random(18)}`;
      personalTokens.set(text, { user, scopes: new Set(scopes) });
      return text;
    },
    revoke: (token, app) => userTokens.get(token)?.appId === app.id && userTokens.delete(token),
    identify(authorization, now) {
      if (authorization === undefined) return allowed({ kind: "anonymous" });
      const [scheme = "", value = ""] = authorization.split(/\s+/, 2);
      if (scheme.toLowerCase() === "basic") return identifyClient(world, value);
      const installationToken = installationTokens.get(value);
      if (installationToken !== undefined) return identifyInstallation(world, installationToken, now);
      const userToken = userTokens.get(value);
      if (userToken !== undefined) return identifyUser(world, userToken, now);
      const person = personalTokens.get(value);
      if (person !== undefined) {
        const roleOn = (repository: Repository) => effectiveRole(world, repository, person.user.id);
        return allowed({ kind: "person", ...person, roleOn });
      }
      if (value.split(".").length === 3 && !value.startsWith("gh")) return identifyApp(world, value, now);
      return refused("Bad credentials");
    },
  };
}

/** A token knows the selection of the moment it was made: what is added later needs a new one. */
const selectionOf = (installation: Installation | undefined): ReadonlySet<number> | null =>
  installation?.repositorySelection === "selected" ? new Set(installation.repositoryIds) : null;

const allowed = (caller: Caller): Identified => ({ ok: true, caller });
const refused = (message: string, status = 401): Refused => ({ ok: false, status, message });

function identifyInstallation(world: World, token: InstallationToken, now: Instant): Identified {
  const installation = world.installations.get(token.installationId);
  const app = installation === undefined ? undefined : world.apps.get(installation.appId);
  if (installation === undefined || app === undefined || token.expiresAt <= now) return refused("Bad credentials");
  if (installation.suspendedAt !== null) return refused("This installation has been suspended", 403);
  const { permissions, repositoryIds } = token;
  return allowed({ kind: "installation", app, installation, permissions, repositoryIds });
}

function identifyUser(world: World, token: UserToken, now: Instant): Identified {
  const user = accountOf(world, token.userId);
  const app = world.apps.get(token.appId);
  if (user.type !== "User" || app === undefined || token.expiresAt <= now) return refused("Bad credentials");
  return allowed({ kind: "user", user, app });
}

function identifyClient(world: World, value: string): Identified {
  const [clientId, clientSecret] = Buffer.from(value, "base64").toString().split(":", 2);
  const app = [...world.apps.values()].find((candidate) => candidate.clientId === clientId);
  return app?.clientSecret === clientSecret && app !== undefined
    ? allowed({ kind: "client", app })
    : refused("Bad credentials");
}

/** GitHub's own sentences: client libraries recognise clock skew by them. */
const JWT_PROBLEMS = {
  unreadable: "A JSON web token could not be decoded",
  issuer: "'Issuer' claim ('iss') must be an Integer",
  integration: "Integration not found",
  issuedAt: "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued",
  expired:
    "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires",
  tooFar: "'Expiration time' claim ('exp') is too far in the future",
} as const;

/** Seconds by which the App's clock may run ahead. */
const DRIFT_SECONDS = 60;
const LONGEST_JWT_SECONDS = 600;

function identifyApp(world: World, jwt: string, now: Instant): Identified {
  const [head = "", payload = "", signature = ""] = jwt.split(".");
  const header = decoded(head);
  const claims = decoded(payload);
  if (header === null || claims === null || header.alg !== "RS256") return refused(JWT_PROBLEMS.unreadable);
  if (typeof claims.iss !== "number" && typeof claims.iss !== "string") return refused(JWT_PROBLEMS.issuer);
  const issuer = String(claims.iss);
  const app = [...world.apps.values()].find(({ id, clientId }) => String(id) === issuer || clientId === issuer);
  if (app === undefined) return refused(JWT_PROBLEMS.integration, 404);
  const key = createPublicKey(app.publicKey);
  if (!verify("RSA-SHA256", Buffer.from(`${head}.${payload}`), key, Buffer.from(signature, "base64url")))
    return refused(JWT_PROBLEMS.unreadable);
  const problem = clockProblem(claims, Math.floor(Date.parse(now) / 1000));
  return problem === null ? allowed({ kind: "app", app }) : refused(problem);
}

function clockProblem(claims: Readonly<Record<string, unknown>>, nowSeconds: number): string | null {
  const { iat, exp } = claims;
  if (!Number.isInteger(iat) || Number(iat) > nowSeconds + DRIFT_SECONDS) return JWT_PROBLEMS.issuedAt;
  if (!Number.isInteger(exp) || Number(exp) <= nowSeconds) return JWT_PROBLEMS.expired;
  return Number(exp) > nowSeconds + LONGEST_JWT_SECONDS ? JWT_PROBLEMS.tooFar : null;
}

function decoded(part: string): Readonly<Record<string, unknown>> | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, "base64url").toString());
    return typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : null;
  } catch {
    return null;
  }
}

const later = (now: Instant, ms: number): Instant => new Date(Date.parse(now) + ms).toISOString();

/** Random hexadecimal digits, two per byte. The only source of secrets. */
export type RandomHex = (byteCount: number) => string;
