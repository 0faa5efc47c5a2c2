import { z } from "zod";
import type { Notice, NoticeKind } from "../../job/notice.ts";

const TYPES = {
  weekly: "audit.weekly",
  urgent: "flags.urgent",
  due: "flags.due",
  test: "notify.test",
} as const satisfies Readonly<Record<NoticeKind, string>>;

const count = z.int().min(0);
const compared = z.strictObject({
  now: count.describe("In this audit."),
  before: count.nullable().describe("A week before; null where nobody can say."),
});
const flags = z.strictObject({
  open: count.describe("Flags that wait for a decision."),
  urgent: count.describe("Those of `open` whose access should be reviewed within a day of being raised."),
  oldestAt: z.iso.datetime().nullable().describe("When the oldest of them was raised; null for none."),
});
const pushes = z
  .strictObject({
    alerts: count.describe("Those that wait for a decision; a burst is one."),
    repositories: count.describe("Repositories they came to."),
  })
  .describe("Pushes that nobody reviewed and somebody should look at.");
const code = z
  .strictObject({
    accounts: count.describe("Accounts in whose public repositories it was found within the last hour."),
  })
  .describe("Private code of the organisation that stands in public; absent where none was found.");
const ending = z.strictObject({
  count: count.describe("Decisions that end then."),
  firstDay: z.iso.date().nullable().describe("The last day that the first of them covers, in UTC; null without any."),
});
const common = {
  schema: z.literal("sallyport.notice/1"),
  organization: z.string().describe("The organisation's login."),
  link: z.url().describe("Where it is read in full, behind a login."),
};
const COUNTS = "Counts and a link; nothing about anybody.";
const timestamp = z.iso.datetime().describe("When it was made; the same each time it is sent.");

/** `sallyport.notice/1`, the body of a signed webhook. */
export const noticeSchema = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal(TYPES.weekly),
    timestamp,
    data: z
      .strictObject({
        ...common,
        writers: compared.describe("People and bots with write or more."),
        outside: compared.nullable().describe("Those of them from outside; null when not checked."),
        dormant: compared.nullable().describe("Accounts that do not use it; null when not checked."),
        changedRoles: count.nullable().describe("Null when there was no audit to compare with."),
        guardsLoosened: count
          .exactOptional()
          .describe("What branch rules let through that they did not before; absent where they were not read twice."),
        notChecked: count.describe("Parts of the organisation that nobody could look at."),
        flags,
        longOpen: count
          .exactOptional()
          .describe("Lines of standing exposure that nobody answered for more than four weeks."),
        ending: ending.describe("Decisions to keep access that end within a week."),
      })
      .describe(COUNTS),
  }),
  z.strictObject({
    type: z.literal(TYPES.urgent),
    timestamp,
    data: z.strictObject({ ...common, flags, pushes, code: code.exactOptional() }).describe(COUNTS),
  }),
  z.strictObject({
    type: z.literal(TYPES.due),
    timestamp,
    data: z.strictObject({ ...common, ending: ending.describe("Those that end today.") }).describe(COUNTS),
  }),
  z.strictObject({ type: z.literal(TYPES.test), timestamp, data: z.strictObject(common).describe(COUNTS) }),
]);

/** The body that is signed, after the payload structure of Standard Webhooks. */
export function signedBody(notice: Notice): string {
  const { about, id: _, madeAt, ...figures } = notice;
  return JSON.stringify({ type: TYPES[about], timestamp: madeAt, data: { schema: "sallyport.notice/1", ...figures } });
}
