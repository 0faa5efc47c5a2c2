import { listed } from "../intel-match.ts";
import { defineSignal } from "../signal.ts";

const WEIGHT = 8;

export default defineSignal({
  id: "int-account-id-match",
  axis: "P",
  family: "intel",
  title: "A list of others that the organisation took in names this account",
  version: 8,
  core: true,
  weight: WEIGHT,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://github.com/shortdoom/gh-fake-analyzer",
      says: "It looks accounts up on lists of accounts and organisations that its users keep.",
    },
    {
      url: "https://github.com/mitchellh/vouch",
      says: "Projects publish whom they denounce so that others can take the list in.",
    },
  ],
  benign: [
    "The entry is wrong, or means somebody else.",
    "The login was somebody else's when the list was written; those are told by the day the account was made.",
    "The account was taken over then and is back with its owner.",
  ],
  clears:
    "An owner takes the entry back, with a reason, on the page of the account or with `sallyport intel revoke`; every entry ends by itself within a year.",
  framing:
    "Somebody has the victim put on a list. Only people who run this installation take lists in; one that anybody can add to, an entry without a reason and copies of another list count for nothing. What is left gives three bits at most until two people here have looked and agree.",
  needs: ["intel.matches"],
  outsideCoverage: true,
  detect: ({ "intel.matches": matches, asOf }) => listed(matches, { by: "account", weight: WEIGHT, asOf }),
});
