import { randomBytes } from "node:crypto";
import type { Services } from "../cli/command.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { keepCodeIndex } from "../flows/code-index/keep.ts";
import { hashKeyOf } from "./hash-key.ts";
import { inOrganization } from "./live.ts";

/** See `Services.codeIndex`. */
export async function codeIndexOfOrganization(
  config: Config,
  { organization, request }: Parameters<Services["codeIndex"]>[0],
): ReturnType<Services["codeIndex"]> {
  return inOrganization(config, organization, (tenant, installation) => {
    const hashKey = config.app === null ? null : hashKeyOf(config.app);
    const random = { bytes: (count: number): Uint8Array => randomBytes(count) };
    return keepCodeIndex({ installation, tenant, hashKey, random, now: systemClock.now() }, request);
  });
}
