import { ASPECTS, type Aspect, type Recorded, type RulesTried, underPolicy } from "../../../flows/under-policy.ts";

/** What another policy would change, as counts: nobody is named, nor can be. */
export interface Simulation {
  readonly schema: "sallyport.policy-simulation/1";
  readonly lookedAt: number;
  /** Those of which only the assessment was kept, which stands as it was weighed. */
  readonly withoutDossier: number;
  /** Those for which any row differs. */
  readonly differing: number;
  readonly rows: readonly SimulationRow[];
}

export interface SimulationRow {
  readonly aspect: Aspect;
  readonly value: string;
  readonly before: number;
  readonly after: number;
}

/** Counts what becomes of each under two sets of rules. */
export function makeTally() {
  const counts = new Map<string, SimulationRow>();
  const total = { lookedAt: 0, withoutDossier: 0, differing: 0 };
  const count = (aspect: Aspect, value: string, side: "before" | "after"): void => {
    const row = counts.get(`${aspect} ${value}`) ?? { aspect, value, before: 0, after: 0 };
    counts.set(`${aspect} ${value}`, { ...row, [side]: row[side] + 1 });
  };
  return {
    add(recorded: Recorded, { before, after }: { readonly before: RulesTried; readonly after: RulesTried }): void {
      const now = underPolicy(recorded, before);
      const then = underPolicy(recorded, after);
      for (const aspect of ASPECTS) {
        count(aspect, now[aspect], "before");
        count(aspect, then[aspect], "after");
      }
      total.lookedAt += 1;
      total.withoutDossier += recorded.dossier === null ? 1 : 0;
      total.differing += ASPECTS.some((aspect) => now[aspect] !== then[aspect]) ? 1 : 0;
    },
    result: (): Simulation => ({
      schema: "sallyport.policy-simulation/1",
      ...total,
      rows: [...counts.values()].sort(byAspect),
    }),
  };
}

const byAspect = (a: SimulationRow, b: SimulationRow): number =>
  ASPECTS.indexOf(a.aspect) - ASPECTS.indexOf(b.aspect) || (a.value < b.value ? -1 : 1);
