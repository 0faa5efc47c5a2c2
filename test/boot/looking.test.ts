import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { addOrganization, addRepository, addTeam, addUser } from "@sallyport/simulator/src/build/build.ts";
import { commitTo } from "@sallyport/simulator/src/build/build-work.ts";
import { createSimulator, type Simulator } from "@sallyport/simulator/src/server.ts";
import { createWorld, type User } from "@sallyport/simulator/src/world/world.ts";
import { accessSnapshotSchema } from "../../src/access/snapshot.ts";
import { makeServices } from "../../src/boot/services.ts";
import { assess } from "../../src/cli/commands/assess/command.ts";
import { auditCommand } from "../../src/cli/commands/audit/command.ts";
import { vet } from "../../src/cli/commands/vet/command.ts";
import { readConfigFile } from "../../src/cli/config-files.ts";
import type { Environment } from "../../src/config.ts";
import { type Ran, runRecorded } from "../cli/recording-io.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { afterAll, afterEach, beforeAll, expect, test } from "../support/jest.ts";

const folder = mkdtempSync(join(tmpdir(), "sallyport-looking-"));
const people: Record<string, User> = {};
let sim: Simulator;

/** A public and a private repository, an open and a secret team, somebody outside with write. */
beforeAll(async () => {
  const world = createWorld();
  const user = (name: string): User => {
    people[name] = addUser(world, { login: `${name}-example`, createdAt: "2014-02-01T00:00:00.000Z" });
    return people[name] as User;
  };
  const [olga, mika, ivan, nora] = ["olga", "mika", "ivan", "nora"].map(user);
  if (!olga || !mika || !ivan || !nora) throw new Error("nobody there");
  const at = "2015-01-01T00:00:00.000Z";
  const org = addOrganization(world, { login: "octo-org", createdAt: at, owners: [olga], members: [mika] });
  const wallet = addRepository(world, { owner: org, name: "wallet", createdAt: at });
  const vault = addRepository(world, { owner: org, name: "vault", createdAt: at, visibility: "private" });
  for (const repository of [wallet, vault]) commitTo(world, repository, { by: olga, at, message: "Start" });
  wallet.direct.set(ivan.id, "write");
  addTeam(world, org, { name: "core", members: [mika], repositories: [[wallet, "write"]] });
  addTeam(world, org, { name: "night", privacy: "SECRET", members: [olga], repositories: [[vault, "admin"]] });
  let seed = 0;
  const bytes = (count: number) => Uint8Array.from({ length: count }, () => (seed = (seed * 31 + 7) % 251));
  sim = createSimulator({ world, clock: fixedClock("2026-11-20T12:00:00.000Z"), random: { bytes } });
  await sim.listen();
});
afterEach(() => sim.expectNoViolations());
afterAll(async () => {
  await sim.stop();
  rmSync(folder, { recursive: true, force: true });
});

const ALL = ["repo", "read:org", "admin:org"];
const tokenOf = (name: string, scopes = ALL): string =>
  sim.credentials.issuePersonalToken(people[name] as User, scopes);

/** A command line without an App, in this environment. */
function start(argv: readonly string[], environment: Environment = {}, files = {}): Promise<Ran> {
  const server = { GHE_HOST: new URL(sim.url).host, GHE_PROTOCOL: "http", PATH: folder };
  const host = {
    environment: () => ({ ...server, ...environment }),
    readFile: readConfigFile,
    envFile: "none",
    tell: () => {},
  };
  return runRecorded(argv, [assess, auditCommand, vet], { services: makeServices(host), files });
}
const by = (name: string, scopes?: readonly string[]): Environment => ({
  GH_ENTERPRISE_TOKEN: tokenOf(name, scopes && [...scopes]),
});
const unchecked = async (environment: Environment): Promise<readonly string[]> => {
  const { exit, stdout, stderr } = await start(["audit", "octo-org", "--json"], environment);
  expect({ exit, stderr }).toEqual({ exit: 0, stderr: "" });
  const { notChecked } = JSON.parse(stdout) as { readonly notChecked: readonly { readonly what: string }[] };
  return notChecked.map(({ what }) => what);
};

test("audit: an owner's token sees what the App would, without an App", async () => {
  const { stdout } = await start(["audit", "octo-org"], by("olga"));
  expect(stdout).toContain("1 owner · 2 members · 2 of 2 repositories active");
  expect(stdout).toMatch(/ivan-example +outside/);
  const found = await unchecked(by("olga"));
  expect(found).toContain("repositories this token does not see");
  for (const what of ["owners and members", "teams", "who is an outside collaborator", "secret teams of other people"])
    expect(found).not.toContain(what);
});

test.each<[string, string, readonly string[], readonly string[], readonly string[]]>([
  [
    "a member's",
    "mika",
    ALL,
    ["who is an outside collaborator", "secret teams of other people", "direct grants of 1 repositories"],
    ["owners and members", "teams"],
  ],
  ["a stranger's", "nora", ALL, ["teams", "direct grants of 1 repositories"], ["secret teams of other people"]],
  ["an owner's without read:org", "olga", ["repo"], ["teams", "who is an outside collaborator"], []],
])("audit: what %s token cannot read is said to be not checked", async (_, name, scopes, said, unsaid) => {
  const found = await unchecked(by(name, scopes));
  for (const what of said) expect(found).toContain(what);
  for (const what of unsaid) expect(found).not.toContain(what);
});

test("audit: --save keeps a snapshot that --snapshot reads as the same report", async () => {
  const live = await start(["audit", "octo-org", "--save", "kept.json"], by("olga"));
  const kept = live.saved?.["kept.json"] ?? "";
  expect(accessSnapshotSchema.safeParse(JSON.parse(kept)).success).toBe(true);
  const again = await start(["audit", "--snapshot", "kept.json"], {}, { "kept.json": kept });
  expect(again.stdout).toBe(live.stdout);
});

test("assess: looks at an account with a token, and at its record where there is such a repository", async () => {
  const ran = await start(["assess", "nora-example", "--repo", "octo-org/wallet", "--collect"], by("mika"));
  expect(ran).toMatchObject({ exit: 0, stderr: "" });
  const { sections } = JSON.parse(ran.stdout);
  expect([sections["account.profile"].state, sections["access.recordHere"].state]).toEqual(["present", "present"]);
});

test.each([
  ["does not exist", "octo-org/nope"],
  ["does not show itself", "octo-org/vault"],
])("assess: exits 2 and says what to mend when --repo names one that %s", async (_, repository) => {
  expect(await start(["assess", "nora-example", "--repo", repository], by("nora"))).toEqual({
    exit: 2,
    stdout: "",
    stderr: `--repo ${repository}: no such repository, or it does not show itself to this App or token; check the name and who may see it\n`,
  });
});

test("a token comes from a file that nobody else may read, before anything else", async () => {
  const file = join(folder, "token");
  writeFileSync(file, `${tokenOf("olga")}\n`, { mode: 0o600 });
  const argv = ["assess", "nora-example", "--token-file", file];
  expect((await start(argv, { GH_ENTERPRISE_TOKEN: "ghp_wrong" })).exit).toBe(0);
  writeFileSync(join(folder, "open"), tokenOf("olga"), { mode: 0o644 });
  const open = await start(["assess", "nora-example", "--token-file", join(folder, "open")]);
  expect(open).toMatchObject({ exit: 2, stdout: "" });
  expect(open.stderr).toContain("everybody on this machine may read it; take that away with chmod 600");
  expect(statSync(file).mode & 0o077).toBe(0);
});

test("a token comes from gh where it is logged in, which is asked for this server and told no secret of ours", async () => {
  const told = join(folder, "told");
  const gh = `#!/bin/sh\nprintf '%s ' "$@" "\${WEBHOOK_SECRET-none}" > ${told}\nprintf '${tokenOf("olga")}\\n'\n`;
  writeFileSync(join(folder, "gh"), gh, { mode: 0o755 });
  const ran = await start(["assess", "nora-example"], { WEBHOOK_SECRET: "w".repeat(32) });
  rmSync(join(folder, "gh"));
  expect(ran.exit).toBe(0);
  expect(readFileSync(told, "utf8")).toBe(`auth token --hostname ${new URL(sim.url).host} none `);
});

test("github.com's token is never sent to another server", async () => {
  const nowhere = { GH_TOKEN: tokenOf("olga"), GITHUB_TOKEN: tokenOf("olga") };
  const ran = await start(["assess", "nora-example"], nowhere);
  expect(ran).toMatchObject({ exit: 2, stdout: "" });
  expect(ran.stderr).toMatch(/^GitHub: neither a token nor an App to look with; /);
  expect((await start(["assess", "nora-example"], { ...nowhere, GITHUB_SERVER_URL: sim.url })).exit).toBe(0);
});

test.each([
  ["is wrong", "ghp_0123456789abcdef0123456789abcdef0123"],
  ["is not one word", "ghp_one two"],
])("a token that %s appears in no answer", async (_, token) => {
  for (const argv of [
    ["assess", "nora-example"],
    ["audit", "octo-org"],
  ]) {
    const { exit, stdout, stderr } = await start(argv, { GH_ENTERPRISE_TOKEN: token });
    expect([exit, stdout]).toEqual([2, ""]);
    for (const part of token.split(" ")) expect(stderr).not.toContain(part);
  }
});

test("vet: a role for somebody without a record here is exposure, and the account's own answer stands beside it", async () => {
  const ran = await start(["vet", "nora-example", "--for", "octo-org/wallet:admin", "--json"], by("olga"));
  expect([ran.exit, ran.stderr]).toEqual([0, ""]);
  const { access, findings } = JSON.parse(ran.stdout) as {
    readonly access: { readonly level: string };
    readonly findings: readonly { readonly signal: string; readonly outcome: string }[];
  };
  expect(access.level).toBe("high");
  expect(findings.filter(({ outcome }) => outcome === "fired").map(({ signal }) => signal)).toEqual(
    expect.arrayContaining(["acc-thin-grant", "acc-direct-outside-grant"]),
  );
});

test("vet: a role that only reads is none, and a member is nobody from outside", async () => {
  const read = await start(["vet", "nora-example", "--for", "octo-org/wallet:read"], by("olga"));
  expect(read.stdout).toContain("Access   low");
  const member = await start(["vet", "mika-example", "--for", "octo-org/wallet:write", "--json"], by("olga"));
  expect(member.stdout).not.toMatch(/"acc-direct-outside-grant",\s+"outcome": "fired"/);
});

test.each<[readonly string[], string]>([
  [[], "sallyport vet: give one LOGIN and --for OWNER/REPO:ROLE; name both\n"],
  [["nora-example"], "sallyport vet: give one LOGIN and --for OWNER/REPO:ROLE; name both\n"],
  [
    ["nora-example", "--for", "octo-org/wallet:boss"],
    "--for: no repository and role; write OWNER/REPO:ROLE with one of read, triage, write, maintain, admin\n",
  ],
  [
    ["@nora", "--for", "octo-org/wallet:write"],
    "sallyport vet: that is no GitHub login; write it as on the profile page, without @\n",
  ],
])("vet: %j is refused in one line", async (argv, line) => {
  expect(await start(["vet", ...argv], by("olga"))).toEqual({ exit: 2, stdout: "", stderr: line });
});

test("vet: a repository that is not there is named", async () => {
  const ran = await start(["vet", "nora-example", "--for", "octo-org/none:write"], by("olga"));
  expect([ran.exit, ran.stderr]).toEqual([2, expect.stringContaining("--for octo-org/none: no such repository")]);
});
