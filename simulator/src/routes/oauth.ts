import { createHash } from "node:crypto";
import type { Instant } from "../../../src/clock.ts";
import type { Credentials } from "../http/credentials.ts";
import { button, escaped, type PageRequest, type PageResponse, page, redirect } from "../http/page.ts";
import { userNamed } from "../world/lookup.ts";
import { peopleInOrder } from "../world/people.ts";
import type { User, World } from "../world/world.ts";
import type { App } from "../world/world-apps.ts";

/** A code waiting to be exchanged. */
interface Grant {
  readonly appId: number;
  readonly userId: number;
  readonly redirectUri: string;
  readonly challenge: string | null;
  readonly expiresAt: Instant;
}

/** Codes live ten minutes and are good once, whatever comes of it. */
const CODE_MS = 600_000;

/** GitHub's login for people: the web flow with PKCE. The page asks who you are, since nobody here has a password. */
export function oauthRoutes(credentials: Credentials) {
  const grants = new Map<string, Grant>();
  return {
    /** GET shows the people, or goes on at once with GitHub's `login` hint; POST is a person's choice. */
    authorize(request: PageRequest): PageResponse {
      const asked = request.method === "POST" ? request.form : request.query;
      const checked = checkedRequest(request.world, asked);
      if (!checked.ok) return page("Error", `<p>${checked.problem}</p>`, checked.status);
      const login = asked.get("login");
      const user = login === null ? undefined : userNamed(request.world, login);
      if (user === undefined) return choices(request, checked.app, asked);
      const code = request.random(10);
      grants.set(code, {
        appId: checked.app.id,
        userId: user.id,
        redirectUri: checked.redirectUri,
        challenge: asked.get("code_challenge"),
        expiresAt: new Date(Date.parse(request.now) + CODE_MS).toISOString(),
      });
      return back(checked.redirectUri, { code, state: asked.get("state") });
    },
    /** Changes a code into a user token; the answer is JSON when asked for, a form otherwise. */
    accessToken(request: PageRequest): PageResponse {
      const fields = exchange(grants, credentials, request);
      const json = request.accept.includes("json");
      return {
        status: 200,
        headers: {
          "content-type": `${json ? "application/json" : "application/x-www-form-urlencoded"}; charset=utf-8`,
        },
        body: json ? JSON.stringify(fields) : String(new URLSearchParams(stringsOf(fields))),
      };
    },
  };
}

type Checked =
  | { readonly ok: true; readonly app: App; readonly redirectUri: string }
  | { readonly ok: false; readonly status: number; readonly problem: string };

function checkedRequest(world: World, asked: URLSearchParams): Checked {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === asked.get("client_id"));
  if (app === undefined) return { ok: false, status: 404, problem: "No App has this client id." };
  const redirectUri = asked.get("redirect_uri") ?? app.callbackUrls[0];
  if (redirectUri === undefined || !app.callbackUrls.includes(redirectUri))
    return { ok: false, status: 400, problem: "The redirect_uri is not associated with this application." };
  if (asked.has("code_challenge") && asked.get("code_challenge_method") !== "S256")
    return { ok: false, status: 400, problem: "Only the S256 code challenge method is supported." };
  return { ok: true, app, redirectUri };
}

/** One button a person: those of the story first, the others behind a fold. */
function choices({ world, urls }: PageRequest, app: App, asked: URLSearchParams): PageResponse {
  const { introduced, others } = peopleInOrder(world);
  const hidden = Object.fromEntries([...asked].filter(([name]) => name !== "login"));
  const choice = ({ login }: User): string =>
    button(`${urls.html}/login/oauth/authorize`, `Continue as ${login}`, { ...hidden, login });
  const cast = introduced.map(
    ({ user, word }) => `<li>${choice(user)} <span class="note">${escaped(word)}</span></li>`,
  );
  const rest = others.map(choice).join("\n");
  const folded =
    cast.length === 0 ? rest : `<details><summary>Everybody else here (${others.length})</summary>${rest}</details>`;
  return page(
    `Authorize ${app.name}`,
    `<p>Who are you?</p><ul class="cast">${cast.join("")}</ul>${others.length === 0 ? "" : folded}`,
  );
}

function back(redirectUri: string, fields: Readonly<Record<string, string | null>>): PageResponse {
  const url = new URL(redirectUri);
  for (const [name, value] of Object.entries(fields)) if (value !== null) url.searchParams.set(name, value);
  return redirect(url.href);
}

type OauthBody = Readonly<Record<string, string | number>>;

const PROBLEMS = {
  incorrect_client_credentials: "The client_id and/or client_secret passed are incorrect.",
  bad_verification_code: "The code passed is incorrect or expired.",
  redirect_uri_mismatch: "The redirect_uri MUST match the registered callback URL for this application.",
} as const;

/** GitHub answers 200 to mistakes too, and says them in the body. */
const mistake = (error: keyof typeof PROBLEMS): OauthBody => ({
  error,
  error_description: PROBLEMS[error],
  error_uri: "https://docs.github.com/apps/managing-oauth-apps/troubleshooting-oauth-app-access-token-request-errors/",
});

function exchange(
  grants: Map<string, Grant>,
  credentials: Credentials,
  { world, form, now, random }: PageRequest,
): OauthBody {
  const app = [...world.apps.values()].find(({ clientId }) => clientId === form.get("client_id"));
  if (app === undefined || app.clientSecret !== form.get("client_secret"))
    return mistake("incorrect_client_credentials");
  const code = form.get("code") ?? "";
  const grant = grants.get(code);
  grants.delete(code);
  if (grant === undefined || grant.appId !== app.id || grant.expiresAt <= now) return mistake("bad_verification_code");
  const redirectUri = form.get("redirect_uri");
  if (redirectUri !== null && redirectUri !== grant.redirectUri) return mistake("redirect_uri_mismatch");
  const user = world.accounts.get(grant.userId);
  if (user?.type !== "User" || !proves(grant.challenge, form.get("code_verifier")))
    return mistake("bad_verification_code");
  const { token } = credentials.issueUserToken(user, app, now);
  return {
    access_token: token,
    expires_in: 28_800,
    // Handed out because GitHub does; nothing here takes it back.
    refresh_token: `ghr_${random(38)}`,
    refresh_token_expires_in: 15_897_600,
    scope: "",
    token_type: "bearer",
  };
}

const proves = (challenge: string | null, verifier: string | null): boolean =>
  challenge === null ||
  createHash("sha256")
    .update(verifier ?? "")
    .digest("base64url") === challenge;

const stringsOf = (answer: OauthBody): Record<string, string> =>
  Object.fromEntries(Object.entries(answer).map(([name, value]) => [name, String(value)]));
