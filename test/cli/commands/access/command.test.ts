import { access } from "../../../../src/cli/commands/access/command.ts";
import { reachSchema } from "../../../../src/cli/commands/access/schema.ts";
import { octoOrg } from "../../../access/graphs.ts";
import { expect, test } from "../../../support/jest.ts";
import { type Ran, runRecorded } from "../../recording-io.ts";

const places = { visibility: "public", archived: false, defaultBranch: "main" } as const;
const ORGANIZATION = octoOrg({
  repositories: [
    { id: "10", name: "wallet", ...places },
    { id: "11", name: "relayer", ...places },
    { id: "12", name: "attic", ...places, archived: true },
  ],
  protections: [{ repository: "10", pattern: "main", requiresPullRequest: true, approvals: 2 }],
  ...{ rulesets: [], branches: [], environments: [], runners: [] },
  secrets: [{ name: "NPM_TOKEN", scope: "repository", repositories: ["10"] }],
});
const FILES = {
  "org.json": JSON.stringify(ORGANIZATION),
  "roles.json": JSON.stringify(octoOrg()),
  "base.json": JSON.stringify({ ...ORGANIZATION, organization: { login: "octo-org", basePermission: "write" } }),
};

const run = (...argv: readonly string[]): Promise<Ran> => runRecorded(["access", ...argv], [access], { files: FILES });

test("access: one account, in sentences of at most 80 columns, with why, how it is held and the switch", async () => {
  const { exit, stdout, stderr } = await run("--snapshot", "org.json", "--account", "Mika-Member");
  expect([exit, stderr]).toEqual([0, ""]);
  expect(stdout).toContain(`
 wallet
   can make branches: no rule stands before it
       mika-member (direct; team core)
       closes: a ruleset for all branches that restricts creations, or
       \`restrict pushes\` with \`block creations\` for *
`);
  expect(stdout).toContain("can read the secret NPM_TOKEN: it can make a branch with a workflow");
  expect(stdout).not.toMatch(/push to main|relayer|otis|attic/);
  expect(stdout.split("\n").filter((line) => line.length > 80)).toEqual([]);
});

test("access: --json is the format of docs/schema, edge by edge", async () => {
  const { stdout } = await run("--snapshot", "org.json", "--json");
  const report = reachSchema.parse(JSON.parse(stdout));
  expect(report.edges).toContainEqual({
    ...{ account: { id: "1", login: "olive-owner" }, repository: { id: "10", name: "wallet" } },
    ...{ branch: "main", can: "push", reason: "admin", target: "main", via: [{ kind: "owner" }] },
  });
  expect(new Set(report.edges.map(({ repository }) => repository.name))).toEqual(new Set(["wallet", "relayer"]));
  expect(report.notChecked).toEqual([]);
});

test("access: --repo leaves the others out, with or without the organisation's name", async () => {
  const { stdout } = await run("--snapshot", "org.json", "--repo", "octo-org/relayer", "--json");
  expect(new Set(reachSchema.parse(JSON.parse(stdout)).edges.map(({ repository }) => repository.name))).toEqual(
    new Set(["relayer"]),
  );
});

test("access: members who write by the base permission are one line", async () => {
  const { stdout } = await run("--snapshot", "base.json", "--repo", "relayer");
  expect(stdout).toMatch(/every member \(base\s+permission\)/);
  expect(stdout).not.toContain("noor-member");
});

test("access: what nobody read is said, and nothing that rests on it", async () => {
  const { stdout } = await run("--snapshot", "roles.json");
  expect(stdout).toContain("branch protections, and so who can push (Administration: read)");
  expect(stdout).toContain("can let workflows of forks run");
  expect(stdout).not.toMatch(/can push to|can make/);
});

test("access: --opengraph names nodes and edges that refer to each other, with plain properties", async () => {
  const { stdout } = await run("--snapshot", "org.json", "--opengraph");
  interface Edge {
    readonly kind: string;
    readonly start: { readonly value: string };
    readonly end: { readonly value: string };
    readonly properties: Readonly<Record<string, unknown>>;
  }
  const { graph } = JSON.parse(stdout) as { graph: { nodes: { id: string; kinds: string[] }[]; edges: Edge[] } };
  const ids = new Set(graph.nodes.map(({ id }) => id));
  expect(ids.size).toBe(graph.nodes.length);
  expect(graph.edges.filter(({ start, end }) => !ids.has(start.value) || !ids.has(end.value))).toEqual([]);
  expect(graph.edges.map(({ kind }) => kind)).toContain("SallyportCan_read_secret");
  expect(graph.nodes.flatMap(({ kinds }) => kinds).filter((kind) => !/^[A-Za-z0-9_]+$/.test(kind))).toEqual([]);
  const values = graph.edges.flatMap(({ properties }) => Object.values(properties).flat());
  expect(values.filter((value) => typeof value !== "string")).toEqual([]);
});

test.each<[string, readonly string[], string]>([
  ["nothing", [], "sallyport access: no organisation; give ORG or --snapshot FILE\n"],
  [
    "two places",
    ["octo-org", "--snapshot", "org.json"],
    "sallyport access: ORG and --snapshot at once; give one of them\n",
  ],
  [
    "no account of that name",
    ["--snapshot", "org.json", "--account", "x"],
    "--account: nobody of this name in the graph; write the login\n",
  ],
  [
    "no such repository",
    ["--snapshot", "org.json", "--repo", "x"],
    "--repo: no repository of this name in the graph; write its name\n",
  ],
  [
    "two formats",
    ["--snapshot", "org.json", "--json", "--opengraph"],
    "--json --opengraph: two formats at once; choose one of them\n",
  ],
])("access: %s is refused in one line that says how to mend it", async (_, argv, line) => {
  expect(await run(...argv)).toEqual({ exit: 2, stdout: "", stderr: line });
});

test("access: the live organisation, with the gaps that the reader left", async () => {
  const services = { liveSnapshot: async () => octoOrg({ notChecked: [] }) };
  const { exit, stdout } = await runRecorded(["access", "octo-org", "--json"], [access], { services });
  expect([exit, JSON.parse(stdout).edges.length > 0]).toEqual([0, true]);
});
