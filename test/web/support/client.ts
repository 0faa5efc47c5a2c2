import type { FastifyInstance, LightMyRequestResponse } from "fastify";

let browserCount = 0;

/** A browser without scripts: keeps cookies, sends forms as a browser would. */
export class Client {
  readonly cookies = new Map<string, string>();
  readonly app: FastifyInstance;
  readonly origin: string;
  /** Each browser has its own, as limits count by address. */
  readonly remoteAddress = `10.0.${Math.floor(++browserCount / 250)}.${browserCount % 250}`;

  constructor(app: FastifyInstance, origin: string) {
    this.app = app;
    this.origin = origin;
  }

  /** The same session from another address. */
  elsewhere(): Client {
    const browser = new Client(this.app, this.origin);
    for (const [name, value] of this.cookies) browser.cookies.set(name, value);
    return browser;
  }

  async get(url: string, headers: Record<string, string> = {}): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.app.inject({
        method: "GET",
        url,
        remoteAddress: this.remoteAddress,
        headers: { ...this.#headers(), ...headers },
      }),
    );
  }

  /** Follows our own redirects, never one that leads elsewhere. */
  async open(url: string): Promise<LightMyRequestResponse> {
    const response = await this.get(url);
    const to = response.headers.location;
    return typeof to === "string" && to.startsWith("/") ? this.open(to) : response;
  }

  async post(
    url: string,
    fields: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<LightMyRequestResponse> {
    return this.#keep(
      await this.app.inject({
        method: "POST",
        remoteAddress: this.remoteAddress,
        url,
        headers: {
          ...this.#headers(),
          origin: "null",
          "sec-fetch-site": "same-origin",
          "content-type": "application/x-www-form-urlencoded",
          ...headers,
        },
        payload: new URLSearchParams(fields).toString(),
      }),
    );
  }

  /** Signs in as an account of the test GitHub and comes back to `returnTo`. */
  async signIn(account: number, returnTo = "/"): Promise<LightMyRequestResponse> {
    const start = await this.get(`/login/start?return_to=${encodeURIComponent(returnTo)}`);
    const state = new URL(String(start.headers.location)).searchParams.get("state") ?? "";
    return this.get(`/login/callback?code=${account}&state=${encodeURIComponent(state)}`);
  }

  /** The token in the first form of a page. */
  static csrfOf(page: LightMyRequestResponse): string {
    return /name="csrf" value="([^"]+)"/.exec(page.body)?.[1] ?? "";
  }

  #headers(): Record<string, string> {
    return {
      host: new URL(this.origin).host,
      cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; "),
    };
  }

  #keep(response: LightMyRequestResponse): LightMyRequestResponse {
    for (const { name, value, expires } of response.cookies) {
      if (expires && expires.getTime() <= 0) this.cookies.delete(name);
      else this.cookies.set(name, value);
    }
    return response;
  }
}
