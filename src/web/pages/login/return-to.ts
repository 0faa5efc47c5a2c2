/** Every page one can come back to after signing in; matched against the path as a browser would resolve it. */
const PAGES = /^\/(?:r\/[\w-]{1,64}|orgs\/\d{1,16}(?:\/[a-z]{1,20}(?:\/[\w-]{1,64})?)?)?$/;
const MAX_LENGTH = 512;

/** The address to go to after signing in: a page of ours, or the front page for anything else (no open redirect). */
export function safeReturnTo(wanted: unknown): string {
  if (typeof wanted !== "string" || wanted.length > MAX_LENGTH || !wanted.startsWith("/")) return "/";
  const base = "https://sallyport.invalid";
  const url = URL.parse(wanted, base);
  return url && url.origin === base && PAGES.test(url.pathname) ? url.pathname + url.search : "/";
}
