import { randomBytes } from "node:crypto";
import type { Services } from "../cli/command.ts";
import { type Config, readConfig } from "../config.ts";
import type { Host } from "./host.ts";
import { signalled } from "./signalled.ts";

/** Probot, the databases and the web server load in half a second, which `sallyport history` need not wait for. */
const live = (): Promise<typeof import("./live.ts")> => import("./live.ts");

/** What commands may ask for; each is made when first asked for, so that `signals` needs no credentials. */
export function makeServices(host: Host): Services {
  const config = (): Config => readConfig(host.environment(), host.readFile);
  return {
    async liveSnapshot(input, onProgress) {
      const { liveSnapshot } = await live();
      return liveSnapshot({ config: config(), host }, input, onProgress);
    },
    async liveDossier(input, onProgress) {
      const { liveDossier } = await live();
      return liveDossier({ config: config(), host }, input, onProgress);
    },
    async liveVetting(input, onProgress) {
      const { liveVetting } = await live();
      return liveVetting({ config: config(), host }, input, onProgress);
    },
    async liveChange(input, onProgress) {
      const { liveChange } = await live();
      return liveChange({ config: config(), host }, input, onProgress);
    },
    async liveWorkflows(input) {
      const { liveWorkflows } = await live();
      return liveWorkflows({ config: config(), host }, input);
    },
    async serve(part) {
      const { serve } = await import("./serve.ts");
      return serve(part, host);
    },
    gitSettings() {
      const stop = new AbortController();
      void signalled().then(() => stop.abort());
      return { searchPath: host.environment().PATH ?? "", signal: stop.signal };
    },
    async setAside(retry) {
      const { setAside } = await live();
      return setAside(config(), retry);
    },
    async storedReports(organization, see) {
      const { storedReports } = await live();
      return storedReports(config(), organization, see);
    },
    async subject(about) {
      const { subject } = await live();
      return subject(config(), about);
    },
    async vouch(about) {
      const { vouchInOrganization } = await live();
      return vouchInOrganization(config(), about);
    },
    async codeIndex(about) {
      const { codeIndexOfOrganization } = await import("./keep-code-index.ts");
      return codeIndexOfOrganization(config(), about);
    },
    async clusters(organization) {
      const { clustersOfOrganization } = await import("./live-lists.ts");
      return clustersOfOrganization(config(), organization);
    },
    randomBytes: (count) => randomBytes(count),
    async importList(about, onProgress) {
      const { importListInOrganization } = await import("./live-lists.ts");
      return importListInOrganization(config(), about, onProgress);
    },
    async signalCounts(organization) {
      const { signalCountsInOrganization } = await import("./live-lists.ts");
      return signalCountsInOrganization(config(), organization);
    },
    async lists(about) {
      const { listsInOrganization } = await import("./live-lists.ts");
      return listsInOrganization(config(), about);
    },
    async tryDestinations(organization) {
      const { tryDestinations } = await import("./try-destinations.ts");
      return tryDestinations(config(), organization);
    },
    async backup() {
      const { copyIdleStore } = await import("./wire.ts");
      const { backupByRunning } = await import("../cli/commands/backup/ask-running.ts");
      return (await copyIdleStore(config())) ?? backupByRunning(config());
    },
    async move() {
      const { moveConfiguredStore } = await import("./wire.ts");
      return moveConfiguredStore(config());
    },
    async doctor() {
      const { examine } = await live();
      return examine(config);
    },
  };
}
