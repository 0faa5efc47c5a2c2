import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { AccessSnapshot } from "../../../src/access/grant.ts";
import { keyed, octoOrg, type Plain } from "../graphs.ts";

export interface Situation {
  readonly rule: string;
  readonly words: string;
  readonly snapshot: AccessSnapshot;
  /** Why it can, or null for "it cannot"; a key is what can be done, and the branch or new names that it is about. */
  readonly expected: Readonly<Record<string, string | null>>;
}

/** The rows of situations.txt, each as an organisation. */
export function readSituations(): readonly Situation[] {
  const text = readFileSync(join(import.meta.dirname, "situations.txt"), "utf8");
  const rows = text.split("\n").filter((line) => /^[A-Z]\d+ \|/.test(line));
  return rows.map((row) => {
    const [rule = "", words = "", rules = "", who = "", said = ""] = row.split(" | ");
    const expected = said.split("; ").map((each) => each.split(": "));
    return {
      ...{ rule, words, snapshot: organization(rulesIn(rules), who.split(" ")) },
      expected: Object.fromEntries(expected.map(([key, reason]) => [key, reason === "no" ? null : (reason ?? "")])),
    };
  });
}

type Rules = Readonly<Record<string, readonly object[]>>;

function organization(rules: Rules, [role = "", ...more]: readonly string[]): AccessSnapshot {
  const given = (name: string): string[] =>
    more.filter((each) => each.startsWith(`${name}=`)).map((each) => each.slice(name.length + 1));
  const inTeam = (slug: string): string[] => (given("in").includes(slug) ? ["2"] : []);
  const places = { visibility: "public", archived: false, defaultBranch: "main" };
  return keyed<AccessSnapshot>({
    ...octoOrg(),
    owners: role === "owner" ? ["1", "2"] : ["1"],
    repositories: [
      { id: "10", name: "wallet", ...places },
      { id: "11", name: "relayer", ...places },
    ],
    grants: [
      {
        ...{ account: "2", repository: "10", via: { kind: "direct" }, permissions: given("may") },
        role: role === "owner" ? "admin" : role,
      },
    ],
    teams: [
      { slug: "eng", parent: null, members: inTeam("eng") },
      { slug: "core", parent: "eng", members: inTeam("core") },
      { slug: "docs", parent: null, members: inTeam("docs") },
    ],
    branches: [{ repository: "10", name: "release/1.x" }],
    ...{ protections: [], rulesets: [], environments: [] },
    secrets: [{ name: "NPM_TOKEN", scope: "organization", repositories: "all" }],
    runners: [{ name: "gpu", repositories: "all" }],
    ...rules,
  } as Plain<AccessSnapshot>);
}

function rulesIn(text: string): Rules {
  const entries = (text === "-" ? [] : text.split(" & ")).map((part): readonly [string, object] => {
    const [kind = "", first = "", ...rest] = part.split(" ");
    if (kind === "classic") return ["protections", protection(first, rest)];
    if (kind === "ruleset") return ["rulesets", ruleset([first, ...rest])];
    if (kind === "environment") return ["environments", environment(first, rest[0] ?? "")];
    if (kind === "runner") return ["runners", { name: first, repositories: rest }];
    const where = rest[0] === "environment" ? { repositories: ["10"], environment: "prod" } : { repositories: "all" };
    return ["secrets", { name: first, scope: rest[0], ...where }];
  });
  const lists = Map.groupBy(entries, ([list]) => list);
  return Object.fromEntries([...lists].map(([list, found]) => [list, found.map(([, entry]) => entry)]));
}

const environment = (reviewers: string, branches: string): object => ({
  ...{ repository: "10", name: "prod", reviewers: reviewers === "reviewers" },
  branches: branches === "all" || branches === "protected" ? branches : branches.split(","),
});

const NAMES: Readonly<Record<string, string>> = { push: "pushAllowances", skip: "bypassPullRequestAllowances" };

function protection(pattern: string, flags: readonly string[]): object {
  const settings = flags.map((flag) => {
    const [name = "", value] = flag.split("=");
    if (name === "review") return ["requiresPullRequest", true];
    if (name === "approvals") return [name, Number(value)];
    return value === undefined ? [name, true] : [NAMES[name] ?? name, value.split(",").map(actor)];
  });
  return { repository: "10", pattern, ...Object.fromEntries(settings) };
}

function ruleset(words: readonly string[]): object {
  const set = {
    ...{ name: "set", level: "repository", target: "branch", enforcement: "active" },
    ...{ repositories: ["10"] as unknown, include: ["~DEFAULT_BRANCH"], exclude: [] as string[] },
    ...{ rules: [] as object[], bypass: [] as object[] },
  };
  for (const word of words.filter((each) => each !== "")) {
    const [name = "", value = ""] = word.split("=");
    if (name === "in") set.repositories = value === "all" ? "all" : value.split(",");
    else if (name === "include" || name === "exclude") set[name] = value.split(",");
    else if (name === "name" || name === "level" || name === "target" || name === "enforcement") set[name] = value;
    else if (name === "bypass") {
      const [who = "", mode = "always"] = value.split("@");
      set.bypass.push({ who: actor(who), mode });
    } else set.rules.push(ruleOf(word));
  }
  return set;
}

function ruleOf(word: string): object {
  const [type = "", detail] = word.split(":");
  if (detail === undefined) return { type };
  if (type === "file_path_restriction") return { type, paths: [detail] };
  const approvals = Number(detail.replace("!", ""));
  return { type, approvals, ...(detail.endsWith("!") && { lastPushApproval: true }) };
}

function actor(word: string): object {
  const [kind = "", name] = word.split(":");
  if (kind === "me") return { kind: "account", account: "2" };
  if (kind === "owners") return { kind: "organization_owner" };
  return kind === "keys" ? { kind: "deploy_key" } : { kind, [kind]: name };
}
