import { type Instant, plusDays } from "../../../clock.ts";
import { InvalidInput, type Problem } from "../../../errors.ts";
import type { Vouched, VouchRequest } from "../../../flows/vouch.ts";
import { accountId } from "../../../ids.ts";
import { endOfDay, reasonIn } from "../../../reasons.ts";
import { type Args, defineCommand, type Io } from "../../command.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { show } from "../../show.ts";

const OPTIONS = {
  scope: { type: "string" },
  until: { type: "string" },
  reason: { type: "string" },
  list: { type: "boolean" },
  withdraw: { type: "string" },
  json: { type: "boolean" },
} as const;

export const vouch = defineCommand({
  name: "vouch",
  usage: `  sallyport vouch LOGIN|ID --scope ORG[/REPO] --until DATE --reason TEXT [--json]
  sallyport vouch LOGIN|ID --scope ORG --list [--json]
  sallyport vouch LOGIN|ID --scope ORG --withdraw NUMBER [--json]

Says that you know an account, as owners do on its page: it softens what else is
found about it, never what a change can do, and ends by itself. It is kept under
the account's number, which the answer names: GitHub says whose a login is
today, or without an App stored reports do. Digits alone are a number. With the
embedded database, stop \`sallyport serve\` first, or use the pages.

  --scope ORG[/REPO]   where it counts: in all of an organisation, or on one
                       of its repositories
  --until DATE         the last day it counts, YYYY-MM-DD, within a year
  --reason TEXT        8 to 2,000 characters that colleagues will understand
  --list               what is said about the account and stands
  --withdraw NUMBER    take back the entry that --list shows under this number
  --json               sallyport.vouch/1: what stands after that

It is recorded in the organisation's trail as the operator's. The running app
reads the account's access and its open pull requests again. A warning is
written by \`sallyport denounce\`.`,
  options: OPTIONS,
  run: (args, io) => say("vouch", args, io),
});

export const denounce = defineCommand({
  name: "denounce",
  usage: `  sallyport denounce LOGIN|ID --scope ORG[/REPO] --until DATE --reason TEXT
                     [--json]
  sallyport denounce LOGIN|ID --scope ORG --list [--json]
  sallyport denounce LOGIN|ID --scope ORG --withdraw NUMBER [--json]

Warns of an account. It counts for nothing until an owner has looked and agrees,
on the account's page: two people, and not one twice. Then it gives three bits,
alone never a reason for more than a note, and ends by itself. It is kept under
the account's number. With the embedded database, stop \`sallyport serve\` first,
or use the pages, where two owners do the same.

  --scope ORG[/REPO]   where it counts: in all of an organisation, or on one
                       of its repositories
  --until DATE         the last day it counts, YYYY-MM-DD, within a year
  --reason TEXT        8 to 2,000 characters that colleagues will understand
  --list               what is said about the account and stands
  --withdraw NUMBER    take back the entry that --list shows under this number
  --json               sallyport.vouch/1: what stands after that

It is recorded in the organisation's trail as the operator's.`,
  options: OPTIONS,
  run: (args, io) => say("denounce", args, io),
});

type Kind = "vouch" | "denounce";

async function say(kind: Kind, { values, positionals }: Args<typeof OPTIONS>, io: Io): Promise<number> {
  const [name, ...more] = positionals;
  if (name === undefined || more.length > 0)
    throw new InvalidInput([{ where: `sallyport ${kind}`, what: "not one account", mend: "give one login or number" }]);
  const [organization, repository, ...rest] = (values.scope ?? "").split("/");
  if (!organization || repository === "" || rest.length > 0)
    throw new InvalidInput([
      {
        where: "--scope",
        what: "does not say where",
        mend: "write ORG for an organisation, ORG/REPO for one repository",
      },
    ]);
  const act = actIn(kind, values, { repository: repository ?? null, now: io.now() });
  const said = await io.services.vouch({ organization, who: whoIs(name), act });
  const result = { schema: "sallyport.vouch/1", organization, ...said };
  if (values.json) io.stdout.write(`${JSON.stringify(result, null, 2)}\n`);
  else show(io.stdout, `${[...did(act, said), ...standing(said, organization)].join("\n")}\n`);
  return 0;
}

/** Digits alone are the number; GitHub gives a login of digits too, which its number then names. */
function whoIs(name: string): VouchRequest["who"] {
  if (/^[1-9]\d{0,15}$/.test(name) && Number.isSafeInteger(Number(name))) return { id: accountId(Number(name)) };
  if (/^[A-Za-z0-9](?:[A-Za-z0-9_-]*(?:\[bot\])?)?$/.test(name) && !/^\d+$/.test(name)) return { login: name };
  throw new InvalidInput([
    { where: printable(name), what: "neither a login nor a number", mend: "give one of the two" },
  ]);
}

interface Given {
  readonly until?: string | undefined;
  readonly reason?: string | undefined;
  readonly list?: boolean | undefined;
  readonly withdraw?: string | undefined;
}

/** What is asked for, with every problem of it. */
function actIn(
  kind: Kind,
  { until: day, reason: text, list, withdraw }: Given,
  { repository, now }: { readonly repository: string | null; readonly now: Instant },
): VouchRequest["act"] {
  const says = day !== undefined || text !== undefined;
  if (Number(says) + Number(list ?? false) + Number(withdraw !== undefined) > 1)
    throw new InvalidInput([
      { where: `sallyport ${kind}`, what: "asks for two things", mend: "say something, --list or --withdraw" },
    ]);
  if (list) return { kind: "list" };
  if (withdraw !== undefined) return { kind: "withdraw", entry: entryIn(withdraw) };
  const reason = reasonIn(text ?? "");
  const until = endOfDay(day ?? "", now);
  const problems: Problem[] = [];
  if (until === null)
    problems.push({ where: "--until", what: "not a day within the next year", mend: `write it as ${usual(now)}` });
  if (reason === null)
    problems.push({ where: "--reason", what: "too short or too long", mend: "write between 8 and 2,000 characters" });
  if (until === null || reason === null) throw new InvalidInput(problems);
  return { kind, repository, reason, until };
}

function entryIn(number: string): number {
  if (/^[1-9]\d{0,15}$/.test(number)) return Number(number);
  throw new InvalidInput([
    {
      where: `--withdraw ${printable(number)}`,
      what: "not the number of an entry",
      mend: "see the numbers with --list",
    },
  ]);
}

const usual = (now: Instant): string => lastDay(plusDays(now, 180));
const dayOf = (at: Instant): string => at.slice(0, 10);
/** The last day that counts; the day that was given ends when the next one begins. */
const lastDay = (until: Instant): string => dayOf(plusDays(until, -1));

const FOUND_BY: Readonly<Record<Vouched["account"]["foundBy"], string>> = {
  number: "by its number",
  github: "whose login this is on GitHub today",
  reports: "by its login in stored reports",
};

function did(act: VouchRequest["act"], { account: { id, login, foundBy } }: Vouched): readonly string[] {
  const who = `account ${id}${login === null ? "" : ` (${printable(login)})`}`;
  const line = {
    list: `Said about ${who}`,
    vouch: `Vouched for ${who}`,
    denounce: `A warning of ${who}, which waits for an owner to agree on its page`,
    withdraw: `Taken back about ${who}`,
  };
  return paragraph(`${line[act.kind]}, ${FOUND_BY[foundBy]}.`, "");
}

function standing({ entries }: Vouched, organization: string): readonly string[] {
  if (entries.length === 0) return ["Nothing is said about it now."];
  return entries.flatMap(({ id, disposition, confirmedBy, repository, repositoryName, reason, by, at, until }) => {
    const waits = disposition === "denounced" && confirmedBy === null;
    const what = disposition === "vouched" ? "known" : waits ? "a warning that waits for a second owner" : "a warning";
    const where =
      repository === null ? `everywhere in ${organization}` : `on ${repositoryName ?? `repository ${repository}`}`;
    const who = by.login || `account ${by.accountId}`;
    return [
      ...paragraph(
        `${what} ${where}, until ${lastDay(until)}, by ${who} on ${dayOf(at)}`,
        `${String(id).padStart(6)}  `,
      ),
      ...paragraph(reason, "        "),
    ];
  });
}
