import { assess } from "../../src/assessment/assess.ts";
import type { ChangedFile } from "../../src/change/change.ts";
import type { Severity } from "../../src/change/severity.ts";
import { unavailable } from "../../src/dossier/dossier.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import { repositoryId } from "../../src/ids.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import { type Evidence, fired, type Signal } from "../../src/signals/signal.ts";
import { changed, daysAgo, file, filesOf, grants, texts } from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, manySided, ordinaryChange } from "./dossiers.ts";
import { signal } from "./made-signals.ts";

const clickable = { ".vscode/tasks.json": ['{"tasks":[{"command":"npm test"}]}'] };
const lookAlike = { "src/a.ts": ["const p\u0430yee = 1;"] };
const permission = {
  ".github/workflows/a.yml": ["on: push", "permissions:", "  contents: write", "jobs: { a: { steps: [{ run: x }] } }"],
};
const changeOf = (files: Readonly<Record<string, readonly string[]>>) =>
  assess(dossierOf({ ...ordinaryChange, "change.files": changed(files) })).change.level;

test("change level: nothing found by checks that all looked is low", () => {
  expect(assess(dossierOf(ordinaryChange)).change.level).toBe("low");
});

test("change level: the gravest finding decides", () => {
  expect(changeOf(clickable)).toBe("high");
  expect(changeOf({ ...clickable, ...permission })).toBe("critical");
});

test("change level: two findings that agree go one step up", () => {
  expect(changeOf({ ...clickable, ...lookAlike })).toBe("critical");
});

type Place = readonly [path: string, line: number] | null;
const at = (place: Place): Evidence => ({
  fact: "a fact",
  tier: "SC",
  ...(place && { place: { path: place[0], line: place[1] } }),
});
const saying = (id: string, severity: Severity, places: readonly Place[]): Signal =>
  signal(id, fired(places.map(at), { severity }), { axis: "C", family: "change", severity: "critical" });
const [A, B]: readonly Place[] = [
  ["a.yml", 1],
  ["a.yml", 9],
];

test.each<[string, readonly Place[], readonly Place[], Severity]>([
  ["of different files", [A!], [["b.yml", 1]], "high"],
  ["of different lines of one file", [A!], [B!], "high"],
  ["of which each has a place of its own", [A!, B!], [A!, ["c", 1]], "high"],
  ["without places", [null], [null], "high"],
  ["one with a place, one without", [A!], [null], "high"],
  ["of one line", [A!], [A!], "medium"],
  ["of which one says no more than the other's lines", [A!, B!], [B!], "medium"],
])("change level: two facts agree only when they are independent: %s", (_, one, other, level) => {
  const given = { signals: [saying("x-one", "medium", one), saying("x-other", "medium", other)] };
  expect(assess(dossierOf(ordinaryChange), given).change.level).toBe(level);
});

test("change level: what third parties wrote is shown, and agrees with nothing", () => {
  const said = (id: string): Signal =>
    signal(id, fired([{ fact: "said", tier: "TP" }], { severity: "high" }), { axis: "C", family: "behaviour" });
  const levelOf = (...signals: readonly Signal[]) => assess(dossierOf(ordinaryChange), { signals }).change.level;
  expect(levelOf(said("x-one"))).toBe("high");
  expect(levelOf(said("x-one"), said("x-other"))).toBe("high");
  expect(levelOf(said("x-one"), saying("x-other", "high", [A!]))).toBe("high");
  expect(levelOf(saying("x-one", "high", [A!]), saying("x-other", "high", [B!]))).toBe("critical");
});

test("change level: three of one line are one, whatever their order; a fourth elsewhere agrees with them", () => {
  const same = ["x-a", "x-b", "x-c"].map((id) => saying(id, "high", [A!]));
  const level = (signals: readonly Signal[]) => assess(dossierOf(ordinaryChange), { signals }).change.level;
  expect([level(same), level(same.toReversed())]).toEqual(["high", "high"]);
  expect(level([...same, saying("x-d", "high", [B!])])).toBe("critical");
});

test("change level: lesser facts beside the line that both point at make nothing of them", () => {
  const with_ = (id: string, line: number): Signal =>
    signal(id, fired([at(A!), { ...at(["n.ts", line]), severity: "low" }], { severity: "high" }), { axis: "C" });
  const given = { signals: [with_("x-one", 1), with_("x-other", 2)] };
  expect(assess(dossierOf(ordinaryChange), given).change.level).toBe("high");
});

test("change level: two notes stay notes", () => {
  const posing = texts([], "MEMBER");
  expect(changeOf({ "src/a.ts": ["say('@\u200bteam')"] })).toBe("low");
  expect(
    assess(dossierOf({ ...ordinaryChange, "change.texts": posing, "change.files": changed({ "a.ts": ["'\u200b'"] }) }))
      .change.level,
  ).toBe("low");
});

test("change level: a diff that was not shown is unknown, not low", () => {
  const hidden = filesOf(file("big.ts", [], { hunks: null, additions: 40_000 }));
  expect(assess(dossierOf({ ...ordinaryChange, "change.files": hidden })).change.level).toBe("unknown");
  const { "change.files": _, ...without } = ordinaryChange;
  expect(assess(dossierOf(without)).change.level).toBe("unknown");
  expect(assess(dossierOf({})).change.level).toBe("unknown");
});

test("access level: the worst exposure, low when a check looked, unknown when none could", () => {
  const reach = (sections: Partial<SectionTypes>) => assess(dossierOf(sections)).access.level;
  const outside = grants([{ repositoryId: repositoryId(1), role: "admin", via: "outside" }], { member: false });
  const idle = { lastActAt: daysAgo(300), searchedSince: daysAgo(365) };
  expect(reach({ "access.grants": outside, "access.lastActivity": idle })).toBe("high");
  expect(reach({ "access.grants": grants([]) })).toBe("low");
  expect(reach({})).toBe("unknown");
});

test("experimental signals are shown and move nothing", () => {
  const signals = CATALOG.map((signal): Signal => ({ ...signal, status: "experimental" }));
  const stable = assess(dossierOf(manySided));
  const { persona, queue, change, findings } = assess(dossierOf(manySided), { signals });
  expect([persona.bits, queue.bits, change.level]).toEqual([0, 0, "low"]);
  expect(findings.filter(({ outcome }) => outcome === "fired")).toHaveLength(
    stable.findings.filter(({ outcome }) => outcome === "fired").length,
  );
});

test("a section that could not be had is listed with its reason; one that nobody asked for is not", () => {
  const base = dossierOf(ordinaryChange);
  const failed = { ...base, sections: { ...base.sections, "account.keys": unavailable("rate_limited", daysAgo(-1)) } };
  expect(assess(failed).couldNotSee).toEqual([
    { section: "account.keys", reason: "rate_limited", retryAt: daysAgo(-1) },
  ]);
  expect(assess(base).findings.find(({ signal }) => signal === "beh-pr-spray")?.unknownBecause).toBe(
    "account.pullRequests: not_requested",
  );
});

const unseen = (path: string, lines = 40_000) => file(path, [], { hunks: null, additions: lines });
const full = (files: readonly ChangedFile[]) =>
  assess(dossierOf({ ...ordinaryChange, "change.files": filesOf(...files) }));

test("change level: an unread workflow is no low change, whatever small note stands beside it", () => {
  const note = file("src/a.ts", ["+say('@\u200bteam')"]);
  expect(full([note]).change).toEqual({ level: "low", complete: true });
  const { change, findings } = full([note, unseen(".github/workflows/release.yml")]);
  expect(change).toEqual({ level: "unknown", complete: false });
  expect(findings.find(({ signal }) => signal === "chg-hidden-unicode")).toMatchObject({
    outcome: "fired",
    unknownBecause: "a file came without its text",
  });
});

test("change level: what was found stands as the least it can be, and says so", () => {
  const lines = ["+on: push", "+permissions: { contents: write }", "+jobs: { a: { steps: [{ run: make }] } }"];
  const workflow = file(".github/workflows/a.yml", lines);
  expect(full([workflow]).change).toEqual({ level: "critical", complete: true });
  expect(full([workflow, unseen("src/big.ts")]).change).toEqual({ level: "critical", complete: false });
});

test.each(["tool", "src/a.ts", ".github/workflows/a.yml"])(
  "change level: %s without hunks or counted lines was not read",
  (path) => {
    expect(full([unseen(path, 0)]).change).toEqual({ level: "unknown", complete: false });
  },
);

test("change level: pictures and files that only moved are seldom read, and are said", () => {
  for (const seldom of [
    unseen("logo.png", 0),
    file("b.ts", [], { hunks: null, additions: 0, status: "renamed", previousPath: "a.ts" }),
  ]) {
    const { change, findings } = full([file("src/a.ts", ["+const a = 1;"]), seldom]);
    expect(change).toEqual({ level: "low", complete: false });
    expect(findings.find(({ signal }) => signal === "chg-hidden-unicode")).toMatchObject({
      outcome: "clear",
      unknownBecause: "a file without lines to read, pictures or files that only moved",
    });
  }
});

test("evidence: decoys push no file off, the worst stands first, and what was left out is counted", () => {
  const edit = ["+jobs:", "+  build:", "+    runs-on: self-hosted", "+    steps: [{ uses: a/b@v1 }, { uses: c/d@v1 }]"];
  const partly = { status: "modified" } as const;
  const decoys = Array.from({ length: 25 }, (_, index) => file(`.aaa/${index}/action.yml`, edit, partly));
  const { findings } = full([...decoys, file(".github/workflows/release.yml", edit, partly)]);
  const found = findings.find(({ signal }) => signal === "chg-workflow-privilege");
  expect(found?.evidence).toHaveLength(20);
  expect(found?.evidence[0]?.place?.path).toBe(".github/workflows/release.yml");
  expect(new Set(found?.evidence.map(({ place }) => place?.path)).size).toBe(20);
  expect(found?.evidenceLeftOut).toBe(26 * 3 - 20);
  const graver = file(".zzz/action.yml", ["+permissions: write-all"], partly);
  const worse = full([...decoys, graver]).findings.find(({ signal }) => signal === "chg-workflow-privilege");
  expect(worse?.evidence[0]?.place?.path).toBe(".zzz/action.yml");
});
