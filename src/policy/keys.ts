import { z } from "zod";
import { UNPRINTABLE } from "../characters.ts";
import { globProblem } from "./glob.ts";
import { type FileKey, key, type PolicySection } from "./key.ts";
import { fewerReaders, READERS, READERS_FORM } from "./report-readers.ts";
import { firstNamed, higher, longerList, lower, onlyForward, organizationAlone, shorterList } from "./rules.ts";

/** When the histories of an account's own repositories are read, from least to most often. */
export const DEEP_SCANS = ["never", "on_need", "always"] as const;

export const WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

const CRITERIA = ["first_contribution", "sensitive_paths"] as const;

/** The longest times a policy may set, in days; the privacy page promises them to whoever is assessed. */
export const RETENTION_LIMITS = { evidence_days: 365, bands_days: 730 } as const;

/** IANA names this runtime knows, and the two spellings of UTC that its list leaves out. */
const TIMEZONES: ReadonlySet<string> = new Set([...Intl.supportedValuesOf("timeZone"), "UTC", "Etc/UTC"]);

const glob = z.string().refine((pattern) => globProblem(pattern) === null, {
  error: ({ input }) => globProblem(String(input)) ?? "not a pattern",
});

const days = (most: number) => ({ schema: z.int().min(1).max(most), allowed: `days, an integer from 1 to ${most}` });
const count = (most: number) => ({ schema: z.int().min(0).max(most), allowed: `an integer from 0 to ${most}` });

const ONE_ANSWER = "the answers are the organisation's: write them in its file";

/** One of the seven questions of the field report: what is true of the organisation, as a sentence. */
const question = (usual: boolean, about: string) =>
  key({ schema: z.boolean(), default: usual, tighten: organizationAlone(ONE_ANSWER), about, allowed: "true | false" });

const ONE_AUDIT = "the audit is one for the organisation: set it in its file";

/**
 * Every key of the policy file, in its order. What a policy is, what applies by default, what a file may say, how a
 * repository may tighten, the JSON Schema and the documentation all follow from this table.
 */
export const KEYS = {
  mode: key({
    schema: z.enum(["shadow", "live"]),
    default: "shadow",
    tighten: organizationAlone("the organisation decides whether anything is published: set it in its file"),
    about: "`shadow`: assess and show privately, publish nothing. `live`: also post the sealed check run.",
    allowed: "shadow | live",
  }),
  exposure: {
    hires_from_public_pool: question(false, "People are hired from a public pool: job boards, chats, contributors."),
    accepts_unknown_pull_requests: question(true, "Pull requests of people nobody here knows are merged."),
    pays_bounties: question(false, "Contributions are paid: bounties, grants, rewards."),
    pays_in_crypto: question(false, "Somebody is paid in crypto currency."),
    skips_identity_check: question(false, "Somebody is paid or given write whose identity nobody has checked."),
    remote_community_events: question(
      false,
      "There are remote hackathons or events where strangers become part of a team.",
    ),
    recently_funded: question(false, "There was news of funding, a token or a large treasury within a year."),
  },
  publication: {
    check_run: key({
      schema: z.enum(["sealed", "off"]),
      default: "sealed",
      tighten: onlyForward(["off", "sealed"], "a repository may not turn the check run off"),
      about: "The check run, the same bytes for everybody, or none.",
      allowed: "sealed | off",
    }),
    change: key({
      schema: z.enum(["sealed", "annotate"]),
      default: "sealed",
      tighten: onlyForward(["annotate", "sealed"], "a repository may only keep them to private pages"),
      about:
        "`annotate`: findings of the diff, never of a person, stand beside its lines where everybody can read them, in a check run of their own. `sealed`: they stand on private pages alone.",
      allowed: "sealed | annotate",
    }),
    label: {
      name: key({
        schema: z
          .string()
          .min(1)
          .max(50)
          .regex(new RegExp(`^[^${UNPRINTABLE}]*$`, "u"))
          .nullable(),
        default: null,
        tighten: firstNamed,
        about: "Label that pull requests get by the public criterion below.",
        allowed: "text of at most 50 characters, or null",
      }),
      when: key<readonly (typeof CRITERIA)[number][]>({
        schema: z.array(z.enum(CRITERIA)).max(2),
        default: [],
        tighten: longerList(),
        about: "Public criteria for the label; never an assessment.",
        allowed: `list of ${CRITERIA.join(", ")}`,
      }),
    },
  },
  triage: {
    sensitive_paths: key<readonly string[]>({
      schema: z.array(glob).max(200),
      default: [".github/**", "**/package.json", "Dockerfile", "scripts/release/**"],
      tighten: longerList(),
      about:
        "Paths that the label's criterion of the same name is about, and whose change after an approval asks for a second look. A change that takes more than three million comparisons to tell counts as touching one.",
      allowed: "at most 200 patterns of *, ** and ?",
    }),
    skip_bots: key<readonly number[]>({
      schema: z.array(z.int().positive()).max(100),
      // Dependabot's account id: the only bot whose pull requests are skipped unless a policy says more.
      default: [49699333],
      tighten: shorterList(),
      about: "Numeric account ids of bots whose pull requests are not assessed.",
      allowed: "at most 100 numeric account ids",
    }),
    deep_scan: key({
      schema: z.enum(DEEP_SCANS),
      default: "on_need",
      tighten: onlyForward(DEEP_SCANS, "a repository may only have accounts looked at more often"),
      about:
        "When git reads the commit histories of an account's own public repositories, which GitHub shows their owner as clones: on_need at a first contribution here, and of those who hold or are given write; never because of what was found. GitHub's API, which shows nobody what it reads, is asked for them where an account or a change asks for it, but not under never.",
      allowed: DEEP_SCANS.join(" | "),
    }),
  },
  pushes: {
    release_branches: key<readonly string[]>({
      schema: z.array(glob).max(50),
      default: ["release", "release/**", "release-*", "releases/**", "stable", "stable/**", "stable-*"],
      tighten: longerList(),
      about:
        "Branches whose pushes are looked at beside those of the default branch, where no merged pull request brought them.",
      allowed: "at most 50 patterns of *, ** and ?",
    }),
  },
  access: {
    weekly: {
      day: key({
        schema: z.enum(WEEKDAYS),
        default: "monday",
        tighten: organizationAlone(ONE_AUDIT),
        about: "Day of the weekly access audit.",
        allowed: WEEKDAYS.join(" | "),
      }),
      hour: key({
        schema: z.int().min(0).max(23),
        default: 6,
        tighten: organizationAlone(ONE_AUDIT),
        about: "Hour of the audit, in the time zone.",
        allowed: "an integer from 0 to 23",
      }),
      timezone: key({
        schema: z.string().refine((name) => TIMEZONES.has(name), { error: "not a time zone this system knows" }),
        default: "UTC",
        tighten: organizationAlone(ONE_AUDIT),
        about: "Time zone of the audit.",
        allowed: "IANA name such as UTC or Europe/Berlin",
      }),
    },
    dormant_after_days: key({
      ...days(3650),
      default: 180,
      tighten: lower,
      about:
        "Write access without an act for this long is reported as dormant; admin from half of it on. The weekly audit goes by the organisation's number alone.",
    }),
    recertify_months: key<number | null>({
      schema: z.int().min(1).max(12).nullable(),
      default: null,
      tighten: organizationAlone(ONE_AUDIT),
      about:
        "The weekly audit asks about everybody who holds maintain or admin when nobody has said for this many months (of 30 days) that it stays. Null asks never.",
      allowed: "an integer from 1 to 12, or null",
    }),
    thin_grant: {
      merged: key({
        ...count(1000),
        default: 3,
        tighten: higher,
        about: "Fewer merged pull requests here before a grant of write make it thin.",
      }),
      mergers: key({
        ...count(100),
        default: 2,
        tighten: higher,
        about: "Fewer distinct people who merged them make it thin.",
      }),
      days: key({
        ...count(3650),
        default: 30,
        tighten: higher,
        about: "Fewer days between first contact and grant make it thin.",
      }),
    },
  },
  viewers: {
    reports: key<string>({
      schema: z.string().regex(READERS_FORM),
      default: "maintain",
      tighten: fewerReaders,
      about:
        "Role from which somebody reads the reports of a repository. With a team of the organisation only its members do, who need the role too (write where none is written); of a team that GitHub does not show nobody is a member, and owners read all the same. Nobody does about whom a flag is open or whose own write is younger than 30 days, unless he owns the organisation.",
      allowed: `${READERS.join(" | ")} | team:SLUG | one of the roles and team:SLUG`,
    }),
  },
  retention: {
    evidence_days: key({
      ...days(RETENTION_LIMITS.evidence_days),
      default: 30,
      tighten: lower,
      about: "How long evidence is kept.",
    }),
    bands_days: key({
      ...days(RETENTION_LIMITS.bands_days),
      default: 90,
      tighten: lower,
      about: "How long bands are kept.",
    }),
  },
  signals: {
    promote: key<readonly string[]>({
      schema: z
        .array(
          z
            .string()
            .max(60)
            .regex(/^[a-z]+(?:-[a-z0-9]+)+$/),
        )
        .max(100),
      default: [],
      tighten: organizationAlone("signals weigh the same in all of an organisation: set it in its file"),
      about:
        "Ids of experimental signals that count here. Without that they are computed and shown, and weigh nothing; `sallyport signals --precision` shows how often each was right.",
      allowed: "at most 100 ids of signals",
    }),
  },
} as const satisfies PolicySection;

/** Keys of the file that say something of the file, and nothing of what is done. */
export const FORMAT_KEYS = {
  $schema: {
    schema: z.string().max(2_000),
    about: "Where an editor finds the JSON Schema of this file; nothing here fetches it.",
    allowed: "text of at most 2,000 characters",
  },
  version: { schema: z.literal(1), about: "Version of this format.", allowed: "1" },
} satisfies PolicySection<FileKey<unknown>>;

/** Keys of later versions: named, so that nobody believes they work. */
export const LATER_KEYS: readonly string[] = ["access.report_to", "cases", "exemptions", "signals.off"];
