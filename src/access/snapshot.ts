import { z } from "zod";
import { UNPRINTABLE } from "../characters.ts";
import { ROLES, VIAS } from "../dossier/role.ts";
import { InvalidInput, type Problem } from "../errors.ts";
import { besideLists, readBesideGrants, unreadBesideLists } from "./beside-grants/schema.ts";
import type { AccessSnapshot } from "./grant.ts";
import { INVITED_ROLES } from "./invitation.ts";
import { account, EXTRA_PERMISSIONS, readRules, repository, ruleLists, unreadRuleLists } from "./reach/rules-schema.ts";
import { referenceProblems } from "./references.ts";

/** Most entries of each list; a file over a limit is a mistake or an attempt, not an organisation. */
export const SNAPSHOT_LIMITS = {
  accounts: 200_000,
  repositories: 100_000,
  grants: 1_000_000,
  invitations: 10_000,
  notChecked: 100,
} as const;

/** Problems that are listed; a file with more is not looked at further. */
const LISTED_PROBLEMS = 200;

/** Labels are printed. */
const label = z
  .string()
  .regex(new RegExp(`^[^${UNPRINTABLE}]{1,200}$`, "u"), "is not a printable text of 1 to 200 characters");
/** Any offset is read, UTC is kept. */
const instant = z.iso.datetime({ offset: true });

const entry = {
  accounts: z.object({ id: account, login: label, kind: z.enum(["user", "bot"]) }),
  repositories: z.object({
    id: repository,
    name: label,
    visibility: z.enum(["public", "private", "internal"]),
    archived: z.boolean(),
    defaultBranch: label.exactOptional(),
  }),
  grants: z.object({
    account,
    repository,
    role: z.enum(ROLES),
    via: z.object({ kind: z.enum(VIAS), team: label.exactOptional() }),
    permissions: z.array(z.enum(EXTRA_PERMISSIONS)).exactOptional(),
  }),
};

/** The shape of `sallyport.access/1`; unknown keys are left out, references are checked by `parseAccessSnapshot`. */
export const accessSnapshotSchema = z.object({
  schema: z.literal("sallyport.access/1"),
  takenAt: instant,
  organization: z.object({ login: label, basePermission: z.enum(["none", "read", "write", "admin"]) }),
  accounts: z.array(entry.accounts).max(SNAPSHOT_LIMITS.accounts),
  owners: z.array(account).max(SNAPSHOT_LIMITS.accounts),
  members: z.array(account).max(SNAPSHOT_LIMITS.accounts),
  repositories: z.array(entry.repositories).max(SNAPSHOT_LIMITS.repositories),
  grants: z.array(entry.grants).max(SNAPSHOT_LIMITS.grants),
  invitations: z
    .array(
      z.object({
        login: label.nullable(),
        role: z.enum(INVITED_ROLES),
        teamCount: z.int().nonnegative(),
        invitedAt: instant,
      }),
    )
    .max(SNAPSHOT_LIMITS.invitations)
    .exactOptional(),
  notChecked: z
    .array(z.object({ what: label, because: label, opensWith: label.nullable() }))
    .max(SNAPSHOT_LIMITS.notChecked)
    .exactOptional(),
  ...ruleLists,
  ...besideLists,
});

/** The same shape with the entries of its long lists unread. */
const outline = accessSnapshotSchema.extend({
  accounts: z.array(z.unknown()).max(SNAPSHOT_LIMITS.accounts),
  owners: z.array(z.unknown()).max(SNAPSHOT_LIMITS.accounts),
  members: z.array(z.unknown()).max(SNAPSHOT_LIMITS.accounts),
  repositories: z.array(z.unknown()).max(SNAPSHOT_LIMITS.repositories),
  grants: z.array(z.unknown()).max(SNAPSHOT_LIMITS.grants),
  ...unreadRuleLists,
  ...unreadBesideLists,
});

/**
 * The access graph in a parsed JSON document that people find at `place`. Throws InvalidInput with every problem of
 * shape, or, when the shape is right, every duplicate and every reference to something that is not in the file;
 * it stops looking after 200, so that a small hostile file cannot become gigabytes of complaints.
 */
export function parseAccessSnapshot(json: unknown, place = "snapshot"): AccessSnapshot {
  const whole = outline.safeParse(json);
  const problems = (whole.error?.issues ?? []).map((issue) => problemOf(issue.path, issue.message));
  const accounts = entriesOf(json, { list: "accounts", schema: entry.accounts, problems });
  const owners = entriesOf(json, { list: "owners", schema: account, problems });
  const members = entriesOf(json, { list: "members", schema: account, problems });
  const repositories = entriesOf(json, { list: "repositories", schema: entry.repositories, problems });
  const grants = entriesOf(json, { list: "grants", schema: entry.grants, problems });
  const rules = readRules(json, (list, schema) => entriesOf(json, { list, schema, problems }));
  const beside = readBesideGrants(json, (list, schema) => entriesOf(json, { list, schema, problems }));
  if (!whole.success || problems.length > 0) throw new InvalidInput(listed(problems, place));
  const { invitations, ...rest } = whole.data;
  const snapshot = {
    ...{ ...rest, takenAt: inUtc(rest.takenAt), accounts, owners, members, repositories, grants, ...rules, ...beside },
    ...(invitations && { invitations: invitations.map((each) => ({ ...each, invitedAt: inUtc(each.invitedAt) })) }),
  };
  const loose = referenceProblems(snapshot)
    .take(LISTED_PROBLEMS + 1)
    .toArray();
  if (loose.length > 0) throw new InvalidInput(listed(loose, place));
  return snapshot;
}

interface ListReading<Schema> {
  readonly list: string;
  readonly schema: Schema;
  /** Grows with what is found, at most to one more than is listed. */
  readonly problems: Problem[];
}

/** The valid entries of one list, whatever else is wrong with the document. */
function entriesOf<Schema extends z.ZodType>(
  json: unknown,
  { list, schema, problems }: ListReading<Schema>,
): readonly z.infer<Schema>[] {
  const found = typeof json === "object" && json !== null ? Object.entries(json).find(([key]) => key === list) : null;
  const entries: readonly unknown[] = Array.isArray(found?.[1]) ? found[1] : [];
  const read: z.infer<Schema>[] = [];
  // A list over its limit is a problem already; reading all of it would only take time.
  const end = Math.min(entries.length, SNAPSHOT_LIMITS.grants);
  for (let at = 0; at < end && problems.length <= LISTED_PROBLEMS; at += 1) {
    const parsed = schema.safeParse(entries[at]);
    if (parsed.success) read.push(parsed.data);
    else for (const { path, message } of parsed.error.issues) problems.push(problemOf([list, at, ...path], message));
  }
  return read;
}

const inUtc = (at: string): string => (at.endsWith("Z") ? at : new Date(at).toISOString());

function listed(problems: readonly Problem[], place: string): readonly Problem[] {
  const first = problems
    .slice(0, LISTED_PROBLEMS)
    .map((problem) => ({ ...problem, where: `${place} ${problem.where}`.trim() }));
  if (problems.length <= LISTED_PROBLEMS) return first;
  return [...first, { where: place, what: "more problems than are listed", mend: "mend these first and run again" }];
}

function problemOf(path: readonly PropertyKey[], what: string): Problem {
  const where = path.reduce<string>(
    (before, key) => (typeof key === "number" ? `${before}[${key}]` : `${before}${before && "."}${String(key)}`),
    "",
  );
  const field = path.findLast((key) => typeof key === "string");
  return { where, what, mend: HINTS.get(String(field)) ?? "docs/schema/sallyport.access-1.json describes the format" };
}

const HINTS: ReadonlyMap<string, string> = new Map([
  ["schema", 'write "sallyport.access/1"'],
  ["takenAt", "write when the graph was read, as 2026-08-22T07:02:54Z"],
  ["id", "write GitHub's numeric id as a string"],
  ["account", "write the id of an entry of accounts"],
  ["repository", "write the id of an entry of repositories"],
  ["owners", "list the ids of entries of accounts"],
  ["members", "list the ids of entries of accounts"],
  ["role", `write ${ROLES.join(", ")}; a custom role as the role it extends`],
  ["kind", 'write "user" or "bot" for an account, the source of the role for a grant'],
  ["via", `write {"kind": …} with one of ${VIAS.join(", ")}`],
  ["archived", "write true or false"],
]);
