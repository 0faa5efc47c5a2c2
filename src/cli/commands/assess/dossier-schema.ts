import { z } from "zod";
import { UNAVAILABLE_REASONS } from "../../../absence.ts";
import { type Dossier, dossier } from "../../../dossier/dossier.ts";
import { MOST_FOLLOWED, MOST_MERGES, MOST_TIED } from "../../../dossier/network.ts";
import { OUTCOMES, TEXT_KINDS, TEXT_MARKS } from "../../../dossier/public-texts.ts";
import { ROLES, VIAS } from "../../../dossier/role.ts";
import { MOST_YEARS } from "../../../dossier/scan-gateway.ts";
import { InvalidInput } from "../../../errors.ts";
import { parseJson, schemaProblems } from "../../json.ts";
import { continuity, dates, identity, origin, pictures, scan } from "../history/traces-schema.ts";
import { commits, files, push, signatures, texts, thread } from "./change-schema.ts";
import { codeMatches } from "./code-schema.ts";

const instant = z.iso.datetime();
const id = z.int().positive();
const count = z.int().min(0);
const reasons = Object.keys(UNAVAILABLE_REASONS) as (keyof typeof UNAVAILABLE_REASONS)[];

/** A section as a dossier file has it: a value with the time it was read, or why it is missing. */
const section = <Value extends z.ZodType>(value: Value) =>
  z.discriminatedUnion("state", [
    z.strictObject({ state: z.literal("present"), value, asOf: instant }),
    z.strictObject({ state: z.literal("unavailable"), reason: z.enum(reasons), retryAt: instant.nullable() }),
  ]);

const pullRequest = z.strictObject({
  createdAt: instant,
  mergedAt: instant.nullable(),
  ownerNodeId: z.string(),
  elsewhere: z.boolean(),
});

const publicText = z.strictObject({
  kind: z.enum(TEXT_KINDS),
  at: instant,
  ownerNodeId: z.string(),
  repositoryNodeId: z.string(),
  stars: count,
  insider: z.literal(true).exactOptional(),
  alike: count.exactOptional(),
  marks: z.array(z.enum(TEXT_MARKS)).exactOptional(),
  contacts: z.array(count).exactOptional(),
  own: z.array(z.strictObject({ repository: count, createdAt: instant, stars: count })).exactOptional(),
  cites: count.exactOptional(),
  outcome: z.enum(OUTCOMES).exactOptional(),
  closedAt: instant.exactOptional(),
});

const account = {
  "account.profile": section(z.strictObject({ accountId: id, createdAt: instant })),
  "account.repositories": section(
    z.strictObject({
      ownedCount: count,
      forkCount: count,
      repositories: z.array(z.strictObject({ createdAt: instant, pushedAt: instant.nullable(), fork: z.boolean() })),
    }),
  ),
  "account.pullRequests": section(
    z.strictObject({
      totalCount: count,
      mergedCount: count,
      mergedElsewhereCount: count,
      recent: z.array(pullRequest),
      oldest: z.array(pullRequest),
    }),
  ),
  "account.activity": section(
    z.strictObject({
      acts: z.array(
        z.strictObject({ kind: z.enum(["pull_request", "issue", "comment", "repository", "event"]), at: instant }),
      ),
      years: z.array(
        z.strictObject({
          from: instant,
          to: instant,
          contributions: count,
          commits: count.exactOptional(),
          restricted: count,
        }),
      ),
      mayHaveHoles: z.boolean(),
    }),
  ),
  "account.years": section(
    z.strictObject({
      years: z.array(z.strictObject({ year: count, dated: count, restricted: count })).max(MOST_YEARS),
    }),
  ),
  "account.texts": section(z.strictObject({ texts: z.array(publicText) })),
  "account.keys": section(
    z.strictObject({
      keys: z.array(z.strictObject({ kind: z.enum(["gpg", "ssh_signing"]), createdAt: instant.nullable() })),
    }),
  ),
  "account.snapshots": section(
    z.strictObject({
      snapshots: z.array(z.strictObject({ at: instant, loginHash: z.string(), ownedCount: count })),
    }),
  ),
};

const history = {
  "history.identity": section(identity),
  "history.dates": section(dates),
  "history.origin": section(origin),
  "history.continuity": section(continuity),
  "history.pictures": section(pictures),
  "history.scan": section(scan),
};

const code = { "code.matches": section(codeMatches) };
const network = {
  "network.ties": section(
    z.strictObject({
      // No more than one collection can bring: what is looked for in a graph takes longer than the graph.
      accounts: z
        .array(z.strictObject({ id, createdAt: instant, mergedCount: count, goneCount: count }))
        .max(MOST_TIED),
      edges: z
        .array(z.strictObject({ author: id, merger: id, count, firstAt: instant, lastAt: instant }))
        .max(MOST_TIED * MOST_MERGES),
      unreadCount: count,
      forks: z.strictObject({ count, orphanCount: count }),
      followedIds: z.array(id).max(MOST_FOLLOWED).nullable(),
    }),
  ),
};

const given = {
  role: z.enum(ROLES),
  previousRole: z.enum(ROLES).nullable(),
  grantedAt: instant,
  ssoLinked: z.boolean().nullable(),
};

const recordHere = z.strictObject({
  mergedCount: count,
  mergerCount: count.nullable(),
  mergersUnseen: z.literal(true).exactOptional(),
  firstContactAt: instant.nullable(),
});

const access = {
  "access.grant": section(z.strictObject({ repositoryId: id, via: z.enum(VIAS), ...given })),
  "access.lastGrant": section(z.strictObject({ ...given, record: recordHere })),
  "access.grants": section(
    z.strictObject({
      grants: z.array(z.strictObject({ repositoryId: id, role: z.enum(ROLES), via: z.enum(VIAS) })),
      owner: z.boolean(),
      member: z.boolean(),
      membersUnread: z.literal(true).exactOptional(),
      base: z.enum(ROLES).exactOptional(),
    }),
  ),
  "access.referrals": section(z.strictObject({ letIn: z.array(z.strictObject({ accountId: id, at: instant })) })),
  "access.recordHere": section(recordHere),
  "access.lastActivity": section(
    z.strictObject({
      lastActAt: instant.nullable(),
      searchedSince: instant,
      actsUnseen: z.literal(true).exactOptional(),
    }),
  ),
  "intel.matches": section(
    z.strictObject({
      matches: z.array(
        z.strictObject({
          by: z.enum(["account", "address"]),
          source: z.string(),
          origin: z.string().nullable(),
          reference: z.string().nullable(),
          primary: z.boolean(),
          sourced: z.boolean(),
          at: instant,
          until: instant,
          confirmed: z.boolean(),
        }),
      ),
    }),
  ),
  "intel.localList": section(
    z.strictObject({
      entries: z.array(
        z.strictObject({
          disposition: z.enum(["vouched", "denounced"]),
          reason: z.string(),
          byAccountId: id,
          at: instant,
          until: instant,
        }),
      ),
    }),
  ),
};

/**
 * `sallyport.dossier/1`. Strict: a file cannot bring in a fact that the product promises not to use. Sections that
 * are left out say `not_requested`.
 */
export const dossierSchema = z.strictObject({
  schema: z.literal("sallyport.dossier/1"),
  asOf: instant,
  subject: z.strictObject({
    accountId: id.nullable(),
    kind: z.enum(["user", "bot", "organization", "mannequin", "ghost"]),
  }),
  sections: z
    .strictObject({
      "change.files": section(files),
      "change.commits": section(commits),
      "change.texts": section(texts),
      "change.push": section(push),
      "change.signatures": section(signatures),
      "change.thread": section(thread),
      ...account,
      ...history,
      ...code,
      ...network,
      ...access,
    })
    .partial(),
});

/** The dossier in a JSON text; throws InvalidInput with every problem and its path. */
export function parseDossier(text: string, place: string): Dossier {
  const parsed = dossierSchema.safeParse(parseJson(text, place));
  if (!parsed.success) throw new InvalidInput(schemaProblems(parsed.error, { place, text }));
  const { asOf, subject, sections } = parsed.data;
  // Ids are branded in the type only; the schema has checked that they are positive integers.
  return dossier({ asOf, subject: subject as Dossier["subject"] }, sections as Partial<Dossier["sections"]>);
}
