import { z } from "zod";
import { CANS, REASONS } from "../../../access/reach/edge.ts";
import { accessSnapshotSchema } from "../../../access/snapshot.ts";
import { VIAS } from "../../../dossier/role.ts";

/** `sallyport.reach/1`, what `access --json` prints. */
export const reachSchema = z.strictObject({
  schema: z.literal("sallyport.reach/1"),
  organization: z.strictObject({ login: z.string() }),
  takenAt: z.iso.datetime(),
  edges: z.array(
    z.strictObject({
      account: z.strictObject({ id: z.string(), login: z.string() }).nullable(),
      repository: z.strictObject({ id: z.string(), name: z.string() }),
      branch: z.string().nullable(),
      can: z.enum(CANS),
      reason: z.enum(REASONS),
      via: z.array(z.strictObject({ kind: z.enum(VIAS), team: z.string().exactOptional() })),
      target: z.string().nullable(),
    }),
  ),
  notChecked: accessSnapshotSchema.shape.notChecked.unwrap(),
});

export type ReachReport = z.infer<typeof reachSchema>;
