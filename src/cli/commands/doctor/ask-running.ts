import type { Config } from "../../../config.ts";

const HEALTH_MS = 2_000;

/** Where the operators' port of this configuration is asked. */
export function operationsUrl({ operations: { host, port } }: Config): string {
  // An address that means "every one of this machine" cannot be asked.
  const asked = host === "" || host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "[::1]" : host;
  return `http://${asked}:${port}`;
}

/** The lines of `/healthz` where this configuration puts it; null when nobody answers there. */
export async function saidByRunning(config: Config): Promise<readonly string[] | null> {
  try {
    const answer = await fetch(`${operationsUrl(config)}/healthz`, { signal: AbortSignal.timeout(HEALTH_MS) });
    return answer.ok ? (await answer.text()).split("\n") : null;
  } catch {
    return null;
  }
}
