import { z } from "zod";

/** `sallyport.jobs/1`, what `jobs --json` prints. */
export const jobsSchema = z.strictObject({
  schema: z.literal("sallyport.jobs/1"),
  setAside: z.array(
    z.strictObject({
      id: z.string(),
      what: z.enum(["job", "delivery"]),
      state: z.enum(["set_aside", "alone"]),
      kind: z.string(),
      installationId: z.int().nullable(),
      repository: z.string().nullable(),
      since: z.iso.datetime(),
      because: z.string(),
    }),
  ),
  retried: z.array(z.string()),
});
