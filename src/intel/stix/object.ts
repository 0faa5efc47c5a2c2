import { z } from "zod";

const ref = z.string().max(300);

/** What of an object of a STIX 2.1 bundle is read, whichever type it is. */
export const stixObjectSchema = z.looseObject({
  type: z.string().max(100),
  id: ref.exactOptional(),
  name: z.string().exactOptional(),
  description: z.string().exactOptional(),
  created: z.string().exactOptional(),
  modified: z.string().exactOptional(),
  valid_from: z.string().exactOptional(),
  valid_until: z.string().exactOptional(),
  revoked: z.boolean().exactOptional(),
  confidence: z.number().exactOptional(),
  created_by_ref: ref.exactOptional(),
  object_marking_refs: z.array(ref).max(100).exactOptional(),
  object_refs: z.array(ref).max(10_000).exactOptional(),
  external_references: z
    .array(z.looseObject({ url: z.string().exactOptional() }))
    .max(1_000)
    .exactOptional(),
  pattern: z.string().exactOptional(),
  pattern_type: z.string().exactOptional(),
  relationship_type: z.string().exactOptional(),
  source_ref: ref.exactOptional(),
  target_ref: ref.exactOptional(),
  account_type: z.string().exactOptional(),
  account_login: z.string().exactOptional(),
  user_id: z.string().exactOptional(),
  value: z.unknown().optional(),
  definition_type: z.string().exactOptional(),
  definition: z.looseObject({ tlp: z.string().exactOptional() }).exactOptional(),
  extensions: z.record(z.string(), z.looseObject({ tlp_2_0: z.string().exactOptional() })).exactOptional(),
});
export type StixObject = z.infer<typeof stixObjectSchema>;

/** Types of STIX 2.1 that are read past: they accuse nobody by themselves. */
export const OTHER_TYPES: ReadonlySet<string> = new Set(
  [
    "attack-pattern campaign course-of-action grouping identity incident infrastructure intrusion-set location malware",
    "malware-analysis note observed-data opinion report threat-actor tool vulnerability relationship sighting artifact",
    "autonomous-system directory domain-name email-addr email-message file ipv4-addr ipv6-addr mac-addr mutex",
    "network-traffic process software url user-account windows-registry-key x509-certificate marking-definition",
    "language-content extension-definition",
  ]
    .join(" ")
    .split(" "),
);

/** Those that say who or what is meant with harm, and so accuse whom a relationship ties to them. */
export const ACCUSING: ReadonlySet<string> = new Set(["indicator", "threat-actor", "intrusion-set", "campaign"]);
