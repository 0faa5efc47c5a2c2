import type { Instant } from "../clock.ts";
import { unreachable } from "../errors.ts";
import type { InstallationId } from "../ids.ts";
import type { Job, JobOf } from "./job.ts";

/**
 * What makes two waiting jobs the same; null for a job that always counts. Only jobs that read the state afresh may
 * be merged: of "pause, resume, pause" none may be dropped. Of the heads of a pull request only the newest waits.
 */
export function identityOf(job: Job): string | null {
  switch (job.kind) {
    case "publish-sealed-check":
      return [job.kind, job.installationId, job.repository.id, job.pullRequestNumber].join(":");
    case "label-pull-request":
    case "publish-change-findings":
      return [job.kind, job.installationId, job.repository.id, job.pullRequestNumber, job.headSha].join(":");
    case "triage-pull-request":
      // What was said about another base must be taken back, whatever was pushed since.
      return [job.kind, job.installationId, job.repository.id, job.pullRequest.number, job.force, job.newBase].join(
        ":",
      );
    // GitHub may tell of a push twice, by two events.
    case "judge-push":
      return [job.kind, job.installationId, job.repository.id, job.push.headSha, job.push.branch].join(":");
    case "audit-organization":
      return [job.kind, job.installationId, job.first].join(":");
    case "sweep-installation":
      return [job.kind, job.installationId].join(":");
    case "assess-holder":
      return [job.kind, job.installationId, job.accountId, ...later(job)].join(":");
    case "assess-invited":
      return [job.kind, job.installationId, job.account.id, ...later(job)].join(":");
    case "note-rule-change":
      return [job.kind, job.installationId, job.repositoryId ?? "organization"].join(":");
    case "follow-access": {
      const { kind, id } = job.source;
      return [job.kind, job.installationId, kind, id, "gone" in job.source && job.source.gone].join(":");
    }
    case "look-again":
      return [job.kind, job.installationId, job.accountId, job.repositoryId ?? "all", job.openedBefore ?? ""].join(":");
    case "deep-scan-account":
    case "read-histories":
      return [job.kind, job.installationId, job.account.id, job.again.kind, placeOf(job.again)].join(":");
    case "reseal-repository":
      return [job.kind, job.installationId, job.repository.id, job.afterRef].join(":");
    case "announce-flags":
      return [job.kind, job.installationId].join(":");
    case "send-notice":
      return noticesOf(job.installationId) + [job.destination, job.notice.about].join(":");
    case "reconcile-deliveries":
    case "announce-deadlines":
    case "sweep-retention":
      return job.kind;
    case "close-pull-request":
    case "rerun-head":
    case "mark-reviewed":
    case "assess-collaborator":
    case "withdraw-grant":
    case "bootstrap-installation":
    case "set-installation-paused":
    case "purge-installation":
    case "forget-repositories":
    case "rename-repository":
    case "end-sessions":
      return null;
    default:
      return unreachable(job);
  }
}

/** One that has its time later must not hold up one that is wanted now. */
const later = ({ notBefore }: { readonly notBefore?: Instant }): readonly string[] =>
  notBefore === undefined ? [] : ["later"];

/** What the identities of an installation's messages begin with: their lanes are those of where they go. */
export const noticesOf = (installationId: InstallationId): string => `send-notice:${installationId}:`;

/**
 * What a job is about, where the program looks for such work by itself: of what was given up it files no second one.
 * Null for jobs that only an event or a person asks for, and for those that begin anew each time.
 */
export function matterOf(job: Job): string | null {
  switch (job.kind) {
    case "publish-sealed-check":
      return [job.kind, job.installationId, job.repository.id, job.pullRequestNumber, job.headSha].join(":");
    case "triage-pull-request": {
      const { number, headSha } = job.pullRequest;
      return [job.kind, job.installationId, job.repository.id, number, headSha].join(":");
    }
    case "assess-collaborator":
      return [job.kind, job.installationId, job.repository.id, job.account.id, job.role].join(":");
    case "assess-holder":
      return [job.kind, job.installationId, job.accountId].join(":");
    default:
      return null;
  }
}

/** A holder is looked at wherever the account reaches furthest. */
const placeOf = (again: JobOf<"deep-scan-account" | "read-histories">["again"]): number | "" =>
  "repository" in again ? again.repository.id : "";

/** Of two waiting jobs that are the same, the one with the later version stays; empty where they do not differ. */
export function versionOf(job: Job): string {
  if (job.kind === "publish-sealed-check") return job.updatedAt;
  if (job.kind === "send-notice") return job.notice.madeAt;
  if (job.kind === "publish-change-findings") return job.readAt;
  if (job.kind === "note-rule-change") return job.at;
  return job.kind === "triage-pull-request" ? job.pullRequest.updatedAt : "";
}
