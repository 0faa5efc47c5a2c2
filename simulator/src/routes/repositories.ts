import { createHash } from "node:crypto";
import { forbidden, type Handler, notFound, ok, type RestRequest, type RestResponse } from "../http/request.ts";
import { grants } from "../http/rules.ts";
import { simpleUser } from "../represent/account.ts";
import { repositoryView } from "../represent/repository.ts";
import { effectiveRole } from "../world/access.ts";
import { accountNamed, fullName, repositoryNamed } from "../world/lookup.ts";
import type { Repository, RepositoryRole } from "../world/world.ts";

export const repositoryRoutes: Readonly<Record<string, Handler>> = {
  "repos/get": (request) => {
    const repository = repositoryIn(request);
    if (repository === undefined) return notFound();
    const view = repositoryView(request.urls, request.world, repository);
    return ok({ ...view, network_count: view.forks_count, subscribers_count: 0 });
  },
  "repos/get-collaborator-permission-level": permissionLevel,
  "repos/get-content": content,
};

const repositoryIn = ({ world, params }: RestRequest): Repository | undefined =>
  repositoryNamed(world, params.owner ?? "", params.repo ?? "");

/** The older `permission` word knows four levels only: maintain is folded into write, triage into read. */
const LEGACY: Readonly<Record<RepositoryRole, string>> = {
  admin: "admin",
  maintain: "write",
  write: "write",
  triage: "read",
  read: "read",
};

/** Over all sources. Everybody has `read` on a public repository; on a private one the answer is `none`. */
function permissionLevel(request: RestRequest): RestResponse {
  const { world, params, urls } = request;
  const repository = repositoryIn(request);
  const account = accountNamed(world, params.username ?? "");
  if (repository === undefined || account === undefined) return notFound();
  const role = effectiveRole(world, repository, account.id) ?? (repository.visibility === "public" ? "read" : null);
  const roleName = role ?? "none";
  return ok({
    permission: role === null ? "none" : LEGACY[role],
    role_name: roleName,
    user: { ...simpleUser(urls, account), role_name: roleName, permissions: permissionFlags(role) },
  });
}

const permissionFlags = (role: RepositoryRole | null): Readonly<Record<string, boolean>> => ({
  pull: role !== null,
  triage: role !== null && role !== "read",
  push: role === "write" || role === "maintain" || role === "admin",
  maintain: role === "maintain" || role === "admin",
  admin: role === "admin",
});

/** A file of the default branch; with `single_file` alone only the registered paths can be read. */
function content(request: RestRequest): RestResponse {
  const { world, params, caller, urls } = request;
  const repository = repositoryIn(request);
  const path = params.path ?? "";
  if (repository === undefined || caller.kind !== "installation") return notFound();
  const byContents = repository.visibility === "public" || grants(caller.permissions, "contents", "read");
  if (!byContents && !caller.installation.singleFilePaths.includes(path)) return forbidden();
  const text = repository.files.get(path);
  const ref = request.query.get("ref") ?? repository.defaultBranch;
  if (text === undefined || ![repository.defaultBranch, "HEAD"].includes(ref)) return notFound();
  const name = fullName(world, repository);
  const sha = createHash("sha1")
    .update(`blob ${Buffer.byteLength(text)}\0${text}`)
    .digest("hex");
  const url = `${urls.api}/repos/${name}/contents/${encodePath(path)}?ref=${repository.defaultBranch}`;
  const html = `${urls.html}/${name}/blob/${repository.defaultBranch}/${encodePath(path)}`;
  const git = `${urls.api}/repos/${name}/git/blobs/${sha}`;
  return ok({
    type: "file",
    encoding: "base64",
    size: Buffer.byteLength(text),
    name: path.split("/").at(-1),
    path,
    // GitHub breaks base64 into lines of sixty characters.
    content: Buffer.from(text)
      .toString("base64")
      .replaceAll(/(.{60})/g, "$1\n"),
    sha,
    url,
    git_url: git,
    html_url: html,
    download_url: `${urls.html}/raw/${name}/${repository.defaultBranch}/${encodePath(path)}`,
    _links: { self: url, git, html },
  });
}

const encodePath = (path: string): string => path.split("/").map(encodeURIComponent).join("/");
