import type { Installation, Subject } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { correctionsBox } from "./corrections.ts";

/** A form that could not be taken as it was given. */
export interface RefusedForm {
  readonly form: "correction" | "erase";
  /** What was typed. */
  readonly given: string;
}

interface DataView {
  readonly installation: Installation;
  readonly subject: Subject;
  readonly viewer: Viewer;
  readonly refused: RefusedForm | null;
}

/** What is kept about one account: how much of each kind, the file, and the forms that correct and erase it. */
export function dataPage(view: DataView): Page {
  const { installation, subject, viewer } = view;
  const { accountId: account } = subject;
  const kept = KINDS.filter(({ of }) => of(subject) > 0);
  return {
    title: `Data of account ${account}`,
    viewer,
    navigation: ownerNavigation(installation, null),
    body: html`<header class="heading with-actions">
        <div>
          <h1>What is kept about account ${account}</h1>
          <p class="meta"><a href="${placeOf(view)}">Its page</a> · <a href="/privacy">what this service promises</a></p>
        </div>
        <nav class="actions" aria-label="Its data">
          <a class="button" href="${placeOf(view)}/data.json">Download all of it (JSON)</a>
        </nav>
      </header>
      <p>
        The file is for the person who asks. It names colleagues who decided, and what it quotes can name others: read it
        before you hand it out. Each look, download, correction and erasure is recorded in the trail.
      </p>
      ${isKnown(subject) ? null : html`<p class="blank">Nothing is kept under this number but what stands here.</p>`}
      ${
        kept.length === 0
          ? null
          : html`<dl class="readings wide">${kept.map(
              ({ what, of, erased }) =>
                html`<div><dt>${what}</dt><dd>${of(subject)} <span class="muted">${erased}</span></dd></div>`,
            )}</dl>`
      }
      ${correct(view)} ${erase(view)} ${notIncluded(subject)}`,
  };
}

/** Whether anything is kept but that somebody looked: notes about anybody else would be a list of people. */
export const isKnown = ({
  reports,
  flags,
  audits,
  localList,
  listed,
  exposureDecisions,
  grants,
  referrals,
  corrections,
}: Subject): boolean =>
  [reports, flags, audits, localList, listed, exposureDecisions, grants, referrals, corrections].some(
    ({ length }) => length > 0,
  );

const placeOf = ({ installation, subject }: DataView): string =>
  `/orgs/${installation.id}/accounts/${subject.accountId}`;

/** What there can be, and what erasing does to it. */
const KINDS: readonly { readonly what: string; readonly of: (subject: Subject) => number; readonly erased: string }[] =
  [
    { what: "Reports", of: ({ reports }) => reports.length, erased: "erased, but for one that an open flag leads to" },
    { what: "Flags", of: ({ flags }) => flags.length, erased: "erased once the grant is gone" },
    { what: "Vouches and warnings", of: ({ localList }) => localList.length, erased: "erased" },
    { what: "What lists of others say", of: ({ listed }) => listed.length, erased: "erased" },
    {
      what: "Decisions on standing exposure",
      of: ({ exposureDecisions }) => exposureDecisions.length,
      erased: "erased: the next audit asks again",
    },
    { what: "Grants: who gave them, why and how long", of: ({ grants }) => grants.length, erased: "erased" },
    { what: "Whom it let in, and who let it in", of: ({ referrals }) => referrals.length, erased: "erased" },
    { what: "Corrections", of: ({ corrections }) => corrections.length, erased: "erased" },
    {
      what: "Facts kept for the next report",
      of: ({ cachedFacts, histories, snapshots }) => cachedFacts.length + histories.length + snapshots.length,
      erased: "erased",
    },
    { what: "What ties it to other accounts", of: ({ ties }) => ties.length, erased: "erased" },
    { what: "Looks of the last day", of: ({ looks }) => looks.length, erased: "made nobody's" },
    { what: "Audits that name it", of: ({ audits }) => audits.length, erased: "flags in them erased, access stays" },
    {
      what: "What GitHub said of its access since",
      of: ({ accessSince }) => accessSince.length,
      erased: "stays until the next audit",
    },
    { what: "Work that names it", of: ({ work }) => work.length, erased: "erased where it was given up" },
    { what: "What it decided itself", of: ({ decisions }) => decisions.length, erased: "stays" },
    { what: "Entries of the trail", of: ({ trail }) => trail.length, erased: "stay" },
  ];

function correct(view: DataView): Html | null {
  if (!isKnown(view.subject)) return null;
  const refused = view.refused?.form === "correction" ? view.refused : null;
  return html`<section class="card" aria-labelledby="correct">
    <h2 id="correct">Correct</h2>
    <p>What the account or anybody says is wrong or missing. It is shown on every report about the account and in the file.</p>
    ${correctionsBox(view.subject.corrections)}
    <form method="post" action="${placeOf(view)}/data/correction" class="stacked">
      <input type="hidden" name="csrf" value="${view.viewer.csrf}" />
      <label for="text">Correction</label>
      <p class="muted small" id="text-hint">Between 8 and 2,000 characters, under your name and today's date.</p>
      <textarea id="text" name="text" rows="3" required minlength="8" maxlength="2000"
        aria-describedby="text-hint${refused ? " text-problem" : ""}"${refused ? html` aria-invalid="true"` : null}>${refused?.given}</textarea>
      ${refused ? html`<p class="problem" id="text-problem">Write between 8 and 2,000 characters. Nothing was changed.</p>` : null}
      <button class="button" type="submit">Note it</button>
    </form>
  </section>`;
}

function erase(view: DataView): Html {
  const { subject, viewer } = view;
  const refused = view.refused?.form === "erase" ? view.refused : null;
  return html`<section class="card" aria-labelledby="erase">
    <h2 id="erase">Erase</h2>
    <p>It cannot be undone. What it leaves:</p>
    <ul>${subject.stays.map((sentence) => html`<li>${sentence}</li>`)}</ul>
    <form method="post" action="${placeOf(view)}/data/erase" class="stacked">
      <input type="hidden" name="csrf" value="${viewer.csrf}" />
      <label for="confirm">Type the number of the account, ${subject.accountId}, to erase it</label>
      <input id="confirm" name="confirm" required autocomplete="off" inputmode="numeric" value="${refused?.given}"${
        refused ? html` aria-invalid="true" aria-describedby="confirm-problem"` : null
      } />
      ${refused ? html`<p class="problem" id="confirm-problem">That is not its number. Nothing was changed.</p>` : null}
      <button class="button" type="submit">Erase what is kept about it</button>
    </form>
  </section>`;
}

const notIncluded = ({ notIncluded: left }: Subject): Html => html`<section aria-labelledby="left-out">
  <h2 id="left-out">Not in the file</h2>
  <ul>${left.map(({ what, why }) => html`<li>${what}. <span class="muted">${why}</span></li>`)}</ul>
</section>`;
