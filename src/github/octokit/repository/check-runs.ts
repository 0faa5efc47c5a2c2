import type { SealedCheckInput } from "../../../publication/publish.ts";
import { SEALED_CHECK } from "../../../publication/sealed.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { ENDPOINTS } from "../transport/endpoints.ts";
import { read, type Session, write } from "../transport/session.ts";

/** Id of the App's own newest check run with this external id, 1 request; null when there is none. */
export async function findCheckRun(
  session: Session,
  appId: number,
  input: Parameters<InstallationGateway["findCheckRun"]>[0],
): ReturnType<InstallationGateway["findCheckRun"]> {
  const found = await findFindingsCheck(session, appId, input);
  return found.ok ? { ok: true, value: found.value?.id ?? null } : found;
}

/** The same with how many annotations it holds. */
export async function findFindingsCheck(
  session: Session,
  appId: number,
  { repository, headSha, externalId }: Parameters<InstallationGateway["findFindingsCheck"]>[0],
): ReturnType<InstallationGateway["findFindingsCheck"]> {
  const answer = await read(session, ENDPOINTS.checkRunsOfHead, {
    owner: repository.owner,
    repo: repository.name,
    ref: headSha,
    app_id: appId,
    filter: "all",
    per_page: 100,
  });
  if (!answer.ok) return answer;
  const [newest] = answer.value.check_runs.filter((run) => run.external_id === externalId).sort((a, b) => b.id - a.id);
  if (newest === undefined) return { ok: true, value: null };
  return { ok: true, value: { id: newest.id, annotationCount: newest.output?.annotations_count ?? 0 } };
}

/** Posts a check run with findings of a diff, 1 request. Throws OperatingError; the run may exist all the same. */
export async function createFindingsCheck(
  session: Session,
  { repository, headSha, externalId, ...shown }: Parameters<InstallationGateway["createFindingsCheck"]>[0],
): Promise<number> {
  const place = { owner: repository.owner, repo: repository.name };
  const run = { ...FINDINGS_CHECK, head_sha: headSha, external_id: externalId, output: outputOf(shown) };
  return (await write(session, ENDPOINTS.createCheckRun, { ...place, ...run })).id;
}

/** Adds annotations to those of a check run, 1 request; twice is twice, so it is never asked again by itself. */
export async function addAnnotations(
  session: Session,
  { repository, checkRunId, ...shown }: Parameters<InstallationGateway["addAnnotations"]>[0],
): Promise<void> {
  const place = { owner: repository.owner, repo: repository.name, check_run_id: checkRunId };
  await write(session, ENDPOINTS.updateCheckRun, { ...place, output: outputOf(shown) });
}

const FINDINGS_CHECK = { name: "Sallyport change", status: "completed", conclusion: "neutral" } as const;

type Shown = Pick<Parameters<InstallationGateway["addAnnotations"]>[0], "head" | "annotations">;

const outputOf = ({ head: { title, summary }, annotations }: Shown) => ({
  title,
  summary,
  annotations: annotations.map(({ startLine, endLine, level, ...annotation }) => ({
    ...annotation,
    start_line: startLine,
    end_line: endLine,
    annotation_level: level,
  })),
});

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
