import { createHash } from "node:crypto";
import { readdirSync } from "node:fs";
import type { OwnedRepository } from "../../../src/dossier/scan-gateway.ts";
import { compareCode } from "../../../src/dossier/sources/compare-code.ts";
import { gitReader } from "../../../src/dossier/sources/git-reader.ts";
import { tableBuilder } from "../../../src/history/read/table.ts";
import { repositoryId } from "../../../src/ids.ts";
import { workingRepository } from "../../support/git/working-repository.ts";
import { expect, test } from "../../support/jest.ts";
import { ownTemporary } from "../../support/temporary.ts";
import { NOW, playedGateway, yes } from "../played-gateway.ts";

const temporary = ownTemporary("git-reader");
const TOOLS = { searchPath: process.env.PATH ?? "", temporary, protocol: "file", clockMs: () => 0 } as const;

/** A repository whose folders take more room than its commits: names that do not get smaller. */
const source = workingRepository();
source.git("config", "uploadpack.allowFilter", "true");
const name = (index: number): string => createHash("sha256").update(String(index)).digest("hex");
source.commit(Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`src/${name(index)}.ts`, `${index}\n`])));

const owned: OwnedRepository = {
  ...{ id: repositoryId(1), owner: "ada-example", name: "wide", createdAt: NOW, pushedAt: NOW, defaultBranch: "main" },
  ...{ headSha: source.git("rev-parse", "HEAD").trim(), diskKiB: 200, pullRequestCount: 0, highestNumber: 0 },
  ...{ othersActed: false, declaresOrigin: false },
};

/** What a reading gives: how many commits, whether there are contents to compare, and how often git asked. */
async function reading(withTrees: boolean, maxCloneBytes?: number) {
  const { gateway, asked } = playedGateway({
    cloneAddress: async () => yes({ url: `file://${source.path}`, authorization: "basic bm9ib2R5" }),
  });
  const tools = { ...TOOLS, ...(maxCloneBytes !== undefined && { maxCloneBytes }) };
  const reader = gitReader(gateway, { repositories: [owned], tools, withTrees });
  try {
    const opened = await reader.open(0);
    if ("skipped" in opened) return { skipped: opened.skipped };
    const { commitCount } = await opened.readInto(tableBuilder(20));
    const [code] = await compareCode([opened.code], async (oids) => new Uint8Array(oids.length / 20));
    return { commitCount, code, asked };
  } finally {
    await reader.close();
    expect(readdirSync(temporary)).toEqual([]);
  }
}

test("git reader: clones bring the names of all contents where code is looked for, and else no more than commits", async () => {
  expect(await reading(true)).toMatchObject({ commitCount: 1, code: { blobCount: 2_000, matched: [] } });
  expect(await reading(false)).toMatchObject({ commitCount: 1, code: null });
});

test("git reader: what gets too large by its folders is read without them, and what is too large all the same is not", async () => {
  expect(await reading(true, 40_000)).toEqual({ commitCount: 1, code: null, asked: ["cloneAddress"] });
  expect(await reading(true, 100)).toEqual({ skipped: "too_large" });
});
