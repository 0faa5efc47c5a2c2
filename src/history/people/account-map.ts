import { z } from "zod";

/**
 * What the caller knows about accounts and about the repository, `sallyport.account-map/1`. Everything is optional;
 * what is left out is unknown and counts for nothing.
 */
export const accountMapSchema = z.strictObject({
  schema: z.literal("sallyport.account-map/1").optional(),
  accounts: z
    .array(
      z.strictObject({
        id: z.int().positive(),
        /** When GitHub made the account. */
        createdAt: z.iso.datetime({ offset: true }).optional(),
        login: z.string().max(100).optional(),
        /** Addresses that GitHub links to the account. */
        emails: z.array(z.string().max(320)).max(100).default([]),
      }),
    )
    .max(100_000)
    .default([]),
  repository: z
    .strictObject({
      /** Account id of the owner. */
      ownerId: z.int().positive().optional(),
      createdAt: z.iso.datetime({ offset: true }).optional(),
      pushedAt: z.iso.datetime({ offset: true }).optional(),
      /** Highest number GitHub gave to an issue or pull request there; 0 for none. */
      highestNumber: z.int().min(0).optional(),
      /** True when anybody but the owner acted there on GitHub. */
      othersActed: z.boolean().optional(),
      /** True when the repository says that it is a mirror, fork or import. */
      declared: z.boolean().default(false),
    })
    .optional(),
});

export type AccountMap = z.infer<typeof accountMapSchema>;
