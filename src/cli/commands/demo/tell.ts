import { counted, WIDTH } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { BAND_WORDS, LEVEL_WORDS } from "../../words.ts";
import type { StepResult } from "./happened.ts";
import type { DemoResult } from "./result.ts";
import type { Stage } from "./stage.ts";

const rule = "-".repeat(WIDTH);

/** What is running and where, before the story. */
export const opening = ({ webUrl, simulator, gate }: Stage): string =>
  lines([
    "Sallyport demo: a week at the gate of octo-org",
    rule,
    `The app        ${webUrl}`,
    `A local GitHub ${simulator.url}   (nothing leaves this machine)`,
    `Sign in as     ${gate.cast.owner.login} (owner); anybody else can be tried as well`,
    "",
  ]);

/** One step: what happened on GitHub, what the public sees, what maintainers see. */
export function happenedText(
  step: StepResult,
  { index, count }: { readonly index: number; readonly count: number },
): string {
  const { report, check, flags, alerts } = step;
  return lines([
    `[${index + 1}/${count}] ${step.title}`,
    ...paragraph(step.tells, "      "),
    ...(check ? [`      public   check run "${check.title}", ${check.conclusion}: the same for everybody`] : []),
    ...(report ? seenPrivately(report) : []),
    ...alerts.flatMap(({ repositories, because }) =>
      paragraph(`one for ${repositories.join(", ")}: ${because}`, "      alert    "),
    ),
    ...flags.flatMap(({ repository, because }) =>
      `${repository}: ${because}`
        .split("\n")
        .flatMap((line, at) => paragraph(line, at === 0 ? "      flag     " : "               - ")),
    ),
    ...step.whatIf.flatMap((line) => paragraph(line, "      then     ")),
    `      cost     ${counted(step.requests, "request")} to GitHub`,
    "",
  ]);
}

function seenPrivately(report: NonNullable<StepResult["report"]>): readonly string[] {
  const { change, access, account, looked, fired, advice, url } = report;
  const axes = `change ${LEVEL_WORDS[change]} · access ${LEVEL_WORDS[access]} · account ${BAND_WORDS[account]}`;
  return [
    ...paragraph(`${axes} (${looked.evaluated} of ${looked.applicable} checks could look)`, "      private  "),
    ...(fired.length === 0 ? [] : paragraph(`because ${fired.join(", ")}`, "               ")),
    ...advice.flatMap((sentence) => paragraph(sentence, "               ")),
    `      open     ${url}`,
  ];
}

/** The week in numbers, and the links to click. */
export function closing({ audit, changes, openFlags, sealedAlike, links }: DemoResult, once: boolean): string {
  return lines([
    rule,
    ...(audit === null
      ? []
      : [
          `Who can write   ${counted(audit.accountsWithWrite, "account")}, ${audit.outsideAccountsWithWrite ?? "nobody knows how many"} outside; ` +
            `${counted(openFlags, "flag")} waiting for a decision`,
        ]),
    ...(changes === null
      ? []
      : [`Since last week ${counted(changes.firstWrite, "account")} with write for the first time`]),
    `In public       ${sealedAlike ? "every check run has the same bytes" : "check runs differ: this is a bug"}`,
    "",
    `Reports         ${links.home}`,
    `Access audit    ${links.audit}`,
    `Flags           ${links.flags}`,
    `Pushes          ${links.pushes}`,
    ...(once ? [] : [`Try it yourself ${links.playground}   (open a pull request as anybody)`]),
    "",
    ...(once ? [] : ["Ctrl-C stops it and leaves nothing behind."]),
  ]);
}

const lines = (parts: readonly string[]): string => `${parts.join("\n")}\n`;
