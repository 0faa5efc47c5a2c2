/**
 * A name as one term of a search. Owners, repositories and logins hold only these characters; anything else would
 * start a qualifier of its own, so it is left out and the search finds nothing rather than something else.
 */
export const term = (name: string): string => name.replace(/[^\w.-]/g, "");

/** An account as search writes it: Apps are `app/name`. */
export const accountTerm = (login: string): string =>
  login.endsWith("[bot]") ? `app/${term(login.slice(0, -"[bot]".length))}` : term(login);
