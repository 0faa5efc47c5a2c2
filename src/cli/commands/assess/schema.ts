import { z } from "zod";
import { UNAVAILABLE_REASONS, type UnavailableReason } from "../../../absence.ts";
import { BANDS } from "../../../assessment/assessment.ts";
import { REACHABLE } from "../../../change/actions/finding.ts";
import { SEVERITIES } from "../../../change/severity.ts";
import { SECTION_NAMES } from "../../../dossier/dossier.ts";
import { FAMILIES, type Family } from "../../../signals/families.ts";

const instant = z.iso.datetime();
const bits = z.number();
const share = z.number().min(0).max(1);
const count = z.int().min(0);
const band = z.enum([...BANDS, "insufficient_evidence"]);
const level = z.enum([...SEVERITIES, "unknown"]);
const family = z.enum(Object.keys(FAMILIES) as readonly Family[]);
const reason = z.enum(Object.keys(UNAVAILABLE_REASONS) as readonly UnavailableReason[]);

const evidence = z.strictObject({
  fact: z.string(),
  tier: z.enum(["PL", "SC", "SM_attested", "SM", "TP", "EX"]),
  at: instant.exactOptional(),
  link: z.string().exactOptional(),
  place: z
    .strictObject({ path: z.string(), line: z.int().positive(), endLine: z.int().positive().exactOptional() })
    .exactOptional(),
  commit: z.string().exactOptional(),
  severity: z.enum(SEVERITIES).exactOptional(),
  why: z.string().exactOptional(),
  fine: z.string().exactOptional(),
  reachable: z.enum(REACHABLE).exactOptional(),
  keyedHash: z.string().exactOptional(),
});

const finding = z.strictObject({
  signal: z.string(),
  version: z.int().positive(),
  axis: z.enum(["P", "C", "X"]),
  family,
  outcome: z.enum(["fired", "clear", "unknown"]),
  strength: share,
  bits,
  hard: z.boolean(),
  core: z.boolean(),
  confirmed: z.literal(true).exactOptional(),
  severity: z.enum(SEVERITIES).nullable(),
  evidence: z.array(evidence).max(20),
  /** Facts beyond those in `evidence`. */
  evidenceLeftOut: z.int().nonnegative(),
  /** What could not be looked at, and why: always of unknown, of others where they saw a part only. */
  unknownBecause: z.string().nullable(),
});

/** `sallyport.assessment/1`, what `assess --json` prints. */
export const assessmentSchema = z.strictObject({
  schema: z.literal("sallyport.assessment/1"),
  engine: z.string(),
  asOf: instant,
  subject: z.strictObject({
    accountId: z.int().positive().nullable(),
    kind: z.enum(["user", "bot", "organization", "mannequin", "ghost"]),
  }),
  persona: z.strictObject({
    band,
    bits,
    hardBits: bits,
    families: z.array(z.strictObject({ family, bits, uncappedBits: bits, capBits: bits })),
    mitigations: z.array(
      z.strictObject({ id: z.enum(["m1", "m2", "m3", "m4", "m5", "m6"]), bits, because: z.string() }),
    ),
    heldBackFrom: band.nullable(),
  }),
  /** `complete` is false where a check could not look at all of it: the level is the least it can be. */
  change: z.strictObject({ level, complete: z.boolean() }),
  access: z.strictObject({ level, complete: z.boolean() }),
  queue: z.strictObject({ bits, label: z.boolean() }),
  coverage: z.strictObject({
    total: share,
    evaluatedCount: count,
    applicableCount: count,
    families: z.partialRecord(family, share),
  }),
  label: z
    .enum(["fabricated_history", "takeover", "shared_operator", "spam_automation", "compromise", "shared_automation"])
    .nullable(),
  findings: z.array(finding),
  couldNotSee: z.array(z.strictObject({ section: z.enum(SECTION_NAMES), reason, retryAt: instant.nullable() })),
});
