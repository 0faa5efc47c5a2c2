import type { Flag } from "../access/flag.ts";
import type { Assessment, Band } from "../assessment/assessment.ts";
import { bandRank } from "../assessment/bands.ts";
import { levelRank } from "../assessment/levels.ts";
import { canWrite, type Role } from "../dossier/role.ts";
import { advise } from "./advice.ts";
import type { Action, Decision } from "./decision.ts";
import type { Exposure } from "./exposure.ts";
import { COLUMNS, ROWS, TRIAGE } from "./triage-table.ts";

/** Who the decision is about, besides the assessment. */
export interface DecisionContext {
  /** The strongest role that the account holds where the decision applies; null when it holds none. */
  readonly grantedRole: Role | null;
  /** True when it is about somebody's access and there is no change to speak of. */
  readonly accessOnly?: boolean;
  /** How exposed the organisation says it is; said beside the decision, which does not move by it. */
  readonly exposure?: Exposure;
  /** Sentences that name which second look is wanted (`secondLook`), after what to do. */
  readonly secondLook?: readonly string[];
}

/**
 * What to say to maintainers: the cell of P and C, then X x P. Pure; no error leaves it. A repository is flagged only
 * when write access meets a persona of `review` or more: too little evidence is not a risk, so it flags nothing, and
 * a thin grant to an account nobody can say much about asks for an access review in words about the access alone.
 */
export function decide(assessment: Assessment, context: DecisionContext): Decision {
  const cell = { persona: assessment.persona.band, change: assessment.change.level, access: assessment.access.level };
  const writes = context.grantedRole !== null && canWrite(context.grantedRole);
  const flag = writes && bandRank(cell.persona) >= bandRank("review");
  const suggested = [
    ...TRIAGE[ROWS[cell.persona]][COLUMNS[cell.change]],
    ...accessActions(cell, { writes, accessOnly: context.accessOnly ?? false }),
  ];
  const actions: readonly Action[] = suggested.length > 0 ? suggested : ["silent"];
  return {
    schema: "sallyport.decision/1",
    cell,
    actions,
    advice: [...advise(actions, assessment, context), ...(context.secondLook ?? [])],
    flag,
    ...(context.exposure && { exposure: context.exposure }),
  };
}

/**
 * High access is worth a look whoever holds it; from `elevated` on the look should not wait. A lesser door that stands
 * open is worth a word where the report is about access: beside a pull request nobody came to read of it.
 */
function accessActions(
  { persona, access }: Decision["cell"],
  { writes, accessOnly }: { readonly writes: boolean; readonly accessOnly: boolean },
): readonly Action[] {
  const high = levelRank(access) >= levelRank("high");
  if (isBeyond(persona) && (high || writes)) return ["access_review_24h"];
  if (high) return ["access_review"];
  return accessOnly && levelRank(access) >= levelRank("medium") ? ["standing_exposure"] : [];
}

const isBeyond = (persona: Band): boolean => bandRank(persona) >= bandRank("elevated");

/** Whether a flag is one whose access should be reviewed within a day, and of which people are told at once. */
export const isUrgent = ({ role, band }: Pick<Flag, "role" | "band">): boolean => canWrite(role) && isBeyond(band);
