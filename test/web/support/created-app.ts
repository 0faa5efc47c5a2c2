import type { CreatedApp } from "../../../src/github/gateway.ts";

/** What GitHub hands out once it has made an App. */
export const CREATED: CreatedApp = {
  appId: 815,
  slug: "sallyport-octo",
  htmlUrl: "https://github.com/apps/sallyport-octo",
  clientId: "Iv1.0123456789abcdef",
  clientSecret: "c".repeat(40),
  webhookSecret: "w".repeat(40),
  privateKey: "-----BEGIN RSA PRIVATE KEY-----\nAAAA\nBBBB\n-----END RSA PRIVATE KEY-----\n",
};
