import type { AccessAudit } from "../../../access/audit.ts";
import { besideGroups } from "../../../access/beside-grants/words.ts";
import { isOpen } from "../../../access/exposure-decision.ts";
import { invitedAs, invitedName } from "../../../access/invitation.ts";
import { EXPOSURES } from "../../../access/lines/kinds.ts";
import type { Remedy } from "../../../access/remedy/paths.ts";
import { remediesOf } from "../../../access/remedy/remedy.ts";
import { exposedAccount, exposedRepository, namesOf } from "../../../access/words.ts";
import { WIDTH, wrap } from "../../layout.ts";
import { printable } from "../../printable.ts";

/**
 * The commands that answer what stands open, one line each and whole, so that it can be copied. Every line is a comment
 * of the shell: a file of them, run as it is, does nothing.
 */
export function* commandsText(audit: AccessAudit): Generator<string> {
  const remedies = remediesOf(audit);
  const names = namesOf(audit);
  yield* said(
    `${audit.organization.login}: commands that answer the lines of the audit of ${audit.takenAt.slice(0, 10)}.` +
      " Nothing here was run. Look whom a name belongs to before you copy a line.",
  );
  for (const flag of audit.flags)
    if (flag.state === "open")
      yield* entry(`flag: ${flag.login}, ${flag.role} on ${flag.repositoryName}`, remedies.grant(flag));
  for (const line of audit.exposure.filter(isOpen)) {
    const what = `${exposedAccount(line, names)}, ${line.role} on ${exposedRepository(line, names)}`;
    yield* entry(`${line.level}: ${what}: ${EXPOSURES[line.kind].title}`, remedies.line(line));
  }
  for (const one of audit.invitations ?? [])
    yield* entry(`invited: ${invitedName(one)}, becomes ${invitedAs(one)}`, remedies.invitation(one));
  for (const { title, lines, remedy } of besideGroups(audit))
    if (remedy !== null) yield* entry(`${title}: ${lines.length}`, remedy);
}

function* entry(what: string, { commands, stays }: Remedy): Generator<string> {
  yield "#\n";
  yield* said(what);
  for (const { verb, path, command } of commands) {
    yield `${printable(`#   ${verb} (${path}):`)}\n`;
    yield `#     ${printable(command)}\n`;
  }
  for (const sentence of stays) yield* said(sentence, "  ");
}

function* said(text: string, indent = ""): Generator<string> {
  for (const line of wrap(text, WIDTH - 2 - indent.length)) yield `${printable(`# ${indent}${line}`)}\n`;
}
