import type { Finding } from "../../../assessment/assessment.ts";
import type { GrantList } from "../../../dossier/facts.ts";
import { canWrite } from "../../../dossier/role.ts";
import type { SignalMeta } from "../../../signals/signal.ts";
import type { Report } from "../../../store/store.ts";
import { type Html, html } from "../../html.ts";
import { BAND_WORDS, CHANGE_URGENCY, counted, levelWords, REASON_WORDS, type Urgency } from "../../wording.ts";

type Catalogue = ReadonlyMap<string, SignalMeta>;

/** The three answers, one line each, never added up. Only the change is ever coloured: it is work, not a person. */
export function axes(report: Report, signals: Catalogue): Html {
  const { change, access, persona, coverage } = report.assessment;
  const account =
    report.assessment.subject.kind === "user"
      ? html`${coverage.evaluatedCount} of ${counted(coverage.applicableCount, "check")} could look`
      : html`not a person's account, so nothing is asked about a person`;
  return html`<dl class="axes">
    ${
      report.pullRequest
        ? axis("Change", {
            level: levelWords(change),
            urgency: CHANGE_URGENCY[change.level],
            says: changeSentence(report, signals),
          })
        : null
    }
    ${axis("Access", { level: levelWords(access), urgency: "none", says: accessSentence(report) })}
    ${axis("Account", { level: BAND_WORDS[persona.band], urgency: "none", says: account })}
  </dl>`;
}

function axis(
  name: string,
  line: { readonly level: string; readonly urgency: Urgency; readonly says: Html | string },
): Html {
  return html`<div>
    <dt>${name}</dt>
    <dd><strong class="level ${line.urgency}">${line.level}</strong> <span>${line.says}</span></dd>
  </div>`;
}

function changeSentence(report: Report, signals: Catalogue): Html | string {
  if (report.assessment.change.level === "unknown") {
    const files = report.dossier.sections["change.files"];
    return files.state === "unavailable"
      ? `the changed lines could not be read: ${REASON_WORDS[files.reason]}`
      : "nothing in what could be read calls for special care, but not all of it could be read";
  }
  const findings = firedOn(report, "C");
  const first = findings[0];
  if (!first)
    return report.assessment.change.complete === false
      ? "nothing in what could be read calls for special care"
      : "nothing in it calls for special care";
  return html`${titleOf(first, signals)} <span class="muted">(${counted(findings.length, "finding")})</span>`;
}

/** What the account can reach in the organisation, in one sentence: by the last audit, and by the grant just given. */
function accessSentence({ dossier: { sections }, repositoryId }: Report): string {
  const { "access.grants": grants, "access.grant": grant } = sections;
  const given = grant.state === "present" ? [grant.value] : [];
  if (grants.state !== "present" && given.length === 0)
    return `what it can reach is not known: ${REASON_WORDS[grants.reason]}`;
  const known: GrantList = grants.state === "present" ? grants.value : { owner: false, member: false, grants: [] };
  if (known.owner) return "can reach everything: an owner of the organisation";
  const writing = [...known.grants, ...given].filter(({ role }) => canWrite(role));
  const written = new Set(writing.map((held) => held.repositoryId));
  // The base permission gives every member the same, so no grant of one account lists it.
  const belongs = known.membersUnread ? "unread" : known.member ? "member" : "outside";
  if (written.size === 0) return NOWHERE[belongs];
  const here = written.has(repositoryId);
  const elsewhere = written.size - (here ? 1 : 0);
  const others = counted(elsewhere, "other repository", "other repositories");
  if (!here) return `can write to ${others}, ${NOT_HERE[belongs]}`;
  return `can write here${elsewhere > 0 ? ` and to ${others}` : ""}`;
}

const NOWHERE = {
  member: "no write access here or elsewhere beyond what every member has",
  outside: "no write access here or elsewhere in the organisation",
  unread: "no write access given to itself; whether it belongs to the organisation could not be read",
} as const;

const NOT_HERE = {
  member: "here what every member can",
  outside: "not to this one",
  unread: "to this one only if it belongs to the organisation, which could not be read",
} as const;

/** What fired on one axis, strongest first, as the assessment orders it. */
export const firedOn = (report: Report, axis: Finding["axis"]): readonly Finding[] =>
  report.assessment.findings.filter((finding) => finding.outcome === "fired" && finding.axis === axis);

/** A signal's title; its id when the catalogue no longer has it. */
export const titleOf = (finding: Finding, signals: Catalogue): string =>
  signals.get(finding.signal)?.title ?? finding.signal;
