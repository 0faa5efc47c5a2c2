import type { Problem } from "../../../errors.ts";
import type { CreatedApp } from "../../../github/gateway.ts";

/** The environment variables of a new App, in Probot's names. */
export const credentialsOf = (app: CreatedApp) => ({
  APP_ID: String(app.appId),
  PRIVATE_KEY: app.privateKey.trim(),
  WEBHOOK_SECRET: app.webhookSecret,
  GITHUB_CLIENT_ID: app.clientId,
  GITHUB_CLIENT_SECRET: app.clientSecret,
});

/**
 * The same, a variable a line, as everything reads it that sets variables from a file (Compose, `docker --env-file`,
 * systemd): no quotes, and the key in base64, because some of these take quotes and `\n` for what they look like.
 */
export function credentialLines(app: CreatedApp): readonly string[] {
  const all = { ...credentialsOf(app), PRIVATE_KEY: Buffer.from(app.privateKey).toString("base64") };
  return Object.entries(all).map(([name, value]) => `${name}=${value}`);
}

/** What is set of an App that is yet to be created: it would stand in the way of what GitHub then hands out. */
export function leftOver(env: Readonly<Record<string, string | undefined>>): readonly Problem[] {
  return (["WEBHOOK_SECRET", "GITHUB_CLIENT_ID", "GITHUB_CLIENT_SECRET"] as const)
    .filter((name) => env[name])
    .map((where) => ({
      where,
      what: "is set, but neither APP_ID nor the private key is",
      mend: "set those of the same App, or unset this to have an App created",
    }));
}
