import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { historySchema } from "../../../../src/cli/commands/history/schema.ts";
import { describe, expect, test } from "../../../support/jest.ts";
import { type MadeCommit, pgpHeader } from "../../../support/made-repository.ts";
import { ownTemporary } from "../../../support/temporary.ts";
import { ADA, BO, DAY, moment, report, repository, run, START, signalsOf, work } from "./ran.ts";

/** A folder of this file alone, so that what is left in it is ours. */
const temporary = ownTemporary("cli-history");

describe("history: what is planted is found", () => {
  test("one key under two unrelated names, on both sides, with commits of both", async () => {
    const found = await report(
      work(12, (index) => ({ author: index % 2 ? ADA : BO, headers: pgpHeader("00112233aabbccdd") })),
    );
    expect(found.findings.map(({ signal, strength }) => [signal, strength])).toEqual([
      ["id-signing-key-shared", 0.4],
      ["id-signing-key-shared", 0.4],
    ]);
    expect(found.findings[0]?.evidence.length).toBeGreaterThanOrEqual(2);
  });

  test("a rare machine that an unrelated identity used before", async () => {
    const found = await report(
      work(12, (index) => ({
        author: index < 6 ? "Bo Sample <bo@desktop-8k2l1qv>" : "Ada Example <ada@desktop-8k2l1qv>",
      })),
    );
    expect(found.findings).toHaveLength(1);
    expect(found.findings[0]).toMatchObject({ signal: "id-machine-identity-shared", strength: 0.5 });
    expect(found.identities.find(({ id }) => id === found.findings[0]?.identity)?.first.slice(0, 10)).toBe(
      "2021-03-07",
    );
  });

  test("four unrelated full names on one address", async () => {
    const names = ["Ada Example", "Bo Sample", "Cleo Muster", "Dov Vorbild"];
    const found = await report(work(16, (index) => ({ author: `${names[index % 4]} <one@example.org>` })));
    expect(signalsOf(found)).toEqual(["id-name-rotation"]);
    expect(found.identities[0]).toMatchObject({ nameCount: 4, unrelatedNameCount: 3 });
  });

  test("an account that changed its login twice within two years", async () => {
    const logins = ["ada-one", "ada-two", "ada-three"];
    const found = await report(
      work(30, (index) => ({ author: `Ada Example <77+${logins[Math.floor(index / 10)]}@users.noreply.github.com>` })),
    );
    expect(found.findings).toMatchObject([{ signal: "id-rename-trace", strength: 0.5 }]);
    expect(found.identities[0]?.accounts).toMatchObject([{ id: 77, logins: logins.map((login) => ({ login })) }]);
  });

  test("clocks further apart than the time between the commits", async () => {
    const found = await report(
      work(40, (index) => ({
        at: START + index * DAY + (index % 2 ? 600 : DAY - 600),
        offset: index % 2 ? "+0900" : "+0100",
      })),
    );
    expect(signalsOf(found)).toEqual(["id-tz-fast-flip"]);
    expect(found.findings[0]?.bits).toBe(0);
  });
});

describe("history: planted dates and origins are found", () => {
  test("commits dated months before the ones they build on", async () => {
    const found = await report(
      work(12, (index) => ({ at: START - index * 60 * DAY + ((index * index * 7_919) % 25_000) })),
    );
    expect(signalsOf(found)).toEqual(["hist-impossible-timestamps"]);
  });

  test("commits at one second of the day", async () => {
    const found = await report(work(60, (index) => ({ at: START + DAY * (index * 3 + (index % 2)) })));
    expect(signalsOf(found)).toEqual(["hist-synthetic-cadence"]);
  });

  test("work of years that was committed within minutes", async () => {
    const found = await report(work(80, (index) => ({ at: moment(index * 9), committedAt: moment(900) + index * 3 })));
    expect(signalsOf(found)).toEqual(["hist-author-dates-in-one-sitting", "hist-backdated-batch-push"]);
  });

  test("address, key, machine and clock replaced within three weeks", async () => {
    const found = await report(
      work(60, (index) =>
        index < 30
          ? { author: "Ada Example <ada@old.example.org>", offset: "+0530", headers: pgpHeader("1111111111111111") }
          : { author: "Ada Example <ada@new.example.net>", offset: "-0300", headers: pgpHeader("2222222222222222") },
      ),
    );
    expect(found.findings).toMatchObject([{ signal: "life-handover-changepoint", strength: 0.5 }]);
  });

  test("work dated years before the account was made, where the caller says when", async () => {
    const map = { accounts: [{ id: 77, createdAt: "2023-01-01T00:00:00Z", emails: ["ada@example.org"] }] };
    expect(signalsOf(await report(work(40), { map }))).toEqual(["hist-commits-predate-account"]);
    expect(signalsOf(await report(work(40)))).toEqual([]);
  });

  test("references to pull requests that an owned repository never had, in the owner's commits alone", async () => {
    const accounts = [{ id: 77, emails: ["ada@example.org"] }];
    const map = { accounts, repository: { ownerId: 77, highestNumber: 0, othersActed: false } };
    const referring = (author: string) =>
      work(40, (index) => ({
        author: index % 3 === 0 ? ADA : author,
        message: index % 3 === 0 ? "Work\n" : `Merge pull request #${index + 400} from p/branch\n`,
      }));
    expect(signalsOf(await report(referring(ADA), { map }))).toEqual(["hist-foreign-merge-residue"]);
    expect(signalsOf(await report(referring("Bo Sample <bo@sample.org>"), { map }))).toEqual([]);
  });

  test("the strangers who wrote an owned repository", async () => {
    const strangers = Array.from(
      { length: 30 },
      (_, index) => `P${"abcdefghij"[index % 10]} Q${"klm"[index % 3]} <p${index}@example.org>`,
    );
    const commits = work(90, (index) => ({
      author: index === 0 ? ADA : (strangers[index % 30] ?? ADA),
      message: `Merge pull request #${index + 400} from p/branch\n`,
    }));
    const accounts = [{ id: 77, emails: ["ada@example.org"] }];
    const found = await report(commits, {
      map: { accounts, repository: { ownerId: 77, highestNumber: 0, othersActed: false } },
    });
    expect(signalsOf(found).toSorted()).toEqual(["hist-mirror-credit"]);
    const declared = await report(commits, {
      map: { accounts, repository: { ownerId: 77, highestNumber: 0, othersActed: false, declared: true } },
    });
    expect(signalsOf(declared)).toEqual([]);
  });
});

describe("history: what is innocent is left alone", () => {
  const innocent: Readonly<Record<string, readonly MadeCommit[]>> = {
    "ordinary work": work(60),
    "one person on two addresses with one key": work(20, (index) => ({
      author: index % 2 ? ADA : "Ada Example <ada@work.example.net>",
      headers: pgpHeader("00112233aabbccdd"),
    })),
    "a handle and a full name with one key": work(20, (index) => ({
      author: index % 2 ? ADA : "gatekeeper42 <gk@sample.org>",
      headers: pgpHeader("00112233aabbccdd"),
    })),
    "laptops of a common make": work(20, (index) => ({
      author: index % 2 ? "Ada Example <ada@macbook-pro.local>" : "Bo Sample <bo@macbook-pro.local>",
    })),
    "summer time": work(365, (index) => ({ offset: index > 27 && index < 240 ? "+0200" : "+0100" })),
    "web commits signed by GitHub": work(40, (index) => ({
      author: index % 2 ? ADA : BO,
      committer: "GitHub <noreply@github.com>",
      headers: pgpHeader("4aee18f83afdeb23"),
      offset: index % 2 ? "+0000" : "-0700",
    })),
    "a maintainer who replays the work of others": work(40, (index) => ({
      author: BO,
      committer: ADA,
      committedAt: moment(index) + 40 * DAY,
      headers: pgpHeader("00112233aabbccdd"),
    })),
    "a clock that was wrong once": work(60, (index) => (index === 30 ? { committedAt: moment(5) } : {})),
  };

  test.each(Object.entries(innocent))("%s: nothing is found", async (_, commits) => {
    expect(signalsOf(await report(commits))).toEqual([]);
  });
});

test("history: ids are the same for one key, differ for another, and no name or address is printed", async () => {
  const { path } = repository(
    work(20, (index) => ({ author: index % 2 ? ADA : BO })),
    "Ada Example <ada@example.org> <bo@sample.org>\n",
  );
  const key = { "key.txt": "a key of enough characters\n" };
  const [plain, again, keyed] = await Promise.all([
    run([path, "--json"]),
    run([path, "--json"]),
    run([path, "--json", "--key", "key.txt"], key),
  ]);
  const idsOf = (text: string): readonly string[] =>
    historySchema.parse(JSON.parse(text)).identities.map(({ id }) => id);
  expect(idsOf(plain?.stdout ?? "")).toEqual(idsOf(again?.stdout ?? ""));
  expect(idsOf(plain?.stdout ?? "")).not.toEqual(idsOf(keyed?.stdout ?? ""));
  const text = await run([path]);
  for (const said of [plain?.stdout, text.stdout]) {
    expect(said).not.toMatch(/ada|sample|example\.org/i);
  }
  expect(historySchema.parse(JSON.parse(plain?.stdout ?? "")).identities[0]?.joinedBy).toEqual(["mailmap"]);
});

test("history: the text fits 80 columns and says how common each finding is", async () => {
  const { path } = repository(work(60, (index) => ({ at: START + DAY * (index * 3 + (index % 2)) })));
  const { exit, stdout } = await run([path]);
  expect(exit).toBe(0);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
  expect(stdout).toMatch(/^commits are taken as made by whom they name; git does not say who pushed them$/m);
  expect(stdout).toMatch(/How common: /);
  expect(stdout).toMatch(/Innocent readings: /);
});

test("history: --top lists fewer identities and their findings only", async () => {
  const found = await report(
    work(12, (index) => ({ author: index % 2 ? ADA : BO, headers: pgpHeader("00112233aabbccdd") })),
    {
      argv: ["--top", "1"],
    },
  );
  expect(found.identities).toHaveLength(1);
  expect(new Set(found.findings.map(({ identity }) => identity))).toEqual(new Set([found.identities[0]?.id]));
});

test("history: an empty repository is read, and says so", async () => {
  const { path } = repository([]);
  const { exit, stdout } = await run([path]);
  expect(exit).toBe(0);
  expect(stdout).toContain("\n\nNo commits.\n");
  expect(stdout).not.toContain("Nothing notable");
});

test("history: one ordinary identity is spoken of in the singular", async () => {
  const { stdout } = await run([repository(work(3)).path]);
  expect(stdout).toContain("\nNothing notable. 1 identity looked at, with fewer than 20 commits, too few for\n");
  const busy = await run([repository(work(20)).path]);
  expect(busy.stdout).toContain("\nNothing notable. 1 identity looked at.\n");
});

test.each([
  [[], /nothing to read/],
  [["a", "b", "a/"], /a\/: given twice/],
  [["https://example.org/o/r", "https://example.org/o/r.git"], /URL: given twice/],
  [["a", "b", "--rev", "main"], /--rev: not with several repositories/],
  [[".", "--refs", "heads"], /--refs: neither branches nor all; write --refs branches or --refs all/],
  [["https://example.org/o/r", "--refs", "all"], /--refs: a URL is read by its branches alone/],
  [[".", "--since", "2023-02-30"], /--since: not a day/],
  [["/nowhere/at/all"], /no such folder/],
  [["http://example.org/o/r"], /not an https address/],
  [["git@example.org:o/r.git"], /not an https address/],
  [["file:///tmp"], /not an https address/],
  [["https://ada:secret@example.org/o/r"], /carries a name or a password/],
  [["https://example.org/o/r", "--rev", "main"], /--rev: not with a URL/],
  [[".", "--since", "yesterday"], /--since: not a day/],
  [[".", "--top", "0"], /--top: not a number/],
  [[".", "--account-map", "map.json"], /map\.json: cannot be read/],
  [[".", "--topp", "3"], /did you mean --top/],
])("history: %j is refused with what to do instead", async (argv, message) => {
  const ran = await run(argv);
  expect(ran).toMatchObject({ exit: 2, stdout: "" });
  expect(ran.stderr).toMatch(message);
  expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  expect(ran.stderr).not.toContain("secret");
});

test("history: an account map with mistakes names each of them", async () => {
  const { path } = repository(work(2));
  const map = JSON.stringify({ accounts: [{ id: "77" }], repo: {} });
  const ran = await run([path, "--account-map", "map.json"], { "map.json": map });
  expect(ran.exit).toBe(2);
  expect(ran.stderr.trim().split("\n")).toHaveLength(2);
});

test("history: an address that cannot be reached ends with 3, in one line, and leaves no folder", async () => {
  const ran = await run(["https://127.0.0.1:9/octo-org/wallet"]);
  expect(ran).toMatchObject({ exit: 3, stdout: "" });
  expect(ran.stderr).toMatch(/^github_unreachable: the repository cannot be cloned/);
  expect(ran.stderr.trim().split("\n")).toHaveLength(1);
  expect(tmpdir()).toBe(temporary);
  expect(readdirSync(temporary).filter((name) => name.startsWith("sallyport-history-"))).toEqual([]);
});

test("history: a folder that is no repository ends with 2", async () => {
  const folder = mkdtempSync(join(tmpdir(), "sallyport-none-"));
  const ran = await run([folder]);
  rmSync(folder, { recursive: true });
  expect(ran.exit).toBe(2);
  expect(ran.stderr).toMatch(/not a git repository/);
});
