import { plusDays } from "../../../src/clock.ts";
import { type Dossier, present } from "../../../src/dossier/dossier.ts";
import type { GrantEvent } from "../../../src/dossier/facts.ts";
import { accountId } from "../../../src/ids.ts";
import type { PolicyFile } from "../../../src/policy/policy.ts";
import type { Report } from "../../../src/store/store.ts";
import { beforeEach, expect, test } from "../../support/jest.ts";

import { OWNER } from "../support/desk.ts";
import { collaboratorReport, flag, INSTALLATION, NOW, report, WALLET } from "../support/reports.ts";
import { storySite } from "../support/story.ts";

/** A colleague, about whom a test says what is known. */
const ALEX = accountId(9_001);
const { site, nextMinute } = storySite(({ github }) => {
  github.person(ALEX, "alex-example");
});
beforeEach(() => {
  site().github.owners.delete("alex-example octo-org");
});

const tenant = () => site().store.tenant(INSTALLATION);
const policy = (file: PolicyFile) => ({ file, sourceSha: null, source: null, problems: [], fetchedAt: NOW });

/** What Alex gets for a report of the wallet, holding that role. */
async function opens(role: "write" | "maintain" | "admin"): Promise<number> {
  site().github.grant("alex-example", "octo-org/wallet", role);
  return (await (await site().signedIn(ALEX)).get(`/orgs/${INSTALLATION}/reports/${report().id}`)).statusCode;
}

/** The report on a grant to Alex himself. */
function onAlex(grant: Partial<GrantEvent>, more: Partial<Report> = {}): Report {
  const base = collaboratorReport({ id: "rep-alex", accountId: ALEX, login: "alex-example", ...more });
  const given = base.dossier.sections["access.grant"];
  if (given.state !== "present") throw new Error("the sample has a grant");
  const dossier: Dossier = {
    ...base.dossier,
    sections: { ...base.dossier.sections, "access.grant": present({ ...given.value, ...grant }, NOW) },
  };
  return { ...base, dossier };
}

test.each<[string, PolicyFile, PolicyFile, readonly number[]]>([
  ["unless a policy says more", {}, {}, [404, 200, 200]],
  ["write, by the organisation", { viewers: { reports: "write" } }, {}, [200, 200, 200]],
  ["admin, by the repository", { viewers: { reports: "write" } }, { viewers: { reports: "admin" } }, [404, 404, 200]],
  ["not more readers by the repository", {}, { viewers: { reports: "write" } }, [404, 200, 200]],
])("readers: write, maintain and admin read %s", async (_, organization, repository, expected) => {
  await tenant().savePolicy(null, policy(organization));
  await tenant().savePolicy(WALLET, policy(repository));
  const seen: number[] = [];
  for (const role of ["write", "maintain", "admin"] as const) {
    seen.push(await opens(role));
    nextMinute();
  }
  expect(seen).toEqual(expected);
});

test.each<[string, PolicyFile, PolicyFile, readonly string[] | null, readonly number[]]>([
  ["a team he is in", { viewers: { reports: "team:core" } }, {}, ["core"], [200, 200, 200]],
  ["a team he is not in, or that is not there", { viewers: { reports: "team:core" } }, {}, ["cores"], [404, 404, 404]],
  ["a team that GitHub does not show", { viewers: { reports: "team:core" } }, {}, null, [404, 404, 404]],
  ["a team he is in and a role", { viewers: { reports: "admin team:core" } }, {}, ["core"], [404, 404, 200]],
  ["the team of a repository's file", {}, { viewers: { reports: "team:core" } }, ["core"], [404, 200, 200]],
  ["not the team of a repository's file alone", {}, { viewers: { reports: "team:core" } }, [], [404, 404, 404]],
  [
    "the organisation's team, whatever the repository's",
    { viewers: { reports: "team:core" } },
    { viewers: { reports: "team:docs" } },
    ["docs"],
    [404, 404, 404],
  ],
])(
  "readers: whoever holds write, maintain or admin reads by %s",
  async (_, organization, repository, teams, expected) => {
    await tenant().savePolicy(null, policy(organization));
    await tenant().savePolicy(WALLET, policy(repository));
    site().github.teams = teams && new Set(teams.map((team) => `${team} alex-example`));
    const seen: number[] = [];
    for (const role of ["write", "maintain", "admin"] as const) {
      seen.push(await opens(role));
      nextMinute();
    }
    expect(seen).toEqual(expected);
  },
);

test("readers: by a team nobody is let in who holds no role, an owner reads on, and the report says who reads", async () => {
  await tenant().savePolicy(null, policy({ viewers: { reports: "team:core" } }));
  site().github.teams = new Set(["core alex-example"]);
  const page = `/orgs/${INSTALLATION}/reports/${report().id}`;
  site().github.roles.delete("alex-example octo-org/wallet");
  expect((await (await site().signedIn(ALEX)).get(page)).statusCode).toBe(404);
  nextMinute();
  const owner = await (await site().signedIn(OWNER)).get(page);
  expect(owner.statusCode).toBe(200);
  expect(owner.body.replace(/\s+/g, " ")).toContain(
    "Members of the team core with the role write or more on wallet, and owners of the organisation,",
  );
});

test.each<[string, () => Promise<unknown>, number]>([
  ["about whom a flag is open", () => tenant().raiseFlag(flag({ id: "flag-alex", accountId: ALEX })), 404],
  ["let in lately", () => tenant().saveReport(onAlex({ grantedAt: plusDays(NOW, -29) })), 404],
  ["let in a month ago", () => tenant().saveReport(onAlex({ grantedAt: plusDays(NOW, -31) })), 200],
  [
    "raised lately, and let in before",
    () => tenant().saveReport(onAlex({ grantedAt: NOW, previousRole: "write" })),
    200,
  ],
  ["raised lately from triage", () => tenant().saveReport(onAlex({ grantedAt: NOW, previousRole: "triage" })), 404],
])("readers: somebody %s", async (_, known, expected) => {
  await known();
  expect(await opens("admin")).toBe(expected);
  const listed = (await (await site().signedIn(ALEX)).get("/")).body.includes("Fix typo in setup guide");
  expect(listed).toBe(expected === 200);
});

test("readers: an owner reads whatever is said of him, for he decides about it", async () => {
  await tenant().raiseFlag(flag({ id: "flag-alex", accountId: ALEX }));
  site().github.owners.add("alex-example octo-org");
  expect(await opens("admin")).toBe(200);
});
