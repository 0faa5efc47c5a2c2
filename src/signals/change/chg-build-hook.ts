import { packageSignal } from "../package-signal.ts";

export default packageSignal({
  id: "chg-build-hook",
  title: "The change adds or changes code that an install, a build or a test runs by itself",
  version: 55,
  severity: "critical",
  falsePositiveRisk: "medium",
  baseRate:
    "0.08 % of 205,650 ordinary commits to the main lines of 72 public repositories show one that is medium or graver, 0.013 % one that is high, none a critical one",
  baseRateUpperPercent: 0.09,
  sources: [
    {
      url: "https://docs.npmjs.com/cli/using-npm/scripts",
      says: "Some scripts of a package run without being asked for, when it is installed or worked on.",
    },
    {
      url: "https://doc.rust-lang.org/cargo/reference/build-scripts.html",
      says: "A build script is compiled and run before the package is built.",
    },
    {
      url: "https://unit42.paloaltonetworks.com/github-actions-supply-chain-attack/",
      says: "Pull requests planted commands in files that a build runs, so that the build's own rights ran them.",
    },
  ],
  why: "It runs on the machines of those who install, build or test, before anybody has read what it does.",
  benign: [
    "The project needs the step: a native part is compiled, or a checkout is set up.",
    "A tool's own installer was added as its documentation says.",
  ],
  clears: "Say what the command does and why it must run by itself, and have a maintainer read what it starts.",
  framing:
    "Only files of the change are read. The machine of whoever pushed them may have been compromised, so the finding speaks of the change only.",
  kinds: ["hook-added", "hook-changed", "hook-removed", "code-acts", "inside-script"],
});
