import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { AccessAudit } from "../../src/access/audit.ts";
import { csvRows } from "../../src/access/audit-csv.ts";
import { checkedAudit } from "../../src/access/audit-schema.ts";
import { effectiveSteps } from "../../src/access/effective.ts";
import type { AccessSnapshot } from "../../src/access/grant.ts";
import { keyOf } from "../../src/access/keys.ts";
import { auditSteps } from "../../src/access/report.ts";
import { assessSteps } from "../../src/assessment/assess.ts";
import { systemClock } from "../../src/clock.ts";
import { keptGrants } from "../../src/github/octokit/access/kept-grants.ts";
import { MAX_GRANTS } from "../../src/github/octokit/access/snapshot.ts";
import { accountId, installationId, repositoryId } from "../../src/ids.ts";
import { silentLog } from "../../src/log.ts";
import { anyMatchesGlob } from "../../src/policy/glob.ts";
import { parseInWorker } from "../../src/policy/parse-in-worker.ts";
import { inSlices } from "../../src/slices.ts";
import { openStore } from "../../src/store/postgres/open.ts";
import { jsonTexts, streamed } from "../../src/web/pages/audit/streamed.ts";
import { changeOf, fileOf, madeTexts } from "./worst-changes.ts";
import { WORST_FORMATS } from "./worst-formats.ts";
import { finishWork, historyWork, ownershipWork } from "./worst-histories.ts";
import type { WorstInput } from "./worst-input.ts";

const upTo = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);
const quotes = (size: number): readonly string[] => upTo(Math.ceil(size / 50)).map(() => `  - ${`"'`.repeat(23)}`);

const assessed = (files: Parameters<typeof changeOf>[0], texts = madeTexts(0)) => {
  const dossier = changeOf(files, texts);
  return () => inSlices(assessSteps(dossier));
};

export const WORST_INPUTS: readonly WorstInput[] = [
  {
    name: "commits of one account under as many logins",
    full: 50_000,
    growth: 12_500,
    make: (size) => historyWork(size, (at) => `Ada Example <7+ada-${at}@users.noreply.github.com>`),
  },
  {
    name: "commits of one address under as many names",
    full: 50_000,
    growth: 12_500,
    make: (size) =>
      historyWork(size, (at) => `Given${letters(at)} Family${letters(at)} <7+a@users.noreply.github.com>`),
  },
  {
    name: "commits of as many accounts",
    full: 50_000,
    growth: 12_500,
    make: (size) => historyWork(size, (at) => `Some Body <${at + 7}+a${at}@users.noreply.github.com>`),
  },
  {
    name: "commits of one second beside as many of a stranger's",
    full: 50_000,
    growth: 12_500,
    make: ownershipWork,
  },
  {
    name: "commits by as many people, at the end of reading",
    full: 50_000,
    growth: null,
    make: finishWork,
  },
  {
    name: "bytes of workflows full of quotes",
    full: 260_000,
    growth: 15_000,
    make: (size) =>
      assessed(
        upTo(Math.ceil(size / 10_000)).map((at) =>
          fileOf(`.github/workflows/w${at}.yml`, quotes(Math.min(size, 10_000))),
        ),
      ),
  },
  {
    name: "bytes of one workflow, nested as deep as they go",
    full: 65_000,
    growth: 15_000,
    make: (size) => assessed([fileOf(".github/workflows/w.yml", nestedYaml(size))]),
  },
  {
    name: "files of a change, 7 lines each",
    full: 3_000,
    growth: 3_000,
    make: (size) =>
      assessed(
        upTo(size).map((at) =>
          fileOf(
            `src/f${at}.ts`,
            upTo(7).map((line) => `const v${line} = ${at};`),
          ),
        ),
      ),
  },
  {
    name: "workflows of a change",
    full: 3_000,
    growth: 300,
    make: (size) =>
      assessed(
        upTo(size).map((at) =>
          fileOf(`.github/workflows/w${at}.yml`, ["on: pull_request_target", "jobs:", "  a:", `    run: "${at}"`]),
        ),
      ),
  },
  {
    name: "characters of one line, two of three hidden",
    full: 500_000,
    growth: 200_000,
    make: (size) => assessed([fileOf("src/a.ts", ["a\u200b\u202e".repeat(Math.ceil(size / 3))])]),
  },
  ...WORST_FORMATS,
  {
    name: "commit subjects and file names",
    full: 3_000,
    growth: 3_000,
    make: (size) => assessed([], madeTexts(size)),
  },
  {
    name: "files times 200 patterns of **/**",
    full: 3_000,
    growth: null,
    make: (size) => {
      const paths = upTo(size).map((at) => `${"a/".repeat(100)}${at}.ts`);
      const patterns = upTo(200).map((at) => `${"**/".repeat(60)}x${at}`);
      return async () => anyMatchesGlob(paths, patterns);
    },
  },
  {
    name: "bytes of a policy file",
    full: 60_000,
    growth: null,
    make: (size) => {
      const text = `triage:\n  sensitive_paths:\n${"    - 'a/**'\n".repeat(Math.ceil(size / 13))}`;
      return () => parseInWorker(text, "policy");
    },
  },
  {
    name: "nested teams of one account, 100 repositories each",
    full: 1_000,
    growth: 200,
    make: (size) =>
      audited(
        {
          repositories: upTo(100).map((at) => repositoryOf(at, [])),
          teams: upTo(size).map((at) => teamOf(at, at === 0 ? null : at - 1, [7], 100)),
        },
        [7],
      ),
  },
  {
    name: "people of one team on 1,000 repositories",
    full: 1_000,
    growth: 25,
    make: (size) =>
      audited(
        {
          repositories: upTo(1_000).map((at) => repositoryOf(at, [])),
          teams: [teamOf(0, null, upTo(size), 1_000)],
        },
        upTo(size),
      ),
  },
  {
    name: "direct grants",
    full: 1_000_000,
    growth: 50_000,
    make: (size) =>
      audited(
        {
          repositories: upTo(size / 100).map((at) =>
            repositoryOf(
              at,
              upTo(100).map((one) => (at * 37 + one * 101) % 100_000),
            ),
          ),
          teams: [],
        },
        upTo(100_000),
      ),
  },
  {
    name: "roles of an audit, stored, read again and exported, embedded",
    full: MAX_GRANTS,
    growth: null,
    make: storedAudit,
  },
  {
    name: "MiB of this process, which starts git",
    full: 1_300,
    growth: null,
    make: (size) => {
      const held = upTo(size / 10).map(() => Buffer.alloc(10 * 2 ** 20, 1));
      return async () => {
        const child = spawn("git", ["--version"], { stdio: "ignore" });
        await once(child, "close");
        return held.length;
      };
    },
  },
];

async function storedAudit(size: number): Promise<() => Promise<unknown>> {
  // On a disk, as the service has it: files in memory are copied whole whenever they grow.
  const dataDir = mkdtempSync(join(tmpdir(), "sallyport-bench-"));
  process.once("exit", () => rmSync(dataDir, { recursive: true, force: true }));
  const store = await openStore({ databaseUrl: null, dataDir, clock: systemClock, log: silentLog });
  const tenant = store.tenant(installationId(1));
  const repositories = upTo(size / 100).map((at) => repositoryOf(at, upTo(100)));
  const { snapshot, report } = await audited({ repositories, teams: [] }, upTo(100))();
  return async () => {
    await tenant.saveAudit({ id: "audit", takenAt: snapshot.takenAt, snapshot, report });
    const stored = await tenant.latestReport();
    const audit = await inSlices(checkedAudit(stored?.report));
    for (const texts of [jsonTexts, csvRows]) for await (const _ of streamed(texts(audit)));
    return tenant.latestSnapshot(snapshot.takenAt);
  };
}

function letters(value: number): string {
  return [...String(value)].map((digit) => String.fromCharCode(97 + Number(digit))).join("");
}

function nestedYaml(size: number): readonly string[] {
  const lines: string[] = [];
  for (let bytes = 0, depth = 0; bytes < size; depth = (depth + 1) % 200) {
    const line = `${" ".repeat(depth)}${"[".repeat(4)}a: &x${depth} {b: *x${depth}}`;
    lines.push(line);
    bytes += line.length + 1;
  }
  return lines;
}

const personOf = (id: number) => ({ databaseId: accountId(id), login: `person-${id}-example` });
const repositoryAt = (at: number) => repositoryId(500_000 + at);

const teamOf = (id: number, parentId: number | null, members: readonly number[], repositories: number) => ({
  ...{ id: id + 1, slug: `team-${id}`, parentId: parentId === null ? null : parentId + 1 },
  members: members.map(personOf),
  roles: new Map(upTo(repositories).map((at) => [repositoryAt(at), "write"] as const)),
});

const ROLES = ["read", "write", "admin"] as const;

const repositoryOf = (at: number, direct: readonly number[]): Given["repositories"][number] => ({
  repository: { id: keyOf(repositoryAt(at)), name: `repo-${at}`, visibility: "private", archived: false },
  direct: direct.map((account, index) => ({ person: personOf(account), role: ROLES[index % 3] ?? "read" })),
});

type Given = Pick<Parameters<typeof keptGrants>[0], "repositories" | "teams">;

/** The grants, the graph and the report, compared with an audit of a tenth of it. */
function audited(
  given: Given,
  people: readonly number[],
): () => Promise<{ readonly snapshot: AccessSnapshot; readonly report: AccessAudit }> {
  const accounts = people
    .map(personOf)
    .map(({ databaseId, login }) => ({ id: keyOf(databaseId), login, kind: "user" as const }));
  return async () => {
    const all = { ...given, ownerId: null, isOutside: () => true };
    const { grants } = await inSlices(keptGrants(all, MAX_GRANTS));
    const snapshot: AccessSnapshot = {
      schema: "sallyport.access/1",
      takenAt: "2026-11-20T06:00:00.000Z",
      organization: { login: "octo-example", basePermission: "none" },
      accounts,
      ...{ owners: [], members: [], repositories: given.repositories.map(({ repository }) => repository), grants },
    };
    const previous = { ...snapshot, grants: grants.slice(0, grants.length / 10) };
    const access = await inSlices(effectiveSteps(snapshot));
    const about = { previous, flags: [], lastActs: new Map(), dormantAfterDays: 180 };
    return { snapshot, report: await inSlices(auditSteps(access, about)) };
  };
}
