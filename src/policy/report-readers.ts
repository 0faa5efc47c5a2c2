import type { Rule } from "./rules.ts";

/** Roles from which reports may be read, the most readers first. */
export const READERS = ["write", "maintain", "admin"] as const;

/** Who reads the reports of a repository, as `viewers.reports` has it in one text. */
export interface ReportReaders {
  readonly least: (typeof READERS)[number];
  /** Slug of the team whose members alone read; null for whoever has the role. */
  readonly team: string | null;
}

/** A role, a team, or both: GitHub's slugs are small letters, digits, hyphens, dots and underscores. */
export const READERS_FORM = new RegExp(
  `^(?:(?:${READERS.join("|")})|(?:(?:${READERS.join("|")}) )?team:[a-z0-9][a-z0-9._-]{0,99})$`,
);

/** What a text that fits `READERS_FORM` says; a team without a role asks for the least of them, and nobody is let in by a team alone. */
export function readersIn(text: string): ReportReaders {
  const [, team = null] = /team:(.+)$/.exec(text) ?? [];
  return { least: READERS.find((role) => text.startsWith(role)) ?? READERS[0], team };
}

const textOf = ({ least, team }: ReportReaders): string =>
  team === null ? least : `${least === READERS[0] ? "" : `${least} `}team:${team}`;

/** The higher role of the two, and the team of either; who reads beside a team is not for a repository to change. */
export const fewerReaders: Rule<string> = {
  tighter(base, asked) {
    const [rule, wish] = [readersIn(base), readersIn(asked)];
    const least = isLooser(wish, rule) ? rule.least : wish.least;
    const team = rule.team ?? wish.team;
    return least === rule.least && team === rule.team ? base : textOf({ least, team });
  },
  refuses(base, asked) {
    const [rule, wish] = [readersIn(base), readersIn(asked)];
    const isAnotherTeam = rule.team !== null && wish.team !== null && wish.team !== rule.team;
    // A team without a role says nothing of the role.
    return isAnotherTeam || (isLooser(wish, rule) && !asked.startsWith("team:"));
  },
  refusal: "looser than the organisation's rule, so it is ignored",
  mend: "a repository may only let fewer people read: raise the role, or name a team where the organisation names none",
};

const isLooser = (asked: ReportReaders, base: ReportReaders): boolean =>
  READERS.indexOf(asked.least) < READERS.indexOf(base.least);
