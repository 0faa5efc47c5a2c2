import { createHash } from "node:crypto";
import type { FastifyReply, FastifyRequest } from "fastify";
import { z } from "zod";
import type { Clock, Instant } from "../../clock.ts";
import type { AccountId } from "../../ids.ts";
import { type Random, randomRef } from "../../random.ts";
import type { SessionStore } from "../../store/store.ts";

/** Somebody who signed in with GitHub. The login is the one he had then: a label, never used to decide anything. */
export interface Viewer {
  readonly accountId: AccountId;
  readonly login: string;
  /** Goes into every form and comes back with it. */
  readonly csrf: string;
}

/** A login on its way through GitHub; usable once, by the browser that began it. */
export interface PendingLogin {
  readonly state: string;
  readonly codeVerifier: string;
  readonly returnTo: string;
}

export interface Sessions {
  /** The viewer behind a request's cookie, or null. Moves the idle limit on. */
  read(request: FastifyRequest): Promise<Viewer | null>;
  /** Begins a session under a fresh id; the one before it, if any, ends. */
  start(request: FastifyRequest, reply: FastifyReply, account: Pick<Viewer, "accountId" | "login">): Promise<void>;
  end(request: FastifyRequest, reply: FastifyReply): Promise<void>;
  /** Remembers a login that goes to GitHub now; `codeChallenge` is PKCE S256. */
  beginLogin(
    reply: FastifyReply,
    returnTo: string,
  ): Promise<{ readonly state: string; readonly codeChallenge: string }>;
  /** What was remembered, and forgets it; null when there is nothing, or it is too old. */
  takeLogin(request: FastifyRequest, reply: FastifyReply): Promise<PendingLogin | null>;
}

const IDLE_MS = 30 * 60_000;
const ABSOLUTE_MS = 8 * 3_600_000;
const LOGIN_MS = 10 * 60_000;
/** The idle limit is written at most once a minute, so that a page view is rarely a write. */
const TOUCH_MS = 60_000;

const viewerRecord = z.object({
  kind: z.literal("viewer"),
  accountId: z.number().int().positive().brand<"AccountId">(),
  login: z.string(),
  signedInAt: z.string(),
  csrf: z.string(),
  seenAt: z.string(),
});
const loginRecord = z.object({
  kind: z.literal("login"),
  state: z.string(),
  codeVerifier: z.string(),
  returnTo: z.string(),
});

/**
 * Sessions on the store. Ids are 128 random bits. A login on its way lives under its own cookie and id, so nothing
 * that existed before signing in is worth anything afterwards (no fixation).
 */
export function makeSessions(options: {
  readonly store: SessionStore;
  readonly clock: Clock;
  readonly random: Random;
  /** True when people reach us by https: cookies are then `__Host-` and `Secure`. */
  readonly secure: boolean;
}): Sessions {
  const { store, clock, random, secure } = options;
  const prefix = secure ? "__Host-" : "";
  const cookies = { viewer: `${prefix}sallyport`, login: `${prefix}sallyport-login` };
  const attributes = { path: "/", httpOnly: true, secure, sameSite: "lax", signed: true } as const;
  const after = (at: Instant, ms: number): Instant => new Date(Date.parse(at) + ms).toISOString();
  const idFrom = (request: FastifyRequest, name: string): string | null => {
    // The seal spares the database a question about ids that somebody made up.
    const sealed = request.cookies[name];
    const { valid, value } = sealed ? request.unsignCookie(sealed) : { valid: false, value: null };
    return valid ? value : null;
  };

  function expiryOf(record: z.infer<typeof viewerRecord>): Instant {
    const limits = [after(record.seenAt, IDLE_MS), after(record.signedInAt, ABSOLUTE_MS)];
    return limits.sort()[0] ?? record.seenAt;
  }

  /** False when the session ended since it was read: signing out elsewhere must not be undone. */
  async function touch(id: string, record: z.infer<typeof viewerRecord>): Promise<boolean> {
    const now = clock.now();
    if (Date.parse(now) - Date.parse(record.seenAt) < TOUCH_MS) return true;
    const seen = { ...record, seenAt: now };
    return store.renew(id, JSON.stringify(seen), expiryOf(seen));
  }

  async function recordOf<T>(id: string | null, schema: z.ZodType<T>): Promise<T | null> {
    const data = id ? await store.read(id, clock.now()) : null;
    return data === null ? null : (schema.safeParse(JSON.parse(data)).data ?? null);
  }

  async function forget(request: FastifyRequest, reply: FastifyReply, cookie: string): Promise<void> {
    const id = idFrom(request, cookie);
    if (id) await store.remove(id);
    reply.clearCookie(cookie, attributes);
  }

  return {
    async read(request) {
      const id = idFrom(request, cookies.viewer);
      const record = await recordOf(id, viewerRecord);
      if (!id || !record || !(await touch(id, record))) return null;
      const { accountId, login, csrf } = record;
      return { accountId, login, csrf };
    },
    async start(request, reply, account) {
      await forget(request, reply, cookies.viewer);
      const [id, csrf, now] = [randomRef(random), randomRef(random), clock.now()];
      const record = { kind: "viewer", ...account, csrf, signedInAt: now, seenAt: now } as const;
      const { accountId } = account;
      await store.write(id, JSON.stringify(record), { accountId, expiresAt: expiryOf(record) });
      reply.setCookie(cookies.viewer, id, attributes);
    },
    end: (request, reply) => forget(request, reply, cookies.viewer),
    async beginLogin(reply, returnTo) {
      const [id, state] = [randomRef(random), randomRef(random)];
      const codeVerifier = Buffer.from(random.bytes(32)).toString("base64url");
      const expiresAt = after(clock.now(), LOGIN_MS);
      const record: z.infer<typeof loginRecord> = { kind: "login", state, codeVerifier, returnTo };
      await store.write(id, JSON.stringify(record), { accountId: null, expiresAt });
      reply.setCookie(cookies.login, id, attributes);
      return { state, codeChallenge: createHash("sha256").update(codeVerifier).digest("base64url") };
    },
    async takeLogin(request, reply) {
      const pending = await recordOf(idFrom(request, cookies.login), loginRecord);
      await forget(request, reply, cookies.login);
      return pending;
    },
  };
}
