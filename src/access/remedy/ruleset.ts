import { ghApiBody } from "./gh-command.ts";
import { type Remedy, remedyOf } from "./paths.ts";

/** The command that protects the default branch of a repository and those of releases. */
export function rulesetFor(organization: string, repository: string): Remedy {
  return remedyOf(
    [{ verb: "close", path: "ruleset", command: ghApiBody(["repos", organization, repository, "rulesets"], REVIEWED) }],
    ["Owners and admins can still change the ruleset; nobody is on its bypass list."],
  );
}

/** The rule that `whatif protect` plays through, as GitHub takes it. */
const REVIEWED = {
  name: "One approval of the last push",
  target: "branch",
  enforcement: "active",
  conditions: {
    ref_name: {
      include: ["~DEFAULT_BRANCH", "refs/heads/release/**/*", "refs/heads/releases/**/*"],
      exclude: [],
    },
  },
  rules: [
    {
      type: "pull_request",
      parameters: {
        required_approving_review_count: 1,
        require_last_push_approval: true,
        dismiss_stale_reviews_on_push: false,
        require_code_owner_review: false,
        required_review_thread_resolution: false,
      },
    },
  ],
} as const;
