import { z } from "zod";
import { STANDINGS } from "../../../access/effective.ts";
import type { HolderPage, HolderQuery, ListedHolder } from "../../../access/holders/listed.ts";
import { type AccountKey, keyOf, type RepositoryKey } from "../../../access/keys.ts";
import { sourceWords } from "../../../access/words.ts";
import { ROLES, VIAS } from "../../../dossier/role.ts";
import type { Installation } from "../../../store/store.ts";
import { accountParameter } from "../../guard/parameters.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { capital, counted, VIA_WORDS } from "../../wording.ts";

const PAGE_SIZE = 50;
const SHOWN_REPOSITORIES = 100;
const SORTS = ["role", "reach", "login"] as const;
const CHOICES = ["any", ...STANDINGS] as const;

/** The list's state, all of it in the address. Whatever does not fit is left out. */
export const accountsQuery = z.object({
  q: z.string().max(100).catch("").default(""),
  standing: z.enum(CHOICES).catch("any").default("any"),
  role: z.enum(ROLES).catch("write").default("write"),
  via: z
    .enum(["any", ...VIAS])
    .catch("any")
    .default("any"),
  /** The whole name of a repository. */
  repository: z.string().max(100).catch("").default(""),
  sort: z.enum(SORTS).catch("role").default("role"),
  /** Id of the last account of the page before. */
  after: accountParameter.nullable().catch(null).default(null),
  /** Id of a past audit; the newest without it. */
  of: z.string().max(64).catch("").default(""),
});
type Query = z.infer<typeof accountsQuery>;

interface AccountsView {
  readonly installation: Installation;
  readonly page: HolderPage;
  readonly viewer: Viewer;
  readonly query: Query;
}

/** What the address asks of whoever answers the list. */
export const holderQuery = ({ q, standing, role, via, repository, sort, after }: Query): HolderQuery => ({
  ...{ login: q.trim(), role, sort, limit: PAGE_SIZE },
  standing: standing === "any" ? null : standing,
  via: via === "any" ? null : via,
  repository: repository.trim() === "" ? null : repository.trim(),
  after: after === null ? null : keyOf(after),
});

/** Everybody with access: searched, filtered, sorted and paged on the server. */
export function accountsPage(view: AccountsView): Page {
  const { installation, page, viewer, query } = view;
  const { count, from, rows } = page;
  const last = from + rows.length < count ? rows.at(-1) : undefined;
  return {
    title: "Everybody with access",
    viewer,
    navigation: ownerNavigation(installation, "audit"),
    body: html`<p class="eyebrow"><a href="/orgs/${installation.id}/audit${query.of ? `?of=${query.of}` : ""}">Access audit</a></p>
      <h1>Everybody with access</h1>
      ${filters(query)}
      <p class="meta">${counted(count, "account")}${
        count > rows.length && rows.length > 0 ? `, ${from + 1} to ${from + rows.length}` : ""
      }</p>
      ${rows.length === 0 ? html`<p class="blank">No account fits.</p>` : table(rows, view)}
      ${last ? html`<p><a class="button" href="?${address(query, last.account)}">Next page</a></p>` : null}`,
  };
}

function filters(query: Query): Html {
  return html`<form method="get" class="filters" role="search">
    ${query.of ? html`<input type="hidden" name="of" value="${query.of}" />` : null}
    <div><label for="q">Login</label><input id="q" name="q" type="search" value="${query.q}" /></div>
    <div><label for="repository">On repository</label><input id="repository" name="repository" type="search" value="${query.repository}" /></div>
    ${choice("standing", CHOICES, query.standing)} ${choice("role", ROLES, query.role)}
    ${choice("via", ["any", ...VIAS], query.via)} ${choice("sort", SORTS, query.sort)}
    <button class="button" type="submit">Show</button>
  </form>`;
}

const CHOICE_LABELS = { standing: "Belongs as", role: "At least", via: "By", sort: "Sorted by" } as const;

const choice = (name: keyof typeof CHOICE_LABELS, values: readonly string[], chosen: string): Html =>
  html`<div><label for="${name}">${CHOICE_LABELS[name]}</label><select id="${name}" name="${name}">
    ${values.map((value) => html`<option value="${value}"${value === chosen ? html` selected` : null}>${optionWords(value)}</option>`)}
  </select></div>`;

const VIA_OPTIONS = new Map<string, string>(Object.entries(VIA_WORDS));
const optionWords = (value: string): string => capital(VIA_OPTIONS.get(value) ?? value);

/** The list's state, without what is as it is anyway. */
function address(query: Query, after: AccountKey): string {
  const state = Object.entries({ ...query, after }).filter(
    ([name, value]) => value !== null && value !== "" && value !== DEFAULTS.get(name),
  );
  return new URLSearchParams(state.map(([name, value]) => [name, String(value)])).toString();
}
const DEFAULTS: ReadonlyMap<string, unknown> = new Map(Object.entries(accountsQuery.parse({})));

function table(rows: readonly ListedHolder[], { page, installation, viewer, query }: AccountsView): Html {
  // Nobody has a page about himself.
  const own = keyOf(viewer.accountId);
  const named = (id: RepositoryKey): string => page.names.get(id) ?? `repository ${id}`;
  const roleColumn = query.repository ? `Role on ${query.repository}` : "Highest role";
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Accounts"><table class="figures">
    <thead><tr><th scope="col">Account</th><th scope="col">Belongs as</th><th scope="col">${roleColumn}</th><th scope="col" class="number">Can write to</th></tr></thead>
    <tbody>
      ${rows.map(
        (account) => html`<tr>
          <td><details>
            <summary><bdi>${account.login}</bdi>${account.kind === "bot" ? html` <span class="muted">bot</span>` : null}</summary>
            ${account.account === own ? null : html`<p class="small"><a href="/orgs/${installation.id}/accounts/${account.account}">Everything about this account</a></p>`}
            <ul class="paths">
              ${account.everywhere ? html`<li>${account.everywhere.role} everywhere <span class="muted">${sourceWords(account.everywhere.via)}</span></li>` : null}
              ${account.effective
                .slice(0, SHOWN_REPOSITORIES)
                .map(
                  (row) =>
                    html`<li>${row.role} on ${named(row.repository)} <span class="muted">${sourceWords(row.via)}</span></li>`,
                )}
            </ul>
          </details></td>
          <td>${account.standing}</td>
          <td>${account.role}</td>
          <td class="number">${account.writes}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}
