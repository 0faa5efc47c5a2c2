import type { Instant } from "../clock.ts";
import { compareText } from "./text-order.ts";

/** What an account becomes when it accepts, gravest first. `former_role`: it was here before and gets back what it had. */
export const INVITED_ROLES = ["owner", "former_role", "member", "billing_manager", "other"] as const;
export type InvitedRole = (typeof INVITED_ROLES)[number];

/** An invitation to the organisation that waits for an answer: a role that nobody holds yet. GitHub shows no account id. */
export interface Invitation {
  /** Null when it went to an address; the address itself is not kept. */
  readonly login: string | null;
  readonly role: InvitedRole;
  /** Teams that come with it. */
  readonly teamCount: number;
  readonly invitedAt: Instant;
}

/** Gravest role first, then the oldest. */
export const compareInvitations = (a: Invitation, b: Invitation): number =>
  INVITED_ROLES.indexOf(a.role) - INVITED_ROLES.indexOf(b.role) ||
  compareText(a.invitedAt, b.invitedAt) ||
  compareText(a.login ?? "", b.login ?? "");

/** What an invitation makes of whoever accepts it, as the end of "becomes". */
export function invitedAs({ role, teamCount }: Invitation): string {
  const teams = teamCount === 0 ? "" : ` with ${teamCount} ${teamCount === 1 ? "team" : "teams"}`;
  return `${INVITED_WORDS[role]}${teams}`;
}

const INVITED_WORDS: Readonly<Record<InvitedRole, string>> = {
  owner: "an owner",
  former_role: "what it was before",
  member: "a member",
  billing_manager: "a billing manager, without access to code",
  other: "something this version has no word for",
};

/** The login, or that an address was invited. */
export const invitedName = ({ login }: Invitation): string => login ?? "somebody by e-mail";
