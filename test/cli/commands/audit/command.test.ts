import { accessAuditSchema } from "../../../../src/access/audit-schema.ts";
import { type AccessSnapshot, BASE_NOT_CHECKED } from "../../../../src/access/grant.ts";
import type { Services } from "../../../../src/cli/command.ts";
import { auditCommand } from "../../../../src/cli/commands/audit/command.ts";
import { OperatingError } from "../../../../src/errors.ts";
import { grant, octoOrg } from "../../../access/graphs.ts";
import { describe, expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded, type Setting } from "../../recording-io.ts";

const INVITED = { login: "ida-example", role: "member", teamCount: 2, invitedAt: "2026-11-01T00:00:00.000Z" } as const;
const INVITATIONS = [{ ...INVITED, login: null, role: "owner", teamCount: 0 } as const, INVITED];

const FILES: Readonly<Record<string, string>> = {
  "now.json": JSON.stringify(octoOrg({ invitations: INVITATIONS })),
  "before.json": JSON.stringify(octoOrg({ takenAt: "2026-11-13T06:00:00.000Z", grants: octoOrg().grants.slice(0, 3) })),
  "other.json": JSON.stringify(octoOrg({ organization: { login: "other-org", basePermission: "none" } })),
  "calm.json": JSON.stringify(octoOrg({ grants: [] })),
  "open.json": JSON.stringify(octoOrg({ organization: { login: "octo-org", basePermission: "admin" } })),
  "torn.json": '{"schema":"sallyport.access/1",\n"takenAt": }',
  "bad.json": JSON.stringify({ ...octoOrg(), takenAt: "yesterday", owners: [7] }),
};

const audit = (argv: readonly string[], setting: Setting = {}): Promise<Ran> =>
  runRecorded(["audit", ...argv], [auditCommand], { files: FILES, ...setting });

describe("what it prints", () => {
  test("audit: the page's hierarchy in 80 columns when a snapshot is compared with an earlier one", async () => {
    const { exit, stdout, stderr } = await audit(["--snapshot", "now.json", "--previous", "before.json"]);
    expect([exit, stderr]).toEqual([0, ""]);
    expect(stdout).toBe(`octo-org · access on 2026-11-20
write or more: 3 accounts (+1)   outside: 1   dormant: not checked
1 owner · 3 members · 2 of 3 repositories active · base permission none
--------------------------------------------------------------------------------

 1 Needs a decision
   Not looked at: flags are kept by the running app.

 2 Changed since 2026-11-13
   first write: 1   escalated: 0   new owner: 0   lost all write: 0
   new outside write: 1   members: +0 -0
   outside: explains 1 of 1 row
   ACCOUNT       GAINED  LOST  RAISED  LOWERED
   otis-outside       1     ·       ·        ·

 3 Standing exposure
   1 · write or more granted directly to an outside account
      medium  otis-outside  maintain on relayer
      closes by: move the account into a team, lower its role, or remove it
   1 · a role given to an account itself that a team gives it as well: it
   outlives the team unseen
      low  mika-member  triage on wallet
      closes by: remove the account's own grant; what the team gives stays

 4 Who can write (3)
   ACCOUNT       STANDING  ADMIN  MAINT  WRITE  THROUGH
   olive-owner   owner         2      0      0  owner
   otis-outside  outside       0      1      0  outside
   mika-member   member        0      0      1  direct, 1 team

 5 Invited, and not in yet
   somebody by e-mail  becomes an owner               since 2026-11-01
   ida-example         becomes a member with 2 teams  since 2026-11-01

 6 Not checked, and the permission that would open it
   dormant write: nobody asked when each account last acted here
   flags and decisions: they are kept by the running app, not in a snapshot
   guards loosened since the last audit (needs Administration: read): branch
     rules were not read both times
`);
  });

  test("audit: designed empty states when there is nothing to say", async () => {
    const { stdout } = await audit(["--snapshot", "calm.json"]);
    expect(stdout).toContain("No earlier snapshot to compare with (--previous FILE).");
    expect(stdout).toContain("Nothing found among what was checked.");
    expect(stdout).toContain(" 5 Invited, and not in yet\n   Nobody.\n");
  });

  test("audit: no line is longer than 80 columns when names are as long as they can be", async () => {
    const long = "x".repeat(100);
    const snapshot = octoOrg({
      organization: { login: long, basePermission: "write" },
      accounts: octoOrg().accounts.map((account) => ({ ...account, login: long })),
      repositories: octoOrg().repositories.map((repository) => ({ ...repository, name: long })),
      grants: [grant("4", "10", "admin", `team:${long}`), grant("4", "11", "maintain", "outside")],
      notChecked: [
        { what: "word ".repeat(30).trim(), because: "reason ".repeat(20).trim(), opensWith: "Members: read" },
      ],
    });
    const before = { ...snapshot, grants: [], organization: { login: long, basePermission: "none" } };
    const files = { "long.json": JSON.stringify(snapshot), "before.json": JSON.stringify(before) };
    const { exit, stdout } = await audit(["--snapshot", "long.json", "--previous", "before.json"], { files });
    expect(exit).toBe(0);
    expect(stdout.split("\n").filter((line) => [...line].length > 80)).toEqual([]);
  });

  test("audit: sallyport.audit/1 on stdout when --json is given", async () => {
    const { exit, stdout } = await audit(["--snapshot", "now.json", "--previous", "before.json", "--json"]);
    expect(exit).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: "sallyport.audit/1",
      summary: { accountsWithWrite: 3, outsideAccountsWithWrite: 1, effectiveGrants: 4 },
      changes: { added: [{ account: "4", repository: "11", role: "maintain" }], newOutsideWrite: ["4"] },
    });
  });

  test("audit: the commands that answer each line, as comments that do nothing when a shell runs them", async () => {
    const { exit, stdout } = await audit(["--snapshot", "now.json", "--commands"]);
    expect(exit).toBe(0);
    expect(stdout).toContain("#     gh api -X DELETE repos/octo-org/relayer/collaborators/otis-outside\n");
    expect(stdout).toContain("#     gh api -X DELETE orgs/octo-org/memberships/ida-example\n");
    expect(stdout.split("\n").filter((line) => line !== "" && !line.startsWith("#"))).toEqual([]);
    const { stdout: json } = await audit(["--snapshot", "now.json", "--json"]);
    expect(accessAuditSchema.parse(JSON.parse(json)).exposure[0]?.remedy?.commands).toHaveLength(2);
  });

  test("audit: a table for spreadsheets when --csv is given", async () => {
    const { stdout } = await audit(["--snapshot", "now.json", "--csv"]);
    expect(stdout.split("\r\n")[1]).toBe("1,olive-owner,user,owner,10,wallet,public,admin,owner,active");
  });
});

describe("the baseline", () => {
  const rules = { branches: [], rulesets: [], rulesUnread: [] };
  const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
  const guarded = octoOrg({
    ...rules,
    repositories: [{ id: "10", name: "wallet", ...places }],
    grants: [{ account: "2", repository: "10", role: "write", via: { kind: "direct" } }],
    protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals: 1 }],
  });
  const files = {
    ...FILES,
    "guarded.json": JSON.stringify(guarded),
    "gap.json": JSON.stringify({ ...guarded, protections: [] }),
    "unseen.json": JSON.stringify({
      ...guarded,
      notChecked: [{ what: BASE_NOT_CHECKED, because: "GitHub does not show it", opensWith: null }],
    }),
    "hidden.json": JSON.stringify({ ...guarded, rulesUnread: ["10"] }),
  };
  const line = async (file: string, control: string): Promise<string | undefined> =>
    (await audit(["--snapshot", file, "--baseline"], { files })).stdout
      .split("\n")
      .find((each) => each.includes(control));

  test("audit: what is met is ticked, what is not or was not read is not", async () => {
    expect(await line("guarded.json", "OSPS-AC-03.01")).toBe("[x] OSPS-AC-03.01  met");
    expect(await line("gap.json", "OSPS-AC-03.01")).toBe("[ ] OSPS-AC-03.01  not met");
    expect(await line("hidden.json", "OSPS-AC-03.01")).toBe("[ ] OSPS-AC-03.01  not checked");
    expect(await line("now.json", "OSPS-AC-03.01")).toBe("[ ] OSPS-AC-03.01  not checked");
    expect(await line("now.json", "OSPS-AC-02.01")).toBe("[x] OSPS-AC-02.01  met");
    expect(await line("open.json", "OSPS-AC-02.01")).toBe("[ ] OSPS-AC-02.01  not met");
    expect(await line("unseen.json", "OSPS-AC-02.01")).toBe("[ ] OSPS-AC-02.01  not checked");
  });

  test("audit: the checklist fits in 80 columns and names no account", async () => {
    const { exit, stdout } = await audit(["--snapshot", "gap.json", "--baseline"], { files });
    expect([exit, stdout.split("\n").filter((each) => each.length > 80)]).toEqual([0, []]);
    expect(stdout).not.toMatch(/mika|olive|noor|otis/);
  });
});

describe("how it ends", () => {
  test.each([
    ["calm.json", "low", 0],
    ["now.json", "low", 1],
    ["now.json", "medium", 1],
    ["now.json", "high", 0],
    ["open.json", "critical", 1],
  ])("audit: %s with --fail-on %s ends with %i", async (file, level, exit) => {
    expect((await audit(["--snapshot", file, "--fail-on", level])).exit).toBe(exit);
  });

  test.each([
    [[], "sallyport audit: no organisation; give ORG or --snapshot FILE\n"],
    [["octo-org", "other-org"], "sallyport audit: more than one organisation; give them one after the other\n"],
    [["octo-org", "--snapshot", "now.json"], "sallyport audit: ORG and --snapshot at once; give one of them\n"],
    [["../octo"], "ORG: not the login of an organisation; write it as in github.com/ORG\n"],
    [["-x"], "sallyport audit -x: no such option; `sallyport help audit` lists what there is\n"],
    [
      ["--snapshot", "now.json", "--json", "--csv", "--fail-on", "huge"],
      "--json --csv: several formats at once; choose one of them\n--fail-on: no such level; write one of low, medium, high, critical\n",
    ],
    [
      ["--snapshot", "-", "--previous", "-"],
      "--previous -: standard input can be read once; give one of the two as a file\n",
    ],
    [
      ["--snapshot", "now.json", "--previous", "other.json"],
      "--previous: a snapshot of another organisation; compare two snapshots of one organisation\n",
    ],
    [["--snapshot", "gone.json"], "gone.json: cannot be read; check the path\n"],
  ])("audit: exit 2 and one line per problem for %j", async (argv, lines) => {
    expect(await audit(argv)).toEqual({ exit: 2, stdout: "", stderr: lines });
  });

  test("audit: exit 2 and the place in the file when it is torn or wrong", async () => {
    const torn = await audit(["--snapshot", "torn.json"]);
    expect([torn.exit, torn.stderr]).toEqual([2, expect.stringMatching(/^torn\.json:\d+:\d+: not JSON; /)]);
    const bad = await audit(["--snapshot", "now.json", "--previous", "bad.json"]);
    expect(bad.exit).toBe(2);
    expect(bad.stderr.split("\n").map((line) => line.replace(/: .*/, ""))).toEqual([
      expect.stringMatching(/^bad\.json:1:\d+ takenAt$/),
      expect.stringMatching(/^bad\.json:1:\d+ owners\[0\]$/),
      "",
    ]);
  });

  test("audit: exit 3 when GitHub cannot be reached", async () => {
    const live = async (): Promise<never> => Promise.reject(new OperatingError("github_unreachable", "no answer"));
    const { exit, stdout } = await audit(["octo-org"], { services: { liveSnapshot: live } });
    expect([exit, stdout]).toEqual([3, ""]);
  });
});

describe("live", () => {
  test("audit: nothing that moves a cursor reaches the terminal when a label came from GitHub that way", async () => {
    const hostile = octoOrg({ repositories: octoOrg().repositories.map((r) => ({ ...r, name: "\u001b[2J\u202e" })) });
    const { stdout } = await audit(["octo-org"], { services: { liveSnapshot: async () => hostile } });
    expect(stdout).toContain("maintain on <U+001B>[2J<U+202E>");
  });

  const live: Services["liveSnapshot"] = async ({ organization }, onProgress): Promise<AccessSnapshot> => {
    onProgress(20, 160);
    return octoOrg({ organization: { login: organization, basePermission: "none" }, invitations: INVITATIONS });
  };

  test("audit: the same report as from a file when the organisation is read live", async () => {
    expect((await audit(["octo-org", "--json"], { services: { liveSnapshot: live } })).stdout).toBe(
      (await audit(["--snapshot", "now.json", "--json"])).stdout,
    );
  });

  test("audit: keeps what was read with --save, and --snapshot reads it as the same report", async () => {
    const read = await audit(["octo-org", "--save", "kept.json"], { services: { liveSnapshot: live } });
    expect(read.exit).toBe(0);
    const again = await audit(["--snapshot", "kept.json"], { files: { "kept.json": read.saved?.["kept.json"] ?? "" } });
    expect(again.stdout).toBe(read.stdout);
  });

  test.each([
    [["octo-org", "--save=-"], "--save -: standard output has the report; give the path of a file\n"],
    [["--snapshot=now.json", "--save=kept.json"], "--save: with --snapshot; leave one of them out\n"],
    [["--snapshot=now.json", "--token-file=t"], "--token-file: with --snapshot; leave one of them out\n"],
  ])("audit: exits 2 and writes nothing when called with %j", async (argv, stderr) => {
    expect(await audit(argv, { services: { liveSnapshot: live } })).toEqual({ exit: 2, stdout: "", stderr });
  });

  test("audit: progress on stderr when it is a terminal, and silence when it is not", async () => {
    expect((await audit(["octo-org"], { services: { liveSnapshot: live }, terminal: true })).stderr).toContain(
      "reading access: [###-----------------] 20 of 160",
    );
    expect((await audit(["octo-org"], { services: { liveSnapshot: live } })).stderr).toBe("");
  });
});
