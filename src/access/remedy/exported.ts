import type { Steps } from "../../slices.ts";
import type { AccessAudit } from "../audit.ts";
import type { Remedy } from "./paths.ts";
import { remediesOf } from "./remedy.ts";

type Answered<Line> = Line & { readonly remedy?: Remedy };

/** An audit with the commands that answer its lines, as it leaves as JSON; never as it is stored. */
export type ExportedAudit = Omit<AccessAudit, "exposure" | "flags" | "invitations"> & {
  readonly exposure: readonly Answered<AccessAudit["exposure"][number]>[];
  readonly flags: readonly Answered<AccessAudit["flags"][number]>[];
  readonly invitations: readonly Answered<NonNullable<AccessAudit["invitations"]>[number]>[] | null;
};

/** The audit with the commands of each line, of each flag that is open and of each invitation. */
export function* withRemedies(audit: AccessAudit): Steps<ExportedAudit> {
  const remedies = remediesOf(audit);
  const exposure: Answered<AccessAudit["exposure"][number]>[] = [];
  for (const line of audit.exposure) {
    exposure.push({ ...line, remedy: remedies.line(line) });
    yield;
  }
  return {
    ...audit,
    exposure,
    flags: audit.flags.map((flag) => (flag.state === "open" ? { ...flag, remedy: remedies.grant(flag) } : flag)),
    invitations: audit.invitations?.map((one) => ({ ...one, remedy: remedies.invitation(one) })) ?? null,
  };
}
