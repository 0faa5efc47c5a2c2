import type { Instant } from "../../../clock.ts";
import { type Config, proxyProblem } from "../../../config.ts";
import { InvalidInput, OperatingError } from "../../../errors.ts";
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
  readonly now: () => Instant;
}

type CheckResult = Omit<DoctorCheck, "id">;
const ok = (found: string): CheckResult => ({ state: "ok", found, mend: null });
const missing = (found: string, mend: string | null): CheckResult => ({ state: "missing", found, mend });

const OF_GITHUB = ["permissions", "events", "clock", "installations"] as const;

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
  return [
    { id: "configuration", ...configured(config) },
    ...(await github(input, config)),
    { id: "notify", ...(await told(config)) },
    ...(await database(input, config)),
    { id: "disk", ...answerOf(diskFinding(input.room(config))) },
    { id: "process", ...(await running(input, config)) },
  ];
}

function configured({ web }: Config): CheckResult {
  const problem = proxyProblem(web);
  if (problem === null) return ok("every variable is well formed");
  return missing(`${problem.where} ${problem.what}`, problem.mend);
}

async function github(input: DoctorInput, config: Config): Promise<readonly DoctorCheck[]> {
  const apps = input.apps(config);
  if (config.app === null || apps === null) {
    const nothing = missing("no App credentials", "run `sallyport serve` and open the address it prints");
    return [{ id: "credentials", ...nothing }, ...unlooked(["webhook_secret", ...OF_GITHUB], "credentials")];
  }
  const secret: DoctorCheck = { id: "webhook_secret", ...ok(`${config.app.webhookSecrets.length} accepted`) };
  const asked = await attempt(() => apps.identity());
  if (!("value" in asked))
    return [secret, { id: "credentials", ...asked.answer }, ...unlooked(OF_GITHUB, "credentials")];
  const installed = await attempt(async () => installations((await apps.installations()).length));
  return [
    secret,
    { id: "credentials", ...ok(`GitHub knows the App ${asked.value.appId}`) },
    ...registration(input, asked.value),
    { id: "installations", ...("value" in installed ? installed.value : installed.answer) },
  ];
}

function registration(
  { wanted, now }: DoctorInput,
  { permissions, events, githubNow }: Awaited<ReturnType<AppGateway["identity"]>>,
): readonly DoctorCheck[] {
  const skewSeconds = Math.round((Date.parse(now()) - Date.parse(githubNow)) / 1_000);
  const lacking = Object.entries(wanted.default_permissions).filter(
    ([name, level]) => !covers(permissions[name], level),
  );
  return [
    { id: "permissions", ...compare(lacking.map(([name, level]) => `${name}: ${level}`)) },
    { id: "events", ...compare(wanted.default_events.filter((event) => !events.includes(event))) },
    { id: "clock", ...answerOf(clockFinding(skewSeconds)) },
  ];
}

const covers = (have: string | undefined, want: string): boolean =>
  have === want || (have === "write" && want === "read");

const compare = (lacking: readonly string[]): CheckResult =>
  lacking.length === 0
    ? ok("all that app.yml names")
    : missing(
        `without ${lacking.join(", ")}`,
        "add them on the App's settings page, then accept them where it is installed",
      );

const installations = (count: number): CheckResult =>
  count > 0 ? ok(String(count)) : missing("none", "install the App from its page on GitHub");

async function database({ openStore }: DoctorInput, config: Config): Promise<readonly DoctorCheck[]> {
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
  if (!("value" in looked)) return [{ id: "database", ...looked.answer }, ...unlooked(["trail"], "database")];
  return [
    { id: "database", ...ok(`${kind}, reaches the disk`) },
    { id: "trail", ...trail(looked.value) },
  ];
}

/** Whoever can write to the database can change who is said to have looked; the chain shows that it was done. */
const trail = (broken: Awaited<ReturnType<Store["brokenTrails"]>>): CheckResult =>
  broken.length === 0
    ? ok("every entry follows the one before it")
    : missing(
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
    return missing(`links in messages lead to ${web.publicUrl}`, "set PUBLIC_URL to the address that people open");
  return ok(`${length} ${length === 1 ? "destination" : "destinations"}; \`sallyport notify test\` tries them`);
}

const answerOf = ({ found, mend }: MachineFinding): CheckResult => (mend === null ? ok(found) : missing(found, mend));

/** What the process that serves says of itself on `/healthz`; only it sees which requests come. */
async function running({ health }: DoctorInput, config: Config): Promise<CheckResult> {
  const said = await health(config);
  if (said === null) return ok("none answers here");
  const problems = said.map(readHealthLine).filter((finding) => finding !== null && finding.mend !== null);
  if (problems.length === 0) return ok("answers, and finds nothing to mend");
  const words = (side: "found" | "mend"): string => problems.map((finding) => finding?.[side] ?? "").join("; ");
  return missing(words("found"), words("mend"));
}

const unlooked = (ids: readonly DoctorCheckId[], first: DoctorCheckId): readonly DoctorCheck[] =>
  ids.map((id) => ({ id, state: "unknown", found: "not looked at", mend: `mend ${first} first` }));

async function attempt<T>(look: () => Promise<T>): Promise<{ readonly value: T } | { readonly answer: CheckResult }> {
  try {
    return { value: await look() };
  } catch (error) {
    if (error instanceof InvalidInput) {
      const found = error.problems.map(({ where, what }) => `${where} ${what}`).join("; ");
      return { answer: missing(found, error.problems.map(({ mend }) => mend).join("; ")) };
    }
    if (error instanceof OperatingError)
      return { answer: missing(error.message, "check the network and the credentials, then look again") };
    throw error;
  }
}
