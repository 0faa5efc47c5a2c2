import { z } from "zod";
import { OUTCOMES } from "../../../access/flag.ts";
import { VERDICTS } from "../../../assessment/precision.ts";
import { TIE_KINDS } from "../../../clusters/tie.ts";
import { TLPS } from "../../../intel/entry.ts";

const instant = z.iso.datetime();
const id = z.int().positive();
/** What another format describes, as the release that stored it wrote it. */
const stored = z.record(z.string(), z.unknown());

const person = z.strictObject({ accountId: id, login: z.string() });

const report = z.strictObject({
  id: z.string(),
  kind: z.enum(["pull_request", "collaborator"]),
  repositoryId: id,
  repositoryOwner: z.string(),
  repositoryName: z.string(),
  pullRequest: z.strictObject({ number: id, title: z.string(), headSha: z.string(), createdAt: instant }).nullable(),
  accountId: id,
  login: z.string(),
  engine: z.string(),
  dossier: stored,
  assessment: stored,
  decision: stored,
  createdAt: instant,
  closedAt: instant.nullable(),
  evidenceErased: z.boolean(),
  reviewed: z
    .strictObject({
      byAccountId: id,
      byLogin: z.string(),
      at: instant,
      verdict: z.enum(VERDICTS).exactOptional(),
    })
    .nullable(),
});

const flag = z.strictObject({
  id: z.string(),
  repositoryId: id,
  repositoryName: z.string(),
  accountId: id,
  login: z.string(),
  role: z.string(),
  via: z.string(),
  band: z.string(),
  because: z.string(),
  reportId: z.string(),
  raisedAt: instant,
  state: stored,
});

const audit = z.strictObject({
  id: z.string(),
  takenAt: instant,
  access: z
    .strictObject({
      login: z.string(),
      owner: z.boolean(),
      member: z.boolean(),
      grants: z.array(
        z.strictObject({ repositoryId: id, role: z.string(), via: z.string(), team: z.string().nullable() }),
      ),
    })
    .nullable(),
  entries: z.array(z.strictObject({ list: z.string(), entry: z.unknown() })),
});

/** `sallyport.subject/1`: what `subject export --json` prints, and owners download on the page of an account. */
export const subjectSchema = z.strictObject({
  schema: z.literal("sallyport.subject/1"),
  installationId: id,
  accountId: id,
  asOf: instant,
  reports: z.array(report),
  flags: z.array(flag),
  listed: z.array(
    z.strictObject({
      id,
      login: z.string().nullable(),
      source: z.string(),
      origin: z.string().nullable(),
      reference: z.string().nullable(),
      isPrimary: z.boolean(),
      confidence: z.int().min(0).max(100).nullable(),
      tlp: z.enum(TLPS),
      reason: z.string().nullable(),
      at: instant,
      until: instant,
      importedAt: instant,
      checked: z.strictObject({ byAccountId: id, byLogin: z.string(), reason: z.string(), at: instant }).nullable(),
      confirmedBy: id.nullable(),
      byAddress: z.boolean(),
      revokedAt: instant.nullable(),
      revokeReason: z.string().nullable(),
    }),
  ),
  localList: z.array(
    z.strictObject({
      disposition: z.enum(["vouched", "denounced"]),
      reason: z.string(),
      repositoryId: id.nullable(),
      byAccountId: id,
      byLogin: z.string(),
      confirmedBy: id.nullable(),
      at: instant,
      until: instant,
      withdrawnAt: instant.nullable(),
    }),
  ),
  grants: z.array(
    z.strictObject({
      account: id,
      repository: id,
      given: z.strictObject({ by: person, at: instant, role: z.string() }).nullable(),
      noted: z.strictObject({ reason: z.string(), until: instant.nullable(), by: person, at: instant }).nullable(),
    }),
  ),
  referrals: z.array(z.strictObject({ account: id, by: id, repository: id.nullable(), role: z.string(), at: instant })),
  exposureDecisions: z.array(
    z.strictObject({
      line: z.strictObject({
        kind: z.string(),
        account: z.string(),
        repository: z.string().nullable(),
        role: z.string(),
        accountCount: z.int().nullable(),
        repositoryCount: z.int().optional(),
        everywhere: z.literal(true).optional(),
      }),
      outcome: z.enum(OUTCOMES),
      reason: z.string(),
      by: person,
      at: instant,
      until: instant,
    }),
  ),
  corrections: z.array(z.strictObject({ text: z.string(), byAccountId: id, byLogin: z.string(), at: instant })),
  cachedFacts: z.array(z.strictObject({ at: instant, sections: stored })),
  histories: z.array(z.strictObject({ reader: z.string(), heads: z.string(), sections: stored, at: instant })),
  ties: z.array(
    z.strictObject({
      kind: z.enum(TIE_KINDS),
      mark: z.string(),
      seenWith: id,
      count: z.int().positive(),
      firstAt: instant,
      lastAt: instant,
    }),
  ),
  snapshots: z.array(z.strictObject({ at: instant, loginHash: z.string(), ownedCount: z.int().nonnegative() })),
  looks: z.array(z.strictObject({ repositoryId: id, number: id, at: instant })),
  audits: z.array(audit),
  accessSince: z.array(
    z.strictObject({
      source: z.enum(["team", "repository", "account"]),
      name: z.string(),
      standing: z.string().nullable(),
      role: z.string().nullable(),
      at: instant,
    }),
  ),
  work: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      state: z.enum(["waiting", "running", "set_aside"]),
      since: instant,
      payload: stored,
    }),
  ),
  decisions: z.array(
    z.strictObject({
      what: z.enum(["report", "flag", "exposure", "local_list", "grant", "correction"]),
      id: z.string(),
      at: instant,
    }),
  ),
  trail: z.array(
    z.strictObject({
      at: instant,
      actorId: id.nullable(),
      act: z.string(),
      target: z.string(),
      reason: z.string().nullable(),
    }),
  ),
  notIncluded: z.array(z.strictObject({ what: z.string(), why: z.string() })),
  stays: z.array(z.string()),
});
