import type { Fetched } from "../../absence.ts";
import type { Instant } from "../../clock.ts";
import { type Dossier, present, type Section, unavailable } from "../dossier.ts";
import type { AccountActivity } from "../facts.ts";
import type { AccountGateway } from "../gateway.ts";
import { endedSilence } from "../long-silence.ts";

type Sections = Dossier["sections"];

/** Sections about an account that GitHub fills and that hold for any pull request: what may be kept for a while. */
export const ACCOUNT_SECTIONS = [
  "account.profile",
  "account.repositories",
  "account.pullRequests",
  "account.activity",
  "account.texts",
  "account.keys",
] as const;

export type AccountSections = Partial<Pick<Sections, (typeof ACCOUNT_SECTIONS)[number]>>;

/** True when an earlier dossier already answers what Q2 would. */
export const isKnown = (sections: Partial<Sections>): boolean =>
  (["account.profile", "account.repositories", "account.pullRequests", "account.activity"] as const).every(
    (name) => sections[name]?.state === "present",
  );

/** The sections worth keeping; null when a part is missing, so that the next look asks again. */
export function worthKeeping(sections: AccountSections): AccountSections | null {
  const isMissing = ACCOUNT_SECTIONS.some((name) => sections[name]?.state === "unavailable");
  return isMissing || !isKnown(sections) ? null : sections;
}

/** The same of what was read anew, together with what stood from before; null when nothing was read. */
export function worthKeepingWith(known: Partial<Sections>, read: AccountSections): AccountSections | null {
  if (Object.keys(read).length === 0) return null;
  const stood = ACCOUNT_SECTIONS.filter((name) => known[name]?.state === "present");
  return worthKeeping({ ...Object.fromEntries(stood.map((name) => [name, known[name]])), ...read });
}

/** When the keys of somebody were added who signs what is looked at; 2 requests. */
export const keysSection = async (gateway: AccountGateway, login: string, asOf: Instant) => ({
  "account.keys": section(await gateway.accountKeys(login), asOf),
});

/**
 * What GitHub dates about an account: Q2; its keys when a long silence ended lately or when it signs what is looked at,
 * and after a silence its last events, as far as `requestsLeft` goes. Cost: 1 to 5 requests.
 */
export async function accountSections(
  gateway: AccountGateway,
  account: { readonly nodeId: string; readonly login: string },
  options: { readonly asOf: Instant; readonly requestsLeft: () => number; readonly signs?: boolean },
): Promise<AccountSections> {
  const { asOf, requestsLeft } = options;
  const history = await gateway.accountHistory({ ...account, now: asOf });
  if (!history.ok) return allMissing(history);
  const { profile, repositories, pullRequests, activity, texts } = history.value;
  const found: AccountSections = {
    "account.profile": section(profile, asOf),
    "account.repositories": section(repositories, asOf),
    "account.pullRequests": section(pullRequests, asOf),
    "account.activity": section(activity, asOf),
    "account.texts": section(texts, asOf),
  };
  const returned =
    profile.ok &&
    repositories.ok &&
    activity.ok &&
    endedSilence(profile.value, { repositories: repositories.value, activity: activity.value }, asOf) !== null;
  const asksKeys = (returned || options.signs === true) && requestsLeft() >= REQUESTS.keys;
  const keys = asksKeys ? await keysSection(gateway, account.login, asOf) : null;
  const events = returned && requestsLeft() >= REQUESTS.events ? await gateway.accountEvents(account.login) : null;
  return {
    ...found,
    ...keys,
    ...(activity.ok && events?.ok && { "account.activity": present(withEvents(activity.value, events.value), asOf) }),
  };
}

export const REQUESTS = { keys: 2, events: 1 } as const;

/** A present section, or the reason it is missing. */
export const section = <T>(answer: Fetched<T>, asOf: Instant): Section<T> =>
  answer.ok ? present(answer.value, asOf) : unavailable(answer.reason, answer.retryAt);

const allMissing = ({ reason, retryAt }: Fetched<unknown> & { readonly ok: false }): AccountSections => ({
  "account.repositories": unavailable(reason, retryAt),
  "account.pullRequests": unavailable(reason, retryAt),
  "account.activity": unavailable(reason, retryAt),
  "account.texts": unavailable(reason, retryAt),
});

function withEvents(activity: AccountActivity, events: AccountActivity["acts"]): AccountActivity {
  return { ...activity, acts: [...activity.acts, ...events].toSorted((a, b) => a.at.localeCompare(b.at)) };
}
