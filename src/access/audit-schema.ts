import { z } from "zod";
import { ROLES, VIAS } from "../dossier/role.ts";
import { SEVERITIES } from "../signals/signal.ts";
import type { AccessAudit } from "./audit.ts";
import { STANDINGS } from "./effective.ts";
import { EXPOSURE_KINDS } from "./exposure.ts";
import { accessSnapshotSchema } from "./snapshot.ts";

const id = z.string();
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const role = z.enum(ROLES);
const via = z.object({ kind: z.enum(VIAS), team: z.string().exactOptional() });
const change = z.object({ account: id, repository: id, from: role, to: role });
const row = z.object({ account: id, repository: id, role });
const { organization, accounts, repositories, invitations, notChecked } = accessSnapshotSchema.shape;

const summary = z.object({
  repositories: count,
  activeRepositories: count,
  members: count.nullable(),
  owners: count.nullable(),
  bots: count,
  teams: count,
  grants: count,
  accountsWithWrite: count,
  outsideAccountsWithWrite: count.nullable(),
  outsideWriteGrants: count.nullable(),
  membersWithoutWrite: count.nullable(),
  effectiveGrants: count,
  effectiveByRole: z.object({ read: count, triage: count, write: count, maintain: count, admin: count }),
  listedGrants: count,
  writeRepositoriesPerAccount: z.object({ p50: count, p90: count, max: count }),
  directGrantsCoveredByTeam: count,
  directWriteNotViaTeam: count,
});

const changes = z.object({
  since: instant,
  added: z.array(row),
  removed: z.array(row),
  changed: z.array(change),
  newOwners: z.array(id).nullable(),
  lostOwners: z.array(id).nullable(),
  newMembers: z.array(id).nullable(),
  leftMembers: z.array(id).nullable(),
  newOutsideWrite: z.array(id).nullable(),
  firstWriteAccounts: z.array(id),
  lostAllWrite: z.array(id),
  escalations: z.array(change),
  causes: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("source"), via, rows: count }),
      z.object({ kind: z.literal("repository"), repository: id, rows: count }),
    ]),
  ),
  unlisted: z.object({ added: count, removed: count, changed: count }),
});

/** The shape of `sallyport.audit/1`; fields may be added to it, none will be renamed or taken out. */
export const accessAuditSchema = z.object({
  schema: z.literal("sallyport.audit/1"),
  organization,
  takenAt: instant,
  summary,
  accounts: z.array(
    z.object({
      account: id,
      login: z.string(),
      kind: accounts.element.shape.kind,
      standing: z.enum(STANDINGS),
      everywhere: z.object({ role, via: z.array(via) }).nullable(),
      effective: z.array(z.object({ repository: id, role, via: z.array(via) })),
    }),
  ),
  changes: changes.nullable(),
  exposure: z.array(
    z.object({
      kind: z.enum(EXPOSURE_KINDS),
      level: z.enum(SEVERITIES),
      account: id.nullable(),
      repository: id.nullable(),
      role,
    }),
  ),
  flags: z.array(
    z.object({
      id: z.string(),
      account: id,
      login: z.string(),
      repository: id,
      repositoryName: z.string(),
      role,
      via: z.enum(VIAS),
      because: z.string(),
      raisedAt: instant,
      state: z.enum(["open", "acknowledged", "grant_gone"]),
    }),
  ),
  // Audits that were stored before this was looked at have none.
  invitations: invitations.unwrap().nullable().default(null),
  notChecked: notChecked.unwrap(),
  labels: z.object({
    accounts: z.array(z.object({ id, login: z.string() })),
    repositories,
  }),
}) satisfies z.ZodType<AccessAudit>;
