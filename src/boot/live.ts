import type { AccessSnapshot } from "../access/grant.ts";
import type { BareChange } from "../assessment/judge-change.ts";
import type { DoctorCheck, Progress, Services, SetAsideWork } from "../cli/command.ts";
import { saidByRunning } from "../cli/commands/doctor/ask-running.ts";
import { diagnose } from "../cli/commands/doctor/diagnose.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { collectCollaborator } from "../dossier/collect.ts";
import { collectAccount } from "../dossier/collect-account.ts";
import type { Dossier } from "../dossier/dossier.ts";
import { changeBase } from "../dossier/sources/base.ts";
import { withWholeFiles } from "../dossier/sources/whole-files.ts";
import { InvalidInput, OperatingError, type Problem, required } from "../errors.ts";
import { type StoredLook, storedLooks } from "../flows/stored-looks.ts";
import { type Vouched, vouch } from "../flows/vouch.ts";
import type { AppGateway, InstallationGateway, LookingGateway, WorkflowFiles } from "../github/gateway.ts";
import type { RepositoryAddress, RepositoryId } from "../ids.ts";
import { silentLog } from "../log.ts";
import type { Installation, Store, Subject, TenantStore } from "../store/store.ts";
import type { Host } from "./host.ts";
import { foundToken, tokenIn } from "./token.ts";
import { gateways, openConfiguredStore, ownAppFile, ownTierFile, roomOf, tokenGateway } from "./wire.ts";

// What commands do with GitHub and the database as they are now; `services.ts` loads it when the first of them asks.

export const QUIET = { clock: systemClock, log: silentLog } as const;

/** The configuration of a live command, and the machine it runs on. */
interface Here {
  readonly config: Config;
  readonly host: Host;
}

/** See `Services.liveSnapshot`. */
export async function liveSnapshot(
  here: Here,
  { organization, tokenFile, depth }: Parameters<Services["liveSnapshot"]>[0],
  onProgress: Progress,
): Promise<AccessSnapshot> {
  const gateway = await lookingAt(here, organization, tokenFile);
  const now = systemClock.now();
  return required(organization, await gateway.accessSnapshot({ organization, now, depth, onProgress }));
}

/** See `Services.liveDossier`. */
export async function liveDossier(
  here: Here,
  { login, repository: named, tokenFile }: Parameters<Services["liveDossier"]>[0],
  onProgress: Progress,
): Promise<Dossier> {
  const gateway = await lookingAt(here, named?.owner ?? null, tokenFile);
  onProgress(0, null);
  const repository = named && (await existing(gateway, named));
  const account = required(login, await gateway.accountNamed(login));
  const asOf = systemClock.now();
  const { dossier } = await collectAccount({ gateway, repository, organization: null, account, known: {}, asOf });
  return dossier;
}

/** See `Services.liveVetting`. Members of an organisation are known to it; a person's repository knows nobody. */
export async function liveVetting(
  here: Here,
  { login, repository: named, role, tokenFile }: Parameters<Services["liveVetting"]>[0],
  onProgress: Progress,
): Promise<Dossier> {
  const gateway = await lookingAt(here, named.owner, tokenFile);
  onProgress(0, null);
  const repository = await existing(gateway, named, "--for");
  const account = required(login, await gateway.accountNamed(login));
  const owner = required(named.owner, await gateway.accountNamed(repository.owner));
  const asOf = systemClock.now();
  const grant = { role, previousRole: null, grantedAt: asOf };
  const about = { ownedByOrganization: owner.kind === "organization", account, grant, known: {}, asOf };
  return (await collectCollaborator({ gateway, repository, ...about })).dossier;
}

/** See `Services.liveChange`. */
export async function liveChange(
  here: Here,
  { repository: named, number, tokenFile }: Parameters<Services["liveChange"]>[0],
  onProgress: Progress,
): Promise<BareChange> {
  const gateway = await lookingAt(here, named.owner, tokenFile);
  onProgress(0, null);
  const repository = await existing(gateway, named);
  const answer = await gateway.pullRequestFiles({ repository, number });
  if (!answer.ok && answer.reason === "not_found") {
    const where = `--repo ${named.owner}/${named.name} --pr ${number}`;
    throw new InvalidInput([{ where, what: "no such pull request", mend: "check its number" }]);
  }
  const { files, truncated } = required("the files of the pull request", answer);
  const headSha = required("the head of the pull request", await gateway.pullRequestHead({ repository, number }));
  const whole = await withWholeFiles(gateway, { repository, headSha }, files);
  const base = await changeBase(gateway, repository, whole, systemClock.now());
  return {
    files: whole,
    base,
    unread: truncated ? [{ path: null, what: "GitHub lists more files than were read" }] : [],
  };
}

/** See `Services.liveWorkflows`. */
export async function liveWorkflows(
  here: Here,
  { repository, tokenFile }: Parameters<Services["liveWorkflows"]>[0],
): Promise<WorkflowFiles> {
  const gateway = await lookingAt(here, repository.owner, tokenFile);
  const found = await gateway.workflowFiles(repository);
  if (found.ok || found.reason !== "not_found") return required("workflows", found);
  throw new InvalidInput([noRepository(repository)]);
}

/** Under the name it has today. Search answers for a repository that is not there as for one without a pull request. */
async function existing(
  gateway: LookingGateway,
  { owner, name }: RepositoryAddress,
  option = "--repo",
): Promise<RepositoryAddress & { readonly id: RepositoryId }> {
  const found = await gateway.repositoryAt({ owner, name });
  if (found.ok || found.reason !== "not_found") return required("repository", found);
  throw new InvalidInput([noRepository({ owner, name }, option)]);
}

const noRepository = ({ owner, name }: RepositoryAddress, option = "--repo"): Problem => ({
  where: `${option} ${owner}/${name}`,
  what: "no such repository, or it does not show itself to this App or token",
  mend: "check the name and who may see it",
});

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
  return inOrganization(config, organization, (tenant, { publication }) => storedLooks(tenant, publication, see));
}

/** See `Services.subject`. */
export async function subject(
  config: Config,
  { organization, account, act }: Parameters<Services["subject"]>[0],
): Promise<Subject> {
  return inOrganization(config, organization, async (tenant) => {
    const at = systemClock.now();
    const by = { at, actorId: null };
    if (act === "erase") await tenant.eraseSubject(account, by);
    if (act === "export")
      await tenant.addToTrail({ ...by, act: "subject.exported", target: `account:${account}`, reason: null });
    return tenant.subject(account, at);
  });
}

/** See `Services.vouch`. */
export async function vouchInOrganization(
  config: Config,
  { organization, ...request }: Parameters<Services["vouch"]>[0],
): Promise<Vouched> {
  const { app, github } = config;
  return inOrganization(config, organization, async (tenant, installation, { queue }) => {
    const gateway = app && (() => gateways({ app, github }, QUIET).apps.installation(installation.id));
    return vouch({ installation, tenant, queue, gateway, now: systemClock.now() }, request);
  });
}

/** Does something with the rows of an organisation that the configured store knows. */
export async function inOrganization<T>(
  config: Config,
  organization: string,
  work: (tenant: TenantStore, installation: Installation, store: Store) => Promise<T>,
): Promise<T> {
  const store = await openConfiguredStore(config, QUIET);
  try {
    const wanted = organization.toLowerCase();
    const installation = (await store.installations()).find(
      ({ accountLogin }) => accountLogin.toLowerCase() === wanted,
    );
    if (!installation) throw new InvalidInput([neverInstalled(organization)]);
    return await work(store.tenant(installation.id), installation, store);
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
    tier: ownTierFile(),
    now: systemClock.now,
  });

/** With the token that was named; else as the App, and without one with a token that is found. */
async function lookingAt({ config, host }: Here, owner: string | null, file: string | null): Promise<LookingGateway> {
  const { app, github } = config;
  const token = file !== null ? tokenIn(file, host) : app === null ? await foundToken(config, host) : null;
  if (token !== null) return tokenGateway(config, token, QUIET);
  if (app !== null) return installationOn(gateways({ app, github }, QUIET).apps, owner);
  const mend =
    "give --token-file FILE, set GH_TOKEN, log in with `gh auth login`, or create the App by `sallyport serve`";
  throw new InvalidInput([{ where: "GitHub", what: "neither a token nor an App to look with", mend }]);
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
