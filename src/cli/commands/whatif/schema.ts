import { z } from "zod";
import { ROLES, VIAS } from "../../../dossier/role.ts";
import { reachSchema } from "../access/schema.ts";

const account = z.strictObject({ id: z.string(), login: z.string() });
const repository = z.strictObject({ id: z.string(), name: z.string() });
const { schema: _, edges, ...head } = reachSchema.shape;

/** `sallyport.what-if/1`, what `whatif --json` prints. */
export const whatIfSchema = z.strictObject({
  schema: z.literal("sallyport.what-if/1"),
  ...head,
  roles: z.array(
    z.strictObject({
      ...{ account, repository, from: z.enum(ROLES), to: z.enum(ROLES).nullable() },
      through: z.array(z.strictObject({ kind: z.enum(VIAS), team: z.string().exactOptional() })),
    }),
  ),
  gone: edges,
  stays: edges,
  leftToOwners: z.array(repository),
});

export type WhatIfReport = z.infer<typeof whatIfSchema>;
