import { canWords, reasonWords } from "../../../access/reach/words.ts";
import { sourceWords } from "../../../access/words.ts";
import type { Output } from "../../command.ts";
import { shorten, WIDTH, wrap } from "../../layout.ts";
import { printable } from "../../printable.ts";
import type { WhatIfReport } from "./schema.ts";

type Edge = WhatIfReport["gone"][number];

/** What a plan would change, for a terminal: roles, what could no longer be done, what still could, who would be left. */
export function whatIfText(title: string, report: WhatIfReport, strong: Output["strong"]): string {
  const { roles, gone, stays, leftToOwners, organization, takenAt, notChecked } = report;
  const sections: readonly (readonly [string, readonly string[], string])[] = [
    ["Roles", roles.map(roleLine), "no role changes"],
    ["Could no longer be done", gone.map((edge) => edgeLine(edge, false)), "everything can still be done"],
    ["Could still be done", stays.map((edge) => edgeLine(edge, true)), "nothing of it"],
    ["Left to owners alone", leftToOwners.map(({ name }) => name), "every repository keeps somebody who writes"],
    ["Not checked", notChecked.map(({ what }) => what), "nothing was left out"],
  ];
  const lines = [
    printable(`${organization.login} · ${title}, as of ${takenAt.slice(0, 10)}`),
    "-".repeat(WIDTH),
    ...sections.flatMap(([name, entries, none]) => [
      "",
      strong(` ${name}`),
      ...shorten(entries.length > 0 ? entries : [none]).flatMap((entry) =>
        wrap(entry, WIDTH - 6).map((line, at) => printable(`   ${at === 0 ? "" : "  "}${line}`)),
      ),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** One role that would be another. */
export const roleLine = ({ account, repository, from, to, through }: WhatIfReport["roles"][number]): string => {
  const kept = through.length === 0 ? "" : `, still through ${sourceWords(through)}`;
  return `${account.login} on ${repository.name}: ${from} → ${to ?? "nothing"}${kept}`;
};

/** One thing that can be done, and with `withWhy` by what. */
export const edgeLine = (edge: Edge, withWhy: boolean): string => {
  const who = edge.account?.login ?? "every member";
  const why = withWhy ? ` (${reasonWords(edge)}; ${sourceWords(edge.via)})` : "";
  return `${edge.repository.name}: ${who} can ${canWords(edge)}${why}`;
};
