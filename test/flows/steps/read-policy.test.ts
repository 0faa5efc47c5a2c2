import type { Fetched } from "../../../src/absence.ts";
import { plusDays } from "../../../src/clock.ts";
import type { FlowContext, Tenancy } from "../../../src/flows/steps/context.ts";
import { readOrganisationPolicy, readPolicy } from "../../../src/flows/steps/read-policy.ts";
import type { InstallationGateway } from "../../../src/github/gateway.ts";
import { installationId, repositoryId } from "../../../src/ids.ts";
import { silentLog } from "../../../src/log.ts";
import type { Installation, StoredPolicy, TenantStore } from "../../../src/store/store.ts";
import { NOW } from "../../store/samples.ts";
import { fixedClock } from "../../support/fixed-clock.ts";
import { expect, test } from "../../support/jest.ts";
import { played } from "../played.ts";

const WALLET = { id: repositoryId(5), owner: "octo-org", name: "wallet" };
type Answer = Fetched<{ readonly text: string; readonly sha: string }>;
const file = (text: string): Answer => ({ ok: true, value: { text, sha: `sha of ${text}` } });
const missing = (reason: Extract<Answer, { ok: false }>["reason"]): Answer => ({ ok: false, reason, retryAt: null });

/** The rules of an installation where these repositories answer so; whatever is not named has no file. */
function installation(
  answers: Readonly<Record<string, Answer>>,
  stored: Readonly<Record<string, StoredPolicy>> = {},
  fails = false,
) {
  const [asked, saved, warned]: [string[], Map<string, StoredPolicy>, unknown[]] = [[], new Map(), []];
  const tenancy: Tenancy = {
    installation: played<Installation>({ id: installationId(1), accountLogin: "octo-org", publication: "shadow" }),
    gateway: played<InstallationGateway>({
      fileOnDefaultBranch: async ({ repository: { name } }) => {
        asked.push(name);
        return answers[name] ?? missing("not_found");
      },
    }),
    tenant: played<TenantStore>({
      policy: async (of) => stored[of === null ? "organisation" : "own"] ?? null,
      savePolicy: async (of, policy) => {
        if (fails) throw new Error("not stored");
        saved.set(of === null ? "organisation" : "own", policy);
      },
    }),
  };
  const log = { ...silentLog, warn: (...said: unknown[]) => void warned.push(said) };
  const context = played<FlowContext>({ clock: fixedClock(NOW), log });
  const rules = () => readPolicy(context, tenancy, WALLET);
  return { rules, ofAll: () => readOrganisationPolicy(context, tenancy), asked, saved, warned };
}

const read = (days: number, policy: Partial<StoredPolicy> = {}): StoredPolicy => ({
  ...{ file: {}, sourceSha: null, source: null, problems: [], fetchedAt: plusDays(NOW, -days) },
  ...policy,
});
const LIVE = "version: 1\nmode: live\n";

test.each<[string, number, readonly string[]]>([
  ["read within the hour: no request", 0.99 / 24, []],
  ["read an hour ago: asked again", 1 / 24, [".github-private", ".github", "wallet"]],
])("policy: %s", async (_, days, expected) => {
  const { rules, asked } = installation({}, { organisation: read(days), own: read(days) });
  expect((await rules()).unread).toBeNull();
  expect(asked).toEqual(expected);
});

test.each<[string, Readonly<Record<string, Answer>>, boolean]>([
  ["the private repository of the organisation", { ".github-private": file(LIVE) }, true],
  [
    "its public one, where the private one may not be read",
    { ".github-private": missing("forbidden"), ".github": file(LIVE) },
    true,
  ],
  ["the first of two", { ".github-private": file("version: 1\n"), ".github": file(LIVE) }, false],
  ["a repository, which cannot make it live", { wallet: file(LIVE) }, false],
])("policy: live by the file of %s", async (_, answers, live) => {
  expect((await installation(answers).rules()).live).toBe(live);
});

test("policy: what cannot be read leaves the last good one in force, and says that it was never read where there is none", async () => {
  const answers = { ".github-private": missing("upstream_error") };
  const never = installation(answers);
  expect(await never.rules()).toMatchObject({ live: false, unread: { reason: "upstream_error" } });
  expect(never.saved.has("organisation")).toBe(false);
  const earlier = installation(answers, { organisation: read(1, { file: { mode: "live" } }) });
  expect(await earlier.rules()).toMatchObject({ live: true, unread: null });
  expect(earlier.saved.get("organisation")).toMatchObject({ file: { mode: "live" }, fetchedAt: NOW });
});

test("policy: at a limit of GitHub's the job waits", async () => {
  const { rules } = installation({ ".github-private": missing("rate_limited") }, { organisation: read(1) });
  await expect(rules()).rejects.toMatchObject({ code: "rate_limited" });
});

test.each<[string, Answer]>([
  ["cannot be understood", file("version: 1\nmode: loud\n")],
  ["is too large", missing("too_large")],
])("policy: a file that %s is listed and leaves the last good one in force", async (_, answer) => {
  const last = read(1, { file: { mode: "live" }, sourceSha: "old" });
  const { ofAll, saved, warned } = installation({ ".github": answer }, { organisation: last });
  await ofAll();
  expect(saved.get("organisation")).toMatchObject({ file: { mode: "live" }, fetchedAt: NOW });
  expect(saved.get("organisation")?.problems).toHaveLength(1);
  expect(warned).toEqual([["policy.rejected", { installation: installationId(1), problems: 1 }]]);
});

test("policy: a file that was taken away is not in force any more", async () => {
  const { ofAll, saved } = installation({}, { organisation: read(1, { file: { mode: "live" }, sourceSha: "old" }) });
  await ofAll();
  expect(saved.get("organisation")).toMatchObject({ file: {}, sourceSha: null, source: null });
});

const FOUND = "octo-org/.github/.github/sallyport.yml";
test.each<[string, Partial<StoredPolicy>, boolean]>([
  ["the same file is not read again", { source: FOUND, sourceSha: `sha of ${LIVE}`, lines: {} }, false],
  ["the same file is, once, where its lines were not kept", { source: FOUND, sourceSha: `sha of ${LIVE}` }, true],
  [
    "the same file is not read again where it is wrong",
    { source: FOUND, sourceSha: `sha of ${LIVE}`, problems: [{ where: FOUND, what: "wrong", mend: "mend it" }] },
    false,
  ],
  [
    "the same file elsewhere is",
    { source: "octo-org/.github-private/.github/sallyport.yml", sourceSha: `sha of ${LIVE}` },
    true,
  ],
  ["a changed file is", { source: FOUND, sourceSha: "old" }, true],
])("policy: %s", async (_, last, readAgain) => {
  const organisation = read(1, { ...last, file: { mode: "shadow" } });
  const { ofAll, saved } = installation({ ".github": file(LIVE) }, { organisation });
  await ofAll();
  const mode = readAgain ? "live" : "shadow";
  expect(saved.get("organisation")).toMatchObject({ file: { mode }, fetchedAt: NOW, source: FOUND });
  if (readAgain) expect(saved.get("organisation")?.lines).toEqual({ version: 1, mode: 2 });
});

test("policy: of a file that cannot be understood it is warned once", async () => {
  const [bad, problems] = [file("version: 1\nmode: loud\n"), [{ where: "mode", what: "not a mode", mend: "mend it" }]];
  const sourceSha = bad.ok ? bad.value.sha : null;
  const again = installation({ ".github": bad }, { organisation: read(1, { source: FOUND, sourceSha, problems }) });
  await again.ofAll();
  expect([again.saved.get("organisation")?.problems, again.warned]).toEqual([problems, []]);
  const good = installation({ ".github": file(LIVE) }, { organisation: read(1, { source: FOUND, sourceSha: "old" }) });
  await good.ofAll();
  expect(good.warned).toEqual([]);
});

test("policy: what was read and could not be stored is not in force", async () => {
  const { rules } = installation({}, {}, true);
  await expect(rules()).rejects.toThrow("not stored");
});
