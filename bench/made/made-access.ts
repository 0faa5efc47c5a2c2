import { closeSync, openSync, writeSync } from "node:fs";
import { seededNumbers } from "../seeded-numbers.ts";

const ROLES = ["read", "triage", "write", "maintain", "admin"];
const CHUNK = 5_000;

/**
 * Writes a sallyport.access/1 file of so many grants: a tenth as many accounts, a fiftieth as many repositories, every
 * third grant through one of a few hundred teams, the way large organisations have them. With rules every repository has
 * a release branch and a protection, and the organisation a ruleset, two secrets and a runner.
 */
export function makeAccessFile(
  path: string,
  grantCount: number,
  rules: "with rules" | "roles alone" = "roles alone",
): void {
  const numbers = seededNumbers(20);
  const below = (limit: number): number => Math.floor(numbers.next() * limit);
  const accounts = Math.ceil(grantCount / 10);
  const repositories = Math.ceil(grantCount / 50);
  const file = openSync(path, "w");
  const list = (name: string, count: number, entry: (at: number) => unknown): void => {
    writeSync(file, `,${JSON.stringify(name)}:[`);
    for (let from = 0; from < count; from += CHUNK) {
      const size = Math.min(CHUNK, count - from);
      const entries = Array.from({ length: size }, (_, index) => JSON.stringify(entry(from + index)));
      writeSync(file, `${from === 0 ? "" : ","}${entries.join(",")}`);
    }
    writeSync(file, "]");
  };
  const id = (base: number, at: number): string => String(base + at * 7);
  writeSync(file, '{"schema":"sallyport.access/1","takenAt":"2026-11-20T06:00:00.000Z",');
  writeSync(file, '"organization":{"login":"octo-org","basePermission":"read"}');
  list("accounts", accounts, (at) => ({ id: id(100_000_000, at), login: `person-${at}-example`, kind: "user" }));
  list("owners", Math.min(5, accounts), (at) => id(100_000_000, at));
  list("members", Math.ceil(accounts * 0.9), (at) => id(100_000_000, at));
  list("repositories", repositories, (at) => ({
    ...{ id: id(500_000_000, at), name: `repository-${at}`, visibility: "private", archived: at % 20 === 0 },
    ...(rules === "with rules" && { defaultBranch: "main" }),
  }));
  list("grants", grantCount, (at) => ({
    account: id(100_000_000, below(accounts)),
    repository: id(500_000_000, below(repositories)),
    role: ROLES[below(5)],
    via: at % 3 === 0 ? { kind: "team", team: `team-${below(300)}` } : { kind: at % 3 === 1 ? "direct" : "outside" },
  }));
  if (rules === "with rules") {
    const repository = (at: number): string => id(500_000_000, at);
    list("branches", repositories, (at) => ({ repository: repository(at), name: "release/1.x" }));
    list("protections", repositories, (at) => ({
      ...{ repository: repository(at), pattern: at % 3 === 0 ? "release/*" : "main", restrictsPushes: at % 2 === 0 },
      ...{ requiresPullRequest: true, approvals: 1, enforcedForAdmins: at % 5 === 0 },
      pushAllowances: [{ kind: "account", account: id(100_000_000, at) }],
    }));
    list("rulesets", 1, () => ({
      ...{ name: "reviewed", level: "organization", repositories: "all", target: "branch", enforcement: "active" },
      ...{ include: ["~DEFAULT_BRANCH"], exclude: [], rules: [{ type: "pull_request", approvals: 1 }] },
      bypass: [{ mode: "always", who: { kind: "organization_owner" } }],
    }));
    list("secrets", 2, (at) => ({ name: `TOKEN_${at}`, scope: "organization", repositories: "all" }));
    list("environments", 0, () => null);
    list("runners", 1, () => ({ name: "build", repositories: "all" }));
  }
  writeSync(file, "}\n");
  closeSync(file);
}
