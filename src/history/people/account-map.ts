import { z } from "zod";

const instant = z.iso.datetime({ offset: true });

/** What GitHub says of a repository. */
const told = {
  /** Account id of the owner. */
  ownerId: z.int().positive().optional(),
  createdAt: instant.optional(),
  pushedAt: instant.optional(),
  /** Highest number GitHub gave to an issue or pull request there; 0 for none. */
  highestNumber: z.int().min(0).optional(),
  /** True when anybody but the owner acted there on GitHub; left out where `actedIds` says who did. */
  othersActed: z.boolean().optional(),
  /** All accounts that ever acted there on GitHub: who opened, reviewed, merged or pushed something. */
  actedIds: z.array(z.int().positive()).max(100_000).optional(),
  /** True when the repository says that it is a mirror, fork or import. */
  declared: z.boolean().default(false),
};

/**
 * What the caller knows about accounts and about the repositories, `sallyport.account-map/1`. Everything is optional;
 * what is left out is unknown and counts for nothing.
 */
export const accountMapSchema = z.strictObject({
  schema: z.literal("sallyport.account-map/1").optional(),
  accounts: z
    .array(
      z.strictObject({
        id: z.int().positive(),
        /** When GitHub made the account. */
        createdAt: instant.optional(),
        login: z.string().max(100).optional(),
        /** Addresses that GitHub links to the account. */
        emails: z.array(z.string().max(320)).max(100).default([]),
      }),
    )
    .max(100_000)
    .default([]),
  /** Of one repository, where one is read. */
  repository: z.strictObject(told).optional(),
  /** Of several: each of the repository that `path` names, or without any in the order in which they are given. */
  repositories: z
    .array(
      z.strictObject({ ...told, /** As on the command line: a path or an https URL. */ path: z.string().optional() }),
    )
    .max(1_000)
    .optional(),
});

export type AccountMap = z.infer<typeof accountMapSchema>;
