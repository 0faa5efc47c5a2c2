import { askAboutCommits } from "../../../src/dossier/sources/own-commits.ts";
import { repositoryId } from "../../../src/ids.ts";
import { historyOfRows } from "../../history/made-table.ts";
import { expect, test } from "../../support/jest.ts";
import { playedGateway, yes } from "../played-gateway.ts";

const WHO = ["Ada Example <7+ada@users.noreply.github.com>", "Bo Sample <8+bo@users.noreply.github.com>"];
const PLACE = {
  ...{
    id: repositoryId(1),
    owner: "ada-example",
    name: "notes",
    createdAt: "2020-01-01T00:00:00.000Z",
    pushedAt: null,
  },
  ...{ headSha: null, defaultBranch: "main", diskKiB: 1, pullRequestCount: 0, highestNumber: 0 },
  ...{ othersActed: false, declaresOrigin: false },
};

/** Which commits of each person GitHub is asked about, counted from 0 and from 100, when they sign with one key in turn. */
async function askedAbout(signers: readonly number[]): Promise<readonly number[]> {
  const { table } = historyOfRows([
    signers.map((who) => ({ author: WHO[who] ?? "", key: "openpgp:00112233aabbccdd" })),
  ]);
  const asked: string[] = [];
  const { gateway } = playedGateway({
    commitFacts: async ({ oids }) => {
      asked.push(...oids);
      return yes([]);
    },
  });
  await askAboutCommits(gateway, { table, receivedAt: new Float64Array(table.rowCount) }, [PLACE]);
  // Own commits stand by their dates; the rows of this table do not, so they are counted for each person.
  return WHO.flatMap((person, who) => {
    const rows = [...Array(table.rowCount).keys()].filter((row) => table.people[table.committer[row] ?? 0] === person);
    return rows.flatMap((row, place) => (asked.includes(table.oid(row)) ? [place + who * 100] : []));
  });
}

test("a key of two: GitHub is asked about the first two commits of each and the last, by which it fades", async () => {
  expect(await askedAbout([0, 1, 0, 1, 0, 1, 0, 1, 0, 1])).toEqual([0, 1, 4, 100, 101, 104]);
  expect(await askedAbout([0, 0, 0, 0, 1])).toEqual([0, 1, 3, 100]);
});

test("a key of one: it is asked about in the same way, and not at all where fewer than three commits carry it", async () => {
  expect(await askedAbout([0, 0, 0, 0])).toEqual([0, 1, 3]);
  expect(await askedAbout([0, 0])).toEqual([]);
});
