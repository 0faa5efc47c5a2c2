import { listed } from "../intel-match.ts";
import { defineSignal } from "../signal.ts";

const WEIGHT = 3;

export default defineSignal({
  id: "int-email-hash-match",
  axis: "P",
  family: "intel",
  title: "A list of others that the organisation took in names an e-mail address of this account",
  version: 8,
  weight: WEIGHT,
  falsePositiveRisk: "medium",
  sources: [
    {
      url: "https://docs.github.com/en/account-and-profile/reference/email-addresses-reference",
      says: "GitHub credits a commit to the account that has its author's address.",
    },
  ],
  benign: [
    "The entry is wrong, or the address was somebody else's before.",
    "A shared address of a team or a company.",
    "Somebody else had the account then.",
  ],
  clears:
    "An owner takes the entry back, with a reason, on the page of the account or with `sallyport intel revoke`; every entry ends by itself within a year.",
  framing:
    "Anybody can type any address into a commit. It counts only where GitHub itself credits the address to the account, in the account's own repository, on a commit that the account itself pushed; and lists count as for int-account-id-match.",
  needs: ["intel.matches"],
  outsideCoverage: true,
  detect: ({ "intel.matches": matches, asOf }) => listed(matches, { by: "address", weight: WEIGHT, asOf }),
});
