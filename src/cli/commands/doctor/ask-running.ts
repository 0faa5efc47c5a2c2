import type { Config } from "../../../config.ts";

const HEALTH_MS = 2_000;

/** The lines of `/healthz` where this configuration puts it; null when nobody answers there. */
export async function saidByRunning({ operations: { host, port } }: Config): Promise<readonly string[] | null> {
  // An address that means "every one of this machine" cannot be asked.
  const asked = host === "" || host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  try {
    const answer = await fetch(`http://${asked}:${port}/healthz`, { signal: AbortSignal.timeout(HEALTH_MS) });
    return answer.ok ? (await answer.text()).split("\n") : null;
  } catch {
    return null;
  }
}
