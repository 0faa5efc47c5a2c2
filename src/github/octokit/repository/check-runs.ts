import { SEALED_CHECK } from "../../../publication/sealed.ts";
import type { InstallationGateway, SealedCheckInput } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { read, type Session, write } from "../transport/session.ts";

/** Id of the App's own newest check run with this external id, 1 request; null when there is none. */
export async function findCheckRun(
  session: Session,
  appId: number,
  { repository, headSha, externalId }: Parameters<InstallationGateway["findCheckRun"]>[0],
): ReturnType<InstallationGateway["findCheckRun"]> {
  const answer = await read(session, ENDPOINTS.checkRunsOfHead, {
    owner: repository.owner,
    repo: repository.name,
    ref: headSha,
    app_id: appId,
    filter: "all",
    per_page: 100,
  });
  if (!answer.ok) return answer;
  const ids = answer.value.check_runs.filter((run) => run.external_id === externalId).map(({ id }) => id);
  return { ok: true, value: ids.length === 0 ? null : Math.max(...ids) };
}

/** Posts the sealed check run, 1 request. Throws OperatingError; the run may exist all the same. */
export async function createSealedCheck(
  session: Session,
  input: Parameters<InstallationGateway["createSealedCheck"]>[0],
): Promise<number> {
  const { repository, headSha } = input;
  const place = { owner: repository.owner, repo: repository.name };
  return (await write(session, ENDPOINTS.createCheckRun, { ...place, head_sha: headSha, ...sealed(input) })).id;
}

/** Overwrites a check run with the sealed constant, 1 request; twice is once, so it is asked as a question is. */
export async function resealCheck(
  session: Session,
  input: Parameters<InstallationGateway["resealCheck"]>[0],
): ReturnType<InstallationGateway["resealCheck"]> {
  const { repository, checkRunId } = input;
  const place = { owner: repository.owner, repo: repository.name, check_run_id: checkRunId };
  const answer = await read(session, ENDPOINTS.updateCheckRun, { ...place, ...sealed(input) });
  return answer.ok ? { ok: true, value: null } : answer;
}

/** Adds one label, 1 request. Throws OperatingError. */
export async function addLabel(
  session: Session,
  { repository, number, name }: Parameters<InstallationGateway["addLabel"]>[0],
): Promise<void> {
  const place = { owner: repository.owner, repo: repository.name, issue_number: number };
  await write(session, ENDPOINTS.addLabels, { ...place, labels: [name] });
}

const sealed = ({ externalId, detailsUrl }: SealedCheckInput) => ({
  ...SEALED_CHECK,
  external_id: externalId,
  details_url: detailsUrl,
});
