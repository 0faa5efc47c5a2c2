import type { BesideGrants } from "../beside-grants/schema.ts";
import type { Names } from "../words.ts";
import { ghDeployKeys } from "./gh-command.ts";
import { NO_REMEDY, type Remedy, remedyOf, widePath } from "./paths.ts";

/** Repositories and accounts that get a command of their own; the rest are counted. */
const MAX_COMMANDS = 5;

/** What answers a kind of thing that writes beside accounts' grants, all of the kind together. */
interface BesideRemedies {
  readonly deployKeys: Remedy;
  readonly apps: Remedy;
  readonly tokens: Remedy;
  readonly organizationRoles: Remedy;
}

/**
 * Commands only where GitHub's own command line or its API takes one from a person: of Apps and of fine-grained tokens it
 * takes none (https://docs.github.com/rest/apps/apps, https://docs.github.com/rest/orgs/personal-access-tokens).
 */
export function besideRemedies(organization: string, beside: BesideGrants, names: Names): BesideRemedies {
  const { deployKeys = [], apps = [], tokens = [], organizationRoles = [] } = beside;
  return {
    deployKeys: ofKeys(organization, [...new Set(deployKeys.map(({ repository }) => names.repository(repository)))]),
    apps: apps.length === 0 ? NO_REMEDY : { commands: [], stays: [APPS] },
    tokens: tokens.length === 0 ? NO_REMEDY : { commands: [], stays: [TOKENS] },
    organizationRoles: ofRoles(organization, organizationRoles, names),
  };
}

const APPS = "No command does it: GitHub's API lets nobody but the App itself suspend or uninstall it.";
const TOKENS = "No command does it: GitHub's API lets Apps alone take a token's access back.";

/** A key is addressed by a number, which is not kept; a list shows it beside the title. */
function ofKeys(organization: string, repositories: readonly string[]): Remedy {
  if (repositories.length === 0) return NO_REMEDY;
  const made = repositories.slice(0, MAX_COMMANDS).map((name) => ({
    ...({ verb: "list", path: `the keys of ${name}, each with its number` } as const),
    command: ghDeployKeys(organization, name),
  }));
  return remedyOf(made, [
    "With the number of one, gh repo deploy-key delete NUMBER --repo OWNER/REPOSITORY ends it, and with it whatever pushes by it.",
    more(repositories.length - made.length, "repository", "repositories"),
  ]);
}

function ofRoles(organization: string, roles: NonNullable<BesideGrants["organizationRoles"]>, names: Names): Remedy {
  // Through a team, whoever leaves the team loses it.
  const own = [...new Set(roles.filter(({ team }) => team === undefined).map(({ account }) => names.account(account)))];
  if (own.length === 0) return NO_REMEDY;
  const made = own.slice(0, MAX_COMMANDS).flatMap((login) =>
    widePath({ organization, login, standing: "member" }, { kind: "organization_role" }).map((one) => ({
      ...one,
      path: `organization roles of ${login}`,
    })),
  );
  return remedyOf(made, [
    "All organisation roles of the account go; those of its teams stay.",
    more(own.length - made.length, "account", "accounts"),
  ]);
}

const more = (count: number, one: string, several: string): string | null =>
  count > 0 ? `The same for ${count} more ${count === 1 ? one : several}.` : null;
