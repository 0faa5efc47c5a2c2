import type { IdentityTraces } from "../../history/traces/traces.ts";
import { commitEvidence, latest, tierOf } from "../commit-evidence.ts";
import { clearBut, defineSignal, fired, unseenOf } from "../signal.ts";

export default defineSignal({
  id: "id-machine-identity-shared",
  axis: "P",
  family: "identity",
  title: "A rare machine name stands on commits of identities whose names have nothing in common",
  version: 35,
  core: true,
  weight: 3,
  halfLifeDays: 730,
  falsePositiveRisk: "medium",
  baseRate: "0 of 875 people with a machine's name in their commits (117 repositories)",
  baseRateUpperPercent: 0.44,
  sources: [
    {
      url: "https://frameworks.securityalliance.dev/insider-threats/techniques-tactics-and-procedures",
      says: "Accounts of different people were operated from the same computer, which git wrote into their commits.",
    },
    {
      url: "https://git-scm.com/docs/git-commit#_commit_information",
      says: "Without settings git makes up an address from the user and the name of the machine.",
    },
  ],
  benign: [
    "A computer of a laboratory, a class or a family.",
    "A colleague's computer borrowed for a day, or an image that two people were given.",
  ],
  clears: "Set an address in git, and say who else uses the machine.",
  framing:
    "A machine name can be copied. Whoever used it later is looked at, never the one it was copied from, and only commits that the account's own pushes brought count.",
  needs: ["history.identity"],
  detect({ "history.identity": { sharedMachines, leftOut } }) {
    const unseen = unseenOf(leftOut?.sharedMachines, "shared machines");
    const found = sharedMachines.flatMap((machine) => {
      const earlier = earlierUsers(machine);
      return earlier.length > 0 && machine.commitCount >= MIN_COMMITS ? [{ machine, earlier }] : [];
    });
    if (found.length === 0) return clearBut(unseen);
    const most = Math.max(...found.map(({ earlier }) => earlier.length));
    return fired(
      found.flatMap(({ machine, earlier }) =>
        commitEvidence(factOf(earlier.length), machine.refs, tierOf(machine.refs)),
      ),
      { strength: most >= 2 ? 1 : 0.5, at: latest(found.map(({ machine }) => machine.lastAt)), unseen },
    );
  },
});

const MIN_COMMITS = 2;

type Machine = IdentityTraces["sharedMachines"][number];

/** Unrelated identities that used the machine before: an earlier user may be the one whose name was copied. */
const earlierUsers = ({ others, firstAt }: Machine): Machine["others"] =>
  others.filter(
    (other) => other.relation === "unrelated" && other.commitCount >= MIN_COMMITS && other.firstAt < firstAt,
  );

const factOf = (count: number): string =>
  `A machine with a rare name made its commits after it had made those of ${count === 1 ? "another identity" : `${count} other identities`} with an unrelated name.`;
