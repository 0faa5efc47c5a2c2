import type { Services } from "./cli/command.ts";
import { diagnose } from "./cli/diagnose.ts";
import { systemClock } from "./clock.ts";
import { type AppCredentials, type Config, type Environment, type ReadFile, readConfig } from "./config.ts";
import { collectAccount } from "./dossier/collect-account.ts";
import { InvalidInput, OperatingError, required } from "./errors.ts";
import type { AppGateway, InstallationGateway } from "./github/gateway.ts";
import { silentLog } from "./log.ts";
import { signalled } from "./signalled.ts";

/** Where a process finds its variables and files. */
export interface Premises {
  readonly environment: () => Environment;
  readonly readFile: ReadFile;
  /** Where the set-up page keeps credentials. */
  readonly envFile: string;
}

const QUIET = { clock: systemClock, log: silentLog } as const;

/** Probot, the databases and the web server load in half a second, which `sallyport signals` need not wait for. */
const wire = (): Promise<typeof import("./wire.ts")> => import("./wire.ts");

/** What commands may ask for; each is made when first asked for, so that `signals` needs no credentials. */
export function makeServices(premises: Premises): Services {
  const config = (): Config => readConfig(premises.environment(), premises.readFile);
  return {
    async liveSnapshot(organization, onProgress) {
      const { gateways } = await wire();
      const gateway = await installationOn(gateways(withCredentials(config()), QUIET).apps, organization);
      const now = systemClock.now();
      return required(organization, await gateway.accessSnapshot({ organization, now, onProgress }));
    },
    async liveDossier({ login, repository }, onProgress) {
      const { gateways } = await wire();
      const { apps } = gateways(withCredentials(config()), QUIET);
      const gateway = await installationOn(apps, repository?.owner ?? null);
      onProgress(0, null);
      const account = required(login, await gateway.accountNamed(login));
      const asOf = systemClock.now();
      const { dossier } = await collectAccount({ gateway, repository, organization: null, account, known: {}, asOf });
      return dossier;
    },
    async serve(part) {
      const { serve } = await import("./serve.ts");
      return serve(part, premises);
    },
    gitSettings() {
      const stop = new AbortController();
      void signalled().then(() => stop.abort());
      return { searchPath: premises.environment().PATH ?? "", signal: stop.signal };
    },
    async doctor() {
      const { gateways, openConfiguredStore, ownAppFile } = await wire();
      return diagnose({
        readConfig: config,
        apps: ({ app, github }) => (app === null ? null : gateways({ app, github }, QUIET).apps),
        openStore: (read) => openConfiguredStore(read, QUIET),
        wanted: ownAppFile(),
        now: systemClock.now,
      });
    },
  };
}

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
