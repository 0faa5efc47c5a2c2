import type { Instant } from "../clock.ts";
import { type Config, proxyProblem } from "../config.ts";
import { InvalidInput, OperatingError } from "../errors.ts";
import type { AppGateway } from "../github/gateway.ts";
import type { Room, Store } from "../store/store.ts";
import type { DoctorCheck, DoctorCheckId } from "./command.ts";

/** What the doctor looks at; each may fail, and that is a finding. */
export interface Patient {
  readonly readConfig: () => Config;
  /** Null without credentials. */
  readonly apps: (config: Config) => AppGateway | null;
  readonly openStore: (config: Config) => Promise<Pick<Store, "ping" | "stop">>;
  /** Of the embedded database's disk; null with a server. */
  readonly room: (config: Config) => Room | null;
  /** What `app.yml` asks GitHub for. */
  readonly wanted: {
    readonly default_events: readonly string[];
    readonly default_permissions: Readonly<Record<string, string>>;
  };
  readonly now: () => Instant;
}

/** GitHub refuses App tokens whose clock is off by more than a minute; half of it leaves room. */
const MAX_SKEW_SECONDS = 30;

type Answer = Omit<DoctorCheck, "id">;
const ok = (found: string): Answer => ({ state: "ok", found, mend: null });
const missing = (found: string, mend: string | null): Answer => ({ state: "missing", found, mend });

const OF_GITHUB = ["permissions", "events", "clock", "installations"] as const;

/** Looks at everything an operator has to get right, and changes nothing but the embedded database's own files. */
export async function diagnose(patient: Patient): Promise<readonly DoctorCheck[]> {
  const read = await attempt(async () => patient.readConfig());
  if (!("value" in read)) {
    const rest = unlooked(["webhook_secret", "credentials", ...OF_GITHUB, "database", "disk"], "configuration");
    return [{ id: "configuration", ...read.answer }, ...rest];
  }
  const config = read.value;
  return [
    { id: "configuration", ...configured(config) },
    ...(await github(patient, config)),
    { id: "database", ...(await database(patient, config)) },
    { id: "disk", ...disk(patient.room(config)) },
  ];
}

function configured({ web }: Config): Answer {
  const problem = proxyProblem(web);
  if (problem === null) return ok("every variable is well formed");
  return missing(`${problem.where} ${problem.what}`, problem.mend);
}

async function github(patient: Patient, config: Config): Promise<readonly DoctorCheck[]> {
  const apps = patient.apps(config);
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
    ...registration(patient, asked.value),
    { id: "installations", ...("value" in installed ? installed.value : installed.answer) },
  ];
}

function registration(
  { wanted, now }: Patient,
  { permissions, events, githubNow }: Awaited<ReturnType<AppGateway["identity"]>>,
): readonly DoctorCheck[] {
  const skewSeconds = Math.round(Math.abs(Date.parse(githubNow) - Date.parse(now())) / 1_000);
  const skew = `${skewSeconds} s from GitHub's`;
  const lacking = Object.entries(wanted.default_permissions).filter(
    ([name, level]) => !covers(permissions[name], level),
  );
  return [
    { id: "permissions", ...compare(lacking.map(([name, level]) => `${name}: ${level}`)) },
    { id: "events", ...compare(wanted.default_events.filter((event) => !events.includes(event))) },
    {
      id: "clock",
      ...(skewSeconds <= MAX_SKEW_SECONDS ? ok(skew) : missing(skew, "set this machine's clock, for example with NTP")),
    },
  ];
}

const covers = (have: string | undefined, want: string): boolean =>
  have === want || (have === "write" && want === "read");

const compare = (lacking: readonly string[]): Answer =>
  lacking.length === 0
    ? ok("all that app.yml names")
    : missing(
        `without ${lacking.join(", ")}`,
        "add them on the App's settings page, then accept them where it is installed",
      );

const installations = (count: number): Answer =>
  count > 0 ? ok(String(count)) : missing("none", "install the App from its page on GitHub");

async function database({ openStore }: Patient, config: Config): Promise<Answer> {
  const kind = config.store.databaseUrl === null ? "embedded" : "PostgreSQL";
  const looked = await attempt(async () => {
    const store = await openStore(config);
    await store.ping();
    await store.stop();
    return ok(`${kind}, reaches the disk`);
  });
  return "value" in looked ? looked.value : looked.answer;
}

function disk(room: Room | null): Answer {
  if (room === null) return ok("the database server's own");
  const free = `${Math.floor(room.freeBytes / 2 ** 20)} MiB free`;
  if (room.freeBytes >= room.neededBytes) return ok(free);
  const needed = `${free}, ${room.neededBytes / 2 ** 20} needed: nothing new is taken in`;
  return missing(needed, "make room on the disk of DATA_DIR");
}

const unlooked = (ids: readonly DoctorCheckId[], first: DoctorCheckId): readonly DoctorCheck[] =>
  ids.map((id) => ({ id, state: "unknown", found: "not looked at", mend: `mend ${first} first` }));

async function attempt<T>(look: () => Promise<T>): Promise<{ readonly value: T } | { readonly answer: Answer }> {
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
