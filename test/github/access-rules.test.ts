import { addRepository } from "@sallyport/simulator/src/build/build.ts";
import { effectiveAccess } from "../../src/access/effective.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { keyOf } from "../../src/access/keys.ts";
import { reachEdges } from "../../src/access/reach/reach.ts";
import { parseAccessSnapshot } from "../../src/access/snapshot.ts";
import { accountId, repositoryId } from "../../src/ids.ts";
import { afterEach, expect, test } from "../support/jest.ts";
import { AT, asApp, askedFor, asPerson, closeTown, town } from "./support/town.ts";

afterEach(closeTown);

/** `login repository branch: reason` of one kind of edge. */
function told(snapshot: AccessSnapshot, kind: string): readonly string[] {
  const names = new Map<string, string>([
    ...snapshot.accounts.map(({ id, login }) => [String(id), login.replace("-example", "")] as const),
    ...snapshot.repositories.map(({ id, name }) => [String(id), name] as const),
  ]);
  return [...reachEdges(effectiveAccess(snapshot))]
    .filter(({ can }) => can === kind)
    .map(
      ({ account, repository, branch, reason }) =>
        `${names.get(`${account}`)} ${names.get(repository)} ${branch}: ${reason}`,
    );
}

test("rules: an App with Administration: read sees protections and rulesets, and who may bypass classic ones alone", async () => {
  const place = town();
  const snapshot = await asApp(place, { administration: "read" });
  expect(snapshot.branches).toEqual([
    { repository: keyOf(repositoryId(place.wallet.id)), name: "release/1.x" },
    { repository: keyOf(repositoryId(place.wallet.id)), name: "releases-of-others" },
  ]);
  expect(snapshot.protections?.map(({ bypassPullRequestAllowances }) => bypassPullRequestAllowances)).toEqual([
    [
      { kind: "team", team: "core" },
      { kind: "app", app: "merge-bot" },
    ],
  ]);
  expect(snapshot.rulesets?.map(({ level, rules, bypass }) => [level, rules.map(({ type }) => type), bypass])).toEqual([
    ["organization", ["pull_request"], []],
  ]);
  expect(snapshot.notChecked?.map(({ what }) => what)).toContain("who may bypass 1 rulesets (counted as nobody)");
  expect(told(snapshot, "push").filter((line) => line.includes("main"))).toEqual([]);
  expect(told(snapshot, "push")).toContain("mika wallet release/1.x: no_protection");
});

test("rules: an App without Administration says of no repository who can push there", async () => {
  const snapshot = await asApp(town(), {});
  expect([snapshot.protections, snapshot.rulesUnread?.length]).toEqual([undefined, undefined]);
  expect(told(snapshot, "push")).toEqual([]);
  expect(snapshot.notChecked).toContainEqual({
    what: "branch rules of 2 repositories, and so who can push there",
    because: "GitHub refuses it to this App",
    opensWith: "Administration: read",
  });
});

test("rules: an owner's token sees who may bypass rulesets too", async () => {
  const place = town();
  const snapshot = await asPerson(place, "olga");
  expect(told(snapshot, "push").filter((line) => line.includes("main"))).toEqual([
    "olga wallet main: admin",
    "olga relayer main: ruleset_bypass",
  ]);
  expect(told(snapshot, "bypass_review")).toContain("mika wallet main: bypass_pr_allowance");
  expect(snapshot.rulesUnread).toEqual([]);
});

test("rules: somebody who administers one repository is told about that one", async () => {
  const place = town();
  const snapshot = await asPerson(place, "ivan");
  expect(snapshot.rulesUnread).toEqual([keyOf(repositoryId(place.relayer.id))]);
  expect(told(snapshot, "push").filter((line) => line.includes("relayer"))).toEqual([]);
});

test("rules: what is kept of them is a file that can be read again, whatever they are called", async () => {
  const place = town();
  for (const ruleset of [...place.world.rulesets])
    place.world.rulesets.push({ ...ruleset, nodeId: "RRS_2", name: "re\u202eviewed", exclude: ["wip\u200b/*"] });
  place.wallet.branches.push(`release/${"x".repeat(240)}`);
  const snapshot = await asPerson(place, "olga");
  expect(snapshot.rulesets?.map(({ name }) => name)).toEqual(["reviewed", "re\uFFFDviewed"]);
  expect(parseAccessSnapshot(JSON.parse(JSON.stringify(snapshot)))).toEqual(snapshot);
  expect(snapshot.accounts.some(({ id }) => id === keyOf(accountId(999_999)))).toBe(false);
});

test("rules: they are one request for fifty repositories, and none where nobody asks for them", async () => {
  const place = town();
  for (let number = 0; number < 49; number += 1)
    addRepository(place.world, { owner: place.org, name: `part-${number}`, createdAt: AT });
  await asApp(place, { administration: "read" });
  expect(askedFor("graphql/OrgRules")).toBe(2);
  expect(askedFor("graphql/ProtectionAllowances")).toBe(1);
  expect(askedFor("graphql/RulesetRules")).toBe(1);
});

test("rules: nothing is said of rules that nobody asked for", async () => {
  const snapshot = await asPerson(town(), "olga", "roles");
  expect(Object.keys(snapshot).filter((key) => ["rulesets", "protections", "teams"].includes(key))).toEqual([]);
  expect(snapshot.notChecked).toContainEqual({
    what: "deploy keys",
    because: "this look asks for roles alone",
    opensWith: null,
  });
});

test("rules: of a repository that GitHub leaves out of its answer nothing is said, and it is counted", async () => {
  const hole = { kind: "partial", path: ["organization", "repositories", "nodes", "0"], type: "FORBIDDEN" } as const;
  const snapshot = await asApp(town(), { administration: "read" }, "organization", { "graphql/OrgRules": hole });
  expect(snapshot.rulesUnread).toHaveLength(1);
  const [unread] = snapshot.repositories.filter(({ id }) => snapshot.rulesUnread?.includes(id));
  expect(told(snapshot, "push").filter((line) => line.includes(unread?.name ?? "none"))).toEqual([]);
  const gaps = snapshot.notChecked?.map(({ what }) => what);
  expect(gaps).toContain("branch rules of 1 repositories, and so who can push there");
  expect(gaps).toContain("deploy keys (1 repositories)");
});
