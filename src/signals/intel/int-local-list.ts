import type { LocalList } from "../../dossier/facts.ts";
import { inForce } from "../../dossier/local-list.ts";
import { clear, defineSignal, type Evidence, fired, unknown } from "../signal.ts";

export default defineSignal({
  id: "int-local-list",
  axis: "P",
  family: "intel",
  title: "The organisation's own list warns of this account",
  version: 25,
  weight: 3,
  falsePositiveRisk: "low",
  sources: [
    {
      url: "https://github.com/microsoft/agent-governance-toolkit",
      says: "Its allow list softens what else was found and cannot override it.",
    },
  ],
  benign: ["The entry was a mistake or about somebody else.", "What it was about has been settled."],
  clears: "Whoever wrote the entry, or an owner, can take it back; every entry ends by itself.",
  framing:
    "Only maintainers of this organisation can write to the list, with their id, a reason and an end date. Alone it gives no more than “worth knowing”.",
  needs: ["intel.localList"],
  detect({ "intel.localList": list, asOf }) {
    const entries = inForce(list, asOf);
    if (entries.length === 0) return unknown("nobody here has written about this account");
    // A vouch is credit, not a finding: mitigation m4 takes its 3 bits off (assessment/mitigate.ts).
    const denounced = entries.filter(({ disposition }) => disposition === "denounced");
    return denounced.length > 0 ? fired(denounced.map(evidence)) : clear;
  },
});

function evidence({ at }: LocalList["entries"][number]): Evidence {
  return { fact: "A maintainer of this organisation put a warning on its own list.", tier: "EX", at };
}
