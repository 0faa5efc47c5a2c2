import type { AccountKind, ChangeFiles } from "../change/change.ts";
import type { FindingKind } from "../change/packages/finding.ts";
import { type FoundAt, isPackagePath, type PackageFindings, packageFindings } from "../change/packages/in-change.ts";
import { atOnce, type Steps } from "../slices.ts";
import { type Detection, defineSignal, type Facts } from "./signal.ts";
import { type Graded, LIST_CUT, ofChange } from "./worst.ts";

type Meta = Parameters<typeof defineSignal<"change.files", "change.commits">>[0];

/** What a change does to package files, kept as long as the change is: two signals ask for it. */
const KEPT = new WeakMap<ChangeFiles, Map<boolean, PackageFindings>>();

function* findingsOf(change: ChangeFiles, byPerson: boolean): Steps<PackageFindings> {
  const known = KEPT.get(change) ?? new Map<boolean, PackageFindings>();
  KEPT.set(change, known);
  // What nobody knows raises nothing.
  const { owner = null, runsHeads = null } = change.base ?? {};
  const around = { owner, byPerson, runsHeads: runsHeads === true };
  const found = known.get(byPerson) ?? (yield* packageFindings(change.files, around));
  known.set(byPerson, found);
  return found;
}

/** A signal about what manifests, lock files and settings of package managers say: the findings of some kinds. */
export function packageSignal({
  kinds,
  ...meta
}: Omit<Meta, "axis" | "family" | "needs" | "uses" | "detect" | "inSteps"> & {
  readonly why: string;
  readonly kinds: readonly FindingKind[];
}) {
  const own = new Set(kinds);
  function* inSteps(facts: Facts<"change.files", "change.commits">): Steps<Detection> {
    const change = facts["change.files"];
    const { found, unread } = yield* findingsOf(change, isPerson(facts["change.commits"]?.opener.kind));
    const [first] = unread;
    const blind = change.truncated
      ? LIST_CUT
      : first === undefined
        ? null
        : unreadBecause(first.because, unread.length);
    return ofChange(found.filter(({ kind }) => own.has(kind)).map(asGraded), { blind, first: isPackagePath });
  }
  return defineSignal({
    ...meta,
    axis: "C",
    family: "change",
    needs: ["change.files"],
    uses: ["change.commits"],
    detect: (facts) => atOnce(inSteps(facts)),
    inSteps,
  });
}

const isPerson = (kind: AccountKind | undefined): boolean => kind === "user" || kind === "mannequin";

const unreadBecause = (because: string, count: number): string => {
  const said = /^[A-Z]/.test(because) ? `a package file could not be read (${because.replace(/\.$/, "")})` : because;
  return count === 1 ? said : `${said}, one of ${count}`;
};

const asGraded = ({ severity, path, line, endLine, fact, why, fine }: FoundAt): Graded => ({
  severity,
  evidence: { fact, tier: "SC", place: { path, line, endLine }, why, fine },
});
