import { afterEach, beforeEach, describe, expect, test } from "../../test/support/jest.ts";
import { addRepository, addUser } from "../src/build/build.ts";
import { addHistory, addPush, NO_COMMIT } from "../src/build/build-history.ts";
import { call, installationToken, type Stand, stand } from "./stand.ts";

let scene: Stand;
let url: string;
let token: string;

beforeEach(async () => {
  scene = stand();
  url = await scene.simulator.listen();
  token = installationToken(scene);
});

afterEach(async () => {
  await scene.simulator.stop();
  scene.simulator.expectNoViolations();
});

/** A stranger's repository that was pushed to on each of these moments. */
function pushed(...moments: readonly string[]) {
  const stranger = addUser(scene.world, { login: "sol-example", createdAt: "2020-01-01T00:00:00.000Z" });
  const createdAt = "2020-02-01T00:00:00.000Z";
  const repository = addRepository(scene.world, { owner: stranger, name: "notes", createdAt });
  const who = { name: "Sol Example", email: "sol@example.org", offsetMinutes: 0 };
  for (const at of moments) {
    const before = repository.commits[0]?.sha;
    addHistory(scene.world, repository, [{ author: { ...who, at }, message: at, files: { "now.txt": at } }]);
    addPush(scene.world, repository, { by: stranger, at, ...(before && { before }) });
  }
  return { stranger, repository };
}

const MOMENTS = ["2025-01-01T10:00:00.000Z", "2026-11-20T10:00:00.000Z", "2026-11-23T10:00:00.000Z"];
const ask = (query = "", path = "/api/v3/repos/sol-example/notes/activity") => call(url, `${path}${query}`, { token });
const times = ({ body }: { body: unknown }) => (body as { timestamp: string }[]).map(({ timestamp }) => timestamp);

describe("GET /repos/{owner}/{repo}/activity", () => {
  test("pushes: newest first, with who, from where and to where", async () => {
    const { stranger, repository } = pushed(...MOMENTS);
    const { status, body } = await ask();
    expect(status).toBe(200);
    expect(body).toMatchObject([
      { timestamp: "2026-11-23T10:00:00Z", before: repository.commits[1]?.sha, after: repository.commits[0]?.sha },
      { timestamp: "2026-11-20T10:00:00Z", activity_type: "push" },
      { before: NO_COMMIT, activity_type: "branch_creation", ref: "refs/heads/main", actor: { id: stranger.id } },
    ]);
    expect(repository.pushedAt).toBe(MOMENTS[2]);
  });

  test("an account that is gone: no actor", async () => {
    const { repository } = pushed();
    addPush(scene.world, repository, { by: null, at: "2026-11-01T00:00:00.000Z", kind: "force_push" });
    expect((await ask()).body).toMatchObject([{ actor: null, activity_type: "force_push" }]);
  });

  test("pages: by cursor, there and back", async () => {
    pushed(...MOMENTS);
    const first = await ask("?per_page=2");
    const next = /<([^>]+)>; rel="next"/.exec(first.headers.get("link") ?? "")?.[1] ?? "";
    const second = await call(next, "", { token });
    expect([times(first).length, times(second)]).toEqual([2, ["2025-01-01T10:00:00Z"]]);
    const back = /<([^>]+)>; rel="prev"/.exec(second.headers.get("link") ?? "")?.[1] ?? "";
    expect(second.headers.get("link")).not.toContain('rel="next"');
    expect(times(await call(back, "", { token }))).toEqual(times(first));
  });

  test("period, branch, actor, kind and direction: are honoured; words GitHub does not know are refused", async () => {
    pushed(...MOMENTS);
    expect(times(await ask("?time_period=day"))).toEqual(["2026-11-23T10:00:00Z"]);
    expect(times(await ask("?time_period=week&direction=asc"))).toEqual([
      "2026-11-20T10:00:00Z",
      "2026-11-23T10:00:00Z",
    ]);
    expect(times(await ask("?ref=main")).length).toBe(3);
    expect(times(await ask("?ref=refs%2Fheads%2Fother"))).toEqual([]);
    expect(times(await ask("?actor=ada-example"))).toEqual([]);
    expect(times(await ask("?activity_type=branch_creation"))).toEqual(["2025-01-01T10:00:00Z"]);
    expect((await ask("?time_period=decade")).status).toBe(422);
  });

  test("private: takes contents:read, and a repository out of reach is not there", async () => {
    const path = "/api/v3/repos/octo-org/vault/activity";
    expect((await ask("", path)).status).toBe(403);
    expect((await ask("", "/api/v3/repos/octo-org/nothing/activity")).status).toBe(404);
    token = installationToken(scene, { contents: "read" });
    expect((await ask("", path)).body).toEqual([]);
  });
});

describe("GET /search/commits by tree", () => {
  interface Hits {
    readonly total_count: number;
    readonly items: { readonly repository: Record<string, unknown>; readonly commit: { tree: { sha: string } } }[];
  }
  const search = async (q: string) => {
    const { status, headers, body } = await call(url, `/api/v3/search/commits?q=${encodeURIComponent(q)}`, { token });
    return { status, headers, hits: body as Hits };
  };

  test("finds every repository with that tree, whoever wrote the commit, and says no dates of them", async () => {
    const { repository } = pushed(...MOMENTS);
    const copy = addRepository(scene.world, {
      owner: scene.newcomer,
      name: "mine",
      createdAt: "2026-11-01T00:00:00.000Z",
    });
    const who = { name: "New Example", email: "new@example.org", at: "2019-01-01T00:00:00.000Z", offsetMinutes: 60 };
    addHistory(scene.world, copy, [{ author: who, message: "Mine", files: { "now.txt": MOMENTS[1] ?? "" } }]);
    const tree = repository.commits[1]?.tree ?? "";
    const { hits, headers } = await search(`tree:${tree}`);
    expect(hits.items.map((item) => item.repository.id)).toEqual([repository.id, copy.id]);
    expect(hits.items[0]?.commit.tree.sha).toBe(tree);
    expect(hits.items[0]?.repository).not.toHaveProperty("created_at");
    expect(headers.get("x-ratelimit-resource")).toBe("search");
    expect(headers.get("x-ratelimit-remaining")).toBe("29");
    expect((await search(`tree:${tree} user:newcomer-example`)).hits.total_count).toBe(1);
    expect((await search(`tree:${tree} -repo:sol-example/notes`)).hits.total_count).toBe(1);
  });

  test("the thirty-first search of a minute is refused", async () => {
    for (let count = 0; count < 30; count += 1) await search("tree:4b825dc642cb6eb9a060e54bf8d69288fbee4904");
    expect((await search("tree:4b825dc642cb6eb9a060e54bf8d69288fbee4904")).status).toBe(403);
  });
});
