import type { TieEdge } from "../../../clusters/tie.ts";
import { TIE_KINDS } from "../../../clusters/tie.ts";
import { TIE_WORDS, tieFact } from "../../../clusters/words.ts";
import type { ClusterAccount, ClustersHere, ShownCluster } from "../../../flows/clusters/clusters-here.ts";
import type { AccountId } from "../../../ids.ts";
import { clusterGraph } from "../../charts/cluster-graph.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { type OpenedOrganization, ownerNavigation } from "../../organization.ts";
import { day } from "../../time.ts";
import { counted } from "../../wording.ts";

type View = Pick<OpenedOrganization, "installation" | "viewer"> & ClustersHere;

/** Who is joined with whom, by which facts, and what they have to do with the organisation. */
export function clustersPage({ installation, viewer, clusters, leftOut }: View): Page {
  const base = `/orgs/${installation.id}`;
  return {
    title: "Groups of accounts",
    viewer,
    navigation: ownerNavigation(installation, null),
    body: html`<h1>Groups of accounts</h1>
      <p class="lead">
        Accounts that were looked at here and that something joins which both had to do themselves: one signing key that
        GitHub verified for each, or merges of one another. It weighs nothing by itself, and most such groups are innocent.
      </p>
      ${
        clusters.length === 0
          ? html`<p class="blank">No two accounts that were looked at here are joined.</p>`
          : clusters.map((cluster, at) => group(cluster, { base, at }))
      }
      ${leftOut > 0 ? html`<p class="muted">And ${counted(leftOut, "smaller group")}.</p>` : null}`,
  };
}

function group(cluster: ShownCluster, { base, at }: { readonly base: string; readonly at: number }): Html {
  const { accounts, edges, leftOut, reaches } = cluster;
  const labels = new Map(accounts.map((account) => [account.accountId, labelOf(account)]));
  const name = (id: AccountId): string => labels.get(id) ?? String(id);
  const id = `group-${at + 1}`;
  return html`<section aria-labelledby="${id}">
    <h2 id="${id}">${counted(accounts.length + leftOut, "account")}</h2>
    <p>${inShort(cluster)}</p>
    <figure class="scroll" tabindex="0" role="group" aria-label="Picture of the group">
      ${clusterGraph(
        accounts.map((account) => ({
          ...{ id: account.accountId, label: labelOf(account), writes: canWriteHere(account) },
        })),
        edges.map(({ kind, between }, index) => ({
          ...{ between, kind, href: `#${id}-fact-${index + 1}` },
          title: `${name(between[0])} and ${name(between[1])}: ${TIE_WORDS[kind].name.toLowerCase()}`,
        })),
      )}
      <figcaption class="muted small">
        A full dot can write here. An unbroken line is a signing key, a dashed one merges of one another; each leads to its fact.
      </figcaption>
    </figure>
    ${leftOut > 0 ? html`<p class="muted small">The ${accounts.length} nearest to the middle; ${counted(leftOut, "account")} beyond them.</p>` : null}
    <h3>What joins them</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="What joins them"><table class="figures">
      <thead><tr><th scope="col">Accounts</th><th scope="col">Fact</th><th scope="col">Seen</th></tr></thead>
      <tbody>${edges.map((edge, index) => factRow(edge, { id: `${id}-fact-${index + 1}`, name }))}</tbody>
    </table></div>
    ${explained(edges)}
    <h3>What they have to do with you</h3>
    <div class="scroll" tabindex="0" role="group" aria-label="What they have to do with you"><table class="figures">
      <thead><tr><th scope="col">Account</th><th scope="col">Can write</th><th scope="col">Pull requests looked at</th></tr></thead>
      <tbody>${accounts.map((account) => accountRow(account, base))}</tbody>
    </table></div>
    ${reaches.length === 0 ? null : html`<h3>Where</h3>${whereTable(reaches)}`}
  </section>`;
}

const labelOf = ({ login, accountId }: ClusterAccount): string => login ?? `account ${accountId}`;

const canWriteHere = ({ writes, everywhere }: ClusterAccount): boolean => everywhere !== null || writes.length > 0;

/** The figures that decide whether the rest is read. */
function inShort({ accounts, reaches }: ShownCluster): string {
  const writers = accounts.filter(canWriteHere).length;
  const openers = accounts.filter(({ opened }) => opened.length > 0).length;
  const [first] = reaches;
  const where =
    reaches.length === 0 || first === undefined
      ? ""
      : reaches.length === 1
        ? `, in ${first.repository}`
        : `, over ${reaches.length} repositories`;
  return `${writers === 0 ? "None" : writers} of them can write here; ${
    openers === 0 ? "none" : openers
  } brought pull requests${where}.`;
}

function factRow(edge: TieEdge, { id, name }: { readonly id: string; readonly name: (of: AccountId) => string }): Html {
  const [one, other] = edge.between;
  return html`<tr id="${id}">
    <td><bdi>${name(one)}</bdi> and <bdi>${name(other)}</bdi></td>
    <td>${tieFact(edge)}</td>
    <td class="nowrap">${day(edge.firstAt)} to ${day(edge.lastAt)}</td>
  </tr>`;
}

/** What stands behind each kind that is there, once and not at every line. */
const explained = (edges: readonly TieEdge[]): Html =>
  html`<dl class="readings">${TIE_KINDS.filter((kind) => edges.some((edge) => edge.kind === kind)).map(
    (kind) =>
      html`<div><dt>${TIE_WORDS[kind].name}</dt><dd>${TIE_WORDS[kind].means} Fine if: ${TIE_WORDS[kind].innocent}</dd></div>`,
  )}</dl>`;

function accountRow(account: ClusterAccount, base: string): Html {
  const { accountId, login, writes, everywhere, opened } = account;
  const roles = [
    ...(everywhere === null ? [] : [`${everywhere} on every repository`]),
    ...writes.map(({ repository, role }) => `${role} on ${repository}`),
  ];
  return html`<tr id="account-${accountId}">
    <td>${
      login === null
        ? html`${labelOf(account)} <span class="muted">not met here</span>`
        : html`<a href="${base}/accounts/${accountId}"><bdi>${login}</bdi></a>`
    }</td>
    <td>${roles.length === 0 ? html`<span class="muted">nothing</span>` : roles.join(", ")}</td>
    <td>${
      opened.length === 0
        ? html`<span class="muted">none</span>`
        : opened.map(({ repository, count }) => `${count} in ${repository}`).join(", ")
    }</td>
  </tr>`;
}

const whereTable = (reaches: ShownCluster["reaches"]): Html =>
  html`<div class="scroll" tabindex="0" role="group" aria-label="Where"><table class="figures">
    <thead><tr><th scope="col">Repository</th><th scope="col" class="number">Can write</th>
      <th scope="col" class="number">Brought pull requests</th></tr></thead>
    <tbody>${reaches.map(
      ({ repository, writers, openers }) =>
        html`<tr><td>${repository}</td><td class="number">${writers}</td><td class="number">${openers}</td></tr>`,
    )}</tbody>
  </table></div>`;
