import { z } from "zod";

const count = z.int().min(0);
const line = z.int().positive();

const source = z.strictObject({
  kind: z.enum(["registry", "git", "url", "path", "workspace"]),
  host: z.string().nullable(),
  owner: z.string().nullable(),
  plain: z.boolean(),
  spec: z.string(),
});

/** One side of a lock file, in `change.files`. */
export const lockExcerpt = z.strictObject({
  hooks: z.array(
    z.strictObject({
      moment: z.enum(["install", "prepare", "build", "git", "program", "fetch", "inside"]),
      name: z.string(),
      command: z.string(),
      runs: z.string().exactOptional(),
      line,
    }),
  ),
  dependencies: z.array(
    z.strictObject({
      name: z.string(),
      resolvesTo: z.string(),
      declaredAlias: z.boolean(),
      source,
      version: z.string().nullable(),
      integrity: z.array(z.strictObject({ algorithm: z.string(), value: z.string() })),
      line,
    }),
  ),
  registries: z.array(z.strictObject({ scope: z.string(), source, line })),
  weakened: z.array(
    z.strictObject({ setting: z.string(), grade: z.enum(["high", "medium", "low"]), lets: z.string(), line }),
  ),
  asked: z.array(z.string()).nullable(),
  addressed: count,
  unhashed: count,
});
