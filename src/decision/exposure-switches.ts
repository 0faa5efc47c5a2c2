import type { Policy } from "../policy/policy.ts";

export type Question = keyof Policy["exposure"];

/** One thing to set, where, and why it helps. */
export interface Switch {
  readonly where: "GitHub" | "Sallyport";
  /** Where it is found. */
  readonly place: string;
  readonly set: string;
  readonly because: string;
}

const github = (place: string, set: string, because: string): Switch => ({ where: "GitHub", place, set, because });
const sallyport = (place: string, set: string, because: string): Switch => ({
  where: "Sallyport",
  place,
  set,
  because,
});

/** What lowers the exposure, by question, in the order of the policy file; the first one of each helps most. */
export const SWITCHES: Readonly<Record<Question, readonly Switch[]>> = {
  hires_from_public_pool: [
    sallyport(
      "before an invitation",
      "sallyport vet LOGIN --for OWNER/REPO:write",
      "It shows what the account and the role add up to while nobody has been let in.",
    ),
    github(
      "organisation settings, Member privileges, Base permissions",
      "Read, or No permission",
      "Whoever is hired then writes only where somebody decided it.",
    ),
    sallyport(
      "policy, access.recertify_months",
      "3",
      "Somebody says every quarter that each maintainer and administrator stays.",
    ),
  ],
  accepts_unknown_pull_requests: [
    github(
      "organisation settings, Actions, General, Approval for running fork pull request workflows",
      "Require approval for all external contributors",
      "Else one merged typo is enough for workflows to run a stranger's code unseen.",
    ),
    github(
      "organisation settings, Repository, Rulesets",
      "a pull request with an approval and a review of code owners, and approval of the last push",
      "No change of workflows, builds or editor settings is then merged by one pair of eyes.",
    ),
  ],
  pays_bounties: [
    sallyport(
      "policy, triage.deep_scan",
      "always",
      "Histories are then read of everybody alike, not only at a first contribution.",
    ),
    github(
      "organisation settings, Member privileges, Repository outside collaborators",
      "only owners may invite",
      "A bounty then never ends in a role that nobody else saw.",
    ),
  ],
  pays_in_crypto: [
    github(
      "organisation settings, Code security, Push protection",
      "on for all repositories",
      "Keys of wallets and nodes are what such accounts are after, and a published one is gone.",
    ),
    github(
      "repository settings, Environments, Required reviewers",
      "two people for whatever deploys or signs",
      "A writer who starts a workflow on a branch of his own then reaches no secret by himself.",
    ),
  ],
  skips_identity_check: [
    github(
      "organisation settings, Authentication security",
      "require two-factor authentication, and single sign-on where the plan has it",
      "It ties the account to a person that somebody met.",
    ),
    sallyport(
      "policy, access.thin_grant",
      "merged: 5, mergers: 3, days: 90",
      "Write that is given after less of a record is then shown when it is given.",
    ),
  ],
  remote_community_events: [
    github(
      "a second organisation for the event",
      "repositories and teams of the event there alone",
      "Roles of an evening else stay for years.",
    ),
    sallyport(
      "the weekly audit, keep until DATE",
      "the last day of the event for each role that it needs",
      "What nobody answers for comes back on that day.",
    ),
  ],
  recently_funded: [
    sallyport(
      "the tier for the audit (app.audit.yml)",
      "on",
      "The audit then also sees keys, tokens, Apps and secrets: what a new colleague could take on the first day.",
    ),
    github(
      "organisation settings, Personal access tokens",
      "no classic tokens; fine-grained ones need approval",
      "A token is a door that no list of members shows.",
    ),
  ],
};
