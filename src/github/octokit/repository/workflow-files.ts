import { z } from "zod";
import type { Fetched } from "../../../absence.ts";
import type { RepositoryAddress } from "../../../ids.ts";
import type { WorkflowFiles } from "../../gateway.ts";
import { missing, query, type Session } from "../transport/session.ts";
import { problemAt } from "../transport/translate.ts";

const file = z.object({ text: z.string().nullish(), isTruncated: z.boolean().nullish() }).nullish();
const folder = z.object({ entries: z.array(z.object({ name: z.string(), object: file })).nullish() }).nullish();
const answerShape = z.object({
  repository: z
    .object({
      nameWithOwner: z.string(),
      visibility: z.string(),
      workflows: folder,
      actions: z.object({ entries: z.array(z.object({ name: z.string(), object: folder })).nullish() }).nullish(),
      actionYml: file,
      actionYaml: file,
    })
    .nullish(),
});

type Found = NonNullable<z.infer<typeof answerShape>["repository"]>;
type Named = readonly [path: string, file: z.infer<typeof file>];

/** GitHub Actions files of the default branch, 1 request and 1 point. */
export async function workflowFiles(
  session: Session,
  { owner, name }: RepositoryAddress,
): Promise<Fetched<WorkflowFiles>> {
  const answer = await query(session, "WorkflowFiles", { schema: answerShape, variables: { owner, name } });
  if (!answer.ok) return answer;
  const { data, problems } = answer.value;
  const found = data.repository;
  if (!found) return missing(session, "WorkflowFiles", problemAt(problems, ["repository"]) ?? "not_found");
  const named = namedIn(found).sort(([a], [b]) => (a < b ? -1 : 1));
  // A folder or a submodule of that name has neither; a file that GitHub calls binary has no text.
  const files = named.filter(([, each]) => each && each.isTruncated !== undefined);
  return {
    ok: true,
    value: {
      name: found.nameWithOwner,
      isPublic: found.visibility === "PUBLIC",
      files: files.flatMap(([path, each]) => (isWhole(each) ? [{ path, text: each?.text ?? "" }] : [])),
      missing: files.flatMap(([path, each]) =>
        isWhole(each) ? [] : [{ path, reason: each?.isTruncated ? "GitHub shows only a part of it" : "not text" }],
      ),
    },
  };
}

const isWhole = (each: Named[1]): boolean => typeof each?.text === "string" && each.isTruncated !== true;

function namedIn({ workflows, actions, actionYml, actionYaml }: Found): Named[] {
  const inFolder = (base: string, entries: NonNullable<z.infer<typeof folder>>["entries"], names: RegExp): Named[] =>
    (entries ?? []).flatMap(({ name, object }): Named[] => (names.test(name) ? [[`${base}/${name}`, object]] : []));
  return [
    ...inFolder(".github/workflows", workflows?.entries, /\.ya?ml$/i),
    ...(actions?.entries ?? []).flatMap(({ name, object }) =>
      inFolder(`.github/actions/${name}`, object?.entries, /^action\.ya?ml$/),
    ),
    ["action.yml", actionYml],
    ["action.yaml", actionYaml],
  ];
}
