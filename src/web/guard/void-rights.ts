import type { Delivery } from "../../delivery/delivery.ts";
import { mayWithdraw } from "../../delivery/triggers.ts";
import type { Inbox, Store } from "../../store/store.ts";

/** Events about who has which right, or about where a repository is; the others come too often and change neither. */
const ABOUT_RIGHTS: ReadonlySet<string> = new Set([
  "member",
  "installation",
  "installation_repositories",
  "repository",
  "membership",
  "team",
  "organization",
] satisfies readonly Delivery["event"]["name"][]);

/**
 * The inbox as the webhook route sees it: what an event may have withdrawn ends before its delivery is acknowledged,
 * in every process and whether a worker runs or not.
 */
export const voidingRights = (store: Pick<Store, "tenant" | "sessions" | "inbox">): Pick<Inbox, "accept"> => ({
  async accept(delivery) {
    await voidRights(store, delivery);
    return store.inbox.accept(delivery);
  },
});

/** Answers about rights in the installation are asked anew, and whoever takes the authorization back is signed out. */
async function voidRights(
  store: Pick<Store, "tenant" | "sessions">,
  { event, installationId }: Delivery,
): Promise<void> {
  if (event.name === "github_app_authorization") await store.sessions.removeOfAccount(event.payload.sender.id);
  else if (installationId !== null && ABOUT_RIGHTS.has(event.name) && mayWithdraw(event))
    await store.tenant(installationId).voidRights();
}
