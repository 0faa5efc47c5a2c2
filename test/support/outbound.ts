/** One request the program made, as bytes. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  /** Without the token, which is a secret and not public. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Writes down every request that leaves this process through the platform's fetch; `stop` gives the old one back. */
export function watchOutbound(): { readonly sent: readonly Sent[]; stop(): void } {
  const sent: Sent[] = [];
  const real = globalThis.fetch;
  globalThis.fetch = (input, init = {}) => {
    const headers = Object.fromEntries(new Headers(init.headers));
    delete headers.authorization;
    const body = typeof init.body === "string" ? init.body : "";
    sent.push({ method: init.method ?? "GET", url: String(input), headers, body });
    return real(input, init);
  };
  return {
    sent,
    stop() {
      globalThis.fetch = real;
    },
  };
}
