/** Repository roles in GitHub's words, weakest first. Custom roles arrive as the base role they extend. */
export const ROLES = ["read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** How a role is held: the source a person would have to change to take it away. */
export const VIAS = ["direct", "outside", "team", "owner", "base", "organization_role"] as const;
export type Via = (typeof VIAS)[number];

const RANK: Readonly<Record<Role, number>> = { read: 1, triage: 2, write: 3, maintain: 4, admin: 5 };

/** Order of roles, 1 (read) to 5 (admin). */
export const roleRank = (role: Role): number => RANK[role];

/** True from `write` on: the roles that can change what a repository ships. */
export const canWrite = (role: Role): boolean => RANK[role] >= RANK.write;

/** True for a role given to the account itself, which no team, ownership or policy carries. */
export const isPersonal = (via: Via): boolean => via === "direct" || via === "outside";

/** The stronger of two roles. */
export const higherRole = (a: Role, b: Role): Role => (RANK[a] >= RANK[b] ? a : b);
