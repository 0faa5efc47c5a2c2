import { assess } from "../../src/assessment/assess.ts";
import type { Copy } from "../../src/history/traces/scan.ts";
import { tracesOf } from "../../src/history/traces/traces-of.ts";
import { historyOfRows, ownedRepository, subjectIn, type TableCommit } from "../history/made-table.ts";
import { NOW, profile } from "../signals/given.ts";
import { copy, scan } from "../signals/given-traces.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf } from "./dossiers.ts";

// Histories that somebody made to look like years of work, through the real observations and signals: what their own
// pushes brought into repositories of theirs, as a deep scan reads it.

const DAY = 86_400;
const NOON = 12 * 3_600;
const TODAY = Date.parse(NOW) / 1_000;
const PUSHED = TODAY - 30 * DAY;
const ADA = "Ada Example <7+ada@users.noreply.github.com>";
const COMMITS = 150;

/** Three years of days, evenly spread, ending two months ago. */
const dayOf = (index: number): number => Math.floor(TODAY / DAY) - 60 - 1_095 + Math.floor((index * 1_095) / COMMITS);
/** The same numbers in every run, and no two alike. */
const scattered = (index: number, below: number): number => (index * 7_919 + index * index * 104_729) % below;

type Painter = (index: number) => Pick<TableCommit, "authoredAt" | "committedAt">;

const PAINTERS: Readonly<Record<string, Painter>> = {
  "author dates at random minutes, the committer's clock as it ran": (index) => ({
    authoredAt: dayOf(index) * DAY + 9 * 3_600 + scattered(index, 30_000),
    committedAt: PUSHED + index,
  }),
  "author dates one minute after the other, day after day": (index) => ({
    authoredAt: dayOf(index) * DAY + NOON + index * 60,
    committedAt: PUSHED + index,
  }),
  "both clocks at noon": (index) => ({
    authoredAt: dayOf(index) * DAY + NOON,
    committedAt: dayOf(index) * DAY + NOON,
  }),
};

/** What is said of an account, four months old unless told otherwise, that pushed these repositories on one day. */
function assessed(
  repositories: readonly (readonly TableCommit[])[],
  more: { readonly copies?: readonly Copy[]; readonly highestNumber?: number; readonly ageDays?: number } = {},
) {
  const { copies = [], highestNumber = null, ageDays = 120 } = more;
  const history = historyOfRows(repositories);
  const traces = tracesOf(
    history,
    subjectIn(history, {
      accountCreatedAt: TODAY - ageDays * DAY,
      repositories: repositories.map((_, index) => ({ ...ownedRepository(index + 1, 7), highestNumber })),
      receivedAt: new Float64Array(history.table.rowCount).fill(PUSHED),
      asOf: TODAY,
    }),
  );
  const { persona, findings } = assess(
    dossierOf({
      "account.profile": profile(ageDays),
      "history.identity": traces.identity,
      "history.dates": traces.dates,
      "history.origin": traces.origin,
      "history.continuity": traces.continuity,
      ...scan(copies),
    }),
  );
  return { persona, fired: findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal) };
}

const painted = (paint: Painter): readonly TableCommit[] =>
  Array.from({ length: COMMITS }, (_, index) => ({ author: ADA, ...paint(index) }));

test.each(Object.entries(PAINTERS))("M2, six repositories painted with %s: for review", (_, paint) => {
  const { persona, fired } = assessed(Array.from({ length: 6 }, () => painted(paint)));
  expect(fired).toEqual(expect.arrayContaining(["hist-backdated-batch-push", "hist-commits-predate-account"]));
  expect(persona).toMatchObject({ band: "review" });
});

test("M2's look-alike: years of one's own work, moved here on one day: no band", () => {
  const moved: Painter = (index) => {
    const at = dayOf(index) * DAY + 9 * 3_600 + scattered(index, 30_000);
    return { authoredAt: at, committedAt: at + scattered(index, 900) };
  };
  const { persona } = assessed(Array.from({ length: 6 }, () => painted(moved)));
  expect(persona.band).toBe("none");
});

test("M3, a portfolio of three copied repositories with their authors replaced: elevated", () => {
  const rewritten = painted((index) => ({
    authoredAt: dayOf(index) * DAY + scattered(index, DAY),
    committedAt: dayOf(index) * DAY + scattered(index, DAY),
  })).map((commit, index) => ({ ...commit, reference: index % 5 === 0 ? 1_000 + index : 0 }));
  const { persona, fired } = assessed([rewritten, rewritten, rewritten], {
    copies: [copy(1), copy(2), copy(3)],
    highestNumber: 0,
  });
  expect(fired).toEqual(expect.arrayContaining(["hist-author-rewrite-copy", "hist-foreign-merge-residue"]));
  expect(persona.band).toBe("elevated");
});

test("M4, four unrelated personas on one key and one machine, whose repositories are one owner's: for review", () => {
  // Last the account itself: whoever used a machine first may have been copied.
  const personas = ["Bo Sample:bo:8", "Cleo Muster:cleo:9", "Dov Specimen:dov:10", "Ada Example:ada:7"];
  const work = Array.from({ length: COMMITS }, (_, index): TableCommit => {
    const [name = "", login = "", id = ""] = (personas[index % 4] ?? "").split(":");
    const at = dayOf(index) * DAY + scattered(index, DAY);
    return {
      author: `${name} <${id}+${login}@users.noreply.github.com>`,
      committer: `${name} <${login}@anvil-forge-77.local>`,
      key: "openpgp:00112233aabbccdd",
      ...{ authoredAt: at, committedAt: at },
    };
  });
  const { persona, fired } = assessed([work, work], { ageDays: 1_500 });
  expect(fired).toEqual(expect.arrayContaining(["id-signing-key-shared", "id-machine-identity-shared"]));
  expect(persona).toMatchObject({ band: "review", hardBits: 0 });
});

test("M4's look-alike: two who work in a pair at one keyboard and name each other: no band", () => {
  const work = Array.from({ length: COMMITS }, (_, index): TableCommit => {
    const [mine, theirs] = index % 2 === 0 ? ["Bo Sample <8+bo", "7+ada"] : ["Ada Example <7+ada", "8+bo"];
    const at = dayOf(index) * DAY + scattered(index, DAY);
    return {
      author: `${mine}@users.noreply.github.com>`,
      key: "openpgp:00112233aabbccdd",
      trailers: [`${theirs}@users.noreply.github.com`],
      ...{ authoredAt: at, committedAt: at },
    };
  });
  expect(assessed([work], { ageDays: 1_500 })).toMatchObject({ persona: { band: "none" }, fired: [] });
});
