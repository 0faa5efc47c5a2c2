import { z } from "zod";
import { SEVERITIES } from "../change/severity.ts";
import { ROLES, VIAS } from "../dossier/role.ts";
import type { Steps } from "../slices.ts";
import type { AccessAudit } from "./audit.ts";
import { besideLists } from "./beside-grants/schema.ts";
import { STANDINGS } from "./effective.ts";
import { EXPOSURE_KINDS } from "./lines/kinds.ts";
import type { EarlierLines } from "./lines/open-since.ts";
import { BECAME } from "./reach/guards-loosened.ts";
import { LOOSENED_DOORS } from "./reach/loosenings.ts";
import { accessSnapshotSchema } from "./snapshot.ts";

const accountKey = z.string().brand<"AccountId">();
const repositoryKey = z.string().brand<"RepositoryId">();
const instant = z.iso.datetime();
const count = z.int().nonnegative();
const role = z.enum(ROLES);
const via = z.object({ kind: z.enum(VIAS), team: z.string().exactOptional() });
const change = z.object({ account: accountKey, repository: repositoryKey, from: role, to: role });
const row = z.object({ account: accountKey, repository: repositoryKey, role });
const { organization, accounts, repositories, invitations, notChecked, rulesets } = accessSnapshotSchema.shape;

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

const loosened = z.object({
  repository: repositoryKey,
  branch: z.string().nullable(),
  what: z.enum(LOOSENED_DOORS),
  who: rulesets.unwrap().element.shape.bypass.element.shape.who.nullable(),
  rule: z.string().nullable(),
  became: z.enum(BECAME).nullable(),
  approvals: z.object({ from: count, to: count }).exactOptional(),
});

const changes = z.object({
  since: instant,
  added: z.array(row),
  removed: z.array(row),
  changed: z.array(change),
  newOwners: z.array(accountKey).nullable(),
  lostOwners: z.array(accountKey).nullable(),
  newMembers: z.array(accountKey).nullable(),
  leftMembers: z.array(accountKey).nullable(),
  newOutsideWrite: z.array(accountKey).nullable(),
  firstWriteAccounts: z.array(accountKey),
  lostAllWrite: z.array(accountKey),
  escalations: z.array(change),
  causes: z.array(
    z.discriminatedUnion("kind", [
      z.object({ kind: z.literal("source"), via, rows: count }),
      z.object({ kind: z.literal("repository"), repository: repositoryKey, rows: count }),
    ]),
  ),
  // Audits that were stored before this was looked at have none.
  guardsLoosened: z.array(loosened).nullable().default(null),
  unlisted: z.object({ added: count, removed: count, changed: count }),
});

const account = z.object({
  account: accountKey,
  login: z.string(),
  kind: accounts.element.shape.kind,
  standing: z.enum(STANDINGS),
  everywhere: z.object({ role, via: z.array(via) }).nullable(),
  effective: z.array(z.object({ repository: repositoryKey, role, via: z.array(via) })),
});

/** What leaves as JSON says it; what is stored does not, because names change. */
const remedy = z
  .object({
    commands: z.array(z.object({ verb: z.enum(["lower", "remove", "close"]), path: z.string(), command: z.string() })),
    stays: z.array(z.string()),
  })
  .exactOptional();

const exposure = z.object({
  kind: z.enum(EXPOSURE_KINDS),
  level: z.enum(SEVERITIES),
  account: accountKey.nullable(),
  repository: repositoryKey.nullable(),
  role,
  accountCount: count.nullable().exactOptional(),
  repositoryCount: count.exactOptional(),
  everywhere: z.literal(true).exactOptional(),
  keptUntil: instant.exactOptional(),
  openSince: instant.exactOptional(),
  dueEvery: count.exactOptional(),
  lastActAt: instant.nullable().exactOptional(),
  remedy,
});

const labels = z.object({ accounts: z.array(z.object({ id: accountKey, login: z.string() })), repositories });

/** The shape of `sallyport.audit/1`; fields may be added to it, none will be renamed or taken out. */
export const accessAuditSchema = z.object({
  schema: z.literal("sallyport.audit/1"),
  organization,
  takenAt: instant,
  summary,
  accounts: z.array(account),
  changes: changes.nullable(),
  exposure: z.array(exposure),
  flags: z.array(
    z.object({
      id: z.string(),
      account: accountKey,
      login: z.string(),
      repository: repositoryKey,
      repositoryName: z.string(),
      role,
      via: z.enum(VIAS),
      because: z.string(),
      raisedAt: instant,
      state: z.enum(["open", "acknowledged", "grant_gone"]),
      remedy,
    }),
  ),
  // Audits that were stored before this was looked at have none.
  invitations: z.array(invitations.unwrap().element.extend({ remedy })).nullable().default(null),
  beside: z.object(besideLists).exactOptional(),
  notChecked: notChecked.unwrap(),
  labels,
}) satisfies z.ZodType<AccessAudit>;

/** The same shapes with their long lists unread. */
const unread = z.array(z.unknown());
const outline = accessAuditSchema.extend({
  accounts: unread,
  exposure: unread,
  changes: changes
    .extend({ added: unread, removed: unread, changed: unread, escalations: unread })
    .extend({ guardsLoosened: unread.nullable().default(null) })
    .nullable(),
  labels: z.object({ accounts: unread, repositories: unread }),
});
const accountOutline = account.extend({ effective: unread });

/** A stored report, checked in steps, for whoever shares the loop. Throws ZodError for another shape. */
export function* checkedAudit(report: unknown): Steps<AccessAudit> {
  const read = outline.parse(report);
  const checked: AccessAudit["accounts"][number][] = [];
  for (const each of read.accounts) {
    const { effective, ...rest } = accountOutline.parse(each);
    checked.push({ ...rest, effective: yield* eachOf(effective, account.shape.effective.element) });
  }
  return {
    ...read,
    accounts: checked,
    exposure: yield* eachOf(read.exposure, exposure),
    changes: read.changes && {
      ...read.changes,
      added: yield* eachOf(read.changes.added, row),
      removed: yield* eachOf(read.changes.removed, row),
      changed: yield* eachOf(read.changes.changed, change),
      escalations: yield* eachOf(read.changes.escalations, change),
      guardsLoosened: read.changes.guardsLoosened && (yield* eachOf(read.changes.guardsLoosened, loosened)),
    },
    labels: {
      accounts: yield* eachOf(read.labels.accounts, labels.shape.accounts.element),
      repositories: yield* eachOf(read.labels.repositories, repositories.element),
    },
  };
}

/** What a later audit asks of a stored report. */
export function* checkedLines(report: unknown): Steps<EarlierLines> {
  const { takenAt, exposure: lines } = earlierOutline.parse(report);
  return { takenAt, exposure: yield* eachOf(lines, exposure) };
}

const earlierOutline = z.object({ takenAt: instant, exposure: unread });

function* eachOf<Entry>(entries: readonly unknown[], schema: z.ZodType<Entry>): Steps<readonly Entry[]> {
  const checked: Entry[] = [];
  for (const entry of entries) {
    checked.push(schema.parse(entry));
    yield;
  }
  return checked;
}
