import type { Instant } from "../../../clock.ts";
import { whyOpen, whySetAside } from "../../../job/set-aside.ts";
import type { MachineFinding } from "../../../machine.ts";
import type { Circuit, DeliveryProgress, Installation, SetAside } from "../../../store/store.ts";
import type { Viewer } from "../../guard/session.ts";
import { type Html, html } from "../../html.ts";
import type { Page } from "../../layout.ts";
import { ownerNavigation } from "../../organization.ts";
import { ago } from "../../time.ts";
import { jobWords } from "../../wording.ts";

interface WorkView {
  readonly installation: Installation;
  readonly viewer: Viewer;
  readonly setAside: readonly SetAside[];
  /** Those that hold this organisation's work. */
  readonly circuits: readonly Circuit[];
  readonly progress: DeliveryProgress;
  readonly machine: readonly MachineFinding[];
  readonly now: Instant;
}

/** Whether work gets done: what is waited for, and what was given up. Says nothing about a person. */
export function workPage(view: WorkView): Page {
  const { installation, viewer, setAside } = view;
  return {
    title: "Work",
    viewer,
    navigation: ownerNavigation(installation, "work"),
    body: html`<h1>Work</h1>
      <p class="lead">Everything GitHub told us is kept until it is done. What could not be done stands here.</p>
      <h2>Health</h2>
      <dl class="axes">
        ${health(view)}
      </dl>
      <h2>Set aside <span class="counter">${setAside.length}</span></h2>
      ${
        setAside.length === 0
          ? html`<p class="blank">Nothing was given up.</p>`
          : html`<ul class="rows">
              ${setAside.map((one) => row(one, view))}
            </ul>`
      }`,
  };
}

function health({ circuits, progress, machine, now }: WorkView): readonly Html[] {
  const waits = circuits.map(({ because, openedAt }) =>
    line("GitHub", {
      due: "waiting",
      says: html`${whyOpen(because)}, since ${ago(openedAt, now)}. It is asked again every few minutes, and then everything goes on.`,
    }),
  );
  return [
    ...(waits.length === 0 ? [line("GitHub", { says: html`answers` })] : waits),
    line("Deliveries", { says: deliveries(progress, now) }),
    ...machine.map(machineLine),
  ];
}

const line = (about: string, { due, says }: { readonly due?: string; readonly says: Html }): Html => html`<div>
  <dt>${about}</dt>
  <dd>${due === undefined ? null : html`<strong class="level soon">${due}</strong>`} <span>${says}</span></dd>
</div>`;

const ABOUT: Readonly<Record<MachineFinding["about"], string>> = {
  disk: "Disk",
  clock: "Clock",
  proxies: "Proxies",
  restart: "Restart",
};

/** The operator's to mend, but whoever waits for work should see it. */
const machineLine = ({ about, found, mend }: MachineFinding): Html =>
  mend === null
    ? line(ABOUT[about], { says: html`${found}` })
    : line(ABOUT[about], { due: "to mend", says: html`${found}. For the operator: ${mend}.` });

/** Deliveries are the App's as a whole: one of another organisation may be the newest. */
function deliveries({ receivedAt, madeAt, logReadAt }: DeliveryProgress, now: Instant): Html {
  const received = receivedAt === null ? html`none yet` : ago(receivedAt, now);
  const made =
    madeAt === null || logReadAt === null
      ? html`its log was not read yet`
      : html`${ago(madeAt, now)} (its log was read ${ago(logReadAt, now)})`;
  return html`newest received: ${received}; newest that GitHub made: ${made}`;
}

function row(one: SetAside, { installation, viewer, now }: WorkView): Html {
  const form = html`<form method="post" action="/orgs/${installation.id}/work/retry">
    <input type="hidden" name="csrf" value="${viewer.csrf}" />
    <input type="hidden" name="id" value="${one.id}" />
    <button class="button" type="submit">Try again</button>
  </form>`;
  return html`<li>
    <div>
      <span class="title">${one.what === "job" ? jobWords(one.kind) : `Hearing from GitHub: ${one.kind.replaceAll("_", " ")}`}</span>
      <span class="muted small">${one.repository === null ? null : html`<bdi>${one.repository}</bdi> · `}${ago(one.since, now)}</span>
      <p class="small">${one.state === "alone" ? ALONE : whySetAside(one.because)}</p>
    </div>
    ${one.state === "alone" ? null : form}
  </li>`;
}

const ALONE = "The process ended three times or more while it ran. It is tried by itself, with growing pauses.";
