import type { Progress, Services } from "../cli/command.ts";
import { systemClock } from "../clock.ts";
import type { Config } from "../config.ts";
import { clustersHere } from "../flows/clusters/clusters-here.ts";
import { type Imported, importList } from "../flows/intel.ts";
import { type IntelContext, lists } from "../flows/lists.ts";
import type { KeptIndicator } from "../store/store.ts";
import { hashKeyOf } from "./hash-key.ts";
import { inOrganization, QUIET } from "./live.ts";
import { gateways } from "./wire.ts";

// What `sallyport intel`, `clusters` and `signals --precision` do with the database and GitHub as they are now.

/** See `Services.importList`. */
export const importListInOrganization = (
  config: Config,
  { organization, ...request }: Parameters<Services["importList"]>[0],
  onProgress: Progress,
): Promise<Imported> => withLists(config, organization, (context) => importList(context, request, onProgress));

/** See `Services.lists`. */
export const listsInOrganization = (
  config: Config,
  { organization, act }: Parameters<Services["lists"]>[0],
): Promise<readonly KeptIndicator[]> => withLists(config, organization, (context) => lists(context, act));

const withLists = <T>(config: Config, organization: string, work: (context: IntelContext) => Promise<T>): Promise<T> =>
  inOrganization(config, organization, (tenant, installation, { queue }) => {
    const { app, github } = config;
    let made: ReturnType<NonNullable<IntelContext["github"]>["gateway"]> | null = null;
    const asked = app && {
      gateway: () => (made ??= gateways({ app, github }, QUIET).apps.installation(installation.id)),
      hashKey: hashKeyOf(app),
    };
    return work({ installation, tenant, queue, github: asked, now: systemClock.now() });
  });

/** See `Services.signalCounts`. */
export const signalCountsInOrganization = (
  config: Config,
  organization: string,
): ReturnType<Services["signalCounts"]> => inOrganization(config, organization, (tenant) => tenant.signalCounts());

/** See `Services.clusters`. Whoever runs the service reads on behalf of nobody. */
export const clustersOfOrganization = (config: Config, organization: string): ReturnType<Services["clusters"]> =>
  inOrganization(config, organization, (tenant) => clustersHere(tenant, null));
