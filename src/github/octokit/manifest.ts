import { z } from "zod";
import { OperatingError } from "../../errors.ts";
import type { CreatedApp } from "../gateway.ts";
import { boundedFetch } from "./transport/fetch.ts";
import { integer } from "./transport/shapes.ts";

/**
 * Turns the code GitHub hands back after the manifest form into credentials; it works once, within an hour. Throws
 * OperatingError. Source: https://docs.github.com/apps/sharing-github-apps/registering-a-github-app-from-a-manifest
 */
export async function convertManifest(apiUrl: string, code: string): Promise<CreatedApp> {
  let answer: Response;
  try {
    answer = await boundedFetch(`${apiUrl}/app-manifests/${encodeURIComponent(code)}/conversions`, {
      method: "POST",
      headers: { accept: "application/vnd.github+json", "user-agent": "sallyport" },
    });
  } catch {
    throw new OperatingError("github_unreachable", "manifest conversion: GitHub gave no answer; open the page again");
  }
  const app = converted.safeParse(await answer.json().catch(() => null));
  if (!answer.ok || !app.success)
    throw new OperatingError(
      "forbidden",
      `manifest conversion: GitHub answered ${answer.status}; start over, codes work once`,
    );
  const { id, slug, client_id, client_secret, webhook_secret, pem, html_url } = app.data;
  return {
    appId: id,
    slug,
    clientId: client_id,
    clientSecret: client_secret,
    webhookSecret: webhook_secret,
    privateKey: pem,
    htmlUrl: html_url,
  };
}

const converted = z.object({
  id: integer,
  slug: z.string(),
  client_id: z.string(),
  client_secret: z.string(),
  webhook_secret: z.string().min(32),
  pem: z.string(),
  html_url: z.string(),
});
