import { PUBLIC_URL, type RunningApp } from "./running-app.ts";

export interface Page {
  readonly status: number;
  readonly text: string;
}

/** A browser without scripts on the running app, signed in through the simulator's login. */
export interface Visitor {
  /** The session's cookie, for requests from somewhere else. */
  readonly cookie: () => string;
  get(path: string): Promise<Page>;
  /** Sends a form with the token of the page it stands on. */
  submit(page: string, action: string, fields: Readonly<Record<string, string>>): Promise<Page>;
}

/** Signs in as an account of the simulator's world. */
export async function signIn(app: Pick<RunningApp, "webUrl">, login: string): Promise<Visitor> {
  const cookies = new Map<string, string>();
  const cookie = (): string => [...cookies].map(([name, value]) => `${name}=${value}`).join("; ");

  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const answer = await fetch(`${app.webUrl}${path}`, {
      redirect: "manual",
      ...init,
      headers: { cookie: cookie(), ...init.headers },
    });
    for (const set of answer.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === "") cookies.delete(name);
      else cookies.set(name, value);
    }
    return answer;
  }

  const start = await send("/login/start");
  const authorize = await fetch(`${start.headers.get("location")}&login=${login}`, { redirect: "manual" });
  const callback = authorize.headers.get("location") ?? "";
  const end = await send(callback.slice(PUBLIC_URL.length));
  if (end.status !== 303) throw new Error(`signing in as ${login} ended with ${end.status}`);

  const get = async (path: string): Promise<Page> => pageOf(await send(path));
  return {
    cookie,
    get,
    async submit(page, action, fields) {
      const csrf = /name="csrf" value="([^"]+)"/.exec((await get(page)).text)?.[1] ?? "";
      const body = new URLSearchParams({ csrf, ...fields });
      return pageOf(await send(action, { method: "POST", body, headers: { origin: PUBLIC_URL } }));
    },
  };
}

const pageOf = async (answer: Response): Promise<Page> => ({ status: answer.status, text: await answer.text() });
