import { parse } from "yaml";
import { z } from "zod";
import { InvalidInput } from "../../../errors.ts";

const appFile = z.strictObject({
  name: z.string().min(1).max(34),
  url: z.url(),
  description: z.string().max(500),
  public: z.boolean(),
  default_events: z.array(z.string()),
  default_permissions: z.record(z.string(), z.enum(["read", "write"])),
  single_file_name: z.string(),
});

/** `app.yml`, checked. */
export type AppFile = z.infer<typeof appFile>;

const tierFile = z.strictObject({ default_permissions: z.record(z.string(), z.literal("read")) });

/** `app.audit.yml`, checked: what the tier for audits adds. */
export type TierFile = z.infer<typeof tierFile>;

/** The App file with what the tier for audits adds; it only reads. */
export const withTier = (app: AppFile, { default_permissions: more }: TierFile): AppFile => ({
  ...app,
  default_permissions: { ...app.default_permissions, ...more },
});

/** Reads `app.yml`; throws InvalidInput with every problem. */
export const readAppFile = (text: string): AppFile => checked(appFile, text, "app.yml");

/** Reads `app.audit.yml`; throws InvalidInput with every problem. */
export const readTierFile = (text: string): TierFile => checked(tierFile, text, "app.audit.yml");

function checked<T>(schema: z.ZodType<T>, text: string, file: string): T {
  const result = schema.safeParse(parse(text));
  if (result.success) return result.data;
  throw new InvalidInput(
    result.error.issues.map(({ path, message }) => ({
      where: `${file}, ${path.join(".") || "top level"}`,
      what: message,
      mend: "restore the file from the release",
    })),
  );
}

/** What GitHub's manifest flow takes: the App file, the address of this server, and where GitHub is to send events. */
export function manifestFor(
  app: AppFile,
  { publicUrl, webhookUrl }: { readonly publicUrl: string; readonly webhookUrl: string },
): Readonly<Record<string, unknown>> {
  return {
    ...app,
    url: publicUrl,
    hook_attributes: { url: webhookUrl, active: true },
    redirect_url: `${publicUrl}/setup/callback`,
    callback_urls: [`${publicUrl}/login/callback`],
    request_oauth_on_install: false,
    setup_on_update: false,
  };
}
