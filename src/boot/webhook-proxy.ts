import { InvalidInput } from "../errors.ts";
import { WEBHOOK_PATH } from "../web/ingest.ts";

/**
 * Hands what GitHub sends to a channel of smee.io (`source`) to the pages at `webUrl`, until stopped: for development on
 * a machine that GitHub cannot reach. smee writes bodies anew, so one whose bytes come out otherwise is refused for its
 * signature; the next sweep finds what it was about. Throws InvalidInput where the client is not installed.
 */
export async function followWebhookProxy(source: string, webUrl: string): Promise<{ stop(): Promise<void> }> {
  const { SmeeClient } = await import("smee-client").then(null, notInstalled);
  const target = new URL(WEBHOOK_PATH, webUrl).href;
  // What it would write names deliveries; ours are logged where they arrive.
  const client = new SmeeClient({ source, target, logger: { info() {}, error() {} }, queryForwarding: false });
  await client.start();
  return { stop: () => client.stop() };
}

function notInstalled(): never {
  const mend = "it comes with `npm ci` in a checkout and with no install for production; give PUBLIC_URL instead";
  throw new InvalidInput([{ where: "WEBHOOK_PROXY_URL", what: "smee-client is not installed here", mend }]);
}
