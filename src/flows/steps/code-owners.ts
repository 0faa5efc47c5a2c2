import {
  CODE_OWNERS_PLACES,
  type CodeOwners,
  MAX_CODE_OWNERS_BYTES,
  ownersOf,
  parseCodeOwners,
} from "../../change/formats/code-owners.ts";
import type { OwnersKnown } from "../../decision/second-look.ts";
import type { InstallationGateway } from "../../github/gateway.ts";
import type { RepositoryAddress } from "../../ids.ts";
import { inSlices } from "../../slices.ts";

/** Where GitHub shows a security policy. */
const SECURITY_POLICIES = ["SECURITY.md", ".github/SECURITY.md", "docs/SECURITY.md"];

/**
 * The code owners of these files by the default branch's CODEOWNERS. A file that cannot be read is no failure: the
 * report says so. Cost: 1 to 3 requests, which GitHub shows nobody.
 */
export async function codeOwnersOf(
  gateway: Pick<InstallationGateway, "fileOnDefaultBranch">,
  repository: RepositoryAddress,
  paths: readonly string[],
): Promise<OwnersKnown> {
  for (const place of CODE_OWNERS_PLACES) {
    // GitHub's limit is below 3 MB, ours the last byte before it.
    const maxBytes = MAX_CODE_OWNERS_BYTES - 1;
    const answer = await gateway.fileOnDefaultBranch({ repository, path: place, maxBytes });
    if (answer.ok) return known(place, await inSlices(parseCodeOwners(answer.value.text)), paths);
    if (answer.reason === "too_large") return { state: "too_large" };
    if (answer.reason !== "not_found") return { state: "unread" };
  }
  return { state: "none" };
}

async function known(place: string, file: CodeOwners, paths: readonly string[]): Promise<OwnersKnown> {
  const owned = await inSlices(ownersOf(file, paths));
  const named = await inSlices(ownersOf({ ...file, rules: file.rules.filter(isAboutSecurity) }, SECURITY_POLICIES));
  const security = [...named.values()].flatMap((found) => (found === null || found === "unknown" ? [] : found.owners));
  const { badLines, badCount } = file;
  return { state: "read", place, owned, badLines, badCount, security: [...new Set(security)] };
}

/** A line for all files says nothing of who answers for security. */
const isAboutSecurity = ({ globs }: CodeOwners["rules"][number]): boolean =>
  globs.some((glob) => /security/i.test(glob));
