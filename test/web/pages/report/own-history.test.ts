import fc from "fast-check";
import { unavailable } from "../../../../src/dossier/dossier.ts";
import { hourGrid } from "../../../../src/web/charts/hour-grid.ts";
import { hoursInWords } from "../../../../src/web/charts/hours-in-words.ts";
import { identityTimeline } from "../../../../src/web/charts/identity-timeline.ts";
import { yearStrips } from "../../../../src/web/charts/year-strips.ts";
import { ownHistorySection } from "../../../../src/web/pages/report/own-history.ts";
import { describe, expect, test } from "../../../support/jest.ts";
import { LOCAL_COUNT, pictures, scan } from "../../support/histories.ts";
import { deepReport, report } from "../../support/reports.ts";

const NO_HOURS = Array.from({ length: 7 }, () => Array<number>(24).fill(0));
const shown = (given: Parameters<typeof deepReport>[0] = {}): string =>
  (ownHistorySection(deepReport(given))?.markup ?? "").replace(/\s+/g, " ");
const texts = (markup: string): string =>
  markup
    .replace(/<\/?(time|span|code)\b[^>]*>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
const at = (hours: Readonly<Record<number, number>>): readonly number[] =>
  Array.from({ length: 24 }, (_, hour) => hours[hour] ?? 0);

describe("own history", () => {
  test("section: is absent when nobody asked for a deep scan, or when it could not be had", () => {
    expect(ownHistorySection(report())).toBeNull();
    const given = report();
    const sections = {
      ...given.dossier.sections,
      "history.pictures": unavailable("timeout"),
      "history.scan": unavailable("timeout"),
    };
    expect(ownHistorySection({ ...given, dossier: { ...given.dossier, sections } })).toBeNull();
  });

  test("section: shows the part that is there when only one is", () => {
    const given = deepReport();
    const without = (name: "history.pictures" | "history.scan"): string => {
      const sections = { ...given.dossier.sections, [name]: unavailable("timeout") };
      return ownHistorySection({ ...given, dossier: { ...given.dossier, sections } })?.markup ?? "";
    };
    expect(without("history.pictures")).not.toContain("When commits were made");
    expect(without("history.pictures")).toContain("What was read");
    expect(without("history.scan")).toContain("When commits were made");
    expect(without("history.scan")).not.toContain("What was read");
  });

  test("section: says so in each part when there is nothing to draw", () => {
    const markup = shown({
      pictures: { hours: NO_HOURS, weeks: [], identities: [] },
      scan: { repositories: [], copies: [] },
    });
    expect(markup).toContain("No commits made on a machine of its own");
    expect(markup).toContain("No commits of its own");
    expect(markup).toContain("Nothing to read: no repository of its own was found.");
    expect(markup).not.toMatch(/<svg|<table|NaN|Infinity/);
  });

  test("section: says that nothing could be read when every repository was skipped", () => {
    const repositories = scan().repositories.filter(({ state }) => state === "skipped");
    const markup = shown({ scan: { repositories, copies: [] } });
    expect(markup).toContain("No repository that the account owns could be read.");
    expect(texts(markup)).toContain("repository 1 skipped: larger than what is read");
  });

  test("section: counts what was read and what it cost", () => {
    const text = texts(shown());
    expect(text).toContain("1,204 commits in 3 repositories that the account owns.");
    expect(text).toContain("Together 3 read, 2 skipped 2 attested 1,204");
    expect(text).toContain("Read by git at 2026-11-23 13:58 UTC with 12 requests, 3 points, 4.2 s.");
  });

  test("section: is the same bytes each time, without styles, scripts or numbers that are none", () => {
    expect(shown()).toBe(shown());
    expect(shown()).not.toMatch(/style=|<style|<script| on[a-z]+=|NaN|Infinity|undefined/);
  });

  test("section: names no place, no zone and nobody's guilt, whatever it draws", () => {
    expect(texts(shown())).not.toMatch(/\bzone|offset|[+-]\d\d:?00\b|suspicious|unusual|abnormal|country/i);
  });

  test("texts from a dossier: are escaped wherever they stand", () => {
    const payload = `"><script>alert(1)</script>`;
    const markup = shown({
      pictures: { identities: pictures().identities.map((identity) => ({ ...identity, label: payload })) },
      scan: {
        copies: (scan().copies ?? []).map((copy) => ({
          ...copy,
          refs: [{ commit: '"><b>', at: "2022", attested: false }],
        })),
      },
    });
    expect(markup).not.toMatch(/<script|"><b>/);
    expect(markup).toContain("&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;");
  });
});

describe("repositories", () => {
  test("rows: are numbered by commits, so that copies name the same number", () => {
    const text = texts(shown());
    expect(text).toContain("repository 1 kept from an earlier look attested by GitHub 811");
    expect(text).toContain("repository 2 read anew not known 297");
    expect(text).toContain("Repository 2 has 14 snapshots with the same files");
    expect(text).not.toMatch(/\b50[1-5]\b|9001/);
  });

  test("rows: go behind a fold when there are many, sums last", () => {
    const [first] = scan().repositories;
    const repositories = Array.from({ length: 30 }, (_, index) => ({ ...first!, repository: index, commitCount: 10 }));
    const markup = shown({ scan: { repositories } });
    expect(markup).toContain("22 more repositories");
    expect(markup.match(/Together/g)).toHaveLength(1);
    expect(markup).toContain("repository 30");
  });

  test("copies: whether the older commits are somebody else's is said where that was compared", () => {
    const [found] = scan().copies ?? [];
    const told = (reauthoredCount?: number): string =>
      shown({
        scan: { copies: found ? [{ ...found, ...(reauthoredCount !== undefined && { reauthoredCount }) }] : [] },
      });
    expect(told(5)).toContain("where 5 of them are somebody");
    expect(told(0)).not.toContain("somebody else");
    expect(told()).not.toContain("somebody else");
  });

  test("copies: are said not to be there when none was found", () => {
    expect(shown({ scan: { copies: [] } })).toContain("No older copy of the same content was found");
    const unasked = shown({ scan: { copies: null } });
    expect(unasked).toContain("is not known");
    expect(unasked).not.toContain("No older copy");
  });
});

describe("hour grid", () => {
  test.each([
    [at({ 9: 40, 13: 30, 17: 30 }), "All commits fall between 09 and 18 h."],
    [
      at({ 9: 20, 10: 20, 11: 20, 14: 20, 20: 5, 21: 5 }),
      "Most commits (89 %) fall between 09 and 15 h; the quiet hours are 22 to 09.",
    ],
    [
      at({ 22: 30, 23: 30, 0: 30, 1: 30, 8: 9, 12: 9 }),
      "Most commits (87 %) fall between 22 and 02 h; the quiet hours are 13 to 22.",
    ],
    [at({ 20: 30, 23: 30, 9: 5 }), "Most commits (92 %) fall between 20 and 24 h; the quiet hours are 10 to 20."],
    [Array<number>(24).fill(10), "Commits are spread over the day; no four hours in a row are quiet."],
    [at({ 3: 19 }), "There are too few commits to say which hours are usual."],
  ])("sentence: %# says which hours hold most commits and which are quiet", (counts, sentence) => {
    expect(hoursInWords(counts)).toBe(sentence);
  });

  test("sentence: turns with the clock, so that an hour is as good as any other", () => {
    const counts = fc.array(fc.nat(50), { minLength: 24, maxLength: 24 });
    const lengthOf = (sentence: string): number => {
      const [, from, to] = /between (\d\d) and (\d\d)/.exec(sentence) ?? [];
      return (Number(to) - Number(from) + 24) % 24;
    };
    fc.assert(
      fc.property(counts, fc.nat(23), (given, turn) => {
        const turned = [...given.slice(turn), ...given.slice(0, turn)];
        expect(lengthOf(hoursInWords(turned))).toBe(lengthOf(hoursInWords(given)));
      }),
    );
  });

  test("cells: are 168, and the table beside them holds every commit", () => {
    const { markup } = hourGrid(pictures().hours);
    const [picture = "", table = ""] = markup.split("<details>");
    expect(picture.split('role="img"')[1]?.split("</svg>")[0]?.match(/<rect/g)).toHaveLength(168);
    const counts = [...table.matchAll(/<td class="number[^"]*">(\d+)</g)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(168);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(LOCAL_COUNT);
  });

  test("cells: keep their steps apart when one of them is far above the others", () => {
    const hours = NO_HOURS.map((row, day) => row.map((_, hour) => (day === 0 ? hour % 5 : 0)));
    const outlier = hours.map((row, day) => (day === 6 ? row.map((_, hour) => (hour === 3 ? 5_000 : 0)) : row));
    for (const step of [1, 2, 3, 4]) expect(hourGrid(outlier).markup).toContain(`class="step-${step}" x=`);
    expect(hourGrid(outlier).markup).toContain("Sunday, 03 to 04 h: 5,000 commits");
  });

  test("key: names whole numbers that follow one another without a gap", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), (most) => {
        const hours = NO_HOURS.map((row, day) => row.map((_, hour) => (day + hour === 0 ? most : 0)));
        const key = texts(hourGrid(hours).markup.split('<ul class="key')[1]?.split("</ul>")[0] ?? "");
        const numbers = [...key.matchAll(/(\d+)(?: to (\d+))?/g)].map(([, low, high]) =>
          [low, high ?? low].map(Number),
        );
        let next = 1;
        for (const [low, high] of numbers) {
          expect(low).toBe(next);
          next = Number(high) + 1;
        }
      }),
    );
  });
});

describe("year strips", () => {
  test("rows: have one year each, and their sums are all commits", () => {
    const { markup } = yearStrips(pictures().weeks);
    const counts = [...markup.matchAll(/<td class="number">([\d,]+)</g)].map(([, count]) => Number(count));
    expect(counts).toHaveLength(6);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(LOCAL_COUNT);
  });

  test("sentence: says the weeks, the busiest and the longest pause", () => {
    const weeks = [
      { monday: "2024-01-01", count: 3 },
      { monday: "2024-01-08", count: 9 },
      { monday: "2024-04-01", count: 1 },
    ];
    expect(texts(yearStrips(weeks).markup)).toContain(
      "13 commits in 3 weeks, the first beginning 2024-01-01, the last 2024-04-01. The busiest week (2024-01-08) has 9 commits. The longest pause is 11 weeks, after the week of 2024-01-08.",
    );
  });

  test("rows: join years without a commit and stay few when dates are absurd", () => {
    const weeks = [1970, 2004, 2005, 2099].map((year) => ({ monday: `${year}-03-02`, count: 1 }));
    const text = texts(yearStrips(weeks).markup);
    expect(text).toContain("1971 to 2003 no commits 0");
    expect(text).toContain("2006 to 2098 no commits 0");
    const many = Array.from({ length: 130 }, (_, index) => ({ monday: `${1970 + index}-03-02`, count: 1 }));
    expect(yearStrips(many).markup.match(/<th scope="row">/g)).toHaveLength(12);
    expect(yearStrips(many).markup).toContain("118 earlier years are not drawn.");
  });

  test("weeks of a year: never share a place", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 5_000 }), (start) => {
        const weeks = Array.from({ length: 60 }, (_, week) => ({
          monday: new Date(Date.UTC(1970, 0, 5) + (start + week) * 7 * 86_400_000).toISOString().slice(0, 10),
          count: 1,
        }));
        expect(yearStrips(weeks).markup.match(/<rect/g)).toHaveLength(60);
      }),
    );
  });
});

describe("identity timeline", () => {
  const placesOf = (markup: string): readonly (readonly [number, number])[] =>
    [...markup.matchAll(/<rect x="([\d.]+)%" y="\d+" width="([\d.]+)%"/g)].map(([, x, width]) => [
      Number(x),
      Number(width),
    ]);

  test("rows: stand by kind with their dates, and inside the axis", () => {
    const { markup } = identityTimeline(pictures().identities);
    const labels = [...markup.matchAll(/<th scope="row">([a-z]+ \d)/g)].map(([, label]) => label);
    expect(labels).toEqual(["address 1", "address 2", "machine 1", "machine 2", "machine 3", "key 1"]);
    expect(texts(markup)).toContain("machine 1 2021-04-06 to 2023-02-01");
    for (const [x, width] of placesOf(markup)) expect([x >= 0, x + width <= 100.01]).toEqual([true, true]);
  });

  test("sentence: counts them and says which was in use for the longest time", () => {
    expect(texts(identityTimeline(pictures().identities).markup)).toContain(
      "2 addresses, 3 machines and 1 key, between 2021-04-06 and 2026-11-19. Address 1 was in use for the longest time.",
    );
  });

  test("one identity of one day: has a bar, and no year to name", () => {
    const identity = { ...pictures().identities[0]!, lastAt: pictures().identities[0]!.firstAt };
    const { markup } = identityTimeline([identity]);
    expect(placesOf(markup)).toEqual([[0, 2]]);
    expect(texts(markup)).toContain("1 address, all on 2021-04-06.");
    expect(markup).not.toMatch(/NaN|longest/);
  });

  test("axis: names few years and draws few lines when dates are absurd", () => {
    const [first, second] = pictures().identities;
    const { markup } = identityTimeline([
      { ...first!, firstAt: "1970-01-01T00:00:00.000Z" },
      { ...second!, lastAt: "2105-06-01T00:00:00.000Z" },
    ]);
    expect(markup.match(/<text /g)!.length).toBeLessThanOrEqual(7);
    expect(markup.match(/<line /g)!.length).toBeLessThanOrEqual(14);
  });

  test("rows: are at most 24, and the text says so", () => {
    const identities = Array.from({ length: 30 }, (_, index) => ({
      ...pictures().identities[0]!,
      label: `address ${index + 1}`,
    }));
    expect(identityTimeline(identities).markup.match(/<th scope="row">/g)).toHaveLength(24);
    expect(identityTimeline(identities).markup).toContain("No more than 24 are shown.");
  });
});
