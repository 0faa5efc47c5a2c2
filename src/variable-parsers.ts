/** A value, or what is wrong and how to mend it. Neither ever quotes the text: it may be a secret. */
export type Parsed<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly what: string; readonly mend: string };

export const ok = <T>(value: T): Parsed<T> => ({ ok: true, value });
export const refused = (what: string, mend: string): Parsed<never> => ({ ok: false, what, mend });

/** Loopback only: what never leaves this machine needs no TLS. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);

export function integer(least: number, most: number): (text: string) => Parsed<number> {
  const range = most === Number.MAX_SAFE_INTEGER ? `from ${least} on` : `from ${least} to ${most}`;
  return (text) => {
    const value = /^\d{1,16}$/.test(text) ? Number(text) : Number.NaN;
    return value >= least && value <= most ? ok(value) : refused("not such a number", `write an integer ${range}`);
  };
}

export function oneOf<const Word extends string>(words: readonly Word[]): (text: string) => Parsed<Word> {
  return (text) => {
    const word = words.find((candidate) => candidate === text);
    return word === undefined ? refused("not one of the words allowed", `write ${words.join(", ")}`) : ok(word);
  };
}

export function publicUrl(text: string): Parsed<string> {
  if (!URL.canParse(text)) return refused("not a URL", "write https://host");
  const url = new URL(text);
  if (url.origin === "null" || !/^\/?$/.test(url.pathname) || url.search || url.hash || url.username)
    return refused("more than protocol, host and port", "write https://host");
  if (url.protocol !== "https:" && !(url.protocol === "http:" && isLoopback(url.host)))
    return refused("not https", "put a proxy that ends TLS in front and write its https:// address");
  return ok(url.origin);
}

/** The PEM, whichever of Probot's three forms it came in. */
export function privateKey(text: string): Parsed<string> {
  const plain = text.includes("-----BEGIN") ? text.replaceAll("\\n", "\n") : Buffer.from(text, "base64").toString();
  const pem = plain.trim();
  if (/^-----BEGIN (RSA )?PRIVATE KEY-----\r?\n[\w+/=\s]+\r?\n-----END (RSA )?PRIVATE KEY-----$/.test(pem))
    return ok(`${pem}\n`);
  return refused("not a private key in PEM", "download one on the App's settings page and give it whole");
}
