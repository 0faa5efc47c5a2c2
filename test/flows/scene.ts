import { type Dossier, present } from "../../src/dossier/dossier.ts";
import type { FlowContext, Tenancy } from "../../src/flows/steps/context.ts";
import type { AppGateway, InstallationGateway } from "../../src/github/gateway.ts";
import { accountId, installationId } from "../../src/ids.ts";
import type { Job } from "../../src/job/job.ts";
import { silentLog } from "../../src/log.ts";
import type { Messenger } from "../../src/notification/messenger.ts";
import type { PolicyFile } from "../../src/policy/policy.ts";
import type { Installation, Queue, Store, StoredPolicy, TenantStore } from "../../src/store/store.ts";
import { student } from "../assessment/dossiers.ts";
import { entry, NOW, pullRequests, SUBJECT, spread } from "../signals/given.ts";
import { REPOSITORY } from "../store/samples.ts";
import { fixedClock } from "../support/fixed-clock.ts";
import { expect } from "../support/jest.ts";
import { type Note, played } from "./played.ts";

export { NOW };

export const INSTALLATION: Installation = {
  id: installationId(1),
  accountId: REPOSITORY.ownerId,
  accountLogin: REPOSITORY.owner,
  accountType: "Organization",
  permissions: {},
  paused: false,
  rightsGeneration: 0,
  publication: "shadow",
  createdAt: NOW,
};

/** The account that flows are about, as a delivery names it: by a login it had then. */
export const ACCOUNT = { id: accountId(SUBJECT), nodeId: "U_4711", login: "ada-old", type: "User" };
/** What GitHub says of it today. */
export const ADA = { id: ACCOUNT.id, nodeId: ACCOUNT.nodeId, login: "ada-example", kind: "user" } as const;

/** A policy that was read just now, so that GitHub is not asked for it. */
export const readNow = (file: PolicyFile = {}): StoredPolicy => ({
  ...{ file, sourceSha: null, source: null, problems: [], fetchedAt: NOW },
});

type Sections = Partial<Dossier["sections"]>;
const readToday = (sections: object): Sections =>
  Object.fromEntries(Object.entries(sections).map(([name, value]) => [name, present(value, NOW)]));
/** What the store keeps of an account about which there is nothing to say. */
export const ORDINARY = readToday(student);
/** Of one that opens many pull requests: with `DENOUNCED` enough for the band `review`, by itself for `none`. */
export const SPRAYING = readToday({ ...student, "account.pullRequests": pullRequests(spread(64, 2)) });
export const DENOUNCED = { entries: [entry("denounced")] };

export interface Given {
  /** Null for one that nobody knows. */
  readonly installation?: Partial<Installation> | null;
  readonly tenant?: Partial<TenantStore> | undefined;
  readonly gateway?: Partial<InstallationGateway> | undefined;
  readonly apps?: Partial<AppGateway> | undefined;
  readonly store?: Partial<Store>;
  readonly messenger?: Partial<Messenger>;
  /** The file of the organisation and of its repositories, unless `tenant` answers otherwise. */
  readonly policy?: PolicyFile;
  /** Jobs that were given up, which nobody may file by himself. */
  readonly setAside?: (job: Job) => boolean;
  /** What is asked of a port, and fails. */
  readonly fails?: string | undefined;
}

/** What was asked or done, and with what. */
type Call = readonly [name: string, ...given: readonly unknown[]];

/**
 * All that a flow of one installation is given. Its ports answer what `given` says and, unless it says otherwise, which
 * installation it is, its policy, and that jobs are filed. `calls` holds all that was asked and done, in its order.
 */
export function scene(given: Given = {}) {
  const calls: Call[] = [];
  const asked: string[] = [];
  const note: Note = (name, args) => {
    if (name === given.fails) throw new Error(`${name} failed`);
    calls.push([name, ...args]);
  };
  const usage = { requests: 0, points: 0 };
  const installation = given.installation === null ? null : { ...INSTALLATION, ...given.installation };
  const tenant = played<TenantStore>(
    { installation: async () => installation, policy: async () => readNow(given.policy), ...given.tenant },
    note,
  );
  const gateway = played<InstallationGateway>({ ...given.gateway, usage }, (name, args) => {
    usage.requests += 1;
    asked.push(name);
    note(name, args);
  });
  const queue = played<Queue>(
    {
      enqueue: async () => {},
      notSetAside: async (jobs) => jobs.filter((job) => !given.setAside?.(job)),
      ...{ schedule: async () => {}, unschedule: async () => {}, closeCircuit: async () => {} },
    },
    note,
  );
  const context = played<FlowContext>({
    store: played<Store>({ tenant: () => tenant, queue, ...given.store }),
    apps: played<AppGateway>({ installation: async () => gateway, installations: async () => [], ...given.apps }),
    clock: fixedClock(NOW),
    random: { bytes: (count) => Buffer.alloc(count, 7) },
    log: { ...silentLog, info: (event, fields) => note("log", [event, fields]) },
    ...{ publicUrl: "https://sallyport.example", engine: "1", hashKey: "key" },
    // Nobody is told unless the test says so.
    messenger: played<Messenger>({ destinationsOf: () => [], ...given.messenger }),
    isOurs: async () => true,
    scan: { searchPath: "", temporary: "", protocol: "https", clockMs: () => 0 },
  });
  const tenancy: Tenancy = { installation: installation ?? INSTALLATION, tenant, gateway };
  /** With what something was done, each time. */
  const did = (name: string) => calls.flatMap(([other, ...args]) => (other === name ? [args] : []));
  const jobs = () => did("enqueue").flatMap(([filed]) => filed as readonly Job[]);
  return { context, tenancy, calls, did, jobs, asked };
}

/** A flow catches nothing: whichever of the questions that it asks fails, it ends with that error. */
export async function expectNothingCaught(
  play: (fails?: string) => Promise<{ readonly calls: readonly Call[] }>,
): Promise<void> {
  const asked = new Set((await play()).calls.map(([name]) => name));
  asked.delete("log");
  for (const name of asked) await expect(play(name)).rejects.toThrow(`${name} failed`);
}
