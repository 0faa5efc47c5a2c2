import { AUDIT_WEEKS } from "../../../access/audit.ts";
import type { Policy } from "../../../policy/policy.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";

interface PrivacyView {
  /** Mail or web address; null when the operator gave none. */
  readonly contact: string | null;
  readonly retention: Policy["retention"];
  /** The longest times an organisation may choose. */
  readonly longest: Policy["retention"];
}

/** What is stored about a contributor, for how long, who sees it, and how he asks, corrects and erases. */
export function privacyPage({ contact, retention, longest }: PrivacyView): Page {
  return {
    title: "Privacy and your rights",
    viewer: null,
    body: html`<div class="text">
      <h1>Privacy and your rights</h1>
      <p class="lead">
        For people who contribute to a repository that uses Sallyport. Every contribution is looked at in the same way, and on
        GitHub every contribution gets the same note. The note says nothing about you.
      </p>
      <h2>What is read</h2>
      <p>
        What GitHub shows to everybody, and what it shows to the organisation you contribute to: the change itself, its
        commits, when your account was made, your public pull requests and activity dates, what your own last pull requests,
        issues and comments elsewhere say (reduced at once to counts and marks, without the text), when public keys were added, your
        merged work in the organisation, and your access there. At a first contribution, and where you hold or are given write access, also the
        commits of at most ten public repositories of your own, without their files: you see that as a clone of theirs, and it
        happens to everybody alike. Where a closer look is called for, GitHub's API is asked for these commits instead. <a href="/signals">Every check is listed with its sources</a>.
      </p>
      <h2>What is never read or used</h2>
      <p>
        Your name, nationality, ethnicity, language, picture, location, time zone as such, e-mail provider, the look of your
        login, or how old your account is or how many follow it as such. None of it is kept or used;
        names and addresses in commits are compared with one another while they are read, and dropped.
      </p>
      <h2>What it is for</h2>
      <p>
        To show maintainers facts worth a look before they merge a change or grant access. A person decides. Nothing is
        closed, refused or removed automatically, and missing information is never held against you.
      </p>
      <h2>Who sees it, and for how long</h2>
      <ul>
        <li>Maintainers of the repository (or from the role on that the organisation's policy names), after signing in with
          GitHub. Nobody about whom a flag is open, or who was given write in the last 30 days, unless he owns the
          organisation. Each look is recorded.</li>
        <li>Never the public, never other contributors. Where an organisation chose so, findings about a diff stand beside its
          lines: made from the changed files alone, so that anybody's equal diff gets the same words.</li>
        <li>
          Messages to the organisation by chat, webhook or e-mail hold counts and a link that asks for a login: no account,
          no repository, no reason.
        </li>
        <li>
          A report: its evidence ${retention.evidence_days} days and its result ${retention.bands_days} days, unless the
          organisation chose otherwise: at most ${longest.evidence_days} days and at most ${longest.bands_days}. Then the
          report is deleted and counted in totals without accounts; a pull request that is still open is read anew.
        </li>
        <li>
          Who has access to the organisation's repositories, as the weekly audit found it: ${7 * AUDIT_WEEKS} days, the newest
          until there is a newer one. Its owners see it.
        </li>
        <li>
          Who gave you write access, when, and the reason and the day that the owners wrote down for it: until the access is
          gone.
        </li>
        <li>
          Of pushes without a pull request what they changed, and never who pushed: evidence as above, or until the
          organisation's owners have decided what it was.
        </li>
        <li>
          Decisions about write access that met such a report, with your login and the reason the owners gave: until the
          access is gone, and then as long as results.
        </li>
        <li>
          The trail of who looked and who decided: account numbers, what was opened and reasons, until the App is removed.
        </li>
      </ul>
      <h2>Ask, correct, erase</h2>
      ${rights(contact)}
      <h2>On this site</h2>
      <p>
        Signing in sets a cookie that ends with your visit. There is no tracking and no script, and nothing is loaded
        from elsewhere.
      </p>
    </div>`,
  };
}

function rights(contact: string | null): Html {
  const how = contact
    ? html`Write to <a href="${contactAddress(contact)}">${contact}</a>`
    : html`Ask the maintainers of the repository, or the organisation that runs this site,`;
  return html`<p>
      You may ask what is stored about you, have what is wrong corrected, object, and have it erased. ${how} and name your
      GitHub account; you will be asked to show that it is yours. You need not give a reason. The organisation's owners
      can give you all of it as one file, note a correction that stands on every report about you, and erase it.
    </p>
    <p>
      Not erased are: a flag on your access and the report behind it, until somebody has decided; who has access to the
      organisation's repositories; and the trail of who looked and who decided, which nobody can change. What is open on
      GitHub is read anew.
    </p>
    <p>
      Every report lists, for each fact, what would clear it. If a fact is wrong, say which and why: a person looks at it
      again.
    </p>`;
}

const contactAddress = (contact: string): string =>
  /^https?:\/\//.test(contact) ? contact : `mailto:${encodeURIComponent(contact).replace("%40", "@")}`;
