import type { AccessSnapshot } from "../access/grant.ts";
import type { DoctorCheck, Progress, SetAsideWork } from "../cli/command.ts";
import { saidByRunning } from "../cli/commands/doctor/ask-running.ts";
import { diagnose } from "../cli/commands/doctor/diagnose.ts";
import { systemClock } from "../clock.ts";
import type { AppCredentials, Config } from "../config.ts";
import { collectAccount } from "../dossier/collect-account.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { InvalidInput, OperatingError, type Problem, required } from "../errors.ts";
import { type StoredLook, storedLooks } from "../flows/stored-looks.ts";
import type { AppGateway, InstallationGateway } from "../github/gateway.ts";
import type { RepositoryAddress } from "../ids.ts";
import { silentLog } from "../log.ts";
import { gateways, openConfiguredStore, ownAppFile, roomOf } from "./wire.ts";

// What commands do with GitHub and the database as they are now; `services.ts` loads it when the first of them asks.

const QUIET = { clock: systemClock, log: silentLog } as const;

/** See `Services.liveSnapshot`. */
export async function liveSnapshot(
  config: Config,
  organization: string,
  onProgress: Progress,
): Promise<AccessSnapshot> {
  const gateway = await installationOn(gateways(withCredentials(config), QUIET).apps, organization);
  const now = systemClock.now();
  return required(organization, await gateway.accessSnapshot({ organization, now, onProgress }));
}

/** See `Services.liveDossier`. */
export async function liveDossier(
  config: Config,
  { login, repository }: { readonly login: string; readonly repository: RepositoryAddress | null },
  onProgress: Progress,
): Promise<Dossier> {
  const { apps } = gateways(withCredentials(config), QUIET);
  const gateway = await installationOn(apps, repository?.owner ?? null);
  onProgress(0, null);
  const account = required(login, await gateway.accountNamed(login));
  const asOf = systemClock.now();
  const { dossier } = await collectAccount({ gateway, repository, organization: null, account, known: {}, asOf });
  return dossier;
}

/** See `Services.setAside`. */
export async function setAside(config: Config, retry: readonly string[] | "all"): Promise<SetAsideWork> {
  const store = await openConfiguredStore(config, QUIET);
  try {
    const ids = retry === "all" ? (await store.setAside(null)).map(({ id }) => id) : retry;
    const retried = await store.tryAgain(ids, null);
    return { setAside: await store.setAside(null), retried };
  } finally {
    await store.stop();
  }
}

/** See `Services.storedReports`. */
export async function storedReports(
  config: Config,
  organization: string,
  see: (look: StoredLook) => void,
): Promise<number> {
  const store = await openConfiguredStore(config, QUIET);
  try {
    const wanted = organization.toLowerCase();
    const installation = (await store.installations()).find(
      ({ accountLogin }) => accountLogin.toLowerCase() === wanted,
    );
    if (!installation) throw new InvalidInput([neverInstalled(organization)]);
    return await storedLooks(store.tenant(installation.id), installation.publication, see);
  } finally {
    await store.stop();
  }
}

const neverInstalled = (organization: string): Problem => ({
  where: organization,
  what: "nothing is stored about it",
  mend: "check the name, and that DATABASE_URL or DATA_DIR is that of the running app",
});

/** See `Services.doctor`. */
export const examine = (readConfig: () => Config): Promise<readonly DoctorCheck[]> =>
  diagnose({
    readConfig,
    apps: ({ app, github }) => (app === null ? null : gateways({ app, github }, QUIET).apps),
    openStore: (read) => openConfiguredStore(read, QUIET),
    room: roomOf,
    health: saidByRunning,
    wanted: ownAppFile(),
    now: systemClock.now,
  });

/** The configuration of commands that speak to GitHub as the App. */
function withCredentials(config: Config): Config & { readonly app: AppCredentials } {
  if (config.app !== null) return { ...config, app: config.app };
  const mend = "run `sallyport serve` once to create the App";
  throw new InvalidInput([{ where: "APP_ID", what: "not set: there are no credentials", mend }]);
}

/** The App's installation on an account; on any account when nobody says which. */
async function installationOn(apps: AppGateway, owner: string | null): Promise<InstallationGateway> {
  const installations = await apps.installations();
  const wanted = owner?.toLowerCase();
  const found = installations.find(
    ({ accountLogin, suspended }) => !suspended && (wanted === undefined || accountLogin.toLowerCase() === wanted),
  );
  if (found) return apps.installation(found.id);
  throw new OperatingError("installation_gone", `the App is not installed on ${owner ?? "any account"}`);
}
