import { unreachable } from "../../errors.ts";
import type { Compared, EndingDecisions, Notice, OpenFlags, UrgentNotice } from "../../job/notice.ts";

/** A notice in words: what Slack and mail say alike. */
export interface Told {
  readonly headline: string;
  /** One figure a line. */
  readonly lines: readonly string[];
  /** What is behind the link. */
  readonly linkText: string;
}

export function tell(notice: Notice): Told {
  const { organization } = notice;
  switch (notice.about) {
    case "weekly":
      return {
        headline: `Access audit of ${organization}`,
        lines: [
          `Write or more: ${compared(notice.writers)} people and bots`,
          `From outside: ${notice.outside === null ? NOT_CHECKED : compared(notice.outside)}`,
          `Dormant: ${notice.dormant === null ? NOT_CHECKED : compared(notice.dormant)}`,
          `Changed roles: ${notice.changedRoles ?? "not compared with an audit before"}`,
          ...(notice.guardsLoosened === undefined ? [] : [`Guards loosened: ${notice.guardsLoosened}`]),
          ...decisions(notice.flags),
          ...(notice.longOpen ? [`Open for more than four weeks: ${notice.longOpen}`] : []),
          ...ending(notice.ending),
          `Not checked: ${notice.notChecked === 1 ? "1 part" : `${notice.notChecked} parts`}`,
        ],
        linkText: "Open the audit",
      };
    case "urgent":
      return urgent(notice);
    case "due":
      return {
        headline: `${organization}: decisions about access end today`,
        lines: [
          `Access that is kept until today: ${notice.ending.count}`,
          "After it the next look asks about this access again.",
        ],
        linkText: "Open what was decided",
      };
    case "test":
      return {
        headline: `Test message for ${organization}`,
        lines: ["Messages of Sallyport arrive here: counts and a link.", "None says anything about a person."],
        linkText: "Open Sallyport",
      };
    default:
      return unreachable(notice);
  }
}

function urgent({ organization, flags, pushes, code }: UrgentNotice): Told {
  const found = code?.accounts ?? 0;
  const review = flags.urgent === 1 ? "an access review is due" : `${flags.urgent} access reviews are due`;
  const pushed = pushes.alerts === 1 ? "a push that nobody reviewed" : `${pushes.alerts} pushes that nobody reviewed`;
  const asks = [
    ...(flags.urgent > 0 ? [`${review} within a day`] : []),
    ...(pushes.alerts > 0 ? [`${pushed} ${pushes.alerts === 1 ? "wants" : "want"} a look`] : []),
    ...(found > 0 ? ["private code of yours stands in public"] : []),
  ];
  return {
    headline: `${organization}: ${asks.join(", and ")}`,
    lines: [
      ...(flags.open > 0 ? decisions(flags) : []),
      ...(pushes.alerts > 0 ? [`Pushes to look at: ${pushes.alerts}, in repositories: ${pushes.repositories}`] : []),
      ...(found > 0 ? [`Accounts in whose public repositories your private code was found: ${found}`] : []),
    ],
    linkText:
      found > 0
        ? "Open the overview"
        : pushes.alerts === 0
          ? "Open the flags"
          : flags.urgent === 0
            ? "Open the pushes"
            : "Open the overview",
  };
}

const NOT_CHECKED = "not checked";

function compared({ now, before }: Compared): string {
  const change = before === null ? 0 : now - before;
  return change === 0 ? `${now}` : `${now} (${change > 0 ? "+" : "-"}${Math.abs(change)})`;
}

function decisions({ open, urgent, oldestAt }: OpenFlags): readonly string[] {
  const oldest = oldestAt === null ? "" : `, the oldest since ${oldestAt.slice(0, 10)}`;
  return [
    `Needs a decision: ${open}${oldest}`,
    ...(urgent > 0 ? [`Within a day of being raised: ${urgent} of them`] : []),
  ];
}

const ending = ({ count, firstDay }: EndingDecisions): readonly string[] =>
  firstDay === null ? [] : [`Decisions that end within a week: ${count}, the first after ${firstDay}`];
