import { z } from "zod";
import { globProblem } from "./glob.ts";
import { DEEP_SCANS, WEEKDAYS } from "./policy.ts";

/** The longest times a policy may set, in days; the privacy page promises them to whoever is assessed. */
export const RETENTION_LIMITS = { evidence_days: 365, bands_days: 730 } as const;

/** What documentation and error messages say about a key. */
export interface KeyDoc {
  readonly allowed: string;
  readonly about: string;
}

const documented = <Schema extends z.ZodType>(schema: Schema, about: string, allowed: string): Schema =>
  schema.meta({ about, allowed });

const days = (most: number, about: string) =>
  documented(z.int().min(1).max(most), about, `days, an integer from 1 to ${most}`);
const count = (most: number, about: string) =>
  documented(z.int().min(0).max(most), about, `an integer from 0 to ${most}`);

/** IANA names this runtime knows, and the two spellings of UTC that its list leaves out. */
const TIMEZONES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", "Etc/UTC"]);

const glob = z.string().refine((pattern) => globProblem(pattern) === null, {
  error: ({ input }) => globProblem(String(input)) ?? "not a pattern",
});

/** A policy file: every key may be left out, none may be invented. */
export const policySchema = z
  .strictObject({
    version: documented(z.literal(1), "Version of this format.", "1"),
    mode: documented(
      z.enum(["shadow", "live"]),
      "`shadow`: assess and show privately, publish nothing. `live`: also post the sealed check run.",
      "shadow | live",
    ),
    publication: z
      .strictObject({
        check_run: documented(
          z.enum(["sealed", "off"]),
          "The check run, the same bytes for everybody, or none.",
          "sealed | off",
        ),
        label: z
          .strictObject({
            name: documented(
              z
                .string()
                .min(1)
                .max(50)
                .regex(/^[^\p{Cc}\p{Cf}]*$/u)
                .nullable(),
              "Label that pull requests get by the public criterion below.",
              "text of at most 50 characters, or null",
            ),
            when: documented(
              z.array(z.enum(["first_contribution", "sensitive_paths"])).max(2),
              "Public criteria for the label; never an assessment.",
              "list of first_contribution, sensitive_paths",
            ),
          })
          .partial(),
      })
      .partial(),
    triage: z
      .strictObject({
        sensitive_paths: documented(
          z.array(glob).max(200),
          "Paths whose change deserves a closer look. A change that takes more than three million comparisons to tell counts as touching one.",
          "at most 200 patterns of *, ** and ?",
        ),
        skip_bots: documented(
          z.array(z.int().positive()).max(100),
          "Numeric account ids of bots whose pull requests are not assessed.",
          "at most 100 numeric account ids",
        ),
        deep_scan: documented(
          z.enum(DEEP_SCANS),
          "When git reads the commit histories of an account's own public repositories, which GitHub shows their owner as clones: on_need at a first contribution here, and of those who hold or are given write; never because of what was found. GitHub's API, which shows nobody what it reads, is asked for them where an account or a change asks for it, but not under never.",
          DEEP_SCANS.join(" | "),
        ),
      })
      .partial(),
    access: z
      .strictObject({
        weekly: z
          .strictObject({
            day: documented(z.enum(WEEKDAYS), "Day of the weekly access audit.", WEEKDAYS.join(" | ")),
            hour: documented(z.int().min(0).max(23), "Hour of the audit, in the time zone.", "an integer from 0 to 23"),
            timezone: documented(
              z.string().refine((name) => TIMEZONES.has(name), { error: "not a time zone this system knows" }),
              "Time zone of the audit.",
              "IANA name such as UTC or Europe/Berlin",
            ),
          })
          .partial(),
        dormant_after_days: days(
          3650,
          "Write access without an act for this long is reported as dormant; admin from half of it on.",
        ),
        thin_grant: z
          .strictObject({
            merged: count(1000, "Fewer merged pull requests here before a grant of write make it thin."),
            mergers: count(100, "Fewer distinct people who merged them make it thin."),
            days: count(3650, "Fewer days between first contact and grant make it thin."),
          })
          .partial(),
      })
      .partial(),
    retention: z
      .strictObject({
        evidence_days: days(RETENTION_LIMITS.evidence_days, "How long evidence is kept."),
        bands_days: days(RETENTION_LIMITS.bands_days, "How long bands are kept."),
      })
      .partial(),
  })
  .partial();

/** Keys of later versions: named, so that nobody believes they work. */
export const LATER_KEYS: readonly string[] = [
  "exposure",
  "publication.change",
  "access.report_to",
  "cases",
  "exemptions",
  "signals",
];

/** One policy file as written: only the keys that stand in it. */
export type PolicyFile = z.infer<typeof policySchema>;

/** Every key with its documentation, by dotted path, in the order of the file. */
export function policyKeys(): ReadonlyMap<string, KeyDoc> {
  return new Map(leaves(policySchema, ""));
}

function leaves(schema: z.ZodType, path: string): readonly (readonly [string, KeyDoc])[] {
  const inner = schema instanceof z.ZodOptional ? (schema.unwrap() as z.ZodType) : schema;
  if (inner instanceof z.ZodObject)
    return Object.entries(inner.shape).flatMap(([key, value]) => leaves(value, path === "" ? key : `${path}.${key}`));
  const meta = inner.meta();
  return [[path, { allowed: String(meta?.allowed), about: String(meta?.about) }]];
}
