import { z } from "zod";
import type { AccessAudit, AuditedAccount } from "../../../access/audit.ts";
import { countByRole, STANDINGS, writable } from "../../../access/effective.ts";
import { keyOf } from "../../../access/keys.ts";
import { compareIds } from "../../../access/text-order.ts";
import { namesOf, sourceWords } from "../../../access/words.ts";
import { ROLES, type Role, roleRank } from "../../../dossier/role.ts";
import type { Installation } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { capital, counted } from "../../wording.ts";

const PAGE_SIZE = 50;
const SHOWN_REPOSITORIES = 100;
const SORTS = ["role", "reach", "login"] as const;
const CHOICES = ["any", ...STANDINGS] as const;

/** The list's state, all of it in the address. Whatever does not fit is left out. */
export const accountsQuery = z.object({
  q: z.string().max(100).catch("").default(""),
  standing: z.enum(CHOICES).catch("any").default("any"),
  role: z.enum(ROLES).catch("write").default("write"),
  sort: z.enum(SORTS).catch("role").default("role"),
  /** Id of the last account of the page before. */
  after: z.string().max(20).catch("").default(""),
  /** Id of a past audit; the newest without it. */
  of: z.string().max(64).catch("").default(""),
});
type Query = z.infer<typeof accountsQuery>;

interface AccountsView {
  readonly installation: Installation;
  readonly audit: AccessAudit;
  readonly viewer: Viewer;
  readonly query: Query;
}

interface AccountRow {
  readonly account: AuditedAccount;
  readonly role: Role;
  /** Repositories with write or more. */
  readonly writes: number;
}

/** Everybody with access: searched, filtered, sorted and paged on the server. */
export function accountsPage(view: AccountsView): Page {
  const { installation, audit, viewer, query } = view;
  const all = rowsOf(audit, query);
  const start = query.after ? all.findIndex(({ account }) => account.account === query.after) + 1 : 0;
  const shown = all.slice(start, start + PAGE_SIZE);
  const last = start + PAGE_SIZE < all.length ? shown.at(-1) : undefined;
  return {
    title: "Everybody with access",
    viewer,
    navigation: ownerNavigation(installation, "audit"),
    body: html`<p class="eyebrow"><a href="/orgs/${installation.id}/audit${query.of ? `?of=${query.of}` : ""}">Access audit</a></p>
      <h1>Everybody with access</h1>
      ${filters(query)}
      <p class="meta">${counted(all.length, "account")}${
        all.length > PAGE_SIZE && shown.length > 0 ? `, ${start + 1} to ${start + shown.length}` : ""
      }</p>
      ${shown.length === 0 ? html`<p class="blank">No account fits.</p>` : table(shown, view)}
      ${last ? html`<p><a class="button" href="?${address({ ...query, after: last.account.account })}">Next page</a></p>` : null}`,
  };
}

function rowsOf({ accounts, summary }: AccessAudit, { q, standing, role, sort }: Query): readonly AccountRow[] {
  const wanted = q.trim().toLowerCase();
  return accounts
    .map((account) => rowOf(account, summary.activeRepositories))
    .filter(
      ({ account, role: held }) =>
        roleRank(held) >= roleRank(role) &&
        (standing === "any" || account.standing === standing) &&
        account.login.toLowerCase().includes(wanted),
    )
    .sort((a, b) => ORDERS[sort](a, b) || ORDERS.login(a, b) || compareIds(a.account.account, b.account.account));
}

const ORDERS: Readonly<Record<Query["sort"], (a: AccountRow, b: AccountRow) => number>> = {
  role: (a, b) => roleRank(b.role) - roleRank(a.role) || b.writes - a.writes,
  reach: (a, b) => b.writes - a.writes,
  login: (a, b) => a.account.login.localeCompare(b.account.login, "en"),
};

/** Where rows of ownership and base permission are too many to list, `everywhere` stands for those that are left out. */
function rowOf(account: AuditedAccount, activeCount: number): AccountRow {
  const { effective, everywhere } = account;
  const roles = [...effective.map(({ role }) => role), ...(everywhere ? [everywhere.role] : [])];
  const role = roles.reduce<Role>((a, b) => (roleRank(a) >= roleRank(b) ? a : b), "read");
  return { account, role, writes: writable(countByRole(effective, everywhere, activeCount)) };
}

function filters(query: Query): Html {
  return html`<form method="get" class="filters" role="search">
    ${query.of ? html`<input type="hidden" name="of" value="${query.of}" />` : null}
    <div><label for="q">Login</label><input id="q" name="q" type="search" value="${query.q}" /></div>
    ${choice("standing", CHOICES, query.standing)} ${choice("role", ROLES, query.role)} ${choice("sort", SORTS, query.sort)}
    <button class="button" type="submit">Show</button>
  </form>`;
}

const CHOICE_LABELS = { standing: "Belongs as", role: "At least", sort: "Sorted by" } as const;

const choice = (name: keyof typeof CHOICE_LABELS, values: readonly string[], chosen: string): Html =>
  html`<div><label for="${name}">${CHOICE_LABELS[name]}</label><select id="${name}" name="${name}">
    ${values.map((value) => html`<option value="${value}"${value === chosen ? html` selected` : null}>${capital(value)}</option>`)}
  </select></div>`;

const address = (query: Query): string => new URLSearchParams(query).toString();

function table(rows: readonly AccountRow[], { audit, installation, viewer }: AccountsView): Html {
  // Nobody has a page about himself.
  const own = keyOf(viewer.accountId);
  const names = namesOf(audit);
  return html`<div class="scroll" tabindex="0" role="group" aria-label="Accounts"><table class="figures">
    <thead><tr><th scope="col">Account</th><th scope="col">Belongs as</th><th scope="col">Highest role</th><th scope="col" class="number">Can write to</th></tr></thead>
    <tbody>
      ${rows.map(
        ({ account, role, writes }) => html`<tr>
          <td><details>
            <summary><bdi>${account.login}</bdi>${account.kind === "bot" ? html` <span class="muted">bot</span>` : null}</summary>
            ${account.account === own ? null : html`<p class="small"><a href="/orgs/${installation.id}/accounts/${account.account}">Everything about this account</a></p>`}
            <ul class="paths">
              ${account.everywhere ? html`<li>${account.everywhere.role} everywhere <span class="muted">${sourceWords(account.everywhere.via)}</span></li>` : null}
              ${account.effective
                .slice(0, SHOWN_REPOSITORIES)
                .map(
                  (row) =>
                    html`<li>${row.role} on ${names.repository(row.repository)} <span class="muted">${sourceWords(row.via)}</span></li>`,
                )}
            </ul>
          </details></td>
          <td>${account.standing}</td>
          <td>${role}</td>
          <td class="number">${writes}</td>
        </tr>`,
      )}
    </tbody>
  </table></div>`;
}
