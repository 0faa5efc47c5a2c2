import { assess } from "../../src/assessment/assess.ts";
import type { Finding } from "../../src/assessment/assessment.ts";
import type { Severity } from "../../src/change/severity.ts";
import { CATALOG } from "../../src/signals/catalog.ts";
import type { Family } from "../../src/signals/families.ts";
import { type Detection, fired, type Signal } from "../../src/signals/signal.ts";
import { dossierOf } from "./dossiers.ts";

const base = CATALOG.find(({ id }) => id === "int-local-list") as Signal;
export const seen = (severity?: Severity): Detection =>
  fired([{ fact: "a fact", tier: "PL" }], severity === undefined ? {} : { severity });
/** A signal that answers so, whatever it is given. */
export const signal = (id: string, detection: Detection, more: Partial<Signal> = {}): Signal => ({
  ...base,
  ...{ id, weight: 1, needs: [], ...more },
  detect: () => detection,
});
export const found = (...signals: readonly Signal[]): readonly Finding[] => assess(dossierOf({}), { signals }).findings;

/** A finding of so many bits. */
export const bits = (family: Family, amount: number, id = `x-${family}`): Finding => ({
  ...(found(signal(id, seen(), { family, weight: amount }))[0] as Finding),
});
