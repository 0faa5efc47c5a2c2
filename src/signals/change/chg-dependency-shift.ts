import { packageSignal } from "../package-signal.ts";

export default packageSignal({
  id: "chg-dependency-shift",
  title: "The change takes packages from another place, or takes away what fixes their content",
  version: 55,
  severity: "critical",
  falsePositiveRisk: "medium",
  baseRate:
    "1.1 % of 68,765 ordinary commits to the main lines of 35 public repositories show one that is medium or graver, most of them a lock file without its manifest; 0.04 % one that is high, none a critical one",
  baseRateUpperPercent: 1.2,
  sources: [
    {
      url: "https://snyk.io/blog/why-npm-lockfiles-can-be-a-security-blindspot-for-injecting-malicious-modules/",
      says: "Addresses and hashes of a lock file can be replaced in a pull request, and hardly anybody reads them.",
    },
    {
      url: "https://medium.com/@alex.birsan/dependency-confusion-4a5d60fec610",
      says: "A registry beside the usual one decided which package of a name was installed.",
    },
  ],
  why: "What is installed is then decided by somebody else than the registry and the versions that were read.",
  benign: [
    "The project keeps a registry, a mirror or a fork of its own.",
    "Another version of the package manager wrote the lock file anew.",
    "Versions were brought up to date without a new range in the manifest.",
  ],
  clears:
    "Name the new source and who keeps it, or let the package manager write the lock file again from the manifest.",
  framing:
    "Only files of the change are read. The machine of whoever pushed them may have been compromised, so the finding speaks of the change only.",
  kinds: [
    "registry-added",
    "foreign-host",
    "plain-source",
    "git-source",
    "url-source",
    "other-package",
    "near-name",
    "hash-changed",
    "hash-removed",
    "hash-weaker",
    "hash-missing",
    "unexplained-entry",
    "lock-alone",
    "protection-off",
  ],
});
