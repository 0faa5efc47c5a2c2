import type { AccessAudit } from "../../../access/audit.ts";
import { type AccessSnapshot, BASE_NOT_CHECKED } from "../../../access/grant.ts";
import { counted, WIDTH, wrap } from "../../layout.ts";
import { printable } from "../../printable.ts";

/** How an audit answers a control: what it cannot see is never met. */
type Answer = readonly ["met" | "not met" | "see" | "not checked", string];

interface Control {
  readonly id: string;
  /** What it asks, in short. */
  readonly asks: string;
  answer(audit: AccessAudit, snapshot: AccessSnapshot): Answer;
}

/** Controls of the Open Source Project Security Baseline (2026-08-28) about access: https://baseline.openssf.org */
const CONTROLS: readonly Control[] = [
  {
    id: "OSPS-AC-01.01",
    asks: "multi-factor authentication for whoever reads or changes what is sensitive",
    answer: () => ["not checked", "the organisation's settings say it: Authentication security"],
  },
  {
    id: "OSPS-AC-02.01",
    asks: "a new collaborator gets the lowest rights, or those that somebody gives by hand",
    answer: lowestRights,
  },
  { id: "OSPS-AC-03.01", asks: "no direct commit to the primary branch", answer: directCommits },
  {
    id: "OSPS-AC-03.02",
    asks: "the primary branch is not deleted by accident",
    answer: () => ["not checked", "GitHub refuses to delete a default branch; rules about others are not read"],
  },
  {
    id: "OSPS-AC-04.01",
    asks: "a pipeline without permissions of its own gets the lowest",
    answer: () => ["not checked", "the organisation's settings say it: Actions, Workflow permissions"],
  },
  {
    id: "OSPS-AC-04.02",
    asks: "a pipeline's permissions are the fewest it needs",
    answer: () => ["not checked", "`sallyport workflows --repo OWNER/REPO` reads it"],
  },
  {
    id: "OSPS-GV-01.01",
    asks: "a list of who has access to what is sensitive",
    answer: ({ summary }) => [
      "see",
      `${counted(summary.accountsWithWrite, "account")} of this audit; --csv is the list`,
    ],
  },
  {
    id: "OSPS-GV-04.01",
    asks: "somebody looks before rights are given",
    answer: () => ["see", "`sallyport vet LOGIN --for OWNER/REPO:ROLE` before, the decisions on lines of audits after"],
  },
];

function lowestRights({ organization: { basePermission: base }, notChecked }: AccessAudit): Answer {
  if (notChecked.some(({ what }) => what === BASE_NOT_CHECKED))
    return ["not checked", "GitHub did not show the base permission"];
  if (base === "none" || base === "read") return ["met", `the base permission is ${base}`];
  return ["not met", `the base permission gives every member ${base} on every repository`];
}

function directCommits({ exposure }: AccessAudit, { protections, rulesets, rulesUnread }: AccessSnapshot): Answer {
  if (protections === undefined || rulesets === undefined) return ["not checked", "no rules are in this file"];
  const open = exposure.filter(({ kind }) => kind === "acc-protection-gap").length;
  if (open > 0) return ["not met", `nothing guards a branch of ${open} ${open === 1 ? "repository" : "repositories"}`];
  return rulesUnread?.length
    ? ["not checked", `rules of ${rulesUnread.length} repositories were not shown`]
    : ["met", "a rule guards each default and release branch, owners aside"];
}

/** The controls as a checklist of 80 columns, each with what the audit saw. */
export function baselineText(audit: AccessAudit, snapshot: AccessSnapshot): string {
  const lines = CONTROLS.flatMap((control) => {
    const [status, why] = control.answer(audit, snapshot);
    const box = status === "met" ? "[x]" : "[ ]";
    return [
      `${box} ${control.id}  ${status}`,
      ...wrap(`${control.asks}: ${why}`, WIDTH - 4).map((line) => `    ${line}`),
    ];
  });
  return [`${audit.organization.login} · OSPS Baseline, access, as of ${audit.takenAt.slice(0, 10)}`, "", ...lines]
    .map((line) => `${printable(line)}\n`)
    .join("");
}
