import type { Fetched } from "../../../absence.ts";
import type { BesideGrants } from "../../../access/beside-grants/schema.ts";
import type { AccessRepository, NotChecked, SnapshotDepth } from "../../../access/grant.ts";
import type { RepositoryKey } from "../../../access/keys.ts";
import type { AccessRules } from "../../../access/reach/rules-schema.ts";
import type { Instant } from "../../../clock.ts";
import { type Session, tokenScope } from "../transport/session.ts";
import { forkApprovals } from "./fork-approvals.ts";
import { organizationSettings } from "./organization-settings.ts";
import { repositorySettings } from "./repository-settings.ts";
import { type OrganizationRules, organizationRules } from "./rules.ts";
import * as not from "./settings-gaps.ts";
import type { Person } from "./shapes.ts";

/** What guards branches, what they reach, and access beside grants: whatever of it was asked for and shown. */
export interface Settings {
  readonly rules: AccessRules | null;
  readonly beside: BesideGrants;
  readonly defaultBranches: ReadonlyMap<RepositoryKey, string>;
  /** Whom it names beside members and collaborators. */
  readonly people: readonly Person[];
  readonly notChecked: readonly NotChecked[];
}

/** Repositories whose own settings one look asks for. */
const MAX_OWN = 300;
/** Repositories whose invitations an audit asks for: the next ones each week. */
const INVITATIONS_EACH_WEEK = 40;

const OF_REPOSITORIES = ["repositoryInvitations", "repositorySecrets", "environments", "environmentSecrets"] as const;

/** Settings to the depth that was asked for. An App without Administration: read is not told of rules, so it asks for none. */
export async function settingsOf(
  session: Session,
  owner: string,
  asked: {
    readonly depth: SnapshotDepth;
    readonly repositories: readonly AccessRepository[];
    readonly now: Instant;
  },
): Promise<Fetched<Settings>> {
  const active = asked.repositories.filter(({ archived }) => !archived);
  if (asked.depth === "roles") return { ok: true, value: { ...NONE, notChecked: not.settingsUnasked() } };
  const seesRules = session.asker === "token" || (await tokenScope(session)).permissions.administration !== undefined;
  const ids = active.map(({ id }) => id);
  const rules = seesRules ? await organizationRules(session, owner, ids) : null;
  if (rules !== null && !rules.ok) return rules;
  const organization = await organizationSettings(session, owner, asked.repositories);
  if (!organization.ok) return organization;
  const isDeep = asked.depth === "repositories";
  const chosen = isDeep ? active.slice(0, MAX_OWN) : inTurn(active, asked.now);
  const sources = isDeep ? OF_REPOSITORIES : (["repositoryInvitations"] as const);
  const own = await repositorySettings(session, owner, chosen, sources);
  if (!own.ok) return own;
  const forks = await forkApprovals(session, owner, { active, runners: organization.value.reached.runners });
  if (!forks.ok) return forks;
  const { actions } = forks.value;
  const { reached, beside, people } = organization.value;
  const { secrets: ofRepositories, environments } = own.value;
  const secrets = reached.secrets || isDeep ? [...(reached.secrets ?? []), ...ofRepositories] : undefined;
  const { rules: guards, deployKeys, defaultBranches, notChecked: unguarded } = rules?.value ?? NO_RULES;
  return {
    ok: true,
    value: {
      rules: {
        ...guards,
        ...(secrets && { secrets }),
        ...(environments && { environments }),
        ...runnersOf(reached),
        ...(actions && { actions }),
      },
      beside: { ...beside, ...own.value.beside, ...(deployKeys && { deployKeys }) },
      ...{ defaultBranches: defaultBranches ?? NONE.defaultBranches, people },
      notChecked: [
        ...(rules === null ? not.rulesRefused(active.length) : (unguarded ?? [])),
        ...organization.value.notChecked,
        ...own.value.notChecked,
        ...forks.value.notChecked,
        ...beyond(own.value.asked, { isDeep, all: active.length, chosen: chosen.length }),
      ],
    },
  };
}

/** What was not asked of repositories beyond those that were chosen, or of none of them. */
function beyond(
  asked: readonly not.SettingsSource[],
  { isDeep, all, chosen }: { readonly isDeep: boolean; readonly all: number; readonly chosen: number },
): readonly NotChecked[] {
  if (isDeep) return not.settingsNotAsked(asked, all - chosen);
  return [
    ...not.settingsNotAsked(OF_REPOSITORIES.slice(1), all),
    ...(asked.length > 0 ? not.invitationsInTurn(all - chosen) : []),
  ];
}

const runnersOf = ({ runners }: AccessRules): AccessRules => (runners ? { runners } : {});

const NO_RULES: Partial<OrganizationRules> = {};
const NONE = { rules: null, beside: {}, defaultBranches: new Map<RepositoryKey, string>(), people: [] };

const MS_PER_WEEK = 7 * 86_400_000;

/** As many as an audit may ask about, beginning where the week before ended. */
function inTurn(active: readonly AccessRepository[], now: Instant): readonly AccessRepository[] {
  if (active.length <= INVITATIONS_EACH_WEEK) return active;
  const week = Math.floor(Date.parse(now) / MS_PER_WEEK);
  const from = (week * INVITATIONS_EACH_WEEK) % active.length;
  return [...active.slice(from), ...active.slice(0, from)].slice(0, INVITATIONS_EACH_WEEK);
}
