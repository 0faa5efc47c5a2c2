import { createHmac } from "node:crypto";
import type { Report } from "../store/store.ts";
import type { FlowContext } from "./context.ts";

const ID_BYTES = 16;

/**
 * The id of the report on a subject: the same whenever it is looked at again, as the newer report takes the older
 * one's place, and flags and people keep the link. Nobody without the key can guess it.
 */
export function reportId(
  { hashKey, engine }: Pick<FlowContext, "hashKey" | "engine">,
  about: Pick<Report, "kind" | "installationId" | "repositoryId" | "pullRequest" | "accountId">,
): string {
  const { kind, installationId, repositoryId, pullRequest, accountId } = about;
  const subject = pullRequest ? [pullRequest.number, pullRequest.headSha] : [accountId];
  const text = ["report", installationId, kind, repositoryId, ...subject, engine].join(" ");
  return createHmac("sha256", hashKey).update(text).digest().subarray(0, ID_BYTES).toString("base64url");
}
