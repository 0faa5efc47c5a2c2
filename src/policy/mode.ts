import type { Policy, PolicyFile } from "./policy.ts";

/**
 * Whether anything may be written on GitHub. The organisation's own file decides when it sets `mode`: only owners and
 * those they trust write there. Otherwise an owner's switch does, and it starts in shadow mode. A repository's file
 * has no say in this.
 */
export const modeOf = (organization: PolicyFile | null, switched: Policy["mode"]): Policy["mode"] =>
  organization?.mode ?? switched;
