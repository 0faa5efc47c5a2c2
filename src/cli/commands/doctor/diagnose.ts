import type { Instant } from "../../../clock.ts";
import { type Config, proxyProblem } from "../../../config.ts";
import { DataInUse } from "../../../data-in-use.ts";
import { InvalidInput, type OperatingCode, OperatingError } from "../../../errors.ts";
import type { AppGateway } from "../../../github/gateway.ts";
import { clockFinding, diskFinding, type MachineFinding, type Room, readHealthLine } from "../../../machine.ts";
import { readDestinations } from "../../../notification/destinations-file.ts";
import type { Store } from "../../../store/store.ts";
import type { DoctorCheck, DoctorCheckId } from "../../command.ts";

/** What the doctor looks at; each may fail, and that is a finding. */
export interface DoctorInput {
  readonly readConfig: () => Config;
  /** Null without credentials. */
  readonly apps: (config: Config) => AppGateway | null;
  readonly openStore: (config: Config) => Promise<Pick<Store, "ping" | "brokenTrails" | "stop">>;
  /** Of the embedded database's disk; null with a server. */
  readonly room: (config: Config) => Room | null;
  /** The lines of `/healthz` of the process that runs here; null when none answers. */
  readonly health: (config: Config) => Promise<readonly string[] | null>;
  /** What `app.yml` asks GitHub for. */
  readonly wanted: {
    readonly default_events: readonly string[];
    readonly default_permissions: Readonly<Record<string, string>>;
  };
  /** What `app.audit.yml` adds, for those who chose it. */
  readonly tier: { readonly default_permissions: Readonly<Record<string, string>> };
  readonly now: () => Instant;
}

type CheckResult = Omit<DoctorCheck, "id">;
const ok = (found: string): CheckResult => ({ state: "ok", found, mend: null });
const unreachable = (found: string, mend: string): CheckResult => ({ state: "unreachable", found, mend });
const absent = (found: string, mend: string): CheckResult => ({ state: "absent", found, mend });
const wrong = (found: string, mend: string): CheckResult => ({ state: "wrong", found, mend });
const running = (found: string): CheckResult => ({ state: "running", found, mend: null });

const OF_GITHUB = ["webhook", "permissions", "audit_tier", "events", "clock", "installations"] as const;

/** Looks at everything an operator has to get right, and changes nothing but the embedded database's own files. */
export async function diagnose(input: DoctorInput): Promise<readonly DoctorCheck[]> {
  const read = await attempt(async () => input.readConfig());
  if (!("value" in read)) {
    const rest = unlooked(
      ["webhook_secret", "credentials", ...OF_GITHUB, "notify", "database", "trail", "disk", "process"],
      "configuration",
    );
    return [{ id: "configuration", ...read.answer }, ...rest];
  }
  const config = read.value;
  const { held, checks } = await database(input, config);
  return [
    { id: "configuration", ...configured(config) },
    ...(await github(input, config)),
    { id: "notify", ...(await told(config)) },
    ...checks,
    { id: "disk", ...answerOf(diskFinding(input.room(config))) },
    { id: "process", ...(await serving(input, config, held)) },
  ];
}

function configured({ web }: Config): CheckResult {
  const problem = proxyProblem(web);
  if (problem === null) return ok("every variable is well formed");
  return wrong(`${problem.where} ${problem.what}`, problem.mend);
}

async function github(input: DoctorInput, config: Config): Promise<readonly DoctorCheck[]> {
  const apps = input.apps(config);
  if (config.app === null || apps === null) {
    const nothing = absent("no App credentials", "run `sallyport serve` and open the address it prints");
    return [{ id: "credentials", ...nothing }, ...unlooked(["webhook_secret", ...OF_GITHUB], "credentials")];
  }
  const secret: DoctorCheck = { id: "webhook_secret", ...ok(`${config.app.webhookSecrets.length} accepted`) };
  const asked = await attempt(() => apps.identity());
  if (!("value" in asked))
    return [secret, { id: "credentials", ...asked.answer }, ...unlooked(OF_GITHUB, "credentials")];
  const sent = await attempt(async () => webhook(config, await apps.webhookUrl()));
  const installed = await attempt(async () => installations((await apps.installations()).length));
  return [
    secret,
    { id: "credentials", ...ok(`GitHub knows the App ${asked.value.appId}`) },
    { id: "webhook", ...("value" in sent ? sent.value : sent.answer) },
    ...registration(input, asked.value),
    { id: "installations", ...("value" in installed ? installed.value : installed.answer) },
  ];
}

/** GitHub says where it sends events, and tells nobody to which address a login may return. */
function webhook({ web: { publicUrl }, webhookProxyUrl }: Config, url: string | null): CheckResult {
  const ours = webhookProxyUrl ?? `${publicUrl}/api/github/webhooks`;
  const callback = `the callback URL beside it, which GitHub tells nobody, has to be ${publicUrl}/login/callback`;
  if (url === ours) return ok(`GitHub sends events to ${url}; ${callback}`);
  const mend = `on the App's settings page make the webhook URL ${ours}; ${callback}`;
  if (url === null) return absent("GitHub sends events nowhere", mend);
  return wrong(`GitHub sends events to ${url}, and not to ${ours}, as PUBLIC_URL says`, `${mend}. Or mend PUBLIC_URL`);
}

function registration(
  { wanted, tier, now }: DoctorInput,
  { permissions, events, githubNow }: Awaited<ReturnType<AppGateway["identity"]>>,
): readonly DoctorCheck[] {
  const skewSeconds = Math.round((Date.parse(now()) - Date.parse(githubNow)) / 1_000);
  const lackingOf = (asked: Readonly<Record<string, string>>): string[] =>
    Object.entries(asked)
      .filter(([name, level]) => !covers(permissions[name], level))
      .map(([name, level]) => `${name}: ${level}`);
  return [
    { id: "permissions", ...compare(lackingOf(wanted.default_permissions)) },
    { id: "audit_tier", ...chosenTier(lackingOf(tier.default_permissions)) },
    { id: "events", ...compare(wanted.default_events.filter((event) => !events.includes(event))) },
    { id: "clock", ...answerOf(clockFinding(skewSeconds)) },
  ];
}

const covers = (have: string | undefined, want: string): boolean =>
  have === want || (have === "write" && want === "read");

const compare = (lacking: readonly string[]): CheckResult =>
  lacking.length === 0
    ? ok("all that app.yml names")
    : absent(
        `without ${lacking.join(", ")}`,
        "add them on the App's settings page, then accept them where it is installed",
      );

/** A choice, so nothing to mend; the audit says itself what it leaves unseen. */
const chosenTier = (lacking: readonly string[]): CheckResult =>
  lacking.length === 0
    ? ok("all that app.audit.yml adds")
    : ok(`without ${lacking.join(", ")}; docs/permissions.md says what each would show the audit`);

const installations = (count: number): CheckResult =>
  count > 0 ? ok(String(count)) : absent("none", "install the App from its page on GitHub");

/** `held`: a server has the embedded database, and nobody else can look at it. */
async function database(
  { openStore }: DoctorInput,
  config: Config,
): Promise<{ readonly held: boolean; readonly checks: readonly DoctorCheck[] }> {
  const kind = config.store.databaseUrl === null ? "embedded" : "PostgreSQL";
  const looked = await attempt(async () => {
    const store = await openStore(config);
    try {
      await store.ping();
      return await store.brokenTrails();
    } finally {
      await store.stop();
    }
  });
  if (!("value" in looked)) {
    const held = looked.answer.state === "running";
    const rest: readonly DoctorCheck[] = held
      ? [{ id: "trail", ...running("not looked at while the server has the database; stop it to look") }]
      : unlooked(["trail"], "database");
    return { held, checks: [{ id: "database", ...looked.answer }, ...rest] };
  }
  const checks: readonly DoctorCheck[] = [
    { id: "database", ...ok(`${kind}, reaches the disk`) },
    { id: "trail", ...trail(looked.value) },
  ];
  return { held: false, checks };
}

/** Whoever can write to the database can change who is said to have looked; the chain shows that it was done. */
const trail = (broken: Awaited<ReturnType<Store["brokenTrails"]>>): CheckResult =>
  broken.length === 0
    ? ok("every entry follows the one before it")
    : wrong(
        broken.map(({ installationId, seq }) => `installation ${installationId}: entry ${seq}`).join(", "),
        "it was changed or taken out in the database; compare with a backup, and ask who has access to it",
      );

/** Whether they answer `sallyport notify test` says: the doctor changes nothing, and a message is read by people. */
async function told({ notify, web }: Config): Promise<CheckResult> {
  const read = await attempt(async () => readDestinations(notify));
  if (!("value" in read)) return read.answer;
  if (notify === null) return ok("nobody is told by message; NOTIFY_FILE is not set");
  const { length } = read.value;
  if (length > 0 && web.publicUrl.startsWith("http://localhost:"))
    return wrong(`links in messages lead to ${web.publicUrl}`, "set PUBLIC_URL to the address that people open");
  return ok(`${length} ${length === 1 ? "destination" : "destinations"}; \`sallyport notify test\` tries them`);
}

const answerOf = ({ found, mend }: MachineFinding): CheckResult => (mend === null ? ok(found) : wrong(found, mend));

/** What the process that serves says of itself on `/healthz`; only it sees which requests come. */
async function serving({ health }: DoctorInput, config: Config, held: boolean): Promise<CheckResult> {
  const said = await health(config);
  const { host, port } = config.operations;
  if (said === null)
    return held
      ? unreachable(`none answers at ${host}:${port}`, "look here with the OPERATIONS_HOST and OPERATIONS_PORT it has")
      : ok("none answers here");
  const problems = said.map(readHealthLine).filter((finding) => finding !== null && finding.mend !== null);
  if (problems.length === 0) return ok("answers, and finds nothing to mend");
  const words = (side: "found" | "mend"): string => problems.map((finding) => finding?.[side] ?? "").join("; ");
  return wrong(words("found"), words("mend"));
}

const NOBODY_ANSWERED: ReadonlySet<OperatingCode> = new Set([
  "github_unreachable",
  "database_unavailable",
  "timeout",
  "upstream_error",
  "rate_limited",
]);

const unlooked = (ids: readonly DoctorCheckId[], first: DoctorCheckId): readonly DoctorCheck[] =>
  ids.map((id) => ({ id, state: "unknown", found: "not looked at", mend: `mend ${first} first` }));

async function attempt<T>(look: () => Promise<T>): Promise<{ readonly value: T } | { readonly answer: CheckResult }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof DataInUse)
      return { answer: running(`embedded, held by the server that runs (${error.holder})`) };
    if (error instanceof InvalidInput) {
      const found = error.problems.map(({ where, what }) => `${where} ${what}`).join("; ");
      const mend = error.problems.map((problem) => problem.mend).join("; ");
      return {
        answer: error.problems.every(({ what }) => /^not set/.test(what)) ? absent(found, mend) : wrong(found, mend),
      };
    }
    if (!(error instanceof OperatingError)) throw error;
    if (NOBODY_ANSWERED.has(error.code))
      return { answer: unreachable(error.message, "check the network, then look again") };
    return { answer: wrong(error.message, "check the credentials, then look again") };
  }
}
