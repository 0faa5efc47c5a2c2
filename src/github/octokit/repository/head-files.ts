import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import { HEAD_FILES_PER_REQUEST } from "../../../dossier/gateway.ts";
import type { InstallationGateway } from "../../gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { problemAt } from "../transport/translate.ts";

const file = z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullish();
const answerShape = z.object({ repository: z.record(z.string(), file).nullable() });

const PLACES = Array.from({ length: HEAD_FILES_PER_REQUEST }, (_, index) => `f${index}`);

/** Whole texts of files of one commit, 1 request and 1 point. GitHub cuts texts past half a MB, and calls some binary. */
export async function headFiles(
  session: Session,
  { repository, headSha, paths }: Parameters<InstallationGateway["headFiles"]>[0],
): Promise<Fetched<ReadonlyMap<string, string>>> {
  const asked = PLACES.map((place, index) => [place, `${headSha}:${paths[index] ?? ""}`]);
  const answer = await query(session, "HeadFiles", {
    schema: answerShape,
    variables: { owner: repository.owner, name: repository.name, ...Object.fromEntries(asked) },
  });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  if (data.repository === null)
    return missing(session, "HeadFiles", problemAt(problems, ["repository"]) ?? "not_found");
  const texts = new Map<string, string>();
  for (const [index, path] of paths.slice(0, PLACES.length).entries()) {
    const found = data.repository[`f${index}`];
    if (typeof found?.text === "string" && found.isTruncated === false) texts.set(path, found.text);
  }
  return { ok: true, value: texts };
}
