import type { ClaimedBot } from "../../../change/change.ts";
import { IGNORABLE } from "../../../characters.ts";

/** Who a commit says it is by; read here and dropped. */
export interface GitActor {
  readonly name: string | null;
  readonly email: string | null;
  /** The account that GitHub links to the e-mail; null when there is none. */
  readonly user: number | null;
}

/** Names and addresses by which these services sign their commits; the numbers are their public account ids. */
const CLAIMS: readonly { readonly bot: ClaimedBot; readonly name: RegExp; readonly email: RegExp }[] = [
  {
    bot: "dependabot",
    name: /^dependabot(-preview)?\[bot\]$/i,
    email: /^((?:\d+\+)?dependabot(-preview)?\[bot\]@|support@dependabot\.com$)/i,
  },
  { bot: "renovate", name: /^renovate\[bot\]$/i, email: /^((?:\d+\+)?renovate\[bot\]@|bot@renovateapp\.com$)/i },
  { bot: "github-actions", name: /^github-actions(\[bot\])?$/i, email: /^(\d+\+)?github-actions\[bot\]@/i },
  { bot: "web-flow", name: /^web-flow$/i, email: /^noreply@github\.com$/i },
];

/** Automations that push to branches of others, mostly unsigned: their commits stand in anybody's pull request. */
const GUESTS =
  /^(?:pre-commit-ci|autofix-ci|allcontributors|copilot-swe-agent|copilot|continue|restyled-io|restyled-commits|coderabbitai|gemini-code-assist|claude|cursor|devin-ai-integration|google-labs-jules|lint-action|stale|deepsource-autofix|sourcery-ai|vercel|netlify|changeset-bot|github-merge-queue)(?:\[bot\])?$/i;
/** Automations that come by pull requests of their own. */
const AUTOMATIONS =
  /^(?:snyk-?bot|greenkeeper(?:io-bot)?|mergify|semantic-release-bot|imgbot(?:app)?|pyup-bot|scala-steward|weblate|crowdin-bot|whitesource-bolt|mend-bolt-for-github|depfu|codecov-commenter|release-please|stepsecurity-app|step-security-bot|fossabot|transifex-integration|lgtm-com|codacy-badger|requires|violinist-bot|dependabot-core|kodiakhq|bors|homu|sentry-io|socket-security|aikido-autofix|gitguardian|lokalise|styleci|pull|codefactor-io|renovate-bot|tidelift)(?:\[bot\])?$/i;
const NOREPLY_BOT = /^\d{1,12}\+([\w.-]{1,60})\[bot\]@users\.noreply\.github\.com$/i;

/** Names that somebody gives a machine: `ci-bot`, `build-bot`, `auto-ci`, `pipeline-bot`. */
const MACHINE =
  /\[bot\]$|(?:^|[-_ .])(?:ro)?bot$|^(?:auto|build|ci|cd|deploy|release|sync|merge)bot$|^(?:svc|service|automated|automatic)[-_ ]|[-_ ](?:renovate|dependabot|automation)$|^(?:dependabot|renovate|auto|build|builder|ci|cd|pipeline|deploy|deployment|deployer|release|releaser|automation|runner|jenkins|github|actions?|workflow|updater|devops)(?:[-_ ](?:ci|cd|auto|runner|build|builder|user|agent|service|actions?|pipeline|deploy|updater|automation))?$/i;

/** Signs that common fonts draw like letters of these names. */
const DRAWN_LIKE: Readonly<Record<string, string>> = {
  ...{ "0": "o", "1": "l", "3": "e", "4": "a", "5": "s", "6": "b", "7": "t", "@": "a", $: "s", "|": "l" },
  ...{ "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c", "\u0443": "y", "\u0455": "s" },
  ...{ "\u0456": "i", "\u0501": "d", "\u04bb": "h", "\u0442": "t", "\u0432": "b", "\u043d": "n", "\u0433": "r" },
  ...{ "\u03b1": "a", "\u03bf": "o", "\u03c1": "p", "\u03bd": "v", "\u03c4": "t", "\u03b9": "i", "\u0585": "o" },
  ...{ "\u0131": "i", "\u0251": "a", "\u0578": "n", "\u057d": "u", "\u13a0": "d" },
};
const FAMOUS = /^(?:dependabot(?:preview)?|renovate|githubactions|webflow)(?:bot)?$/;
const UNSEEN = new RegExp(`[${IGNORABLE}]`, "gu");

/** The bot that a name or an e-mail claims to be; names alone count where GitHub knows no account behind the e-mail. */
export function claimOf({ name: said, email: address, user }: GitActor): ClaimedBot | null {
  const name = said?.trim() ?? "";
  const email = address?.trim() ?? "";
  const claimed = CLAIMS.find((claim) => claim.name.test(name) || claim.email.test(email));
  if (claimed) return claimed.bot;
  const named = NOREPLY_BOT.exec(email)?.[1] ?? (user === null ? name : "");
  if (GUESTS.test(named)) return "guest";
  if (AUTOMATIONS.test(named)) return "automation";
  if (user !== null) return null;
  if (looksFamous(name)) return "look-alike";
  return MACHINE.test(name.normalize("NFKC")) || FAMOUS.test(bare(name.toLowerCase())) ? "machine" : null;
}

/** True of a name that is read as one of the four and is not written like it. */
function looksFamous(name: string): boolean {
  const plain = bare(name.toLowerCase());
  const drawn = bare(
    [...name.normalize("NFKD").replace(UNSEEN, "").replace(/\p{M}/gu, "").toLowerCase()]
      .map((letter) => DRAWN_LIKE[letter] ?? letter)
      .join("")
      .replace(/rn/g, "m")
      .replace(/vv/g, "w"),
  );
  return FAMOUS.test(drawn) && !FAMOUS.test(plain);
}

const bare = (name: string): string => name.replace(/[[\](){}<>\s._-]/g, "");
