import type { AccessAudit, AuditedAccount, AuditFlag } from "../../../access/audit.ts";
import { besideGroups } from "../../../access/beside-grants/words.ts";
import { countByRole, writable } from "../../../access/effective.ts";
import { canWrite, MEMBERS_NOT_CHECKED } from "../../../access/grant.ts";
import { invitedAs, invitedName } from "../../../access/invitation.ts";
import { EXPOSURE_KINDS, EXPOSURES } from "../../../access/lines/kinds.ts";
import { exposedAccount, exposedRepository, type Names, namesOf, sourceWords } from "../../../access/words.ts";
import type { Output } from "../../command.ts";
import { counted, cut, SHOWN_ROWS, shorten, table, WIDTH, wrap } from "../../layout.ts";
import { paragraph } from "../../paragraph.ts";
import { printable } from "../../printable.ts";
import { changeLines } from "./changes-text.ts";

/** An access audit for a terminal: what waits, what changed, what stands open, who writes, what nobody saw. */
export function auditText(audit: AccessAudit, strong: Output["strong"]): string {
  const names = namesOf(audit);
  const sections: readonly Section[] = [
    { title: "Needs a decision", lines: flagLines(audit) },
    {
      title: audit.changes === null ? "Changed" : `Changed since ${day(audit.changes.since)}`,
      lines: changeLines(audit, names),
    },
    { title: "Standing exposure", lines: exposureLines(audit, names) },
    { title: `Who can write (${audit.summary.accountsWithWrite})`, lines: writerLines(audit) },
    { title: "Invited, and not in yet", lines: invitedLines(audit) },
    ...(audit.beside ? [{ title: "Write beside accounts", lines: besideLines(audit) }] : []),
    { title: "Not checked, and the permission that would open it", lines: notCheckedLines(audit) },
  ];
  const lines = [
    ...[...headLines(audit), "-".repeat(WIDTH)].map(printable),
    ...sections.flatMap(({ title, lines }, at) => [
      ...["", strong(printable(` ${at + 1} ${title}`))],
      ...lines.map((line) => printable(`   ${line}`)),
    ]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

/** What can write without being an account's grant. */
function besideLines(audit: AccessAudit): readonly string[] {
  const groups = besideGroups(audit);
  if (groups.length === 0) return ["Nothing found among what was checked."];
  return groups.flatMap(({ title, closes, lines }) => [
    ...wrap(`${lines.length} · ${title}`, WIDTH - 3),
    ...shorten(lines, 10).flatMap((line) => wrap(line, WIDTH - 6).map((part) => `   ${part}`)),
    ...wrap(`closes by: ${closes}`, WIDTH - 6).map((line) => `   ${line}`),
  ]);
}

interface Section {
  readonly title: string;
  readonly lines: readonly string[];
}

const day = (instant: string): string => instant.slice(0, 10);

function headLines({ organization, takenAt, summary, changes, exposure, notChecked }: AccessAudit): readonly string[] {
  const moved = changes === null ? 0 : changes.firstWriteAccounts.length - changes.lostAllWrite.length;
  const dormantCount = exposure.filter(({ kind }) => kind === "acc-dormant-privilege").length;
  const dormant = notChecked.some(({ what }) => what === "dormant write") ? "not checked" : String(dormantCount);
  return [
    `${cut(organization.login, 40)} · access on ${day(takenAt)}`,
    `write or more: ${counted(summary.accountsWithWrite, "account")}${signed(moved)}   ` +
      `outside: ${summary.outsideAccountsWithWrite ?? "not checked"}   dormant: ${dormant}`,
    `${belonging(summary)} · ` +
      `${summary.activeRepositories} of ${summary.repositories} repositories active · base permission ${organization.basePermission}`,
  ];
}

const belonging = ({ owners, members }: AccessAudit["summary"]): string =>
  owners === null || members === null
    ? `${MEMBERS_NOT_CHECKED}: not checked`
    : `${counted(owners, "owner")} · ${counted(members, "member")}`;

const signed = (count: number): string => (count === 0 ? "" : ` (${count > 0 ? "+" : ""}${count})`);

function flagLines({ flags, notChecked }: AccessAudit): readonly string[] {
  const open = flags.filter(({ state }) => state === "open");
  if (open.length > 0) return shorten(open.flatMap(flagRows));
  return [
    notChecked.some(({ what }) => what === "flags and decisions")
      ? "Not looked at: flags are kept by the running app."
      : "Nothing waits for a decision.",
  ];
}

function flagRows({ login, repositoryName, role, via, because, raisedAt }: AuditFlag): readonly string[] {
  const what = `${role} on ${repositoryName} (${via.replaceAll("_", " ")})`;
  return [
    `${cut(login, 26)}  ${cut(what, 33)}  since ${day(raisedAt)}`,
    ...because.split("\n").flatMap((line, at) => paragraph(line, at === 0 ? "   " : "   - ")),
  ];
}

function exposureLines({ exposure }: AccessAudit, names: Names): readonly string[] {
  if (exposure.length === 0) return ["Nothing found among what was checked."];
  return EXPOSURE_KINDS.flatMap((wanted) => {
    const found = exposure.filter(({ kind }) => kind === wanted);
    if (found.length === 0) return [];
    const { title, closes } = EXPOSURES[wanted];
    const rows = found.map((exposure) => [
      exposure.level,
      exposedAccount(exposure, names),
      `${exposure.role} on ${exposedRepository(exposure, names)}`,
    ]);
    return [
      ...wrap(`${found.length} · ${title}`, WIDTH - 3),
      ...shorten(table(EXPOSURE_COLUMNS, rows).slice(1), 10).map((line) => `   ${line}`),
      ...wrap(`closes by: ${closes}`, WIDTH - 6).map((line) => `   ${line}`),
    ];
  });
}

const EXPOSURE_COLUMNS = [
  { title: "", maxWidth: 8 },
  { title: "", maxWidth: 28 },
  { title: "", maxWidth: 34 },
];

function writerLines({ accounts, summary }: AccessAudit): readonly string[] {
  const writers = accounts.map((account) => ({
    account,
    reach: countByRole(account.effective, account.everywhere, summary.activeRepositories),
  }));
  const rows = writers
    .filter(({ reach }) => writable(reach) > 0)
    .sort(
      (a, b) => b.reach.admin - a.reach.admin || b.reach.maintain - a.reach.maintain || b.reach.write - a.reach.write,
    )
    .map(({ account, reach }) => [
      account.login,
      account.standing,
      String(reach.admin),
      String(reach.maintain),
      String(reach.write),
      throughWords(account),
    ]);
  return rows.length === 0
    ? ["Nobody: no account holds write or more."]
    : shorten(table(WRITER_COLUMNS, rows), SHOWN_ROWS + 1);
}

const WRITER_COLUMNS = [
  { title: "ACCOUNT", maxWidth: 28 },
  { title: "STANDING", maxWidth: 11 },
  { title: "ADMIN", maxWidth: 6, align: "right" },
  { title: "MAINT", maxWidth: 6, align: "right" },
  { title: "WRITE", maxWidth: 6, align: "right" },
  { title: "THROUGH", maxWidth: 18 },
] as const;

/** `owner, 3 teams, direct`: the kinds of source behind the repositories an account writes to. */
function throughWords({ effective, everywhere }: AuditedAccount): string {
  const held = [...(everywhere === null ? [] : [everywhere]), ...effective].filter(({ role }) => canWrite(role));
  const via = held.flatMap((row) => row.via);
  const teamCount = new Set(via.flatMap(({ kind, team }) => (kind === "team" ? [team] : []))).size;
  const kinds = [...new Set(via.map(({ kind }) => kind))].filter((kind) => kind !== "team");
  const words = kinds.map((kind) => sourceWords([{ kind }]));
  return [...words, ...(teamCount > 0 ? [counted(teamCount, "team")] : [])].join(", ");
}

function invitedLines({ invitations }: AccessAudit): readonly string[] {
  if (invitations === null) return ["Not looked at."];
  if (invitations.length === 0) return ["Nobody."];
  const rows = invitations.map((each) => [
    invitedName(each),
    `becomes ${invitedAs(each)}`,
    `since ${day(each.invitedAt)}`,
  ]);
  return shorten(table(INVITED_COLUMNS, rows).slice(1));
}

const INVITED_COLUMNS = [
  { title: "", maxWidth: 22 },
  { title: "", maxWidth: 36 },
  { title: "", maxWidth: 16 },
];

function notCheckedLines({ notChecked }: AccessAudit): readonly string[] {
  if (notChecked.length === 0) return ["Everything that an audit looks at was checked."];
  return notChecked.flatMap(({ what, because, opensWith }) => {
    const needs = opensWith === null ? "" : ` (needs ${opensWith})`;
    return wrap(`${what}${needs}: ${because}`, WIDTH - 5).map((line, at) => (at === 0 ? line : `  ${line}`));
  });
}
