import type { CheckSuiteEvent, PushEvent } from "../delivery/events.ts";
import type { InstallationId } from "../ids.ts";
import type { JobOf } from "./job.ts";
import { repositoryRef } from "./references.ts";

type JudgePush = JobOf<"judge-push">;

interface Told {
  readonly installationId: InstallationId;
  readonly at: string;
}

/** Of a push: it comes where contents:read was granted, also of commits that another branch had before. */
export function planPush(payload: PushEvent, told: Told): JudgePush {
  const { ref, before, after: headSha } = payload;
  return judgePush(payload, { branch: ref.replace(/^refs\/heads\//, ""), before, headSha }, told);
}

/** Of the check suite that GitHub makes for a commit it had not seen: nothing for a fork's, whose branch it does not name. */
export function planSuite(payload: CheckSuiteEvent, told: Told): readonly JudgePush[] {
  const { head_branch: branch, before, head_sha: headSha } = payload.check_suite;
  return branch == null ? [] : [judgePush(payload, { branch, before: before ?? null, headSha }, told)];
}

/** A commit: GitHub writes zeros alone where a branch was not there. */
const COMMIT = /^(?!0+$)[0-9a-f]{40}(?:[0-9a-f]{24})?$/;

const judgePush = (
  { repository, sender }: PushEvent | CheckSuiteEvent,
  { branch, before, headSha }: { readonly branch: string; readonly before: string | null; readonly headSha: string },
  { installationId, at }: Told,
): JudgePush => ({
  kind: "judge-push",
  installationId,
  repository: repositoryRef(repository),
  push: {
    branch,
    defaultBranch: repository.default_branch ?? null,
    before: before !== null && COMMIT.test(before) ? before : null,
    headSha,
    byApp: sender?.type === "Bot",
    toldAt: at,
  },
});
