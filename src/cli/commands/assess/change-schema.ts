import { z } from "zod";
import { CLAIMED_BOTS, TEXT_FIELDS } from "../../../change/change.ts";
import { BINARY_KINDS } from "../../../change/content.ts";
import { PRESSED_FOR } from "../../../change/thread.ts";
import { lockExcerpt } from "./lock-schema.ts";

const instant = z.iso.datetime();
const count = z.int().min(0);
const accountId = z.int().positive();

const sides = <Schema extends z.ZodType>(side: Schema) =>
  z.strictObject({ before: side.nullable(), after: side.nullable() });

/** The `change.files` section. */
export const files = z.strictObject({
  files: z.array(
    z.strictObject({
      path: z.string(),
      previousPath: z.string().nullable(),
      status: z.enum(["added", "modified", "removed", "renamed", "copied", "changed", "unchanged"]),
      additions: count,
      deletions: count,
      hunks: z
        .array(
          z.strictObject({
            lines: z.array(
              z.strictObject({
                kind: z.enum(["added", "removed", "context"]),
                line: z.int().positive(),
                text: z.string(),
              }),
            ),
          }),
        )
        .nullable(),
      oid: z.string().exactOptional(),
      kinds: sides(z.enum(["file", "executable", "link", "submodule"])).exactOptional(),
      texts: sides(z.string()).exactOptional(),
      lock: sides(lockExcerpt).exactOptional(),
      binary: sides(z.enum(BINARY_KINDS)).exactOptional(),
    }),
  ),
  truncated: z.boolean(),
  base: z.strictObject({ owner: z.string().nullable(), runsHeads: z.boolean().nullable() }).exactOptional(),
});

const earlierHead = z.strictObject({
  oid: z.string(),
  at: instant.nullable(),
  delta: z.array(z.strictObject({ path: z.string(), line: z.int().positive(), lines: z.int().positive() })).nullable(),
});

/** What stood there before this head. */
const before = z.strictObject({
  approval: earlierHead.nullable(),
  rewritten: earlierHead
    .extend({
      kept: z.array(z.strictObject({ oid: z.string(), committedAt: instant })),
      lookedAt: instant.exactOptional(),
    })
    .nullable(),
  unread: z.array(z.enum(["approvals", "pushes"])),
});

/** The `change.commits` section. Commit dates are claims, so any valid date is let through. */
export const commits = z.strictObject({
  commits: z.array(
    z.strictObject({
      oid: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
      authoredAt: instant,
      committedAt: instant,
      parentOids: z.array(z.string()),
      authorAccountId: accountId.nullable(),
      committerAccountId: accountId.nullable(),
      authorAccountIds: z.array(accountId),
      authoredByCommitter: z.boolean(),
      committedViaWeb: z.boolean(),
      claims: z.enum(CLAIMED_BOTS).nullable(),
      // Files from before it was collected say it of none.
      committerClaims: z.boolean().default(false),
      signature: z.enum(["valid", "expired", "unchecked", "invalid", "none"]),
      signedByGitHub: z.boolean(),
      signerAccountId: accountId.nullable(),
    }),
  ),
  totalCount: count,
  pullRequestCreatedAt: instant,
  // Files from before it was collected do not say, which is not known and no more.
  opener: z
    .strictObject({
      accountId: accountId.nullable(),
      kind: z.enum(["user", "bot", "organization", "mannequin", "ghost"]),
    })
    .default({ accountId: null, kind: "ghost" }),
  before: before.exactOptional(),
});

/** The `change.texts` section. */
export const texts = z.strictObject({
  texts: z.array(z.strictObject({ field: z.enum(TEXT_FIELDS), text: z.string() })),
  complete: z.boolean(),
  authorAssociation: z.string(),
});

/** The `change.signatures` section. */
export const signatures = z.strictObject({
  authors: z.array(
    z.strictObject({
      commits: z.array(
        z.strictObject({
          oid: z.string().regex(/^[0-9a-f]{40}([0-9a-f]{24})?$/),
          authoredAt: instant,
          committedAt: instant,
          signature: z.enum(["none", "invalid", "expired", "unchecked"]),
          committedByOther: z.boolean(),
        }),
      ),
      earlier: z.strictObject({ commits: count, verified: count, inARow: count, since: instant.nullable() }).nullable(),
    }),
  ),
  unshown: count,
});

/** The `change.thread` section. */
export const thread = z.strictObject({
  pressing: z.array(
    z.strictObject({
      priorActs: count.nullable(),
      comments: z.array(z.strictObject({ at: instant, link: z.string(), pressesFor: z.array(z.enum(PRESSED_FOR)) })),
    }),
  ),
  unread: count,
});

/** The `change.push` section. */
export const push = z.strictObject({
  byApp: z.boolean(),
  earlier: z.strictObject({ commits: count, byPullRequest: count }).nullable(),
});
