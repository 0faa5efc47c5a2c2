/** A protection by what its lines say: taking the last of them out of a change weakens it, putting one in does too. */
export interface Guard {
  readonly says: string;
  /** Matches the words that make the protection; the first group, or all of it, is what is compared. */
  readonly words: RegExp;
  /** Only in these files; everywhere when absent. */
  readonly where?: RegExp;
}

const BUILD =
  /(?:^|\/)(?:Makefile[\w.]*|GNUmakefile|CMakeLists\.txt|configure\.(?:ac|in)|meson\.build|BUILD(?:\.bazel)?|[\w-]+\.(?:cmake|m4|mk|am|gyp|gypi|bzl|toml|ya?ml|sh|gradle|kts|rs))$/i;
const SETTINGS =
  /(?:^|\/)(?:\.github|\.probot)\/(?:settings|branch-protection|rulesets?)\b[^/]*|(?:^|\/)\.github\/rulesets\/[^/]+$/i;

/** Protections that stood there: their lines were removed and nowhere written again. */
export const TAKEN_OUT: readonly Guard[] = [
  {
    says: "A hardening flag of the compiler",
    words:
      /-fstack-protector(?:-strong|-all)?|-D_FORTIFY_SOURCE=\d|-fcf-protection|-fPIE\b|-Wl,-z,(?:relro|now|noexecstack)|\/GUARD:CF|-fstack-clash-protection/i,
    where: BUILD,
  },
  {
    says: "A sanitiser or a fuzzer of the build",
    words: /-fsanitize=[\w,-]{1,60}|\boss-fuzz\b|\bcargo[ -]fuzz\b|\bclusterfuzzlite\b/i,
    where: BUILD,
  },
  {
    says: "A sandbox",
    words: /(?<![a-z])(?:landlock|seccomp|pledge|unveil|apparmor|NoNewPrivileges|ProtectSystem|PrivateTmp)(?![a-z])/i,
    where: /\.(?:c|h|cc|cpp|rs|go|cmake|m4|ac|in|build|service|txt|json|ya?ml)$/i,
  },
  {
    says: "A rule of protected branches",
    words:
      /\b(?:required_status_checks|required_pull_request_reviews|enforce_admins|dismiss_stale_reviews|require_code_owner_reviews?|required_signatures|required_linear_history|restrictions|required_approving_review_count)\b/i,
    where: SETTINGS,
  },
  {
    says: "A check of signatures or hashes",
    words:
      /\b(?:gpg2?\s+(?:--\w[\w-]{0,30}\s+){0,4}--verify|cosign\s+verify(?:-\w+)?|slsa-verifier|sha(?:256|512)sum\s+(?:-c|--check)|minisign\s+-V|gpgcheck\s*=\s*1|npm\s+audit\s+signatures)\b/i,
    where: /\.(?:sh|ya?ml|mk|bash|ps1|py|repo|spec)$|Makefile|Dockerfile/i,
  },
];

/** Each of them has one of these words; most lines have none. */
export const ANY_SWITCH = /reject|insecure|verify|accept_invalid|gpg|unauthenticated|gonosum|gosumdb/i;

/** Ways to switch a check off. */
export const PUT_IN: readonly Guard[] = [
  {
    says: "Certificates are no longer checked",
    words:
      /\brejectUnauthorized\s{0,4}:\s{0,4}false\b|\bNODE_TLS_REJECT_UNAUTHORIZED\s{0,4}[:=]\s{0,4}["']?0\b|\bInsecureSkipVerify\s{0,4}:\s{0,4}true\b|\bsslVerify\s{0,4}=?\s{0,4}false\b|\bCURLOPT_SSL_VERIFYPEER,\s{0,4}(?:0|false)|\bverify_ssl\s{0,4}[:=]\s{0,4}(?:false|False)\b|\bverify\s{0,2}=\s{0,2}False\b|\bdanger_accept_invalid_certs\(true\)/,
  },
  {
    says: "Signatures are no longer checked",
    words:
      /--no-gpg-checks?\b|--nogpgcheck\b|\bgpgcheck\s{0,4}=\s{0,4}0\b|--allow-unauthenticated\b|\bGONOSUMDB\b|\bGONOSUMCHECK\b|\bGOFLAGS=-insecure\b|\bGOSUMDB\s{0,4}[:=]\s{0,4}["']?off\b|--skip-verify\b|--insecure-skip-\w{1,30}/,
  },
];

/** Files that are a protection themselves. */
export const isGuardFile = (path: string): boolean =>
  /^(?:\.github\/|docs\/)?CODEOWNERS$|^\.github\/workflows\/[^/]{0,60}(?:codeql|scorecard|dependency-review|semgrep|gitleaks|trufflehog|zizmor|trivy|snyk|fuzz)[^/]{0,60}\.ya?ml$|^(?:\.gitleaks\.toml|\.clusterfuzzlite\/.+|\.github\/(?:settings|rulesets\/.+)\.(?:ya?ml|json))$/i.test(
    path,
  );

export const isOwnersFile = (path: string): boolean => /^(?:\.github\/|docs\/)?CODEOWNERS$/i.test(path);

/** Pattern of a line of CODEOWNERS that names owners; null for all others. */
export function ownedPattern(text: string): string | null {
  const [pattern = "", ...owners] = text
    .replace(/\s#.*$/, "")
    .trim()
    .split(/\s+/);
  return pattern === "" || pattern.startsWith("#") || pattern.startsWith("[") || owners.length === 0 ? null : pattern;
}
